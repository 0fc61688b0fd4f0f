package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

// world is what the borrowers see: the entries in the order in which they were delivered.
type world struct {
	mu   sync.Mutex
	seen map[int64][]string
}

func (w *world) deliver(chat int64, e bot.Entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen[chat] = append(w.seen[chat], string(e.Data))
}

// instance is one process of the bot: it delivers what is its to deliver, one chat at a time.
type instance struct {
	bot.Conversations
	name  string
	world *world
	locks map[int64]*sync.Mutex
	last  map[int64]*int64
}

// act applies one step with as many tries as it takes, and delivers if that falls to this instance.
func (i *instance) act(ctx context.Context, chat int64, step string, entries int) error {
	var done bot.Committed
	for {
		r, err := i.Load(ctx, chat)
		if err != nil {
			return err
		}
		c := bot.Commit{Chat: chat, Version: r.Version, Owner: i.name, Data: append(append([]byte{}, r.Data...), step+" "...)}
		for n := range entries {
			c.Append = append(c.Append, fmt.Appendf(nil, "%s/%d", step, n))
		}
		if done, err = i.Commit(ctx, c); err == nil {
			break
		}
		if !errors.Is(err, bot.ErrRace) {
			return err
		}
	}
	if !done.Mine {
		return nil
	}
	return i.drain(ctx, chat, done.Outbox)
}

// drain delivers an outbox. Another goroutine of this instance may have delivered part of it since it was read.
func (i *instance) drain(ctx context.Context, chat int64, outbox []bot.Entry) error {
	i.locks[chat].Lock()
	defer i.locks[chat].Unlock()
	for len(outbox) > 0 {
		e := outbox[0]
		if e.Seq <= *i.last[chat] {
			outbox = outbox[1:]
			continue
		}
		i.world.deliver(chat, e)
		*i.last[chat] = e.Seq
		var err error
		if outbox, err = i.Strike(ctx, chat, i.name, e.Seq, nil); err != nil {
			return err
		}
	}
	return nil
}

// atOnce lets 100 goroutines of four instances step eight chats at random. Every step must be applied once, and every entry
// delivered once, in the order of the steps.
func atOnce(t *testing.T, open Open) {
	const instances, each, steps, chats = 4, 25, 6, 8
	w := &world{seen: make(map[int64][]string)}
	failed := make(chan error, instances*each)
	var entries sync.Map // step -> how many entries it has
	var running sync.WaitGroup
	for n := range instances {
		i := &instance{Conversations: open(long), name: fmt.Sprint("instance", n), world: w,
			locks: make(map[int64]*sync.Mutex), last: make(map[int64]*int64)}
		for chat := range int64(chats) {
			i.locks[chat], i.last[chat] = new(sync.Mutex), new(int64)
		}
		for g := range each {
			running.Go(func() {
				random := rand.New(rand.NewPCG(uint64(n), uint64(g)))
				for s := range steps {
					step, count := fmt.Sprintf("%d.%d.%d", n, g, s), random.IntN(4)
					entries.Store(step, count)
					if err := i.act(t.Context(), random.Int64N(chats), step, count); err != nil {
						failed <- err
						return
					}
				}
			})
		}
	}
	running.Wait()
	close(failed)
	require.NoError(t, <-failed)

	total := 0
	for chat := range int64(chats) {
		r := in(t, open(long)).load(chat)
		require.Empty(t, r.Outbox)
		var want []string
		for step := range strings.FieldsSeq(string(r.Data)) {
			count, ok := entries.LoadAndDelete(step)
			require.True(t, ok, "step %s was applied twice", step)
			for n := range count.(int) {
				want = append(want, fmt.Sprintf("%s/%d", step, n))
			}
			total++
		}
		require.Equal(t, want, w.seen[chat])
	}
	require.Equal(t, instances*each*steps, total)
}
