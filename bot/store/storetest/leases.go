package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

var leases = map[string]func(*testing.T, Open){
	"nothing to deliver gives no lease": func(t *testing.T, open Open) {
		s := in(t, open(long))
		require.False(t, s.step("a").Mine)
		require.True(t, s.step("b", "1").Mine)
	},

	"two commit in turn and one delivers": func(t *testing.T, open Open) {
		a, b := in(t, open(long)), in(t, open(long))
		mine := a.step("a", "1")
		require.True(t, mine.Mine)
		theirs := b.step("b", "2", "3")
		require.False(t, theirs.Mine)
		require.Empty(t, theirs.Outbox)
		require.False(t, b.step("b").Mine)
		left := a.strike("a", mine.Outbox[0])
		require.Equal(t, []string{"2", "3"}, texts(left))
		again := a.step("a", "4")
		require.True(t, again.Mine)
		require.Empty(t, again.Link)
		require.Equal(t, []string{"2", "3", "4"}, texts(again.Outbox))
		for _, e := range again.Outbox {
			left = a.strike("a", e)
		}
		require.Empty(t, left)
		require.True(t, b.step("b", "5").Mine, "the lease was given back with the last entry")
	},

	"a live lease is not handed out": func(t *testing.T, open Open) {
		s := in(t, open(long))
		s.step("a", "1")
		require.Empty(t, s.undelivered("a", 10))
		require.Empty(t, in(t, open(brief)).undelivered("b", 10))
	},

	"the outbox of an owner that vanished is handed out once": func(t *testing.T, open Open) {
		in(t, open(brief)).step("a", "1", "2")
		s := in(t, open(long))
		w := s.lapsed()
		require.Equal(t, chat, w.Chat)
		require.Equal(t, []string{"1", "2"}, texts(w.Outbox))
		require.Empty(t, s.undelivered("c", 10))
		require.Empty(t, s.undelivered("b", 10))
		require.Equal(t, []string{"2"}, texts(s.strike("b", w.Outbox[0])))
		require.Empty(t, s.strike("b", w.Outbox[1]))
		require.True(t, s.step("c", "3").Mine)
	},

	"a waiting chat comes with its link and its marks": func(t *testing.T, open Open) {
		s := in(t, open(brief))
		all := s.step("a", "1", "2").Outbox
		_, err := s.Strike(t.Context(), chat, "a", all[0].Seq, []byte("topic"))
		require.NoError(t, err)
		require.NoError(t, s.Mark(t.Context(), chat, "a", all[1].Seq))
		w := in(t, open(long)).lapsed()
		require.Equal(t, bot.Waiting{
			Chat: chat, Link: []byte("topic"), Outbox: []bot.Entry{{Seq: all[1].Seq, Data: []byte("2"), Tried: true}},
		}, w)
	},

	"a commit takes a lease that lapsed": func(t *testing.T, open Open) {
		in(t, open(brief)).step("a", "1")
		s := in(t, open(long))
		require.Eventually(t, func() bool {
			done := s.step("b")
			return done.Mine && len(done.Outbox) == 1
		}, 10*time.Second, time.Millisecond)
		require.False(t, s.step("c", "2").Mine)
	},

	"the one that lost its lease learns so, and what it sent is struck off": func(t *testing.T, open Open) {
		all := in(t, open(brief)).step("a", "1", "2", "3").Outbox
		s := in(t, open(long))
		s.lapsed()
		left, err := s.Strike(t.Context(), chat, "a", all[0].Seq, []byte("topic"))
		require.ErrorIs(t, err, bot.ErrLeaseLost)
		require.Empty(t, left)
		require.ErrorIs(t, s.Mark(t.Context(), chat, "a", all[1].Seq), bot.ErrLeaseLost)
		require.ErrorIs(t, s.Park(t.Context(), chat, "a", 0), bot.ErrLeaseLost)
		all[1].Tried = true
		r := s.load(chat)
		require.Equal(t, all[1:], r.Outbox)
		require.Equal(t, []byte("topic"), r.Link)
		require.Equal(t, all[2:], s.strike("b", all[1]), "the lease is still b's")
	},

	"a lease that lapsed and was not taken goes on": func(t *testing.T, open Open) {
		s := in(t, open(brief))
		all := s.step("a", "1", "2").Outbox
		require.Equal(t, []string{"2"}, texts(in(t, open(long)).strike("a", all[0])))
		require.Empty(t, s.undelivered("b", 10))
	},

	"an instance that was killed has back at once what it was delivering": func(t *testing.T, open Open) {
		s := in(t, open(long))
		s.step("a", "1", "2")
		s.commit(bot.Commit{Chat: chat + 1, Owner: "b", Append: list("3")})
		s.commit(bot.Commit{Chat: chat + 2, Owner: "a"})
		s.commit(bot.Commit{Chat: chat + 3, Owner: "a", Append: list("4")})
		require.NoError(t, s.Park(t.Context(), chat+3, "a", long))
		n, err := in(t, open(long)).Reclaim(t.Context(), "a")
		require.NoError(t, err)
		require.Equal(t, 1, n)
		waiting := s.undelivered("a", 10)
		require.Len(t, waiting, 1)
		require.Equal(t, []string{"1", "2"}, texts(waiting[0].Outbox))
	},

	"a pause is kept": func(t *testing.T, open Open) {
		s := in(t, open(brief))
		s.step("a", "1")
		require.NoError(t, s.Park(t.Context(), chat, "a", long))
		require.Empty(t, s.undelivered("a", 10))
		require.Empty(t, in(t, open(long)).undelivered("b", 10))
		require.True(t, s.step("b", "2").Mine, "a commit ends it")
	},

	"a pause ends": func(t *testing.T, open Open) {
		s := in(t, open(long))
		s.step("a", "1")
		require.NoError(t, s.Park(t.Context(), chat, "a", brief))
		require.Equal(t, []string{"1"}, texts(in(t, open(long)).lapsed().Outbox))
	},

	"no pause at all makes it due at once": func(t *testing.T, open Open) {
		s := in(t, open(long))
		s.step("a", "1")
		require.NoError(t, s.Park(t.Context(), chat, "a", 0))
		require.Len(t, s.undelivered("b", 1), 1)
	},

	"instances that look at the same moment get each chat once": func(t *testing.T, open Open) {
		s := in(t, open(long))
		const chats, instances = 40, 4
		for id := range int64(chats) {
			s.commit(bot.Commit{Chat: id, Owner: "gone", Append: list("hello")})
			require.NoError(t, s.Park(t.Context(), id, "gone", 0))
		}
		handed := make(chan bot.Waiting, chats*instances)
		var looking sync.WaitGroup
		for n := range instances {
			other := open(long)
			looking.Go(func() {
				for range 2 {
					waiting, err := other.Undelivered(t.Context(), fmt.Sprint("instance", n), chats)
					if err != nil {
						t.Error(err)
						return
					}
					for _, w := range waiting {
						handed <- w
					}
				}
			})
		}
		looking.Wait()
		close(handed)
		seen := map[int64]bool{}
		for w := range handed {
			require.False(t, seen[w.Chat], "chat %d", w.Chat)
			seen[w.Chat] = true
		}
		require.Len(t, seen, chats)
	},

	"many waiting chats are handed out in portions, each once": func(t *testing.T, open Open) {
		s := in(t, open(long))
		const chats, limit = 60, 7
		for id := range int64(chats) {
			s.commit(bot.Commit{Chat: id + 1, Owner: "gone", Append: list("hello")})
			require.NoError(t, s.Park(t.Context(), id+1, "gone", 0))
		}
		seen := map[int64]bool{}
		for calls := 0; len(seen) < chats; calls++ {
			require.Less(t, calls, chats, "handed out: %d", len(seen))
			portion := s.undelivered("a", limit)
			require.LessOrEqual(t, len(portion), limit)
			for _, w := range portion {
				require.False(t, seen[w.Chat])
				seen[w.Chat] = true
			}
		}
		require.Empty(t, s.undelivered("a", limit))
		require.Empty(t, s.undelivered("a", 0))
	},
}
