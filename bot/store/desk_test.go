package store_test

import (
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"

	"respite/bot/store"
	"respite/bot/store/redistest"
)

func TestDesk(t *testing.T) {
	t.Parallel()
	t.Run("embedded", func(t *testing.T) { desk(t, "redis://"+miniredis.RunT(t).Addr()) })
	t.Run("cluster", func(t *testing.T) { desk(t, redistest.StartCluster(t, 3).URL()) })
}

func desk(t *testing.T, url string) {
	ctx := t.Context()
	d := open(t, url, store.Options{}).Desk()
	const group, other, chat int64 = -1_002_345_678_901, -5, 77
	none := func(_ int64, found bool, err error) {
		t.Helper()
		require.NoError(t, err)
		require.False(t, found)
	}
	is := func(want int64) func(int64, bool, error) {
		return func(chat int64, found bool, err error) {
			t.Helper()
			require.NoError(t, err)
			require.True(t, found)
			require.Equal(t, want, chat)
		}
	}

	none(d.TopicChat(ctx, group, 3))
	require.NoError(t, d.SetTopic(ctx, group, 3, chat))
	require.NoError(t, d.SetTopic(ctx, group, 4, -chat))
	is(chat)(d.TopicChat(ctx, group, 3))
	is(-chat)(d.TopicChat(ctx, group, 4))
	none(d.TopicChat(ctx, other, 3))
	require.NoError(t, d.DropTopic(ctx, group, 3))
	require.NoError(t, d.DropTopic(ctx, group, 3))
	none(d.TopicChat(ctx, group, 3))

	none(d.CardChat(ctx, group, 3))
	require.NoError(t, d.SetCard(ctx, group, 3, chat))
	is(chat)(d.CardChat(ctx, group, 3))
	none(d.CardChat(ctx, group, 4))
	none(d.CardChat(ctx, other, 3))

	for want := int64(1); want <= 3; want++ {
		n, err := d.NextCase(ctx)
		require.NoError(t, err)
		require.Equal(t, want, n)
	}
	none(d.CaseChat(ctx, 3))
	require.NoError(t, d.SetCase(ctx, 3, chat))
	require.NoError(t, d.SetCase(ctx, 3+store.Shards, -chat))
	is(chat)(d.CaseChat(ctx, 3))
	is(-chat)(d.CaseChat(ctx, 3+store.Shards))
	require.NoError(t, d.DropCase(ctx, 3))
	none(d.CaseChat(ctx, 3))
}

func TestACardIsForgottenInTime(t *testing.T) {
	m := miniredis.RunT(t)
	d := open(t, "redis://"+m.Addr(), store.Options{}).Desk()
	require.NoError(t, d.SetCard(t.Context(), 1, 2, 3))
	require.Len(t, m.Keys(), 1)
	require.Equal(t, 180*24, int(m.TTL(m.Keys()[0]).Hours()))
}
