package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

// lives are the tests of how a conversation ends.
var lives = map[string]func(*testing.T, Open){
	"a conversation expires with its alarm": func(t *testing.T, open Open) {
		s := in(t, open(brief))
		s.commit(bot.Commit{Chat: chat, Owner: "a", Data: []byte("x"), Append: list("1"), Alarm: noon, Expire: brief})
		gone(t, s)
		require.Empty(t, s.ringing(noon, 10))
		_, set, err := s.NextAlarm(t.Context())
		require.NoError(t, err)
		require.False(t, set)
		require.Empty(t, s.undelivered("a", 10))
		require.True(t, s.step("a", "2").Mine)
	},

	"a later commit keeps a conversation": func(t *testing.T, open Open) {
		s := in(t, open(long))
		const soon = 100 * time.Millisecond
		s.commit(bot.Commit{Chat: chat + 1, Owner: "a", Data: []byte("y"), Expire: soon})
		s.commit(bot.Commit{Chat: chat + 1, Owner: "a", Data: []byte("y")})
		s.commit(bot.Commit{Chat: chat, Owner: "a", Expire: long})
		s.commit(bot.Commit{Chat: chat, Owner: "a", Expire: 2 * soon})
		gone(t, s)
		require.Equal(t, []byte("y"), s.load(chat+1).Data)
	},

	"delivering does not make a conversation last": func(t *testing.T, open Open) {
		s := in(t, open(long))
		all := s.commit(bot.Commit{
			Chat: chat, Owner: "a", Append: list("1", "2", "3", "4"), Expire: 300 * time.Millisecond,
		}).Outbox
		require.NoError(t, s.Mark(t.Context(), chat, "a", all[1].Seq))
		_, err := s.Strike(t.Context(), chat, "a", all[0].Seq, []byte("link"))
		require.NoError(t, err)
		require.NoError(t, s.Park(t.Context(), chat, "a", 0))
		_, err = s.Undelivered(t.Context(), "b", 10)
		require.NoError(t, err)
		gone(t, s)
	},

	"forgetting leaves nothing": func(t *testing.T, open Open) {
		s := in(t, open(long))
		all := s.step("a", "1", "2").Outbox
		_, err := s.Strike(t.Context(), chat, "a", all[0].Seq, []byte("link"))
		require.NoError(t, err)
		last := s.commit(bot.Commit{Chat: chat, Owner: "a", Data: []byte("x"), Alarm: noon})
		done, err := s.Forget(t.Context(), bot.Commit{Chat: chat, Version: last.Version, Owner: "a"})
		require.NoError(t, err)
		require.Zero(t, done)
		require.Zero(t, s.load(chat))
		require.Empty(t, s.ringing(noon, 10))
		require.Empty(t, s.undelivered("a", 10))
		require.Empty(t, s.strike("a", all[1]))
		require.Zero(t, s.load(chat))
		_, err = s.Forget(t.Context(), bot.Commit{Chat: chat, Owner: "a"})
		require.NoError(t, err, "there is nothing to forget")
	},

	"a goodbye is delivered, and then nothing is left": func(t *testing.T, open Open) {
		s := in(t, open(long))
		before := s.commit(bot.Commit{Chat: chat, Owner: "a", Data: []byte("x"), Append: list("1"), Alarm: noon})
		_, err := s.Strike(t.Context(), chat, "a", before.Outbox[0].Seq+9, []byte("link"))
		require.NoError(t, err)
		done, err := s.Forget(t.Context(), bot.Commit{Chat: chat, Version: before.Version, Owner: "b", Append: list("bye", "bye!")})
		require.NoError(t, err)
		require.Zero(t, done.Version)
		require.True(t, done.Mine, "the lease on what was forgotten is gone too")
		require.Equal(t, []string{"bye", "bye!"}, texts(done.Outbox))
		require.Greater(t, done.Outbox[0].Seq, before.Outbox[0].Seq)
		require.Equal(t, bot.Record{Outbox: done.Outbox}, s.load(chat))
		require.Empty(t, s.ringing(noon, 10))
		left, err := s.Strike(t.Context(), chat, "b", done.Outbox[0].Seq, []byte("no link"))
		require.NoError(t, err)
		require.Equal(t, done.Outbox[1:], left)
		require.Empty(t, s.strike("b", left[0]))
		require.Zero(t, s.load(chat))
	},

	"a goodbye does not expire": func(t *testing.T, open Open) {
		s := in(t, open(long))
		const soon = 100 * time.Millisecond
		v := s.commit(bot.Commit{Chat: chat + 1, Owner: "a", Expire: soon}).Version
		_, err := s.Forget(t.Context(), bot.Commit{Chat: chat + 1, Version: v, Owner: "a", Append: list("bye")})
		if errors.Is(err, bot.ErrRace) {
			t.Skip("this machine is too slow: the conversation expired at once")
		}
		require.NoError(t, err)
		s.commit(bot.Commit{Chat: chat, Owner: "a", Expire: 2 * soon})
		gone(t, s)
		require.Equal(t, []string{"bye"}, texts(s.load(chat+1).Outbox))
	},

	"a goodbye that nobody delivers is handed out": func(t *testing.T, open Open) {
		v := in(t, open(long)).step("a", "1").Version
		_, err := open(brief).Forget(t.Context(), bot.Commit{Chat: chat, Version: v, Owner: "a", Append: list("bye")})
		require.NoError(t, err)
		s := in(t, open(long))
		w := s.lapsed()
		require.Equal(t, []string{"bye"}, texts(w.Outbox))
		require.Empty(t, w.Link)
	},

	"a new conversation comes after the goodbye to the old one": func(t *testing.T, open Open) {
		s := in(t, open(long))
		v := s.step("a").Version
		bye, err := s.Forget(t.Context(), bot.Commit{Chat: chat, Version: v, Owner: "a", Append: list("bye")})
		require.NoError(t, err)
		hello := s.step("a", "hello")
		require.Equal(t, []string{"bye", "hello"}, texts(hello.Outbox))
		require.Equal(t, bye.Outbox[0].Seq+1, hello.Outbox[1].Seq)
		require.Equal(t, hello.Version, s.load(chat).Version)
	},

	"a step of a forgotten life races, and so does its strike": func(t *testing.T, open Open) {
		s := in(t, open(long))
		old := s.step("a", "1", "2")
		_, err := s.Forget(t.Context(), bot.Commit{Chat: chat, Version: old.Version, Owner: "a"})
		require.NoError(t, err)
		late := bot.Commit{Chat: chat, Version: old.Version, Owner: "a", Data: []byte("late")}
		_, err = s.Commit(t.Context(), late)
		require.ErrorIs(t, err, bot.ErrRace)
		for range 10 {
			s.step("a", "new")
			_, err = s.Commit(t.Context(), late)
			require.ErrorIs(t, err, bot.ErrRace)
		}
		s.strike("a", old.Outbox[0])
		s.strike("a", old.Outbox[1])
		require.Len(t, s.load(chat).Outbox, 10, "numbers do not come back")
	},
}

// gone waits until the conversation has expired.
func gone(t *testing.T, s fixture) {
	t.Helper()
	require.Eventually(t, func() bool {
		r, err := s.Load(context.Background(), chat)
		return err == nil && r.Version == 0
	}, 10*time.Second, time.Millisecond)
	require.Zero(t, s.load(chat))
}
