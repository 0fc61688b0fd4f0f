package bot_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/dialog"
	"respite/dialog/understand"
	"respite/locales"
	"respite/policy"
	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// oneBook finds the same book for every case.
type oneBook struct{ book *policy.Book }

func (o oneBook) Book(string) dialog.Book { return o.book }

// speaker is the real dialog with the book as shipped.
func speaker(t testing.TB, zone *time.Location, render *bot.Renderer) *dialog.Machine {
	t.Helper()
	book, err := policy.Default()
	require.NoError(t, err)
	reader, err := understand.New()
	require.NoError(t, err)
	return dialog.New(dialog.Settings{Operator: "o", Zone: zone, Quiet: dialog.Quiet{From: 21 * 60, Until: 8 * 60}, Languages: []string{locales.English}, Agents: true},
		oneBook{book}, reader, render.Labels)
}

// running is a conversation with a plan of n instalments of 100.00, the first due on a day.
func running(now time.Time, first day.Date, n int) dialog.Conversation {
	return dialog.Conversation{Shape: dialog.Shape, State: dialog.Running, Language: locales.English, Turn: 1, Consent: now.Unix(),
		Plan: &dialog.Plan{Programme: "deferral", Agreed: now.Unix(), Spoken: day.At(now), Terms: schedule.Terms{Start: day.At(now),
			Owed: schedule.Parts{Principal: money.Fen(n) * 10000}, Method: schedule.EqualPayment, Count: n, First: first}}}
}

// run puts a running plan into a chat.
func (l *lab) run(t *testing.T, chat int64, c dialog.Conversation) {
	t.Helper()
	data, err := dialog.Encode(c)
	require.NoError(t, err)
	l.put(t, chat, "\n"+string(data), c.Next())
}

// plan reads a chat's plan back.
func (l *lab) plan(t *testing.T, chat int64) *dialog.Plan {
	t.Helper()
	rec, err := l.store.Load(t.Context(), chat)
	require.NoError(t, err)
	_, conv, ok := strings.Cut(string(rec.Data), "\n")
	require.True(t, ok)
	c, err := dialog.Decode([]byte(conv))
	require.NoError(t, err)
	return c.Plan
}

func TestThePaymentOfALenderCountsOnce(t *testing.T) {
	l := newLab(t)
	l.Machine = speaker(t, time.UTC, l.Render)
	other := l.engine(t, "two")
	other.Machine = l.Machine
	l.run(t, 5, running(l.now, day.Of(2026, 12, 10), 3))

	var pair sync.WaitGroup
	for _, e := range []*bot.Engine{l.Engine, other, l.Engine, other} { // a caller that got no answer calls again, at whichever instance
		pair.Go(func() { assert.NoError(t, e.Arrived(t.Context(), 5, "T1", 10000)) })
	}
	pair.Wait()
	require.NoError(t, l.Arrived(t.Context(), 5, "T2", 2500))
	l.now = l.now.AddDate(0, 0, 3)
	require.NoError(t, other.Arrived(t.Context(), 5, "T1", 10000), "days later")
	plan := l.plan(t, 5)
	require.Len(t, plan.Payments, 2)
	require.Equal(t, money.Fen(12500), plan.Payments[0].Amount+plan.Payments[1].Amount)
	l.sweepAll(t)
	require.Len(t, l.telegram.texts(), 2, "and the borrower reads of each once")
}

func TestAPaymentThatCountsNowhereIsRefused(t *testing.T) {
	l := newLab(t)
	require.ErrorIs(t, l.Arrived(t.Context(), 5, "T1", 100), bot.ErrNoPlan)
	l.say(t, 1, "hello")
	require.ErrorIs(t, l.Arrived(t.Context(), 5, "T1", 100), bot.ErrNoPlan)
	require.Error(t, l.Arrived(t.Context(), 5, "", 100))
	require.Error(t, l.Arrived(t.Context(), 5, "T1", 0))
	l.redis.SetError("down")
	err := l.Arrived(t.Context(), 5, "T1", 100)
	require.Error(t, err)
	require.NotErrorIs(t, err, bot.ErrNoPlan, "this one is worth another try")
}

// alarm is one for a reminder.
func alarm(at time.Time) dialog.Alarm {
	return dialog.Alarm{Kind: dialog.RemindAlarm, At: at.Unix()}
}
