package bot_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/store"
	"respite/bot/store/redistest"
	"respite/dialog"
	"respite/locales"
)

// telegram is a Messenger that takes everything, except what it is told not to.
type telegram struct {
	mu    sync.Mutex
	sent  []bot.Outgoing
	fails func(bot.Outgoing) *bot.Failure
}

// Do keeps the call, or fails it.
func (f *telegram) Do(_ context.Context, out bot.Outgoing) (bot.Sent, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fails != nil {
		if err := f.fails(out); err != nil {
			return bot.Sent{}, err
		}
	}
	f.sent = append(f.sent, out)
	return bot.Sent{Message: len(f.sent)}, nil
}

func (f *telegram) texts() (all []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, o := range f.sent {
		all = append(all, string(o.Op)+" "+o.Text)
	}
	return all
}

// echo is a dialog that counts what it hears and answers with it.
type echo struct{}

// brittle is the turn in which alarms break down.
const brittle = 7

// Step says what it heard. It breaks down at "boom".
func (m echo) Step(c dialog.Conversation, e dialog.Event) (dialog.Conversation, []dialog.Effect) {
	if e.Text == "boom" && e.Kind == dialog.Typed || e.Kind == dialog.Rang && c.Turn == brittle {
		panic("boom")
	}
	c.Shape, c.Consent, c.State = dialog.Shape, 1, dialog.AskOwed
	c.Turn++
	if e.Kind == dialog.Rang {
		c.Alarms = nil
	}
	effects := []dialog.Effect{{Do: dialog.Say, Body: []dialog.Text{dialog.Plain(string(e.Kind) + " " + e.Text)}}}
	switch e.Text {
	case "edit":
		effects = []dialog.Effect{{Do: dialog.Edit, Message: 7, Body: []dialog.Text{dialog.Plain("edited")}}}
	case "desk":
		effects = append([]dialog.Effect{{Do: dialog.Tell, Body: []dialog.Text{dialog.Plain("for agents")}}}, effects...)
	case "alarm":
		c.Alarms = []dialog.Alarm{{Kind: dialog.RemindAlarm, At: e.At.Add(time.Hour).Unix()}}
	}
	return c, effects
}

// lab is an engine on an embedded Redis.
type lab struct {
	*bot.Engine
	telegram *telegram
	redis    *miniredis.Miniredis
	store    *store.Store
	registry *prometheus.Registry
	now      time.Time
}

func newLab(t *testing.T) *lab {
	t.Helper()
	l := &lab{telegram: &telegram{}, redis: miniredis.RunT(t), registry: prometheus.NewRegistry(), now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	l.Engine = l.engine(t, "one")
	return l
}

// engine makes one more instance on the same Redis.
func (l *lab) engine(t *testing.T, owner string) *bot.Engine {
	t.Helper()
	kept, err := store.Open(t.Context(), "redis://"+l.redis.Addr(), store.Options{Lease: 10 * time.Second, Refresh: time.Nanosecond})
	require.NoError(t, err)
	t.Cleanup(func() { _ = kept.Close() })
	l.store = kept
	words, err := locales.Load()
	require.NoError(t, err)
	metrics := bot.NewMetrics(prometheus.WrapRegistererWithPrefix(owner+"_", l.registry))
	render := &bot.Renderer{Words: func() *locales.Bundle { return words }, Zone: time.UTC, Agents: locales.English}
	courier := &bot.Courier{Store: kept, Send: l.telegram, Owner: owner, Log: zerolog.Nop(), Metrics: metrics}
	e := &bot.Engine{Store: kept, Machine: echo{}, Render: render, Courier: courier, Clock: func() time.Time { return l.now }, Owner: owner, Log: zerolog.Nop(), Metrics: metrics}
	t.Cleanup(e.Close)
	return e
}

func (l *lab) say(t *testing.T, id int64, text string) {
	t.Helper()
	require.NoError(t, l.Apply(t.Context(), 5, dialog.Event{ID: id, At: l.now, Kind: dialog.Typed, Text: text}))
}

func TestAnUpdateThatComesAgainChangesNothing(t *testing.T) {
	l := newLab(t)
	l.say(t, 11, "hello")
	l.say(t, 11, "hello")
	l.say(t, 12, "again")
	l.say(t, 11, "hello")
	require.Equal(t, []string{"send typed hello", "send typed again"}, l.telegram.texts())
}

func TestAnUpdateIsSafeOnceItIsCommitted(t *testing.T) {
	l := newLab(t)
	safe := 0
	r := bot.Router{Engine: l.Engine, Send: l.telegram}
	u := bot.Update{ID: 1, Kind: bot.Typed, Chat: 5, Private: true, Message: 1, At: l.now, Text: "hello", Safe: func() { safe++ }}
	l.redis.SetError("LOADING")
	require.Error(t, r.Handle(t.Context(), u))
	require.Zero(t, safe)
	l.redis.SetError("")
	l.telegram.fails = func(bot.Outgoing) *bot.Failure {
		assert.Equal(t, 1, safe, "before it is delivered")
		return nil
	}
	require.NoError(t, r.Handle(t.Context(), u))
	require.Equal(t, 1, safe)
	require.NotEmpty(t, l.telegram.texts())
}

func TestAStepThatPanicsIsSetAsideAndTheChatGoesOn(t *testing.T) {
	l := newLab(t)
	l.say(t, 1, "boom")
	l.say(t, 1, "boom")
	l.say(t, 2, "fine")
	require.Equal(t, []string{"send stumbled ", "send typed fine"}[1:], l.telegram.texts()[1:])
	require.Len(t, l.telegram.texts(), 2)
}

func TestABlockedBorrowerBecomesAnEvent(t *testing.T) {
	l := newLab(t)
	l.telegram.fails = func(o bot.Outgoing) *bot.Failure {
		if o.Text == "typed hello" {
			return &bot.Failure{Kind: bot.Gone, Err: errors.New("blocked")}
		}
		return nil
	}
	l.say(t, 1, "hello")
	l.Close()
	require.Equal(t, []string{"send blocked "}, l.telegram.texts())
}

func TestAFloodedChatIsParkedAndDeliveredLater(t *testing.T) {
	l := newLab(t)
	flooded := true
	l.telegram.fails = func(bot.Outgoing) *bot.Failure {
		if flooded {
			return &bot.Failure{Kind: bot.TooMany, After: 20 * time.Millisecond, Err: errors.New("429")}
		}
		return nil
	}
	l.say(t, 1, "one")
	l.say(t, 2, "two")
	require.Empty(t, l.telegram.texts())
	flooded = false
	l.sweepAll(t)
	require.Equal(t, []string{"send typed one", "send typed two"}, l.telegram.texts(), "in order")
}

// sweepAll sweeps until nothing is undelivered.
func (l *lab) sweepAll(t *testing.T) {
	t.Helper()
	require.NoError(t, redistest.Poll(time.Minute, func(ctx context.Context) error {
		if _, err := l.Sweep(ctx); err != nil {
			return err
		}
		rec, err := l.store.Load(ctx, 5)
		if err == nil && len(rec.Outbox) > 0 {
			err = errors.New("something is undelivered")
		}
		return err
	}))
}

func TestAnEditOfAMissingMessageIsSentAnew(t *testing.T) {
	l := newLab(t)
	l.telegram.fails = func(o bot.Outgoing) *bot.Failure {
		if o.Op == bot.OpEdit {
			return &bot.Failure{Kind: bot.NoMessage, Err: errors.New("message to edit not found")}
		}
		return nil
	}
	l.say(t, 1, "edit")
	require.Equal(t, []string{"send edited"}, l.telegram.texts())
}

// brokenDesk never gets anything into the group.
type brokenDesk struct{}

// Deliver fails as a group does from which the bot was removed.
func (brokenDesk) Deliver(context.Context, int64, []byte, []bot.Parcel) (bot.Filed, error) {
	return bot.Filed{}, &bot.Failure{Kind: bot.Gone, Err: errors.New("kicked")}
}

func TestABrokenDeskDoesNotHoldTheBorrowerUp(t *testing.T) {
	l := newLab(t)
	l.Courier.Desk = brokenDesk{}
	l.say(t, 1, "desk")
	l.Close() // until the chat knows of the loss
	l.say(t, 2, "more")
	l.Close()
	require.Equal(t, []string{"send typed desk", "send desk_lost ", "send typed more", "send desk_lost "}, l.telegram.texts())
	rec, err := l.store.Load(t.Context(), 5)
	require.NoError(t, err)
	require.Len(t, rec.Outbox, 1, "what is for the agents is kept")
}

// failingDesk fails with one after the other, and then with the last.
type failingDesk struct{ kinds []bot.FailureKind }

// Deliver fails.
func (d *failingDesk) Deliver(context.Context, int64, []byte, []bot.Parcel) (bot.Filed, error) {
	kind := d.kinds[0]
	if len(d.kinds) > 1 {
		d.kinds = d.kinds[1:]
	}
	return bot.Filed{}, &bot.Failure{Kind: kind, Err: errors.New("no")}
}

func TestAGroupThatIsLostWhileAnEventFromWithinIsDeliveredIsNoticed(t *testing.T) {
	l := newLab(t)
	l.Courier.Desk = &failingDesk{[]bot.FailureKind{bot.Unavailable, bot.Gone}}
	l.telegram.fails = func(o bot.Outgoing) *bot.Failure {
		if o.Text == "typed desk" {
			return &bot.Failure{Kind: bot.Gone, Err: errors.New("blocked")}
		}
		return nil
	}
	l.say(t, 1, "desk")
	l.Close()
	require.Equal(t, []string{"send blocked ", "send desk_lost "}, l.telegram.texts(), "and that is the end of it")
}

func TestAnAnswerThatIsLostIsMarkedBeforeItIsTriedAgain(t *testing.T) {
	l := newLab(t)
	l.telegram.fails = func(bot.Outgoing) *bot.Failure {
		return &bot.Failure{Kind: bot.Uncertain, Err: errors.New("no answer")}
	}
	l.say(t, 1, "hello")
	rec, err := l.store.Load(t.Context(), 5)
	require.NoError(t, err)
	require.Len(t, rec.Outbox, 1)
	require.True(t, rec.Outbox[0].Tried)
}

func TestAnAlarmRingsOnceAndNeverEarly(t *testing.T) {
	l := newLab(t)
	l.say(t, 1, "alarm")
	n, err := l.Ring(t.Context())
	require.NoError(t, err)
	require.Zero(t, n)
	l.now = l.now.Add(time.Hour)
	other := l.engine(t, "two")
	for _, e := range []*bot.Engine{l.Engine, other, l.Engine} {
		_, err := e.Ring(t.Context())
		require.NoError(t, err)
	}
	require.Equal(t, []string{"send typed alarm", "send rang "}, l.telegram.texts())
}

func TestTwoInstancesApplyEveryUpdateOnce(t *testing.T) {
	l := newLab(t)
	engines := []*bot.Engine{l.Engine, l.engine(t, "two"), l.engine(t, "three")}
	var wg sync.WaitGroup
	for i := range 60 {
		for _, e := range engines { // each update reaches all of them
			wg.Go(func() {
				assert.NoError(t, e.Apply(t.Context(), 5, dialog.Event{ID: int64(1000 + i), At: l.now, Kind: dialog.Typed, Text: "x"}))
			})
		}
	}
	wg.Wait()
	l.sweepAll(t)
	require.Len(t, l.telegram.texts(), 60)
}

func TestAnAlarmWhoseStepPanicsIsPutOff(t *testing.T) {
	l := newLab(t)
	for id := range int64(brittle) {
		l.say(t, id+1, "alarm")
	}
	before := len(l.telegram.texts())
	l.now = l.now.Add(time.Hour)
	n, err := l.Ring(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n)
	n, err = l.Ring(t.Context())
	require.NoError(t, err)
	require.Zero(t, n, "it does not ring again at once")
	require.Len(t, l.telegram.texts(), before, "the borrower waits for nothing and hears nothing")
	at, ok, err := l.store.NextAlarm(t.Context())
	require.NoError(t, err)
	require.True(t, ok, "and it is not lost")
	require.Equal(t, l.now.Add(time.Hour).Unix(), at.Unix())
}

// put writes a record and an outbox as no version of the program would.
func (l *lab) put(t *testing.T, chat int64, data string, alarm time.Time, outbox ...[]byte) {
	t.Helper()
	_, err := l.store.Commit(t.Context(), bot.Commit{Chat: chat, Data: []byte(data), Alarm: alarm, Append: outbox, Owner: "gone"})
	require.NoError(t, err)
}

func TestARecordThatCannotBeReadHoldsUpNobody(t *testing.T) {
	l := newLab(t)
	l.say(t, 1, "alarm")
	l.put(t, 6, "nonsense", l.now.Add(time.Minute))
	l.now = l.now.Add(time.Hour)
	_, err := l.Ring(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"send typed alarm", "send rang "}, l.telegram.texts(), "the other chat's alarm rings")
	n, err := l.Ring(t.Context())
	require.NoError(t, err)
	require.Zero(t, n, "the broken chat's alarm rests")

	broken := dialog.Event{ID: 9, At: l.now, Kind: dialog.Typed, Text: "x", Language: locales.English}
	require.Error(t, l.Apply(t.Context(), 6, broken), "an instance that can read it may come")
	l.now = l.now.Add(time.Minute)
	require.NoError(t, l.Apply(t.Context(), 6, broken))
	require.Len(t, l.telegram.texts(), 3, "the borrower is told")
	rec, err := l.store.Load(t.Context(), 6)
	require.NoError(t, err)
	require.Equal(t, "nonsense", string(rec.Data), "the record stays as it is")
}

func TestAnEntryThatCannotBeReadBlocksNothing(t *testing.T) {
	l := newLab(t)
	l.put(t, 5, "", time.Time{}, []byte("nonsense"), []byte(`{"o":{"o":"send","h":5,"x":"sound"}}`))
	require.NoError(t, l.store.Park(t.Context(), 5, "gone", 0))
	l.sweepAll(t)
	require.Equal(t, []string{"send sound"}, l.telegram.texts())
}

func TestAnInstanceThatStartsAgainTakesUpWhatItLeft(t *testing.T) {
	l := newLab(t)
	_, err := l.store.Commit(t.Context(), bot.Commit{Chat: 5, Owner: "one", Append: [][]byte{[]byte(`{"o":{"o":"send","h":5,"x":"left"}}`)}})
	require.NoError(t, err)
	n, err := l.Sweep(t.Context())
	require.NoError(t, err)
	require.Zero(t, n, "its lease lives")
	require.NoError(t, l.engine(t, "two").Reclaim(t.Context()), "another's start changes nothing")
	require.NoError(t, l.Reclaim(t.Context()))
	l.sweepAll(t)
	require.Equal(t, []string{"send left"}, l.telegram.texts())
}

func TestAnAnswerDoesNotWaitBehindAReminder(t *testing.T) {
	l := newLab(t)
	l.telegram.fails = func(o bot.Outgoing) *bot.Failure {
		if o.Class == bot.Reminder {
			return &bot.Failure{Kind: bot.TooMany, After: time.Hour, Err: errors.New("no room")}
		}
		return nil
	}
	l.put(t, 5, "", time.Time{}, []byte(`{"o":{"o":"send","c":2,"h":5,"x":"reminder"}}`))
	require.NoError(t, l.store.Park(t.Context(), 5, "gone", 0))
	n, err := l.Sweep(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n)
	l.Close()
	require.Empty(t, l.telegram.texts())
	l.say(t, 1, "hello")
	require.Equal(t, []string{"send reminder", "send typed hello"}, l.telegram.texts(), "in order, and at once")
}
