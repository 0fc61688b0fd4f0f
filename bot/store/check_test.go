package store_test

import (
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"

	"respite/bot/store"
	"respite/bot/store/redistest"
)

func TestCheckEviction(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server := redistest.Start(t, "maxmemory-policy", "noeviction")
	s := open(t, server.URL(), store.Options{})
	require.NoError(t, s.Ping(ctx))
	require.NoError(t, s.CheckEviction(ctx))

	admin := server.Client()
	require.NoError(t, admin.ConfigSet(ctx, "maxmemory-policy", "allkeys-lru").Err())
	var wrong *store.Setting
	require.ErrorAs(t, s.CheckEviction(ctx), &wrong)
	require.Equal(t, "maxmemory-policy", wrong.Name)
	require.EqualError(t, wrong, "redis setting maxmemory-policy is allkeys-lru; it has to be noeviction, or conversations can be lost")

	require.NoError(t, admin.Do(ctx, "acl", "setuser", "default", "-config").Err())
	require.ErrorContains(t, s.CheckEviction(ctx), "allkeys-lru", "INFO says it too")
	require.NoError(t, admin.Do(ctx, "acl", "setuser", "default", "-info").Err())
	require.EqualError(t, s.CheckEviction(ctx), "redis setting maxmemory-policy is unknown, the server does not tell it; it has to be noeviction")

	server.Kill()
	down := open(t, server.URL()+"?max_retries=-1", store.Options{})
	require.True(t, store.Temporary(down.CheckEviction(ctx)))
	require.True(t, store.Temporary(down.CheckPersistence(ctx)))
	require.True(t, store.Temporary(down.Ping(ctx)))
}

func TestCheckPersistence(t *testing.T) {
	t.Parallel()
	const says = "redis setting appendonly is no; it has to be yes, or a restart of Redis loses the answers, plans and reminders since its last snapshot"
	ctx := t.Context()
	server := redistest.Start(t, "appendonly", "yes")
	s := open(t, server.URL(), store.Options{})
	require.NoError(t, s.CheckPersistence(ctx))

	admin := server.Client()
	require.NoError(t, admin.ConfigSet(ctx, "appendonly", "no").Err())
	require.EqualError(t, s.CheckPersistence(ctx), says)
	require.NoError(t, admin.Do(ctx, "acl", "setuser", "default", "-config").Err())
	require.EqualError(t, s.CheckPersistence(ctx), says, "INFO says it too")
	require.NoError(t, admin.Do(ctx, "acl", "setuser", "default", "+config", "-info").Err())
	require.EqualError(t, s.CheckPersistence(ctx), says, "and so does CONFIG")
	require.NoError(t, admin.Do(ctx, "acl", "setuser", "default", "-config").Err())
	require.NoError(t, s.CheckPersistence(ctx), "a server that does not tell is not blamed")
}

func TestCheckWhereNobodyTells(t *testing.T) {
	s := open(t, "redis://"+miniredis.RunT(t).Addr(), store.Options{})
	var unknown *store.Setting
	require.ErrorAs(t, s.CheckEviction(t.Context()), &unknown)
	require.Empty(t, unknown.Value)
	require.NoError(t, s.CheckPersistence(t.Context()))
}

func TestChecksLookAtEveryMaster(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t, 3, "appendonly", "yes")
	s := open(t, cluster.URL(), store.Options{})
	require.NoError(t, s.CheckEviction(t.Context()))
	require.NoError(t, s.CheckPersistence(t.Context()))
	node := cluster.Nodes[1].Client()
	require.NoError(t, node.ConfigSet(t.Context(), "maxmemory-policy", "volatile-ttl").Err())
	require.ErrorContains(t, s.CheckEviction(t.Context()), "volatile-ttl")
	require.NoError(t, node.ConfigSet(t.Context(), "appendonly", "no").Err())
	require.ErrorContains(t, s.CheckPersistence(t.Context()), "appendonly is no")
}
