package store_test

import (
	"fmt"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/store"
)

func TestAuditTrail(t *testing.T) {
	ctx := t.Context()
	m := miniredis.RunT(t)
	s := open(t, "redis://"+m.Addr(), store.Options{Audit: 50})
	key := fmt.Sprintf("respite:{s%d}:audit", store.Shard(chat))
	version := int64(0)
	for n := range 60 {
		c := bot.Commit{Chat: chat, Version: version, Owner: "a"}
		if n%2 == 0 {
			c.Audit = fmt.Append(nil, "entry ", n)
		}
		done, err := s.Commit(ctx, c)
		require.NoError(t, err)
		version = done.Version
		_, err = s.Commit(ctx, bot.Commit{Chat: chat, Version: version + 1, Owner: "a", Audit: []byte("lost")})
		require.ErrorIs(t, err, bot.ErrRace)
	}
	_, err := s.Forget(ctx, bot.Commit{Chat: chat, Version: version, Owner: "a", Audit: []byte("forgotten")})
	require.NoError(t, err)

	trail, err := s.Client().XRange(ctx, key, "-", "+").Result()
	require.NoError(t, err)
	require.Len(t, trail, 31)
	for i, e := range trail[:30] {
		require.Equal(t, map[string]any{"c": "77001", "e": fmt.Sprint("entry ", 2*i)}, e.Values)
	}
	require.Equal(t, "forgotten", trail[30].Values["e"])
	require.Equal(t, []string{key}, m.Keys())
}

func TestAuditTrailIsCapped(t *testing.T) {
	ctx := t.Context()
	m := miniredis.RunT(t)
	s := open(t, "redis://"+m.Addr(), store.Options{Audit: 5})
	version := int64(0)
	for range 600 {
		done, err := s.Commit(ctx, bot.Commit{Chat: chat, Version: version, Owner: "a", Audit: []byte("x")})
		require.NoError(t, err)
		version = done.Version
	}
	n, err := s.Client().XLen(ctx, fmt.Sprintf("respite:{s%d}:audit", store.Shard(chat))).Result()
	require.NoError(t, err)
	require.Less(t, n, int64(200), "Redis drops whole nodes of 100 entries")
}
