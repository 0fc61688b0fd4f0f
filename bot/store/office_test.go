package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"

	"respite/bot/store"
)

func TestATranscriptKeepsItsOrderAndEachEntryOnce(t *testing.T) {
	d := open(t, "redis://"+miniredis.RunT(t).Addr(), store.Options{}).Desk()
	for _, seq := range []int64{2, 1, 3, 2} {
		require.NoError(t, d.Keep(t.Context(), 7, seq, fmt.Appendf(nil, "entry %d", seq)))
	}
	all, err := d.Said(t.Context(), 7, 0)
	require.NoError(t, err)
	require.Equal(t, [][]byte{[]byte("entry 1"), []byte("entry 2"), []byte("entry 3")}, all)
	last, err := d.Said(t.Context(), 7, 2)
	require.NoError(t, err)
	require.Equal(t, all[1:], last)
	for seq := range int64(1100) {
		require.NoError(t, d.Keep(t.Context(), 7, seq+10, fmt.Appendf(nil, "more %d", seq)))
	}
	all, err = d.Said(t.Context(), 7, 0)
	require.NoError(t, err)
	require.Len(t, all, 1000)
	require.Equal(t, "more 1099", string(all[999]))
	require.NoError(t, d.Erase(t.Context(), 7))
	all, err = d.Said(t.Context(), 7, 0)
	require.NoError(t, err)
	require.Empty(t, all)
}

func TestPairsLeadBothWaysAndAreForgotten(t *testing.T) {
	m := miniredis.RunT(t)
	d := open(t, "redis://"+m.Addr(), store.Options{}).Desk()
	ctx := t.Context()
	require.NoError(t, d.SetPair(ctx, 7, 100, 5))
	private, err := d.Private(ctx, 7, 100)
	require.NoError(t, err)
	require.Equal(t, 5, private)
	group, err := d.Grouped(ctx, 7, 5)
	require.NoError(t, err)
	require.Equal(t, 100, group)
	none, err := d.Grouped(ctx, 7, 100)
	require.NoError(t, err)
	require.Zero(t, none)
	m.FastForward(61 * 24 * time.Hour)
	private, err = d.Private(ctx, 7, 100)
	require.NoError(t, err)
	require.Zero(t, private)
}

func TestTheBoardAndTheOffice(t *testing.T) {
	m := miniredis.RunT(t)
	d := open(t, "redis://"+m.Addr(), store.Options{}).Desk()
	ctx, group := t.Context(), int64(-100)
	require.NoError(t, d.Post(ctx, group, 7, []byte("seven")))
	require.NoError(t, d.Post(ctx, group, 8, []byte("eight")))
	require.NoError(t, d.Post(ctx, group, 7, nil))
	posts, err := d.Posts(ctx, group)
	require.NoError(t, err)
	require.Equal(t, map[int64][]byte{8: []byte("eight")}, posts)

	mine, err := d.BoardTurn(ctx, group, time.Minute)
	require.NoError(t, err)
	require.True(t, mine)
	mine, err = d.BoardTurn(ctx, group, time.Minute)
	require.NoError(t, err)
	require.False(t, mine, "one instance at a time")
	m.FastForward(time.Minute)
	mine, err = d.BoardTurn(ctx, group, time.Minute)
	require.NoError(t, err)
	require.True(t, mine)

	require.NoError(t, d.SetAgent(ctx, group, 1, "Kim"))
	require.NoError(t, d.SetAway(ctx, group, 1, "Kim"))
	names, err := d.Agents(ctx, group)
	require.NoError(t, err)
	require.Equal(t, map[int64]string{1: "Kim"}, names)
	require.NoError(t, d.SetAway(ctx, group, 1, ""))
	names, err = d.Away(ctx, group)
	require.NoError(t, err)
	require.Empty(t, names)
	hours, err := d.Hours(ctx, group)
	require.NoError(t, err)
	require.Empty(t, hours)
	require.NoError(t, d.SetHours(ctx, group, "always"))
	hours, err = d.Hours(ctx, group)
	require.NoError(t, err)
	require.Equal(t, "always", hours)
	require.NoError(t, d.SetCanned(ctx, group, "en", "hello", "Hello"))
	require.NoError(t, d.SetCanned(ctx, group, "zh-Hans", "hello", "您好"))
	require.NoError(t, d.SetCanned(ctx, group, "en", "hello", ""))
	canned, err := d.Canned(ctx, group)
	require.NoError(t, err)
	require.Equal(t, map[string]string{"zh-Hans hello": "您好"}, canned)
}
