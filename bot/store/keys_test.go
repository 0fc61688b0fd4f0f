package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The layout in Redis is fixed for ever: a change here loses every conversation there is.
func TestLayoutIsFixed(t *testing.T) {
	for chat, shard := range map[int64]int{
		0: 453, 1: 932, 2: 519, 1024: 601, 5_000_000_001: 132, -1: 61, -1_002_345_678_901: 733, 1<<63 - 1: 445, -1 << 63: 69,
	} {
		require.Equal(t, shard, Shard(chat), "chat %d", chat)
	}
	require.Equal(t, "respite:{s932}:c:1", chatKey(1))
	require.Equal(t, "respite:{s61}:c:-1", chatKey(-1))
	require.Equal(t, "respite:{s7}:alarms", alarmsKey(7))
	require.Equal(t, "respite:{s7}:outbox", outboxKey(7))
	require.Equal(t, "respite:{s7}:trail", trailKey(7))
	require.Equal(t, "respite:{s61}:topics:-1", topicsKey(-1))
	require.Equal(t, "respite:{s932}:card:1:0", cardKey(1, 0))
	require.Equal(t, "respite:{s0}:case", caseCounterKey())
	require.Equal(t, "respite:{s1}:cases", casesKey(1025))
}

func TestShardsAreEven(t *testing.T) {
	for name, id := range map[string]func(int) int64{
		"one after the other": func(i int) int64 { return 5_000_000_000 + int64(i) },
		"far apart":           func(i int) int64 { return int64(i) * 1024 * 1024 },
		"groups":              func(i int) int64 { return -1_001_000_000_000 - int64(i)*7 },
	} {
		var count [Shards]int
		for i := range 100 * Shards {
			count[Shard(id(i))]++
		}
		for shard, n := range count {
			require.Greater(t, n, 40, "%s: shard %d", name, shard)
			require.Less(t, n, 180, "%s: shard %d", name, shard)
		}
	}
}
