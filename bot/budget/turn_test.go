package budget_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/budget"
)

func TestRemindersTakeTurns(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	const apart = 45 * time.Millisecond // of the 25 calls a second that are let through evenly, one in nine is left to answers
	for i := range 100 {
		instance := l.one
		if i%2 == 1 {
			instance = l.two
		}
		require.Equal(t, time.Duration(i)*apart, instance.Turn(t.Context(), int64(i)), "turn %d", i)
	}
	l.pass(time.Second)
	require.Equal(t, 100*apart-time.Second, l.one.Turn(t.Context(), 100), "the hundredth and first goes behind them")
	l.pass(time.Minute)
	require.Zero(t, l.two.Turn(t.Context(), 101), "nobody waits any more")
}

func TestWhoComesInTurnFindsRoom(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	for chat := range int64(200) {
		l.pass(l.one.Turn(t.Context(), 1000+chat))
		require.True(t, l.send(t, l.one, 1000+chat, bot.Reminder), "reminder %d", chat)
		if chat%10 == 0 {
			require.True(t, l.send(t, l.two, 5000+chat, bot.Answer), "an answer in between")
		}
	}
}

func TestTurnsWaitForRemindersThatFoundNoRoom(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	for chat := range int64(50) {
		l.send(t, l.one, 1000+chat, bot.Reminder)
	}
	require.Greater(t, l.two.Turn(t.Context(), 9), time.Second)
}

func TestWithoutALimitOrRedisItIsEverybodysTurn(t *testing.T) {
	require.Zero(t, newLab(t, budget.Limits{PerChat: 1}).one.Turn(t.Context(), 9))
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	l.redis.Close()
	require.Zero(t, l.one.Turn(t.Context(), 9), "the call itself tells")
}

func TestTwoInstancesThatRingTheSameAlarmTakeOneTurn(t *testing.T) {
	l := newLab(t, budget.Limits{PerSecond: 30, PerChat: 1})
	require.Zero(t, l.one.Turn(t.Context(), 7))
	require.Equal(t, 45*time.Millisecond, l.one.Turn(t.Context(), 8))
	require.Equal(t, 45*time.Millisecond, l.two.Turn(t.Context(), 8))
	require.Zero(t, l.two.Turn(t.Context(), 7))
	require.Equal(t, 90*time.Millisecond, l.two.Turn(t.Context(), 9))
	l.pass(time.Minute)
	require.Zero(t, l.two.Turn(t.Context(), 8), "a later reminder takes another")
}
