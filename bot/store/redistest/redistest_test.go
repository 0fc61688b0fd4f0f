package redistest_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"respite/bot/store/redistest"
)

func TestServerKeepsItsDataOverAKill(t *testing.T) {
	ctx := t.Context()
	s := redistest.Start(t, "appendonly", "yes", "appendfsync", "always")
	client := s.Client()
	require.NoError(t, client.Set(ctx, "a", "b", 0).Err())
	s.Kill()
	s.Restart()
	require.Equal(t, "b", client.Get(ctx, "a").Val())
	s.Stop()
	s.Restart()
	require.Equal(t, "b", client.Get(ctx, "a").Val())
}

func TestServerPauses(t *testing.T) {
	s := redistest.Start(t)
	client := s.Client()
	require.NoError(t, client.Ping(t.Context()).Err())
	s.Pause()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	slow := redis.NewClient(&redis.Options{Addr: s.Addr, ContextTimeoutEnabled: true, MaxRetries: -1})
	defer func() { require.NoError(t, slow.Close()) }()
	require.Error(t, slow.Ping(ctx).Err())
	s.Resume()
	require.NoError(t, client.Ping(t.Context()).Err())
}

func TestPassword(t *testing.T) {
	s := redistest.StartWithPassword(t, "secret")
	require.NoError(t, s.Client().Ping(t.Context()).Err())
	stranger := redis.NewClient(&redis.Options{Addr: s.Addr})
	defer func() { require.NoError(t, stranger.Close()) }()
	require.ErrorContains(t, stranger.Ping(t.Context()).Err(), "NOAUTH")
}

func TestSentinelFailsOver(t *testing.T) {
	s := redistest.StartSentinel(t, 1)
	before, err := s.Master(t.Context())
	require.NoError(t, err)
	require.Same(t, s.Servers[0], before)
	before.Kill()
	require.NoError(t, redistest.Poll(20*time.Second, func(ctx context.Context) error {
		after, err := s.Master(ctx)
		if err == nil && after == before {
			err = fmt.Errorf("%s is still the master", after.Addr)
		}
		return err
	}))
}

func TestClusterMovesASlot(t *testing.T) {
	ctx := t.Context()
	c := redistest.StartCluster(t, 3)
	client := redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{c.Nodes[0].Addr}})
	defer func() { require.NoError(t, client.Close()) }()
	require.NoError(t, client.Set(ctx, "{a}1", "x", 0).Err())
	require.NoError(t, client.Set(ctx, "{a}2", "y", 0).Err())
	move := c.Begin(ctx, "{a}1")
	require.Equal(t, 1, move.Keys(ctx, 1))
	require.Equal(t, "x", client.Get(ctx, "{a}1").Val())
	require.Equal(t, "y", client.Get(ctx, "{a}2").Val())
	move.End(ctx)
	require.Equal(t, "x", client.Get(ctx, "{a}1").Val())
	require.Equal(t, "y", client.Get(ctx, "{a}2").Val())
}
