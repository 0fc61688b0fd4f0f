package store

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"respite/bot"
)

// step commits on top of a version and returns what came of it.
func step(t *testing.T, s *Store, version int64, entries ...string) bot.Committed {
	t.Helper()
	c := bot.Commit{Chat: 9, Version: version, Owner: "a", Data: []byte("data")}
	for _, e := range entries {
		c.Append = append(c.Append, []byte(e))
	}
	done, err := s.Commit(t.Context(), c)
	require.NoError(t, err)
	return done
}

func struck(t *testing.T, s *Store, e bot.Entry) []bot.Entry {
	t.Helper()
	left, err := s.Strike(t.Context(), 9, "a", e.Seq, nil)
	require.NoError(t, err)
	return left
}

// What the swap script leaves is what the longer scripts leave, but for the version and the lease.
func TestAKnownConversationLooksLikeAnyOther(t *testing.T) {
	m, a, b := two(t, Options{})
	value := func() string {
		raw, err := m.Get(chatKey(9))
		require.NoError(t, err)
		_, rest, ok := cutWord(raw)
		require.True(t, ok)
		return rest
	}
	last := step(t, a, 0, "one")
	require.Empty(t, struck(t, a, last.Outbox[0]))
	first := last.Outbox[0].Seq
	next := func(n int64) string { return strconv.FormatInt(first+n, 10) }
	require.Equal(t, next(1)+" 0 0 - 4 0\ndata", value())

	last = step(t, a, last.Version, "two", "three")
	r, err := b.Load(t.Context(), 9)
	require.NoError(t, err)
	require.Equal(t, bot.Record{Version: last.Version, Data: []byte("data"), Outbox: last.Outbox}, r)
	require.Equal(t, last.Outbox[1:], struck(t, a, last.Outbox[0]))
	r, err = b.Load(t.Context(), 9)
	require.NoError(t, err)
	require.Equal(t, last.Outbox[1:], r.Outbox)
	_, err = b.Strike(t.Context(), 9, "b", last.Outbox[1].Seq+9, nil)
	require.ErrorIs(t, err, bot.ErrLeaseLost, "the lease was renewed")
	require.Empty(t, struck(t, a, last.Outbox[1]))
	require.Equal(t, next(3)+" 0 0 - 4 0\ndata", value())
}

// cutWord takes the version off.
func cutWord(raw string) (word, rest string, ok bool) {
	for i := range raw {
		if raw[i] == ' ' {
			return raw[:i], raw[i+1:], true
		}
	}
	return raw, "", false
}

// Once Redis' clock is known the first step needs no reading either, unless somebody else has begun.
func TestAConversationThatHasNotBegun(t *testing.T) {
	_, a, b := two(t, Options{})
	require.Empty(t, undelivered(t, a, "a")) // reads the clock
	first := step(t, a, 0, "one")
	require.True(t, first.Mine)
	r, err := b.Load(t.Context(), 9)
	require.NoError(t, err)
	require.Equal(t, bot.Record{Version: first.Version, Data: []byte("data"), Outbox: first.Outbox}, r)
	require.InDelta(t, time.Now().UnixMicro(), first.Outbox[0].Seq, 1e7)

	_, err = a.Commit(t.Context(), bot.Commit{Chat: 9, Owner: "a", Data: []byte("again")})
	require.ErrorIs(t, err, bot.ErrRace)
	done, err := a.Forget(t.Context(), bot.Commit{Chat: 9, Version: first.Version, Owner: "a", Append: [][]byte{[]byte("bye")}})
	require.NoError(t, err)
	next := step(t, a, 0, "hello")
	require.Equal(t, append(done.Outbox, bot.Entry{Seq: done.Outbox[0].Seq + 1, Data: []byte("hello")}), next.Outbox, "the goodbye goes first")
}

func TestWhatAnotherInstanceDidIsNotOverwritten(t *testing.T) {
	_, a, b := two(t, Options{})
	last := step(t, a, 0, "one")
	require.NoError(t, b.Mark(t.Context(), 9, "a", last.Outbox[0].Seq))
	theirs := step(t, b, last.Version, "two")
	require.Len(t, theirs.Outbox, 2)
	left := struck(t, a, last.Outbox[0])
	require.Len(t, left, 1, "an entry that another instance added has to be delivered as well")
	require.Equal(t, []byte("two"), left[0].Data)

	require.Empty(t, struck(t, a, left[0]))
	_, err := b.Strike(t.Context(), 9, "a", 0, []byte("link"))
	require.NoError(t, err)
	last = step(t, a, theirs.Version)
	_, err = b.Strike(t.Context(), 9, "a", 0, []byte("knil"))
	require.NoError(t, err)
	step(t, a, last.Version, "three")
	r, err := a.Load(t.Context(), 9)
	require.NoError(t, err)
	require.Equal(t, []byte("knil"), r.Link)
	require.Len(t, r.Outbox, 1)
}

// A chat stays in the index between its steps, and leaves it once nothing was delivered for the length of a lease.
func TestAQuietChatLeavesTheIndex(t *testing.T) {
	m, a, b := two(t, Options{Refresh: 1})
	now := noon
	m.SetTime(now)
	last := step(t, a, 0, "one")
	for range 3 {
		require.Empty(t, struck(t, a, last.Outbox[0]))
		last = step(t, a, last.Version, "more")
	}
	listed := func() []string {
		if !m.Exists(outboxKey(Shard(9))) {
			return nil
		}
		members, err := m.ZMembers(outboxKey(Shard(9)))
		require.NoError(t, err)
		return members
	}
	require.Equal(t, []string{"9"}, listed())
	require.Empty(t, struck(t, a, last.Outbox[0]))
	require.Equal(t, []string{"9"}, listed(), "a strike leaves the index alone")
	_, err := b.Strike(t.Context(), 9, "b", 0, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"9"}, listed(), "and so does one that finds nothing: it does not show in the record")
	require.Empty(t, undelivered(t, a, "a"))
	require.Equal(t, []string{"9"}, listed(), "its time has not come")

	m.SetTime(now.Add(a.o.Lease))
	a.clock = newClock()
	require.Empty(t, undelivered(t, a, "a"))
	require.Empty(t, listed())

	// One step after a long time is no reason to stay there; several are, and it counts on the index only while its time there is far off.
	ms := int64(0)
	a.clock.steady = func() int64 { return ms }
	for range 2 {
		ms += a.o.Lease.Milliseconds()
		last = step(t, a, last.Version, "later")
		require.Equal(t, []string{"9"}, listed())
		require.Empty(t, struck(t, a, last.Outbox[0]))
		require.Empty(t, listed())
	}
	last = step(t, a, last.Version, "soon after")
	require.Empty(t, struck(t, a, last.Outbox[0]))
	require.Equal(t, []string{"9"}, listed())
	m.SetTime(now.Add(2 * a.o.Lease))
	last = step(t, a, last.Version, "again")
	require.Equal(t, []string{"9"}, listed())
	m.SetTime(now.Add(3 * a.o.Lease))
	a.clock = newClock()
	require.Len(t, undelivered(t, a, "b"), 1)
	require.NotEmpty(t, last.Outbox)
}

// scriptCalls counts them.
type scriptCalls struct{ n atomic.Int32 }

func (*scriptCalls) DialHook(next redis.DialHook) redis.DialHook { return next }

func (s *scriptCalls) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		s.n.Add(1)
		return next(ctx, cmd)
	}
}

func (s *scriptCalls) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		s.n.Add(int32(len(cmds)))
		return next(ctx, cmds)
	}
}

// Conversations that wait together are replaced by one call of the script. One that fails takes no other with it, and nothing is
// written twice.
func TestWhatIsReplacedTogether(t *testing.T) {
	m, a, b := two(t, Options{})
	const chats = 5
	commit := func(chat, version int64, entry string) (bot.Committed, error) {
		return a.Commit(t.Context(), bot.Commit{Chat: chat, Version: version, Owner: "a", Data: []byte("data"), Append: [][]byte{[]byte(entry)}})
	}
	versions := make([]int64, chats)
	for chat := range versions {
		done, err := commit(int64(chat), 0, "one")
		require.NoError(t, err)
		_, err = a.Strike(t.Context(), int64(chat), "a", done.Outbox[0].Seq, nil)
		require.NoError(t, err)
		versions[chat] = done.Version
	}
	together := func(check func(chat int64, done bot.Committed, err error)) {
		a.batch.running = batches // as if round trips were under way
		var running sync.WaitGroup
		for chat, version := range versions {
			running.Go(func() {
				done, err := commit(int64(chat), version, "two")
				check(int64(chat), done, err)
			})
		}
		require.Eventually(t, func() bool {
			a.batch.mu.Lock()
			defer a.batch.mu.Unlock()
			return len(a.batch.waiting) == chats
		}, 10*time.Second, time.Millisecond)
		a.batch.running = 1
		a.batch.pass()
		running.Wait()
	}
	calls := &scriptCalls{}
	a.client.AddHook(calls)
	together(func(chat int64, done bot.Committed, err error) {
		if assert.NoError(t, err) && assert.Len(t, done.Outbox, 1) {
			_, err = b.Strike(t.Context(), chat, "a", done.Outbox[0].Seq, nil)
			assert.NoError(t, err)
			versions[chat] = done.Version
		}
	})
	require.EqualValues(t, 1, calls.n.Load())

	for chat := range versions {
		_, err := a.Load(t.Context(), int64(chat))
		require.NoError(t, err)
	}
	const bad = 2
	m.Del(chatKey(bad))
	_, err := m.Push(chatKey(bad), "not a string")
	require.NoError(t, err)
	together(func(chat int64, done bot.Committed, err error) {
		assert.Equal(t, chat == bad, err != nil, "%v", err)
		assert.Equal(t, chat != bad, len(done.Outbox) == 1)
	})
	for chat := range versions {
		if chat != bad {
			r, err := b.Load(t.Context(), int64(chat))
			require.NoError(t, err)
			require.Len(t, r.Outbox, 1)
		}
	}
}
