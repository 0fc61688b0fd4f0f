package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/policy/day"
)

// rings lets all alarms ring that are due.
func (l *lab) rings(t *testing.T, e *bot.Engine) {
	t.Helper()
	for {
		n, err := e.Ring(t.Context())
		require.NoError(t, err)
		if n == 0 {
			return
		}
	}
}

// setsRight runs passes until nothing is left to plan anew, and says how many chats did.
func (l *lab) setsRight(t *testing.T, e *bot.Engine) (chats int) {
	t.Helper()
	for {
		n, err := e.SetRight(t.Context())
		require.NoError(t, err)
		if chats += n; n == 0 {
			return chats
		}
	}
}

func TestAlarmsOfAWrongClockAreRepaired(t *testing.T) {
	const plans = 70 // more than one pass takes
	l := newLab(t)
	l.Machine, l.Times = speaker(t, time.UTC, l.Render), l.store
	right := l.now
	for chat := range int64(plans) {
		c := running(l.now, day.Of(2026, 12, 10), 2)
		c.Alarms = append(c.Alarms, alarm(day.Of(2026, 12, 3).In(time.UTC, 13, 0)))
		l.run(t, chat+1, c)
	}
	require.Zero(t, l.setsRight(t, l.Engine), "the clock is right")

	l.now = right.AddDate(0, 3, 0)
	require.Zero(t, l.setsRight(t, l.Engine), "that it goes forward may be as it should")
	l.rings(t, l.Engine)
	next, ok, err := l.store.NextAlarm(t.Context())
	require.NoError(t, err)
	require.True(t, ok && next.After(l.now), "the next alarms are of the wrong time")

	l.now = right.Add(time.Hour)
	again := l.engine(t, "restarted")
	again.Machine, again.Times = l.Machine, l.store
	l.rings(t, again)
	require.Equal(t, plans, l.setsRight(t, again))
	next, _, err = l.store.NextAlarm(t.Context())
	require.NoError(t, err)
	require.Equal(t, day.Of(2026, 12, 3), day.At(next), "a week before the first is due")
	require.Zero(t, l.setsRight(t, again), "once")

	sent := len(l.telegram.texts())
	l.now = day.Of(2026, 12, 3).In(time.UTC, 20, 30)
	l.rings(t, again)
	require.Len(t, l.telegram.texts(), sent+plans)
}

func TestTwoClocksThatDoNotAgreeDoNotPlanForEver(t *testing.T) {
	l := newLab(t)
	l.Machine, l.Times = speaker(t, time.UTC, l.Render), l.store
	c := running(l.now, day.Of(2026, 12, 10), 2)
	c.Alarms = append(c.Alarms, alarm(day.Of(2026, 12, 3).In(time.UTC, 13, 0)))
	l.run(t, 5, c)
	ahead := func() { _, err := l.store.Seen(t.Context(), l.now.Add(6*time.Minute)); require.NoError(t, err) }
	planned := 0
	for range 26 { // five minutes each
		ahead()
		n, err := l.SetRight(t.Context())
		require.NoError(t, err)
		planned += n
		l.now = l.now.Add(5 * time.Minute)
	}
	require.Equal(t, 3, planned, "once an hour")
	l.redis.SetError("down")
	_, err := l.SetRight(t.Context())
	require.Error(t, err)
}
