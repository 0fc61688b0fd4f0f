package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/store"
	"respite/bot/store/redistest"
	"respite/bot/store/storetest"
)

func TestEmbedded(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) storetest.Open {
		m := miniredis.NewMiniRedis()
		m.ClockTTL(true)
		require.NoError(t, m.Start())
		t.Cleanup(m.Close)
		return instances(t, "redis://"+m.Addr())
	})
}

func TestServer(t *testing.T) {
	t.Parallel()
	server := redistest.StartWithPassword(t, "p@ss/word")
	storetest.Run(t, emptied(server.URL()))
}

func TestCluster(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t, 3)
	storetest.Core(t, emptied(cluster.URL()))
}

func TestSentinel(t *testing.T) {
	t.Parallel()
	sentinel := redistest.StartSentinel(t, 1)
	storetest.Core(t, emptied(sentinel.URL()))
}

// emptied gives instances of one Redis, which is emptied first.
func emptied(url string) func(testing.TB) storetest.Open {
	return func(t testing.TB) storetest.Open {
		s, err := store.Open(t.Context(), url, store.Options{})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		if cluster, ok := s.Client().(*redis.ClusterClient); ok {
			require.NoError(t, cluster.ForEachMaster(t.Context(), func(ctx context.Context, node *redis.Client) error {
				return node.FlushAll(ctx).Err()
			}))
		} else {
			require.NoError(t, s.Client().FlushAll(t.Context()).Err())
		}
		return instances(t, url)
	}
}

func instances(t testing.TB, url string) storetest.Open {
	return func(lease time.Duration) bot.Conversations {
		s, err := store.Open(t.Context(), url, store.Options{Lease: lease, Refresh: 1})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		return s
	}
}
