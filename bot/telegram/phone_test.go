package telegram

import (
	"context"
	"errors"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/phone"
)

// standIn is the stand-in for Telegram behind a real server, with a client for it.
func standIn(t *testing.T, o phone.Options) (*phone.Server, *Client) {
	t.Helper()
	s := phone.New(o)
	api := httptest.NewServer(s)
	c, err := New(Options{Token: s.Token(), URL: api.URL})
	require.NoError(t, err)
	t.Cleanup(func() {
		s.Close()
		api.Close()
	})
	return s, c
}

// inbox takes updates and lets a test wait for them.
type inbox struct {
	mu      sync.Mutex
	updates []bot.Update
	arrived chan bot.Update
	answer  func(bot.Update) error
}

func (b *inbox) handle(_ context.Context, u bot.Update) error {
	if b.answer != nil {
		if err := b.answer(u); err != nil {
			return err
		}
	}
	b.mu.Lock()
	b.updates = append(b.updates, u)
	b.mu.Unlock()
	b.arrived <- u
	return nil
}

// next gives the next update of a kind, whatever comes before it.
func (b *inbox) next(t *testing.T, kind bot.UpdateKind) bot.Update {
	t.Helper()
	for {
		select {
		case u := <-b.arrived:
			if u.Kind == kind {
				return u
			}
		case <-t.Context().Done():
			require.FailNow(t, "no such update", string(kind))
		}
	}
}

func pollStandIn(t *testing.T, c *Client, answer func(bot.Update) error) (*inbox, *Poller) {
	t.Helper()
	in := &inbox{arrived: make(chan bot.Update, 1000), answer: answer}
	p := NewPoller(c, in.handle, 0)
	ran := make(chan error, 1)
	go func() { ran <- p.Run(context.Background()) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		require.NoError(t, p.Stop(ctx))
		require.NoError(t, <-ran)
	})
	return in, p
}

func TestStandInConversation(t *testing.T) {
	s, c := standIn(t, phone.Options{})
	me, err := c.WaitReady(t.Context())
	require.NoError(t, err)
	require.Equal(t, "respite_bot", me.Username)
	in, _ := pollStandIn(t, c, nil)
	mei := s.Person(11, "Mei", "zh-hans")

	mei.Say("我欠了两万五")
	u := in.next(t, bot.Typed)
	require.True(t, u.Private)
	require.Equal(t, "我欠了两万五", u.Text)
	require.Equal(t, bot.User{ID: 11, Language: "zh-hans", Name: "Mei"}, u.From)

	sent, err := c.Do(t.Context(), bot.Outgoing{Op: bot.OpSend, Chat: 11, Text: "对吗?", ReplyTo: u.Message,
		Buttons: [][]bot.Button{{{Label: "对", Data: "y"}, {Label: "不对", Data: "n"}}}})
	require.NoError(t, err)
	press := mei.Press("对")
	u = in.next(t, bot.Pressed)
	require.Equal(t, "y", u.Press.Data)
	require.Equal(t, sent.Message, u.Message)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpToast, Query: u.Press.Query, Text: "好"})
	require.NoError(t, err)
	toast, err := s.Answer(t.Context(), press)
	require.NoError(t, err)
	require.Equal(t, "好", toast.Text)

	edit := bot.Outgoing{Op: bot.OpEdit, Chat: 11, Message: sent.Message, Text: "对"}
	_, err = c.Do(t.Context(), edit)
	require.NoError(t, err)
	require.Empty(t, mei.Last().Buttons, "an edit without buttons takes them away")
	_, err = c.Do(t.Context(), edit)
	require.Equal(t, bot.Unchanged, failureOf(t, err).Kind)
	edit.Message = 99999
	_, err = c.Do(t.Context(), edit)
	require.Equal(t, bot.NoMessage, failureOf(t, err).Kind)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpToast, Query: "1"})
	require.Equal(t, bot.Unchanged, failureOf(t, err).Kind)

	mei.Send(phone.File{Kind: phone.Document, Name: "工资.pdf", Bytes: []byte("%PDF-1.7 payslip"), Caption: "payslip"})
	u = in.next(t, bot.Attached)
	require.Equal(t, bot.Document, u.File.Kind)
	require.Equal(t, "工资.pdf", u.File.Name)
	require.Equal(t, "payslip", u.Text)
	data, err := c.Download(t.Context(), u.File.ID, 0)
	require.NoError(t, err)
	require.Equal(t, "%PDF-1.7 payslip", string(data))
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpFile, Chat: 11, Text: "yours", File: &bot.FileOut{Kind: bot.Document, ID: u.File.ID}})
	require.NoError(t, err)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpFile, Chat: 11, File: &bot.FileOut{Kind: bot.Document, Name: "plan.txt", Bytes: []byte("plan")}})
	require.NoError(t, err)
	require.Equal(t, "plan.txt", mei.Last().File.Name)

	mei.Sticker()
	in.next(t, bot.OtherMedia)
	mei.Block()
	require.EqualValues(t, 11, in.next(t, bot.Blocked).Chat)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpSend, Chat: 11, Text: "hello"})
	require.Equal(t, bot.Gone, failureOf(t, err).Kind)
	mei.Unblock()
	in.next(t, bot.Unblocked)
	require.NoError(t, s.Confirmed(t.Context()))
}

func TestStandInTopics(t *testing.T) {
	const desk = -1001234567890
	s, c := standIn(t, phone.Options{})
	agent, mei := s.Person(21, "Zhao", "en"), s.Person(11, "Mei", "zh-hans")
	mei.Start()
	g := s.Group(desk, "Agents", true)
	g.Promote(agent.ID())
	in, _ := pollStandIn(t, c, nil)
	in.next(t, bot.Typed)

	topic, err := c.Do(t.Context(), bot.Outgoing{Op: bot.OpTopic, Chat: desk, Text: "Case 1"})
	require.NoError(t, err)
	require.NotZero(t, topic.Thread)
	card, err := c.Do(t.Context(), bot.Outgoing{Op: bot.OpSend, Chat: desk, Thread: topic.Thread, Text: "card",
		Buttons: [][]bot.Button{{{Label: "Approve", Data: "ok"}}}})
	require.NoError(t, err)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpPin, Chat: desk, Message: card.Message, Silent: true})
	require.NoError(t, err)
	said := mei.Say("a word for the agent")
	in.next(t, bot.Typed)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpCopy, Chat: desk, Thread: topic.Thread, From: mei.ID(), Message: said})
	require.NoError(t, err)
	messages := g.Messages(topic.Thread)
	require.Equal(t, "a word for the agent", messages[len(messages)-1].Text)

	g.SayIn(topic.Thread, agent.ID(), "approved")
	u := in.next(t, bot.Typed)
	require.Equal(t, topic.Thread, u.Thread)
	require.Zero(t, u.ReplyTo, "a message in a topic is no answer to the topic's first message")
	require.False(t, u.Private)
	g.ReplyTo(card.Message, agent.ID(), "this one")
	require.Equal(t, card.Message, in.next(t, bot.Typed).ReplyTo)
	g.Press(agent.ID(), "Approve")
	u = in.next(t, bot.Pressed)
	require.Equal(t, topic.Thread, u.Thread)
	require.EqualValues(t, desk, u.Chat)

	member, err := c.Member(t.Context(), desk, agent.ID())
	require.NoError(t, err)
	require.True(t, member.Admin)

	send := bot.Outgoing{Op: bot.OpSend, Chat: desk, Thread: topic.Thread, Text: "x"}
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpCloseTopic, Chat: desk, Thread: topic.Thread})
	require.NoError(t, err)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpCloseTopic, Chat: desk, Thread: topic.Thread})
	require.Equal(t, bot.Unchanged, failureOf(t, err).Kind)
	_, err = c.Do(t.Context(), send)
	require.Equal(t, bot.ClosedTopic, failureOf(t, err).Kind)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpReopenTopic, Chat: desk, Thread: topic.Thread})
	require.NoError(t, err)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpRenameTopic, Chat: desk, Thread: topic.Thread, Text: "Case 1, open"})
	require.NoError(t, err)
	g.DeleteTopic(topic.Thread)
	_, err = c.Do(t.Context(), send)
	require.Equal(t, bot.NoTopic, failureOf(t, err).Kind)

	g.Leave(agent.ID())
	require.EqualValues(t, agent.ID(), in.next(t, bot.Departed).From.ID)
	g.DemoteBot(mei.ID())
	require.EqualValues(t, desk, in.next(t, bot.Joined).Chat)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpTopic, Chat: desk, Text: "Case 2"})
	require.Equal(t, bot.NoRights, failureOf(t, err).Kind)
	g.RemoveBot(mei.ID())
	require.EqualValues(t, desk, in.next(t, bot.Left).Chat)
	_, err = c.Do(t.Context(), bot.Outgoing{Op: bot.OpSend, Chat: desk, Text: "x"})
	require.Equal(t, bot.Gone, failureOf(t, err).Kind)
}

func TestStandInMigration(t *testing.T) {
	s, c := standIn(t, phone.Options{})
	zhao := s.Person(21, "Zhao", "en")
	g := s.Group(-4001, "Agents", false)
	g.Promote(zhao.ID())
	in, _ := pollStandIn(t, c, nil)
	g.Upgrade(zhao.ID(), -1001234567891)
	u := in.next(t, bot.Migrated)
	require.EqualValues(t, -4001, u.Chat)
	require.EqualValues(t, -1001234567891, u.NewChat)
	_, err := c.Do(t.Context(), bot.Outgoing{Op: bot.OpSend, Chat: -4001, Text: "x"})
	f := failureOf(t, err)
	require.Equal(t, bot.Moved, f.Kind)
	require.EqualValues(t, -1001234567891, f.Chat)
}

func TestStandInFaults(t *testing.T) {
	s, c := standIn(t, phone.Options{})
	mei := s.Person(11, "Mei", "en")
	mei.Start()
	count := func() int { return len(mei.Messages()) }
	for _, x := range []struct {
		fault    phone.Fault
		want     bot.FailureKind
		happened bool
	}{
		{phone.Fault{Kind: phone.TooManyRequests, RetryAfter: 35}, bot.TooMany, false},
		{phone.Fault{Kind: phone.ServerError}, bot.Unavailable, false},
		{phone.Fault{Kind: phone.BadGateway}, bot.Unavailable, false},
		{phone.Fault{Kind: phone.Refused}, bot.Gone, false},
		{phone.Fault{Kind: phone.Dropped}, bot.Uncertain, false}, // who only sees the connection end cannot know
		{phone.Fault{Kind: phone.Cut}, bot.Uncertain, true},
		{phone.Fault{Kind: phone.MidBody}, bot.Uncertain, true},
	} {
		before := count()
		s.Fail(x.fault)
		_, err := c.Do(t.Context(), bot.Outgoing{Op: bot.OpSend, Chat: 11, Text: "x"})
		f := failureOf(t, err)
		require.Equal(t, x.want, f.Kind, x.fault.Kind)
		if x.want == bot.TooMany {
			require.Equal(t, 35*time.Second, f.After)
		}
		require.Equal(t, x.happened, count() > before, x.fault.Kind)
	}
}

// TestStandInUpdatesSurviveARestart ends a poller that has handled only some updates; the next one gets the others, and none of
// those that were confirmed.
func TestStandInUpdatesSurviveARestart(t *testing.T) {
	s, c := standIn(t, phone.Options{})
	in := &inbox{arrived: make(chan bot.Update, 100), answer: func(u bot.Update) error {
		if u.Chat == 12 {
			return errors.New("store: down")
		}
		return nil
	}}
	first := NewPoller(c, in.handle, 0)
	ran := make(chan error, 1)
	go func() { ran <- first.Run(context.Background()) }()
	for _, id := range []int64{11, 12, 13} {
		s.Person(id, "P", "en").Say("hello")
	}
	require.ElementsMatch(t, []int64{11, 13}, []int64{in.next(t, bot.Typed).Chat, in.next(t, bot.Typed).Chat})
	require.NoError(t, first.Stop(t.Context()))
	require.NoError(t, <-ran)

	again, _ := pollStandIn(t, c, nil)
	require.ElementsMatch(t, []int64{12, 13}, []int64{again.next(t, bot.Typed).Chat, again.next(t, bot.Typed).Chat},
		"13 was handled, but behind one that was not")
	require.NoError(t, s.Confirmed(t.Context()))
	require.Len(t, again.updates, 2)
}

func TestStandInWebhook(t *testing.T) {
	s, c := standIn(t, phone.Options{Webhook: phone.WebhookOptions{Twice: true, Disorder: true}})
	in := &inbox{arrived: make(chan bot.Update, 100)}
	w, err := NewWebhook(c, in.handle, hookSecret)
	require.NoError(t, err)
	server := httptest.NewServer(w)
	defer server.Close()
	require.NoError(t, c.SetWebhook(t.Context(), server.URL+"/telegram", hookSecret, 40))
	s.Person(11, "Mei", "en").Say("hello")
	first, second := in.next(t, bot.Typed), in.next(t, bot.Typed)
	first.Safe, second.Safe = nil, nil
	require.Equal(t, first, second)
	require.NoError(t, s.Confirmed(t.Context()))
	require.NoError(t, w.Stop(t.Context()))
}

func TestStandInProfile(t *testing.T) {
	s, c := standIn(t, phone.Options{})
	profile := Profile{Languages: map[string]Introduction{
		"":   {Commands: []Command{{"start", "Start"}}, Description: "A free bot.", Short: "Relief"},
		"zh": {Commands: []Command{{"start", "开始"}}, Description: "免费机器人", Short: "喘息"},
	}}
	require.NoError(t, c.Introduce(t.Context(), profile))
	require.Equal(t, "免费机器人", s.Profile("zh-hans").Description)
	require.Equal(t, "Relief", s.Profile("en").ShortDescription)
	require.NoError(t, c.Introduce(t.Context(), profile))
	require.Equal(t, 2, s.Count("setMyDescription"))
	require.Equal(t, 2, s.Count("setMyCommands"))
}
