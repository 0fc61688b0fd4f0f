package store

import (
	"context"
	"sync"

	"github.com/redis/go-redis/v9"
)

const (
	batches   = 2   // round trips under way at once: with more of them each carries less, which costs both sides more
	batchSize = 128 // commands in one round trip
)

// batcher sends commands that are waiting at the same moment in one round trip. Under load this saves most of the time that
// Redis and this process spend in system calls; with nothing waiting a command goes out at once.
type batcher struct {
	client   redis.UniversalClient
	replicas *replicas

	mu      sync.Mutex
	waiting []*job
	running int
}

// job is one command that waits to be sent.
type job struct {
	ctx    context.Context
	cmd    redis.Cmder
	writes bool
	done   chan struct{} // of one that had to wait: closed when it is carried out
}

// do sends a command and waits for its answer, which is then in cmd. If ctx ends first the command may or may not be carried out,
// and its answer must not be read.
func (b *batcher) do(ctx context.Context, cmd redis.Cmder, writes bool) error {
	j := &job{ctx: ctx, cmd: cmd, writes: writes && b.replicas.want > 0}
	b.mu.Lock()
	if b.running < batches {
		b.running++
		b.mu.Unlock()
		b.send(ctx, []*job{j})
		b.pass()
		return cmd.Err()
	}
	j.done = make(chan struct{})
	b.waiting = append(b.waiting, j)
	b.mu.Unlock()
	select {
	case <-j.done:
		return cmd.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pass gives the place of a round trip that has ended to what is waiting.
func (b *batcher) pass() {
	jobs := b.take()
	if len(jobs) == 0 {
		return
	}
	go func() {
		for ; len(jobs) > 0; jobs = b.take() {
			// One caller that gives up must not cut the others short; the client's own time limits hold.
			b.send(context.WithoutCancel(jobs[0].ctx), jobs)
			for _, j := range jobs {
				close(j.done)
			}
		}
	}()
}

// send carries jobs out in one round trip.
func (b *batcher) send(ctx context.Context, jobs []*job) {
	if len(jobs) == 1 && !jobs[0].writes {
		_ = b.client.Process(ctx, jobs[0].cmd)
		return
	}
	p := b.client.Pipeline()
	writes := false
	for _, j := range jobs {
		_ = p.Process(ctx, j.cmd)
		writes = writes || j.writes
	}
	answered := func() {}
	if writes {
		answered = b.replicas.after(ctx, p)
	}
	_, _ = p.Exec(ctx)
	answered()
}

// take returns the next jobs, without those whose callers have given up. With none it gives the place of the round trip back.
func (b *batcher) take() []*job {
	b.mu.Lock()
	defer b.mu.Unlock()
	var jobs []*job
	for len(b.waiting) > 0 && len(jobs) < batchSize {
		j := b.waiting[0]
		b.waiting[0] = nil
		b.waiting = b.waiting[1:]
		if j.ctx.Err() == nil {
			jobs = append(jobs, j)
		}
	}
	if len(jobs) == 0 {
		b.running--
		b.waiting = nil
	}
	return jobs
}
