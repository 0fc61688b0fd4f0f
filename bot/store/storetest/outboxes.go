package storetest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

var outboxes = map[string]func(*testing.T, Open){
	"entries keep their order and their numbers rise by one": func(t *testing.T, open Open) {
		s := in(t, open(long))
		s.step("a", "1", "2", "3")
		s.step("a")
		done := s.step("a", "4", "5")
		require.True(t, done.Mine)
		require.Equal(t, []string{"1", "2", "3", "4", "5"}, texts(done.Outbox))
		require.Equal(t, done.Outbox, s.load(chat).Outbox)
		for i, e := range done.Outbox {
			require.Equal(t, done.Outbox[0].Seq+int64(i), e.Seq)
		}
		left := done.Outbox
		for len(left) > 0 {
			rest := left[1:]
			left = s.strike("a", left[0])
			require.ElementsMatch(t, rest, left)
		}
		again := s.step("a", "6")
		require.Equal(t, done.Outbox[4].Seq+1, again.Outbox[0].Seq)
	},

	"entries hold any bytes": func(t *testing.T, open Open) {
		s := in(t, open(long))
		odd := []string{"", "\n", "1 0 5\n", "\x00\xff\r\n", strings.Repeat("长", 100_000), "last"}
		left := s.step("a", odd...).Outbox
		for len(odd) > 0 {
			require.Equal(t, odd, texts(left))
			left, odd = s.strike("a", left[0]), odd[1:]
		}
		require.Empty(t, left)
	},

	"any entry can be struck off, and twice": func(t *testing.T, open Open) {
		s := in(t, open(long))
		all := s.step("a", "1", "2", "3").Outbox
		require.Equal(t, []string{"1", "3"}, texts(s.strike("a", all[1])))
		require.Equal(t, []string{"1", "3"}, texts(s.strike("a", all[1])))
		require.Equal(t, []string{"1"}, texts(s.strike("a", all[2])))
		require.Empty(t, s.strike("a", all[0]))
		require.Empty(t, s.strike("a", all[0]))
		require.Equal(t, []byte("step"), s.load(chat).Data)
	},

	"several entries can be struck off at once": func(t *testing.T, open Open) {
		s := in(t, open(long))
		all := s.step("a", "1", "2", "3", "4", "5").Outbox
		left, err := s.Strike(t.Context(), chat, "a", all[1].Seq, []byte("link"), all[3].Seq, all[1].Seq, all[4].Seq+9, all[0].Seq)
		require.NoError(t, err)
		require.Equal(t, []string{"3", "5"}, texts(left))
		require.Equal(t, []byte("link"), s.load(chat).Link)
		left, err = s.Strike(t.Context(), chat, "a", all[4].Seq, nil, all[2].Seq)
		require.NoError(t, err)
		require.Empty(t, left)
		require.True(t, s.step("b", "6").Mine, "the lease was given back")
	},

	"nothing is struck off an unknown chat": func(t *testing.T, open Open) {
		s := in(t, open(long))
		left, err := s.Strike(t.Context(), chat, "a", 3, []byte("link"))
		require.NoError(t, err)
		require.Empty(t, left)
		require.NoError(t, s.Mark(t.Context(), chat, "a", 3))
		require.NoError(t, s.Park(t.Context(), chat, "a", 0))
		require.Zero(t, s.load(chat))
	},

	"a mark stays with its entry": func(t *testing.T, open Open) {
		s := in(t, open(long))
		all := s.step("a", "1", "2", "3").Outbox
		require.NoError(t, s.Mark(t.Context(), chat, "a", all[1].Seq))
		require.NoError(t, s.Mark(t.Context(), chat, "a", all[1].Seq))
		require.NoError(t, s.Mark(t.Context(), chat, "a", all[2].Seq+9))
		all[1].Tried = true
		require.Equal(t, all, s.load(chat).Outbox)
		require.Equal(t, all[1:], s.strike("a", all[0]))
		require.Equal(t, all[1:], s.step("a").Outbox)
	},

	"a link stays until it is replaced": func(t *testing.T, open Open) {
		s := in(t, open(long))
		require.Nil(t, s.load(chat).Link)
		all := s.step("a", "1", "2", "3").Outbox
		link := func(e bot.Entry, link []byte) {
			_, err := s.Strike(t.Context(), chat, "a", e.Seq, link)
			require.NoError(t, err)
		}
		link(all[0], []byte("topic\x00 5\n"))
		require.Equal(t, []byte("topic\x00 5\n"), s.load(chat).Link)
		link(all[1], nil)
		require.Equal(t, []byte("topic\x00 5\n"), s.load(chat).Link)
		require.Equal(t, []byte("topic\x00 5\n"), s.step("a").Link)
		r := s.load(chat)
		require.Equal(t, []byte("topic\x00 5\n"), r.Link)
		require.Equal(t, []byte("step"), r.Data)
		link(all[2], []byte("6"))
		require.Equal(t, []byte("6"), s.load(chat).Link)
		link(all[2], []byte("7"))
		require.Equal(t, []byte("7"), s.load(chat).Link)
		link(all[2], []byte{})
		require.Empty(t, s.load(chat).Link)
		require.Equal(t, []byte("step"), s.load(chat).Data)
	},
}
