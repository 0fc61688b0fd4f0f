package store_test

import (
	"bytes"
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/store"
	"respite/bot/store/redistest"
)

// figure is a number of INFO.
func figure(t testing.TB, client *redis.Client, section, heading, name string) int64 {
	t.Helper()
	info, err := client.InfoMap(context.Background(), section).Result()
	require.NoError(t, err)
	n, err := strconv.ParseInt(info[heading][name], 10, 64)
	require.NoError(t, err)
	return n
}

// commands says how many commands Redis counts for a call: those that scripts call as well.
func commands(t testing.TB, client *redis.Client, call func()) int64 {
	t.Helper()
	const name = "total_commands_processed"
	before := figure(t, client, "stats", "Stats", name)
	call()
	return figure(t, client, "stats", "Stats", name) - before - 1 // the first INFO counts in the second
}

// What Redis counts for one update. A rise here slows every update down.
func TestCommandsOfAnUpdate(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server := redistest.Start(t)
	admin := server.Client()
	s := open(t, server.URL(), store.Options{})
	alarm := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	c := bot.Commit{Chat: chat, Owner: "a", Data: []byte("x"), Append: [][]byte{{1}}, Alarm: alarm}
	var done bot.Committed
	commit := func(c bot.Commit) func() {
		return func() {
			c.Version = done.Version
			var err error
			done, err = s.Commit(ctx, c)
			require.NoError(t, err)
		}
	}
	strike := func() {
		_, err := s.Strike(ctx, chat, "a", done.Outbox[0].Seq, nil)
		require.NoError(t, err)
	}
	load := func() {
		_, err := s.Load(ctx, chat)
		require.NoError(t, err)
	}
	for range 2 { // the first time connects and loads the scripts; the chat is lively then
		commit(c)()
		strike()
	}
	require.EqualValues(t, 1, commands(t, admin, load))
	require.EqualValues(t, 4, commands(t, admin, commit(c)), "EVALSHA, TIME, MGET, MSET")
	require.EqualValues(t, 3, commands(t, admin, strike), "EVALSHA, MGET, MSET")
	c.Alarm = alarm.Add(time.Hour)
	c.Audit = []byte("audit")
	require.EqualValues(t, 6, commands(t, admin, commit(c)), "a new alarm and an audit entry are one each")
	strike()
	c.Append, c.Audit = nil, nil
	require.EqualValues(t, 3, commands(t, admin, commit(c)), "nothing to deliver: EVALSHA, MGET, MSET")
}

// fill commits one record of 350 bytes with an alarm and what the audit trail keeps of an assessment to each of the chats up to n, and delivers
// its entry.
func fill(t testing.TB, s *store.Store, from, n int64) {
	t.Helper()
	var next atomic.Int64
	next.Store(from - 1)
	var running sync.WaitGroup
	data, entry := bytes.Repeat([]byte("r"), 350), bytes.Repeat([]byte("e"), 300)
	audit := bytes.Repeat([]byte("a"), 60)
	link := []byte(`{"group":-1002345678901,"topic":12345,"card":67890}`)
	for range 64 {
		running.Go(func() {
			ctx := context.Background()
			for i := next.Add(1); i <= n; i = next.Add(1) {
				id := 5_000_000_000 + i
				done, err := s.Commit(ctx, bot.Commit{Chat: id, Owner: "a", Data: data, Append: [][]byte{entry}, Audit: audit,
					Alarm: time.Date(2030, 1, 1, 0, 0, int(i), 0, time.UTC)})
				if err == nil {
					_, err = s.Strike(ctx, id, "a", done.Outbox[0].Seq, link)
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	running.Wait()
}

// What Redis uses for each of 10,000 conversations, indexes and keys included.
func TestMemoryOfAConversation(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	admin := server.Client()
	s := open(t, server.URL(), store.Options{})
	fill(t, s, 0, 0) // connects and loads the scripts
	used := func() int64 { return figure(t, admin, "memory", "Memory", "used_memory_dataset") }
	const n = 10_000
	before := used()
	fill(t, s, 1, n)
	each := float64(used()-before) / n
	t.Logf("%.0f bytes", each)
	require.Less(t, each, 800.0)
}

// One commit with an entry, and its strike: what Redis does for an update whose record is kept in memory.
func BenchmarkUpdate(b *testing.B) {
	data, entry := bytes.Repeat([]byte("r"), 350), bytes.Repeat([]byte("e"), 300)
	for _, chats := range []int{1, 50, 200} {
		b.Run(strconv.Itoa(chats)+" chats", func(b *testing.B) {
			server := redistest.Start(b)
			s, err := store.Open(context.Background(), server.URL(), store.Options{})
			require.NoError(b, err)
			defer func() { require.NoError(b, s.Close()) }()
			var left, next atomic.Int64
			left.Store(int64(b.N))
			var running sync.WaitGroup
			b.ReportAllocs()
			b.ResetTimer()
			for range chats {
				running.Go(func() {
					ctx, id, version := context.Background(), next.Add(1), int64(0)
					for left.Add(-1) >= 0 {
						done, err := s.Commit(ctx, bot.Commit{Chat: id, Version: version, Owner: "a", Data: data, Append: [][]byte{entry}})
						if err == nil {
							version = done.Version
							_, err = s.Strike(ctx, id, "a", done.Outbox[0].Seq, nil)
						}
						if err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			running.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
		})
	}
}
