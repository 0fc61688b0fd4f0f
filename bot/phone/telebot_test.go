package phone_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	tele "gopkg.in/telebot.v3"

	"respite/bot/phone"
)

// echo is a small bot: it repeats what is said with a button that makes the text loud.
func echo(t *testing.T, f *fixture) *tele.Bot {
	t.Helper()
	b, err := tele.NewBot(tele.Settings{
		Token: f.Token(), URL: f.http.URL, Poller: &tele.LongPoller{Timeout: 10 * time.Second},
		OnError: func(err error, _ tele.Context) {
			if !errors.Is(err, context.Canceled) { // telebot cancels what is under way when it is stopped
				t.Error(err)
			}
		},
	})
	require.NoError(t, err)
	louder := &tele.ReplyMarkup{}
	button := louder.Data("Louder", "loud")
	louder.Inline(louder.Row(button))
	b.Handle(tele.OnText, func(c tele.Context) error { return c.Send("you said "+c.Text(), louder) })
	b.Handle(&button, func(c tele.Context) error {
		if err := c.Edit(c.Message().Text + "!"); err != nil {
			return err
		}
		return c.Respond(&tele.CallbackResponse{Text: "done"})
	})
	return b
}

func TestTelebotTalksToIt(t *testing.T) {
	f := newFixture(t, phone.Options{})
	b := echo(t, f)
	stopped := make(chan struct{})
	go func() { defer close(stopped); b.Start() }()
	defer func() { f.Close(); b.Stop(); <-stopped }()

	mei := f.Person(11, "Mei", "zh-hans")
	mei.Say("hello")
	m, err := mei.WaitFor(t.Context(), "you said hello")
	require.NoError(t, err)
	require.Equal(t, []string{"Louder"}, m.Labels())

	press := mei.Press("Louder")
	toast, err := f.Answer(t.Context(), press)
	require.NoError(t, err)
	require.Equal(t, "done", toast.Text)
	require.Equal(t, "> hello\n< you said hello!\n", mei.Transcript())
	require.Equal(t, 1, f.Count("editMessageText"))
}
