package budget_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/budget"
)

// office takes every call, unless it is flooded.
type office struct {
	mu    sync.Mutex
	calls int
	flood time.Duration
}

// Do counts the call.
func (o *office) Do(_ context.Context, out bot.Outgoing) (bot.Sent, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.flood > 0 {
		return bot.Sent{}, &bot.Failure{Kind: bot.TooMany, After: o.flood, Op: out.Op, Err: errors.New("429")}
	}
	o.calls++
	return bot.Sent{Message: o.calls}, nil
}

// lab is two instances with one token, on a Redis whose clock stands still until it is moved.
type lab struct {
	*office
	redis     *miniredis.Miniredis
	one, two  *budget.Budget
	now       time.Time
	refusedBy time.Duration // what the last refusal said
}

func newLab(t *testing.T, limits budget.Limits) *lab {
	t.Helper()
	l := &lab{office: &office{}, redis: miniredis.RunT(t), now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	l.redis.SetTime(l.now)
	client := redis.NewClient(&redis.Options{Addr: l.redis.Addr()})
	t.Cleanup(func() { _ = client.Close() })
	l.one = budget.New(l.office, client, "1:token", limits)
	l.two = budget.New(l.office, client, "1:token", limits)
	return l
}

func (l *lab) pass(d time.Duration) {
	l.now = l.now.Add(d)
	l.redis.SetTime(l.now)
	l.redis.FastForward(d)
}

// send says whether a message went out.
func (l *lab) send(t *testing.T, b *budget.Budget, chat int64, class bot.Class) bool {
	t.Helper()
	_, err := b.Do(t.Context(), bot.Outgoing{Op: bot.OpSend, Chat: chat, Class: class, Text: "x"})
	if err == nil {
		return true
	}
	f, ok := errors.AsType[*bot.Failure](err)
	require.True(t, ok)
	require.Equal(t, bot.TooMany, f.Kind)
	require.Positive(t, f.After)
	l.refusedBy = f.After
	return false
}

// flush counts how many of a hundred go out at this moment, to different chats, over both instances.
func (l *lab) flush(t *testing.T, class bot.Class) (n int) {
	t.Helper()
	for i := range 100 {
		b := l.one
		if i%2 == 1 {
			b = l.two
		}
		if l.send(t, b, int64(i+1), class) {
			n++
		}
	}
	return n
}

func TestNoSecondHasMoreThanTheLimitOverAllInstances(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1000})
	sent := []int{}
	for range 300 { // three seconds of pressure
		before := l.calls
		for i := range 3 {
			l.send(t, l.one, int64(i+1), bot.Answer)
			l.send(t, l.two, int64(i+1), bot.Answer)
		}
		sent = append(sent, l.calls-before)
		l.pass(10 * time.Millisecond)
	}
	for i := range len(sent) - 100 {
		second := 0
		for _, n := range sent[i : i+100] {
			second += n
		}
		require.LessOrEqual(t, second, 30)
		require.GreaterOrEqual(t, second, 24, "and the budget is used")
	}
}

func TestAnswersGoBeforeAgentsBeforeReminders(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 60, PerChat: 1})
	reminders := l.flush(t, bot.Reminder)
	agents := l.flush(t, bot.Agent)
	answers := l.flush(t, bot.Answer)
	require.Positive(t, reminders)
	require.Positive(t, agents, "reminders leave something to agents")
	require.Positive(t, answers, "and both leave something to answers")
	require.Zero(t, l.flush(t, bot.Reminder))
}

func TestThoseThatWaitComeBackOneAfterTheOther(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	l.flush(t, bot.Reminder)
	require.Greater(t, l.refusedBy, 3*time.Second, "the last of about a hundred at 25 a second")
}

func TestAChatGetsAFewAtOnceAndThenOneASecond(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	at := 0
	for l.send(t, l.one, 7, bot.Answer) {
		at++
		l.pass(time.Millisecond)
	}
	require.Equal(t, 4, at)
	require.True(t, l.send(t, l.two, 8, bot.Answer), "another chat is free")
	l.pass(l.refusedBy)
	require.True(t, l.send(t, l.two, 7, bot.Answer))
	require.False(t, l.send(t, l.one, 7, bot.Answer))
}

func TestAGroupGetsTwentyAMinuteOverAllInstances(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	ops := []bot.Op{bot.OpSend, bot.OpEdit, bot.OpTopic, bot.OpPin, bot.OpRenameTopic}
	sent := []int{}
	for n := range 1800 { // three minutes of pressure
		b, before := l.one, l.calls
		if n%2 == 1 {
			b = l.two
		}
		_, _ = b.Do(t.Context(), bot.Outgoing{Op: ops[n%len(ops)], Chat: -100, Class: bot.Agent, Text: "x"})
		sent = append(sent, l.calls-before)
		l.pass(100 * time.Millisecond)
	}
	for i := range len(sent) - 600 {
		minute := 0
		for _, n := range sent[i : i+600] {
			minute += n
		}
		require.LessOrEqual(t, minute, 20)
		require.GreaterOrEqual(t, minute, 14, "and the budget is used")
	}
}

func TestInAGroupWordsGoBeforeCardsAndTheBoardLast(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 300, PerChat: 1})
	require.True(t, l.send(t, l.one, -100, bot.Idle))
	require.False(t, l.send(t, l.two, -100, bot.Idle), "the board waits until the group is quiet")
	cards := 0
	for l.send(t, l.one, -100, bot.Reminder) {
		cards++
	}
	words := 0
	for l.send(t, l.two, -100, bot.Agent) {
		words++
	}
	require.Equal(t, 1, cards)
	require.Equal(t, 3, words, "cards leave most of the budget to words")
	require.False(t, l.send(t, l.one, -100, bot.Reminder))
	l.pass(100 * time.Millisecond)
	require.True(t, l.send(t, l.one, -200, bot.Idle), "another group is free")
}

func TestWhatTelegramSaysIsKeptForExactlyTheChat(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	l.flood = time.Hour
	require.False(t, l.send(t, l.one, 7, bot.Answer))
	l.flood = 0
	require.False(t, l.send(t, l.two, 7, bot.Answer), "the other instance knows")
	require.InDelta(t, time.Hour, l.refusedBy, float64(time.Second))
	require.True(t, l.send(t, l.two, 8, bot.Answer), "another chat is free")
	l.pass(time.Hour + time.Second)
	require.True(t, l.send(t, l.one, 7, bot.Answer))
}

func TestALimitThatManyChatsMeetIsTheTokens(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 300, PerChat: 1})
	l.flood = 10 * time.Second
	for chat := range int64(6) {
		l.send(t, l.one, chat+1, bot.Answer)
	}
	l.flood = 0
	require.False(t, l.send(t, l.two, 99, bot.Answer))
	l.pass(11 * time.Second)
	require.True(t, l.send(t, l.two, 99, bot.Answer))
}

func TestRoomThatWasExpectedIsUsedOnce(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	ctx := l.one.Expect(t.Context(), 7, bot.Answer, 4)
	for range 4 {
		_, err := l.one.Do(ctx, bot.Outgoing{Op: bot.OpSend, Chat: 7, Text: "x"})
		require.NoError(t, err)
	}
	_, err := l.one.Do(ctx, bot.Outgoing{Op: bot.OpSend, Chat: 7, Text: "x"})
	require.Error(t, err)
}

func TestWithoutLimitsNothingIsAsked(t *testing.T) {
	l := newLab(t, budget.Limits{})
	l.redis.Close()
	require.Equal(t, 100, l.flush(t, bot.Reminder))
}

func TestWithoutRedisNothingIsSent(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	l.redis.Close()
	_, err := l.one.Do(t.Context(), bot.Outgoing{Op: bot.OpSend, Chat: 7, Text: "x"})
	f, ok := errors.AsType[*bot.Failure](err)
	require.True(t, ok)
	require.Equal(t, bot.Unavailable, f.Kind)
	require.Zero(t, l.calls)
}

func TestAnswersToPressesAreFree(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 1, PerChat: 1})
	for range 20 {
		_, err := l.one.Do(t.Context(), bot.Outgoing{Op: bot.OpToast, Query: "q"})
		require.NoError(t, err)
	}
}
