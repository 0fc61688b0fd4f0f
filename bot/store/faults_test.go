package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/store"
	"respite/bot/store/redistest"
)

const chat int64 = 77_001

func open(t *testing.T, url string, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url, o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// step commits on top of what is there, and gives the error of that.
func step(ctx context.Context, s *store.Store, chat int64, owner string, entries ...string) (bot.Committed, error) {
	r, err := s.Load(ctx, chat)
	if err != nil {
		return bot.Committed{}, err
	}
	c := bot.Commit{Chat: chat, Version: r.Version, Owner: owner, Data: append(r.Data, '.')}
	for _, e := range entries {
		c.Append = append(c.Append, []byte(e))
	}
	return s.Commit(ctx, c)
}

func TestAnAnswerThatIsLost(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server := redistest.Start(t)
	p := startProxy(t, server.Addr)
	s := open(t, "redis://"+p.addr, store.Options{})
	warm, err := s.Commit(ctx, bot.Commit{Chat: 1, Owner: "a", Append: [][]byte{{1}}})
	require.NoError(t, err)
	_, err = s.Strike(ctx, 1, "a", warm.Outbox[0].Seq, nil)
	require.NoError(t, err)
	_, err = s.Forget(ctx, bot.Commit{Chat: 1, Version: warm.Version, Owner: "a"})
	require.NoError(t, err, "all scripts are loaded")

	p.lose("marker-commit")
	done, err := s.Commit(ctx, bot.Commit{Chat: chat, Owner: "a", Data: []byte("."), Audit: []byte("x"),
		Append: [][]byte{[]byte("marker-commit"), []byte("2")}})
	require.NoError(t, err, "the second attempt knows that it is one")
	require.Equal(t, 1, p.losses())
	require.True(t, done.Mine)
	require.Len(t, done.Outbox, 2)
	r, err := s.Load(ctx, chat)
	require.NoError(t, err)
	require.Equal(t, bot.Record{Version: done.Version, Data: []byte("."), Outbox: done.Outbox}, r)

	p.lose("marker-strike")
	left, err := s.Strike(ctx, chat, "a", done.Outbox[0].Seq, []byte("marker-strike"))
	require.NoError(t, err)
	require.Equal(t, 2, p.losses())
	require.Equal(t, done.Outbox[1:], left)

	p.lose("marker-bye")
	forgotten, err := s.Forget(ctx, bot.Commit{Chat: chat, Version: done.Version, Owner: "a", Audit: []byte("y"),
		Append: [][]byte{[]byte("marker-bye")}})
	require.NoError(t, err)
	require.Equal(t, 3, p.losses())
	require.True(t, forgotten.Mine)
	require.Len(t, forgotten.Outbox, 1)
	r, err = s.Load(ctx, chat)
	require.NoError(t, err)
	require.Equal(t, bot.Record{Outbox: forgotten.Outbox}, r)
	trail := fmt.Sprintf("respite:{s%d}:trail", store.Shard(chat))
	require.EqualValues(t, 2, s.Client().LLen(ctx, trail).Val())
}

func TestScriptsThatAreFlushed(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server := redistest.Start(t)
	flush := server.Client()
	s := open(t, server.URL(), store.Options{Refresh: 1})
	for n := range 3 {
		require.NoError(t, flush.ScriptFlush(ctx).Err())
		done, err := step(ctx, s, chat, "a", fmt.Sprint(n), "x")
		require.NoError(t, err)
		require.NoError(t, flush.ScriptFlush(ctx).Err())
		require.NoError(t, s.Mark(ctx, chat, "a", done.Outbox[0].Seq))
		require.NoError(t, flush.ScriptFlush(ctx).Err())
		require.NoError(t, s.Park(ctx, chat, "a", 0))
		require.NoError(t, flush.ScriptFlush(ctx).Err())
		waiting, err := s.Undelivered(ctx, "a", 5)
		require.NoError(t, err)
		require.Len(t, waiting, 1)
		for _, e := range waiting[0].Outbox {
			require.NoError(t, flush.ScriptFlush(ctx).Err())
			_, err = s.Strike(ctx, chat, "a", e.Seq, nil)
			require.NoError(t, err)
		}
	}
}

func TestARestartInTheMiddle(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server := redistest.Start(t, "appendonly", "yes", "appendfsync", "always")
	s := open(t, server.URL(), store.Options{Refresh: 1})
	alarm := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	done, err := s.Commit(ctx, bot.Commit{Chat: chat, Owner: "a", Data: []byte("x"), Append: [][]byte{{1}, {2}}, Alarm: alarm})
	require.NoError(t, err)
	left, err := s.Strike(ctx, chat, "a", done.Outbox[0].Seq, []byte("topic"))
	require.NoError(t, err)

	server.Kill()
	restarted := make(chan struct{})
	go func() {
		defer close(restarted)
		server.Restart()
	}()
	require.NoError(t, s.Park(ctx, chat, "a", 0), "the client outlasts a restart")
	<-restarted
	waiting, err := s.Undelivered(ctx, "b", 5)
	require.NoError(t, err)
	require.Equal(t, []bot.Waiting{{Chat: chat, Link: []byte("topic"), Outbox: left}}, waiting)
	ringing, err := s.Ringing(ctx, alarm, 5)
	require.NoError(t, err)
	require.Equal(t, []int64{chat}, ringing)
	next, err := s.Commit(ctx, bot.Commit{Chat: chat, Version: done.Version, Owner: "b", Data: []byte("y")})
	require.NoError(t, err)
	require.Equal(t, left, next.Outbox)
}

func TestRedisThatIsPaused(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL(), store.Options{})
	_, err := step(t.Context(), s, chat, "a", "1")
	require.NoError(t, err)

	server.Pause()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	var waiting sync.WaitGroup
	for n := range int64(50) {
		waiting.Go(func() {
			_, err := step(ctx, s, chat+n, "a", "2")
			require.True(t, store.Temporary(err), "%v", err)
		})
	}
	waiting.Wait()
	server.Resume()
	for n := range int64(50) {
		require.Eventually(t, func() bool {
			_, err := step(context.Background(), s, chat+n, "a", "3")
			return err == nil
		}, 20*time.Second, time.Millisecond)
	}
}

func TestRedisOutOfMemory(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server := redistest.Start(t, "maxmemory-policy", "noeviction")
	admin := server.Client()
	s := open(t, server.URL(), store.Options{Refresh: 1})
	done, err := s.Commit(ctx, bot.Commit{Chat: chat, Owner: "a", Data: []byte("x"), Append: [][]byte{{1}, {2}, {3}}})
	require.NoError(t, err)
	for _, other := range []int64{chat + 1, chat + 2} {
		_, err = step(ctx, s, other, "a", "1")
		require.NoError(t, err)
	}

	require.NoError(t, admin.ConfigSet(ctx, "maxmemory", "1mb").Err())
	_, err = s.Commit(ctx, bot.Commit{Chat: chat, Version: done.Version, Owner: "a", Data: []byte("lost"), Append: [][]byte{{4}}, Alarm: time.Now(), Audit: []byte("x")})
	require.ErrorIs(t, err, store.ErrFull)
	require.True(t, store.Temporary(err))

	require.NoError(t, s.Mark(ctx, chat, "a", done.Outbox[1].Seq))
	left, err := s.Strike(ctx, chat, "a", done.Outbox[0].Seq, nil)
	require.NoError(t, err, "what was delivered can be struck off")
	require.Len(t, left, 2)
	require.NoError(t, s.Park(ctx, chat, "a", 0))
	waiting, err := s.Undelivered(ctx, "b", 5)
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	for _, e := range waiting[0].Outbox {
		left, err = s.Strike(ctx, chat, "b", e.Seq, nil)
		require.NoError(t, err)
	}
	require.Empty(t, left)
	r, err := s.Load(ctx, chat+1)
	require.NoError(t, err)
	_, err = s.Forget(ctx, bot.Commit{Chat: chat + 1, Version: r.Version, Owner: "a", Append: [][]byte{{9}}})
	require.NoError(t, err, "forgetting makes room")

	require.NoError(t, admin.ConfigSet(ctx, "maxmemory", "0").Err())
	r, err = s.Load(ctx, chat)
	require.NoError(t, err)
	require.Equal(t, bot.Record{Version: done.Version, Data: []byte("x")}, r)
	_, ok, err := s.NextAlarm(ctx)
	require.NoError(t, err)
	require.False(t, ok)
}

func TestRedisThatCannotSave(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server := redistest.Start(t, "save", "3600 1", "dbfilename", "taken.rdb")
	admin := server.Client()
	s := open(t, server.URL(), store.Options{})
	done, err := step(ctx, s, chat, "a", "1")
	require.NoError(t, err)

	// The finished file cannot take the place of a folder.
	taken := filepath.Join(server.Dir, "taken.rdb", "x")
	require.NoError(t, os.MkdirAll(taken, 0o700))
	require.NoError(t, admin.BgSave(ctx).Err())
	require.Eventually(t, func() bool {
		info, err := admin.Info(context.Background(), "persistence").Result()
		return err == nil && strings.Contains(info, "rdb_last_bgsave_status:err")
	}, 10*time.Second, time.Millisecond)
	_, err = step(ctx, s, chat, "a", "2")
	require.ErrorIs(t, err, store.ErrFull)
	_, err = s.Strike(ctx, chat, "a", done.Outbox[0].Seq, nil)
	require.ErrorIs(t, err, store.ErrFull)

	require.NoError(t, os.RemoveAll(filepath.Dir(taken)))
	require.NoError(t, admin.Save(ctx).Err())
	done, err = step(ctx, s, chat, "a", "2")
	require.NoError(t, err)
	require.Len(t, done.Outbox, 2)
}

// A hundred chats are stepped while the master dies. What was answered must be there afterwards.
func TestAFailoverLosesNothing(t *testing.T) {
	t.Parallel()
	sentinel := redistest.StartSentinel(t, 1)
	s := open(t, sentinel.URL(), store.Options{ReplicaWait: 2 * time.Second})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var running sync.WaitGroup
	var steps [100]atomic.Int64
	var over, after atomic.Bool
	for n := range int64(len(steps)) {
		running.Go(func() {
			for !over.Load() {
				done, err := step(ctx, s, chat+n, "a", "entry")
				if err == nil {
					steps[n].Add(1)
					_, err = s.Strike(ctx, chat+n, "a", done.Outbox[0].Seq, nil)
				}
				if err == nil || errors.Is(err, bot.ErrRace) {
					continue
				}
				if !store.Temporary(err) {
					t.Error(err)
					return
				}
				after.Store(true)
			}
		})
	}
	require.Eventually(t, func() bool { return steps[0].Load() > 20 }, 20*time.Second, time.Millisecond)
	sentinel.Servers[0].Kill()
	before := steps[1].Load()
	require.Eventually(t, func() bool { return steps[1].Load() > before+20 }, 60*time.Second, time.Millisecond)
	over.Store(true)
	running.Wait()
	for n := range int64(len(steps)) {
		r, err := s.Load(ctx, chat+n)
		require.NoError(t, err)
		require.GreaterOrEqual(t, int64(len(r.Data)), steps[n].Load(), "chat %d: a step that was answered is gone", n)
	}
}

func TestASlotOnTheMove(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	cluster := redistest.StartCluster(t, 3)
	s := open(t, cluster.URL(), store.Options{Refresh: 1})
	// Chats of one shard, so that all their keys move.
	var chats []int64
	for id := int64(1); len(chats) < 20; id++ {
		if store.Shard(id) == 5 {
			chats = append(chats, id)
		}
	}
	for _, id := range chats {
		_, err := step(ctx, s, id, "a", "0")
		require.NoError(t, err)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var steps atomic.Int64
	var running sync.WaitGroup
	for _, id := range chats {
		running.Go(func() {
			for n := 1; ctx.Err() == nil; n++ {
				done, err := step(ctx, s, id, "a", fmt.Sprint(n))
				for err == nil && len(done.Outbox) > 1 {
					done.Outbox, err = s.Strike(ctx, id, "a", done.Outbox[0].Seq, nil)
				}
				if err != nil && ctx.Err() == nil && !store.Temporary(err) {
					t.Error(err)
					return
				}
				steps.Add(1)
			}
		})
	}
	progress := func(n int64) {
		reached := steps.Load() + n
		require.Eventually(t, func() bool { return steps.Load() > reached }, 30*time.Second, time.Millisecond)
	}
	progress(100)
	move := cluster.Begin(t.Context(), "respite:{s5}:")
	require.Equal(t, len(chats)/2, move.Keys(t.Context(), len(chats)/2))
	progress(1)
	move.End(t.Context())
	progress(100)
	stop()
	running.Wait()
	for _, id := range chats {
		require.NoError(t, s.Park(t.Context(), id, "a", 0))
	}
	seen := map[int64]bool{}
	require.Eventually(t, func() bool {
		waiting, err := s.Undelivered(context.Background(), "b", 7)
		for _, w := range waiting {
			seen[w.Chat] = true
		}
		return err == nil && len(seen) == len(chats)
	}, 20*time.Second, time.Millisecond)
}

func TestANodeThatIsDown(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	cluster := redistest.StartCluster(t, 3)
	s := open(t, cluster.URL()+"?max_redirects=2&dial_timeout=200ms", store.Options{Refresh: 1})
	alarm := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	const chats = 60
	for id := range int64(chats) {
		_, err := s.Commit(ctx, bot.Commit{Chat: id, Owner: "a", Append: [][]byte{{1}}, Alarm: alarm})
		require.NoError(t, err)
		require.NoError(t, s.Park(ctx, id, "a", 0))
	}
	cluster.Nodes[2].Kill()
	waiting, err := s.Undelivered(ctx, "b", chats)
	require.NoError(t, err)
	ringing, err := s.Ringing(ctx, alarm, chats)
	require.NoError(t, err)
	require.Greater(t, len(ringing), chats/3)
	require.Less(t, len(ringing), chats)
	require.Greater(t, len(waiting), chats/3)
	require.Less(t, len(waiting), chats)
	_, _, err = s.NextAlarm(ctx)
	require.Error(t, err, "it could not know")
	cluster.Nodes[2].Restart()
}
