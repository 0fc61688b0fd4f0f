package storetest

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

var records = map[string]func(*testing.T, Open){
	"an unknown chat is the zero record": func(t *testing.T, open Open) {
		s := in(t, open(long))
		require.Zero(t, s.load(chat))
		require.Empty(t, s.undelivered("a", 10))
	},

	"what is committed is loaded": func(t *testing.T, open Open) {
		s := in(t, open(long))
		every := make([]byte, 256)
		for i := range every {
			every[i] = byte(i)
		}
		for _, data := range [][]byte{[]byte("x"), every, {}, bytes.Repeat(every, 4096), []byte("1 2 3\n"), nil} {
			done := s.commit(bot.Commit{Chat: chat, Owner: "a", Data: data})
			r := in(t, open(long)).load(chat)
			require.Equal(t, done.Version, r.Version)
			require.True(t, bytes.Equal(data, r.Data))
			require.False(t, done.Mine)
			require.Empty(t, r.Outbox)
		}
	},

	"each commit has a version of its own": func(t *testing.T, open Open) {
		s := in(t, open(long))
		seen := map[int64]bool{0: true}
		for range 50 {
			v := s.step("a").Version
			require.False(t, seen[v])
			seen[v] = true
		}
	},

	"chats do not touch each other": func(t *testing.T, open Open) {
		s := in(t, open(long))
		for id := int64(1); id <= 50; id++ {
			s.commit(bot.Commit{Chat: id, Owner: "a", Data: []byte{byte(id)}, Append: [][]byte{{byte(id)}}})
		}
		for id := int64(1); id <= 50; id++ {
			r := s.load(id)
			require.Equal(t, []byte{byte(id)}, r.Data)
			require.Equal(t, []string{string([]byte{byte(id)})}, texts(r.Outbox))
		}
	},

	"a lost race writes nothing": func(t *testing.T, open Open) {
		s := in(t, open(long))
		first := s.step("a", "one")
		second := s.step("a", "two")
		before := s.load(chat)
		for _, version := range []int64{0, first.Version, second.Version + 1, -1} {
			_, err := s.Commit(t.Context(), bot.Commit{
				Chat: chat, Version: version, Owner: "a", Data: []byte("lost"), Append: list("lost"), Alarm: noon,
			})
			require.ErrorIs(t, err, bot.ErrRace)
			_, err = s.Forget(t.Context(), bot.Commit{Chat: chat, Version: version, Owner: "a", Append: list("lost")})
			require.ErrorIs(t, err, bot.ErrRace)
		}
		require.Equal(t, before, s.load(chat))
		_, set, err := s.NextAlarm(t.Context())
		require.NoError(t, err)
		require.False(t, set)
	},

	"a step that began without a record races for an unknown chat": func(t *testing.T, open Open) {
		s := open(long)
		_, err := s.Commit(t.Context(), bot.Commit{Chat: chat, Version: 7, Owner: "a", Data: []byte("x")})
		require.ErrorIs(t, err, bot.ErrRace)
		require.Zero(t, in(t, s).load(chat))
	},

	"an owner is a word": func(t *testing.T, open Open) {
		s := open(long)
		for _, owner := range []string{"", "-", "two words", "line\n"} {
			_, err := s.Commit(t.Context(), bot.Commit{Chat: chat, Owner: owner})
			require.Error(t, err)
			_, err = s.Undelivered(t.Context(), owner, 1)
			require.Error(t, err)
			_, err = s.Reclaim(t.Context(), owner)
			require.Error(t, err)
			_, err = s.Strike(t.Context(), chat, owner, 1, nil)
			require.Error(t, err)
			require.Error(t, s.Mark(t.Context(), chat, owner, 1))
			require.Error(t, s.Park(t.Context(), chat, owner, 0))
		}
	},
}
