package store

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/store/redistest"
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

	ms := int64(0)
	pass := func(d time.Duration) {
		now, ms = now.Add(d), ms+d.Milliseconds()
		m.SetTime(now)
	}
	pass(a.o.Lease)
	a.clock = newClock()
	a.clock.steady = func() int64 { return ms }
	require.Empty(t, undelivered(t, a, "a"))
	require.Empty(t, listed())

	// One step after a long time is no reason to stay there; several are, and it counts on the index only while its time there is far off.
	for range 2 {
		pass(a.o.Lease)
		last = step(t, a, last.Version, "later")
		require.Equal(t, []string{"9"}, listed())
		require.Empty(t, struck(t, a, last.Outbox[0]))
		require.Empty(t, listed())
	}
	last = step(t, a, last.Version, "soon after")
	require.Empty(t, struck(t, a, last.Outbox[0]))
	require.Equal(t, []string{"9"}, listed())
	pass(a.o.Lease)
	last = step(t, a, last.Version, "again")
	require.Equal(t, []string{"9"}, listed())
	pass(a.o.Lease + time.Millisecond) // Redis' clock is not known exactly
	require.Len(t, undelivered(t, a, "b"), 1)
	require.NotEmpty(t, last.Outbox)
}

// A lease ends when it should by Redis' clock even while that is not what it is taken to be.
func TestALeaseWhileTheClockIsNotKnown(t *testing.T) {
	for _, wrong := range []time.Duration{-time.Hour, -10 * time.Second, time.Second, 10 * time.Second, time.Hour} {
		h := newHands(t)
		a := h.instance(t)
		require.Empty(t, undelivered(t, a, "a"))
		a.o.Refresh = time.Hour // it does not look at the clock again
		first, err := a.Commit(t.Context(), bot.Commit{Chat: 9, Owner: "a", Append: [][]byte{{1}, {2}}})
		require.NoError(t, err)
		h.set(wrong)
		ends := func() int64 {
			raw, err := h.m.Get(chatKey(9))
			require.NoError(t, err)
			line, err := parseLine([]byte(raw[:strings.IndexByte(raw, '\n')]))
			require.NoError(t, err)
			listed, err := h.m.ZScore(outboxKey(Shard(9)), "9")
			require.NoError(t, err)
			require.LessOrEqual(t, int64(listed), line.due)
			return line.due
		}
		slack := a.o.Lease.Milliseconds() / 8
		due := h.redis.Add(a.o.Lease).UnixMilli()
		left, err := a.Strike(t.Context(), 9, "a", first.Outbox[0].Seq, nil)
		require.NoError(t, err)
		require.Len(t, left, 1)
		require.InDelta(t, due, ends(), float64(slack))
		_, err = a.Strike(t.Context(), 9, "a", left[0].Seq, nil)
		require.NoError(t, err)
		next, err := a.Commit(t.Context(), bot.Commit{Chat: 9, Version: first.Version, Owner: "a", Append: [][]byte{{3}}})
		require.NoError(t, err)
		require.True(t, next.Mine)
		require.InDelta(t, due, ends(), float64(slack))
	}
}

// A step that is taken twice at once goes into one call of the script: the second loses.
func TestTheSameStepTwiceInOneCall(t *testing.T) {
	m, a, _ := two(t, Options{})
	last := step(t, a, 0, "one")
	require.Empty(t, struck(t, a, last.Outbox[0]))
	k := a.known.take(9)
	twice := []*exchange{k.exchange(9, "0"), k.exchange(9, "0")}
	for i, x := range twice {
		x.value = []byte{byte('a' + i)}
		x.indexed(alarmsKey(Shard(9)), decimal(int64(1+i)), 9)
	}
	twice[1].short = false
	keys, args := together(twice, a.o.Lease)
	cmd := a.scripts.swap.Run(t.Context(), a.client, keys, args...)
	share(cmd, twice)
	require.Equal(t, []bool{true, false}, []bool{twice[0].done, twice[1].done})
	value, err := m.Get(chatKey(9))
	require.NoError(t, err)
	require.Equal(t, "a", value)
	at, err := m.ZScore(alarmsKey(Shard(9)), "9")
	require.NoError(t, err)
	require.EqualValues(t, 1, at)
}

// An index that is not one costs its own conversation an alarm, and no other.
func TestAnIndexThatCannotBeWritten(t *testing.T) {
	m, a, _ := two(t, Options{})
	require.NoError(t, m.Set(alarmsKey(Shard(8)), "not an index"))
	var both []*exchange
	for _, chat := range []int64{8, 9} {
		x := (&known{}).exchange(chat, "0")
		x.value = []byte("value")
		x.indexed(alarmsKey(Shard(chat)), "5", chat)
		x.writes = append(x.writes, write{trailKey(Shard(chat)), "RPUSH", "9", "entry"})
		both = append(both, x)
	}
	keys, args := together(both, a.o.Lease)
	require.Error(t, a.scripts.swap.Run(t.Context(), a.client, keys, args...).Err())
	for _, chat := range []int64{8, 9} {
		require.True(t, m.Exists(chatKey(chat)))
		require.True(t, m.Exists(trailKey(Shard(chat))))
	}
	at, err := m.ZScore(alarmsKey(Shard(9)), "9")
	require.NoError(t, err)
	require.EqualValues(t, 5, at)
}

// What is struck off keeps its lifetime, and so does what has none.
func TestLifetimes(t *testing.T) {
	m, a, b := two(t, Options{})
	require.Empty(t, undelivered(t, a, "a"))
	version := int64(0)
	for _, life := range []time.Duration{time.Hour, 2 * time.Hour, 0, 0, time.Hour} {
		for _, s := range []*Store{a, b} {
			done, err := s.Commit(t.Context(), bot.Commit{Chat: 9, Version: version, Owner: "a", Data: []byte("x"), Append: [][]byte{{1}, {2}}, Expire: life})
			require.NoError(t, err)
			version = done.Version
			require.Equal(t, life, m.TTL(chatKey(9)))
			for _, e := range done.Outbox {
				struck(t, s, e)
				require.Equal(t, life, m.TTL(chatKey(9)))
			}
		}
	}
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
	require.Empty(t, undelivered(t, a, "a")) // reads the clock
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

// However many conversations wait together, they take one command to be read and one to be written; of long ones each is read by itself.
func TestCommandsOfManyConversations(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server := redistest.Start(t)
	s, err := Open(ctx, server.URL(), Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	admin := server.Client()
	processed := func() int {
		info, err := admin.InfoMap(ctx, "stats").Result()
		require.NoError(t, err)
		n, err := strconv.Atoi(info["Stats"]["total_commands_processed"])
		require.NoError(t, err)
		return n
	}
	const chats = 20
	lines := make(map[int64]*known)
	swap := func(size int) (commands int) {
		now, ok := s.redisTime(ctx)
		require.True(t, ok)
		var all []*exchange
		for chat := range int64(chats) {
			was, next := lines[chat], &known{version: 1, alarm: "0", owner: "a"}
			if was == nil {
				was = &known{}
			}
			x := was.exchange(chat, "0")
			x.due = now + s.o.Lease.Milliseconds() + int64(len(was.line)) // another than before
			x.value = append(next.head(x.due, size, size), make([]byte, size)...)
			next.size = len(x.value)
			all, lines[chat] = append(all, x), next
		}
		keys, args := together(all, s.o.Lease)
		before := processed()
		cmd := s.scripts.swap.EvalSha(ctx, s.client, keys, args...)
		require.NoError(t, cmd.Err())
		commands = processed() - before - 1 // the first INFO counts in the second
		share(cmd, all)
		for _, x := range all {
			require.True(t, x.done)
		}
		return commands
	}
	require.NoError(t, s.scripts.swap.Load(ctx, s.client).Err())
	require.Equal(t, 4, swap(shortValue/2), "EVALSHA, TIME, MGET, MSET")
	require.Equal(t, 4, swap(2*shortValue))
	require.Equal(t, 3+chats, swap(1), "EVALSHA, TIME, a GETRANGE each, MSET")
}
