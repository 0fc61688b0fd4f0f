package store

import (
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"respite/bot"
)

// hands moves the clocks of a Redis and of the instances that use it.
type hands struct {
	m      *miniredis.Miniredis
	redis  time.Time
	steady int64
}

// pass lets time pass everywhere.
func (h *hands) pass(d time.Duration) {
	h.steady += d.Milliseconds()
	h.set(d)
}

// set sets Redis' clock only.
func (h *hands) set(d time.Duration) {
	h.redis = h.redis.Add(d)
	h.m.SetTime(h.redis)
}

func (h *hands) instance(t *testing.T) *Store {
	t.Helper()
	s := New(redis.NewClient(&redis.Options{Addr: h.m.Addr()}), Options{Lease: time.Minute, Refresh: 1})
	s.clock.steady = func() int64 { return h.steady }
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func newHands(t *testing.T) *hands {
	h := &hands{m: miniredis.RunT(t), redis: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), steady: 500}
	h.set(0)
	return h
}

func undelivered(t *testing.T, s *Store, owner string) []bot.Waiting {
	t.Helper()
	waiting, err := s.Undelivered(t.Context(), owner, 10)
	require.NoError(t, err)
	return waiting
}

func TestRedisClockIsSetForward(t *testing.T) {
	ctx := t.Context()
	h := newHands(t)
	a, b := h.instance(t), h.instance(t)
	require.Empty(t, undelivered(t, b, "b"))
	first, err := a.Commit(ctx, bot.Commit{Chat: 1, Owner: "a", Append: [][]byte{{1}, {2}}})
	require.NoError(t, err)
	dead, err := a.Commit(ctx, bot.Commit{Chat: 2, Owner: "a", Append: [][]byte{{1}}})
	require.NoError(t, err)
	h.pass(time.Second)

	h.set(time.Hour)
	require.Empty(t, undelivered(t, b, "b"), "a is at work")
	second, err := b.Commit(ctx, bot.Commit{Chat: 1, Version: first.Version, Owner: "b", Append: [][]byte{{3}}})
	require.NoError(t, err)
	require.False(t, second.Mine)
	left, err := a.Strike(ctx, 1, "a", first.Outbox[0].Seq, nil)
	require.NoError(t, err)
	require.Len(t, left, 2)

	h.pass(30 * time.Second)
	require.Empty(t, undelivered(t, b, "b"), "a may still be at work in chat 2")
	left, err = a.Strike(ctx, 1, "a", left[0].Seq, nil)
	require.NoError(t, err)
	require.Len(t, left, 1)

	h.pass(31 * time.Second)
	waiting := undelivered(t, b, "b")
	require.Len(t, waiting, 1, "a has renewed only the lease on chat 1")
	require.Equal(t, int64(2), waiting[0].Chat)
	require.Equal(t, dead.Outbox, waiting[0].Outbox)
	h.pass(time.Minute)
	waiting = undelivered(t, b, "c")
	require.Len(t, waiting, 2)
}

func TestRedisClockIsSetBack(t *testing.T) {
	ctx := t.Context()
	h := newHands(t)
	a, b := h.instance(t), h.instance(t)
	require.Empty(t, undelivered(t, b, "b"))
	for chat := range int64(2) {
		_, err := a.Commit(ctx, bot.Commit{Chat: chat, Owner: "a", Append: [][]byte{{1}}})
		require.NoError(t, err)
	}
	require.NoError(t, a.Park(ctx, 1, "a", time.Second))

	h.set(-time.Hour)
	require.Empty(t, undelivered(t, b, "b"))
	r, err := b.Load(ctx, 0)
	require.NoError(t, err)
	done, err := b.Commit(ctx, bot.Commit{Chat: 0, Version: r.Version, Owner: "b"})
	require.NoError(t, err)
	require.False(t, done.Mine, "a keeps its lease")
	h.pass(time.Minute + time.Second)
	require.Len(t, undelivered(t, b, "b"), 2, "not an hour later")
}

func TestSmallStepsOfTheClockAreTaken(t *testing.T) {
	c := newClock()
	now := int64(100)
	c.steady = func() int64 { return now }
	start := time.UnixMilli(1_000_000)
	for i, ahead := range []time.Duration{0, 2 * time.Second, 0, -time.Second} {
		require.False(t, c.note("", start.Add(ahead), now, now, time.Minute))
		require.Equal(t, start.Add(ahead).UnixMilli()+1-now, -c.local(0), "step %d", i)
	}
	require.False(t, c.note("", start.Add(time.Hour), now, now, time.Minute))
	require.Equal(t, start.Add(-time.Second).UnixMilli()+1-now, -c.local(0))
	now += 59_999
	require.False(t, c.note("", start.Add(time.Hour), now, now, time.Minute))
	require.Equal(t, start.Add(-time.Second).UnixMilli()+1-100, -c.local(0))
	now++
	require.False(t, c.note("", start.Add(time.Hour), now, now, time.Minute))
	require.Equal(t, start.Add(time.Hour).UnixMilli()+1-now, -c.local(0))
	require.True(t, c.note("", start, now, now, time.Minute))
}

func TestAPauseThatIsNotQuiteOverIsLookedAtAgainSoon(t *testing.T) {
	ctx := t.Context()
	h := newHands(t)
	s := h.instance(t)
	s.o.Refresh = time.Hour
	require.Empty(t, undelivered(t, s, "a"))
	_, err := s.Commit(ctx, bot.Commit{Chat: 1, Owner: "a", Append: [][]byte{{1}}})
	require.NoError(t, err)
	require.NoError(t, s.Park(ctx, 1, "a", time.Second))
	h.steady += 1000
	h.set(990 * time.Millisecond) // Redis' clock is a little behind what it is taken to show
	require.Empty(t, undelivered(t, s, "a"))
	h.pass(again)
	require.Len(t, undelivered(t, s, "a"), 1)
}
