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
	key := fmt.Sprintf("respite:{s%d}:trail", store.Shard(chat))
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

	trail, err := s.Client().LRange(ctx, key, 0, -1).Result()
	require.NoError(t, err)
	require.Len(t, trail, 31)
	for i, e := range trail[:30] {
		require.Equal(t, fmt.Sprint("entry ", 2*i), e)
	}
	require.Equal(t, "forgotten", trail[30])
	require.Equal(t, []string{key}, m.Keys())
}

func TestAuditTrailIsCapped(t *testing.T) {
	ctx := t.Context()
	m := miniredis.RunT(t)
	s := open(t, "redis://"+m.Addr(), store.Options{Audit: 5})
	version := int64(0)
	for n := range 60 {
		done, err := s.Commit(ctx, bot.Commit{Chat: chat, Version: version, Owner: "a", Audit: fmt.Append(nil, n)})
		require.NoError(t, err)
		version = done.Version
	}
	trail, err := s.Client().LRange(ctx, fmt.Sprintf("respite:{s%d}:trail", store.Shard(chat)), 0, -1).Result()
	require.NoError(t, err)
	require.Equal(t, []string{"55", "56", "57", "58", "59"}, trail)
}
