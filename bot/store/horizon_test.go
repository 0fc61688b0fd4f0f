package store

import (
	"strconv"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"

	"respite/bot"
)

var noon = time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC)

func two(t *testing.T, o Options) (m *miniredis.Miniredis, a, b *Store) {
	t.Helper()
	m = miniredis.RunT(t)
	open := func() *Store {
		s, err := Open(t.Context(), "redis://"+m.Addr(), o)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		return s
	}
	return m, open(), open()
}

func ringing(t *testing.T, s *Store, now time.Time) []int64 {
	t.Helper()
	chats, err := s.Ringing(t.Context(), now, 10)
	require.NoError(t, err)
	return chats
}

func TestNothingDueAsksNothing(t *testing.T) {
	m, a, _ := two(t, Options{Refresh: time.Hour})
	_, err := a.Commit(t.Context(), bot.Commit{Chat: 1, Owner: "a", Append: [][]byte{{1}}, Alarm: noon})
	require.NoError(t, err)
	require.Empty(t, ringing(t, a, noon.Add(-time.Second)))
	require.Empty(t, undelivered(t, a, "a"))
	before := m.CommandCount()
	for range 100 {
		require.Empty(t, ringing(t, a, noon.Add(-time.Second)))
		require.Empty(t, undelivered(t, a, "a"))
	}
	require.Equal(t, before, m.CommandCount())
}

func TestOwnAlarmsAndPausesAreKnownAtOnce(t *testing.T) {
	_, a, b := two(t, Options{Refresh: time.Hour})
	for _, s := range []*Store{a, b} {
		require.Empty(t, ringing(t, s, noon))
		require.Empty(t, undelivered(t, s, "x"))
	}
	done, err := a.Commit(t.Context(), bot.Commit{Chat: 1, Owner: "a", Append: [][]byte{{1}}, Alarm: noon})
	require.NoError(t, err)
	require.NoError(t, a.Park(t.Context(), 1, "a", 0))
	require.Equal(t, []int64{1}, ringing(t, a, noon))
	require.Empty(t, ringing(t, b, noon), "b has not looked yet")
	require.Empty(t, undelivered(t, b, "b"))

	b.alarms.read, b.outbox.read = time.Now().Add(-time.Hour), time.Now().Add(-time.Hour)
	require.Equal(t, []int64{1}, ringing(t, b, noon))
	require.Len(t, undelivered(t, b, "b"), 1)
	require.NoError(t, b.Park(t.Context(), 1, "b", 0))
	require.Len(t, undelivered(t, a, "a"), 1)

	_, err = a.Commit(t.Context(), bot.Commit{Chat: 1, Version: done.Version, Owner: "a", Alarm: noon.Add(time.Hour)})
	require.NoError(t, err)
	require.Empty(t, ringing(t, a, noon))
	require.Empty(t, ringing(t, b, noon), "an alarm that another instance moved does not ring")
	require.Equal(t, []int64{1}, ringing(t, a, noon.Add(time.Hour)))
	require.Equal(t, []int64{1}, ringing(t, b, noon.Add(time.Hour)))
}

func TestALateReadingDoesNotHideAnOwnWrite(t *testing.T) {
	h := newHorizon()
	before := h.before()
	h.lower(3, 50)
	h.learn(3, never, before[3])
	require.Equal(t, []int{3}, h.earliest(50, 10))
	h.learn(3, 40, h.before()[3])
	require.Equal(t, int64(40), h.before()[3].at)
	h.learn(3, never, h.before()[3])
	require.Empty(t, h.earliest(50, 10))
}

func TestTheSearchGoesOnWhereItEnded(t *testing.T) {
	h := newHorizon()
	for shard := range 10 {
		h.lower(shard*100, 1)
	}
	require.Equal(t, []int{0, 100, 200, 300}, h.due(1, 4))
	require.Equal(t, []int{400, 500, 600, 700}, h.due(1, 4))
	require.Equal(t, []int{800, 900, 0, 100}, h.due(1, 4))
	require.Empty(t, h.due(0, 4))
}

func TestAnIndexThatNamesNothingIsMended(t *testing.T) {
	m, a, _ := two(t, Options{Refresh: 1})
	for _, key := range []string{outboxKey(Shard(9)), alarmsKey(Shard(9))} {
		_, err := m.ZAdd(key, 1, "9")
		require.NoError(t, err)
	}
	require.Empty(t, undelivered(t, a, "a"))
	require.Empty(t, ringing(t, a, noon))
	require.Empty(t, m.Keys())

	_, err := m.ZAdd(alarmsKey(Shard(9)), 1, "what is this")
	require.NoError(t, err)
	_, _, err = a.NextAlarm(t.Context())
	require.EqualError(t, err, `redis next alarm: respite:{s`+strconv.Itoa(Shard(9))+`}:alarms: strconv.ParseInt: parsing "what is this": invalid syntax`)
}

func TestAnAlarmThatWasSetMeanwhileIsNotTakenAway(t *testing.T) {
	_, a, _ := two(t, Options{Refresh: 1})
	_, err := a.Commit(t.Context(), bot.Commit{Chat: 9, Owner: "a", Alarm: noon})
	require.NoError(t, err)
	keys := []string{chatKey(9), alarmsKey(Shard(9))}
	done := a.runAll(t.Context(), a.scripts.hush, 0, []call{{keys, []any{"9"}}})
	require.NoError(t, done[0].err)
	require.Equal(t, []int64{9}, ringing(t, a, noon))
}

func TestAChatThatSomebodyElseClaimedFirst(t *testing.T) {
	_, a, b := two(t, Options{Refresh: 1})
	_, err := a.Commit(t.Context(), bot.Commit{Chat: 9, Owner: "gone", Append: [][]byte{{1}}})
	require.NoError(t, err)
	require.NoError(t, a.Park(t.Context(), 9, "gone", 0))
	first, _, err := a.claim(t.Context(), "a", []int64{9})
	require.NoError(t, err)
	require.Len(t, first, 1)
	second, _, err := b.claim(t.Context(), "b", []int64{9})
	require.NoError(t, err)
	require.Empty(t, second)
}
