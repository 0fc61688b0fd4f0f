package store

import (
	"context"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"

	"respite/bot"
)

func TestFirst(t *testing.T) {
	ctx := context.Background()
	m := miniredis.RunT(t)
	s, err := Open(ctx, "redis://"+m.Addr(), Options{})
	require.NoError(t, err)
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	done, err := s.Commit(ctx, bot.Commit{Chat: 7, Data: []byte("a\x00\xffb\n"), Append: [][]byte{[]byte("one\n1 2"), []byte("two")}, Alarm: at, Audit: []byte("x"), Owner: "me"})
	require.NoError(t, err)
	require.True(t, done.Mine)
	require.Len(t, done.Outbox, 2)
	r, err := s.Load(ctx, 7)
	require.NoError(t, err)
	require.Equal(t, bot.Record{Version: done.Version, Data: []byte("a\x00\xffb\n"), Outbox: done.Outbox}, r)
	require.NoError(t, s.Mark(ctx, 7, "me", done.Outbox[1].Seq))
	left, err := s.Strike(ctx, 7, "me", done.Outbox[0].Seq, []byte("link"))
	require.NoError(t, err)
	require.Equal(t, []bot.Entry{{Seq: done.Outbox[1].Seq, Data: []byte("two"), Tried: true}}, left)
	require.NoError(t, s.Park(ctx, 7, "me", 0))
	w, err := s.Undelivered(ctx, "you", 10)
	require.NoError(t, err)
	require.Len(t, w, 1)
	require.Equal(t, []byte("link"), w[0].Link)
	chats, err := s.Ringing(ctx, at, 10)
	require.NoError(t, err)
	require.Equal(t, []int64{7}, chats)
	n, ok, err := s.NextAlarm(ctx)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, at, n)
	_, err = s.Forget(ctx, bot.Commit{Chat: 7, Version: done.Version, Owner: "me"})
	require.NoError(t, err)
	r, err = s.Load(ctx, 7)
	require.NoError(t, err)
	require.Zero(t, r)
	require.Empty(t, m.Keys()[1:])
}
