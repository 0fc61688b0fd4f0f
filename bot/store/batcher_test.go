package store

import (
	"context"
	"errors"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
)

// gate holds commands back and counts pipelines.
type gate struct {
	open      chan struct{}
	single    atomic.Int32
	pipelines atomic.Int32
	commands  atomic.Int32
}

func (g *gate) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (g *gate) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if cmd.Name() == "get" {
			g.single.Add(1)
			<-g.open
		}
		return next(ctx, cmd)
	}
}

func (g *gate) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if cmds[0].Name() == "get" {
			g.pipelines.Add(1)
			g.commands.Add(int32(len(cmds)))
		}
		return next(ctx, cmds)
	}
}

func TestWhatWaitsTogetherGoesTogether(t *testing.T) {
	m := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: m.Addr()})
	defer func() { require.NoError(t, client.Close()) }()
	g := &gate{open: make(chan struct{})}
	client.AddHook(g)
	b := &batcher{client: client, replicas: &replicas{}}
	var running sync.WaitGroup
	get := func(ctx context.Context, n int, want error) {
		key := strconv.Itoa(n)
		require.NoError(t, m.Set(key, "value "+key))
		running.Go(func() {
			cmd := redis.NewStringCmd(ctx, "get", key)
			if err := b.do(ctx, cmd, false); !errors.Is(err, want) {
				t.Errorf("key %s: %v, want %v", key, err, want)
			} else if want == nil && cmd.Val() != "value "+key {
				t.Errorf("key %s: %q", key, cmd.Val())
			}
		})
	}
	eventually := func(reached func() bool) {
		t.Helper()
		require.Eventually(t, reached, 10*time.Second, time.Millisecond)
	}
	waiting := func(n int) func() bool {
		return func() bool {
			b.mu.Lock()
			defer b.mu.Unlock()
			return len(b.waiting) == n
		}
	}

	for n := range batches {
		get(t.Context(), n, nil)
	}
	eventually(func() bool { return g.single.Load() == batches })
	ctx, giveUp := context.WithCancel(t.Context())
	get(ctx, 1000, context.Canceled)
	eventually(waiting(1))
	for n := range 99 {
		get(t.Context(), 100+n, nil)
	}
	eventually(waiting(100))
	giveUp()
	close(g.open)
	running.Wait()
	require.EqualValues(t, batches, g.single.Load())
	require.EqualValues(t, 1, g.pipelines.Load())
	require.EqualValues(t, 99, g.commands.Load())
	eventually(func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.running == 0
	})
}
