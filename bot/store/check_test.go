package store_test

import (
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"

	"respite/bot/store"
	"respite/bot/store/redistest"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server := redistest.Start(t, "maxmemory-policy", "noeviction")
	s := open(t, server.URL(), store.Options{})
	require.NoError(t, s.Ping(ctx))
	require.NoError(t, s.Check(ctx))

	admin := server.Client()
	require.NoError(t, admin.ConfigSet(ctx, "maxmemory-policy", "allkeys-lru").Err())
	require.Equal(t, &store.Setting{Name: "maxmemory-policy", Value: "allkeys-lru", Want: "noeviction"}, s.Check(ctx))
	require.EqualError(t, s.Check(ctx), "redis setting maxmemory-policy is allkeys-lru; it has to be noeviction, or conversations can be lost")

	require.NoError(t, admin.Do(ctx, "acl", "setuser", "default", "-config").Err())
	require.ErrorContains(t, s.Check(ctx), "allkeys-lru", "INFO says it too")
	require.NoError(t, admin.Do(ctx, "acl", "setuser", "default", "-info").Err())
	require.EqualError(t, s.Check(ctx), "redis setting maxmemory-policy is unknown, the server does not tell it; it has to be noeviction")

	server.Kill()
	down := open(t, server.URL()+"?max_retries=-1", store.Options{})
	require.True(t, store.Temporary(down.Check(ctx)))
	require.True(t, store.Temporary(down.Ping(ctx)))
}

func TestCheckWhereNobodyTells(t *testing.T) {
	var unknown *store.Setting
	require.ErrorAs(t, open(t, "redis://"+miniredis.RunT(t).Addr(), store.Options{}).Check(t.Context()), &unknown)
	require.Empty(t, unknown.Value)
}

func TestCheckLooksAtEveryMaster(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t, 3)
	s := open(t, cluster.URL(), store.Options{})
	require.NoError(t, s.Check(t.Context()))
	require.NoError(t, cluster.Nodes[1].Client().ConfigSet(t.Context(), "maxmemory-policy", "volatile-ttl").Err())
	require.ErrorContains(t, s.Check(t.Context()), "volatile-ttl")
}
