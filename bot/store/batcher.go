package store

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	batches   = 2   // round trips under way at once: with more of them each carries less, which costs both sides more
	batchSize = 128 // commands in one round trip
)

// batcher sends commands that are waiting at the same moment in one round trip, and conversations for the swap script in one command.
// Under load this saves most of the time that Redis and this process spend in system calls; with nothing waiting a command goes out at once.
type batcher struct {
	client   redis.UniversalClient
	replicas *replicas
	script   *redis.Script // swap
	lease    time.Duration // what it takes for one

	mu      sync.Mutex
	waiting []*job
	running int
}

// job is one command that waits to be sent, or one conversation for the swap script, which takes all that wait in one command.
type job struct {
	ctx    context.Context
	cmd    redis.Cmder
	swap   *exchange // in place of cmd
	writes bool
	done   chan struct{} // of one that had to wait: closed when it is carried out
}

// do sends a command and waits for its answer, which is then in cmd. If ctx ends first the command may or may not be carried out,
// and its answer must not be read.
func (b *batcher) do(ctx context.Context, cmd redis.Cmder, writes bool) error {
	if !b.carryOut(&job{ctx: ctx, cmd: cmd, writes: writes && b.replicas.want > 0}) {
		return ctx.Err()
	}
	return cmd.Err()
}

// swap does the same with a conversation for the swap script.
func (b *batcher) swap(ctx context.Context, x *exchange) (ok bool, err error) {
	if !b.carryOut(&job{ctx: ctx, swap: x, writes: b.replicas.want > 0}) {
		return false, ctx.Err()
	}
	return x.done, x.err
}

// carryOut has a job sent; false if its context ended first.
func (b *batcher) carryOut(j *job) bool {
	if b.place(j) {
		runtime.Gosched() // whoever is about to ask as well comes along
		if b.alone(j) {
			b.send(j.ctx, []*job{j})
			b.pass()
			return true
		}
		b.pass()
	}
	select {
	case <-j.done:
		return true
	case <-j.ctx.Done():
		return false
	}
}

// place says whether there is room for another round trip, which is taken then. Otherwise the job waits.
func (b *batcher) place(j *job) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.running < batches {
		b.running++
		return true
	}
	b.enqueue(j)
	return false
}

// alone says whether nothing else is waiting. Otherwise the job waits with it.
func (b *batcher) alone(j *job) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.waiting) == 0 {
		return true
	}
	b.enqueue(j)
	return false
}

func (b *batcher) enqueue(j *job) {
	j.done = make(chan struct{})
	b.waiting = append(b.waiting, j)
}

// pass gives the place of a round trip that has ended to what is waiting.
func (b *batcher) pass() {
	jobs := b.take()
	if len(jobs) == 0 {
		return
	}
	go func() {
		for len(jobs) > 0 {
			// One caller that gives up must not cut the others short; the client's own time limits hold.
			b.send(context.WithoutCancel(jobs[0].ctx), jobs)
			for _, j := range jobs {
				close(j.done)
			}
			runtime.Gosched()
			jobs = b.take()
		}
	}()
}

// send carries jobs out in one round trip.
func (b *batcher) send(ctx context.Context, jobs []*job) {
	cmds, settle := b.commands(ctx, jobs)
	defer settle()
	if len(cmds) == 1 && !jobs[0].writes {
		_ = b.client.Process(ctx, cmds[0])
		return
	}
	p := b.client.Pipeline()
	writes := false
	for _, cmd := range cmds {
		_ = p.Process(ctx, cmd)
	}
	for _, j := range jobs {
		writes = writes || j.writes
	}
	answered := func() {}
	if writes {
		answered = b.replicas.after(ctx, p)
	}
	_, _ = p.Exec(ctx)
	answered()
}

// commands gives the commands for jobs, and what has to be done once they are answered.
func (b *batcher) commands(ctx context.Context, jobs []*job) (cmds []redis.Cmder, settle func()) {
	var swaps []*exchange
	for _, j := range jobs {
		if j.swap != nil {
			swaps = append(swaps, j.swap)
		} else {
			cmds = append(cmds, j.cmd)
		}
	}
	if len(swaps) == 0 {
		return cmds, func() {}
	}
	keys, args := together(swaps, b.lease)
	cmd := evalSha(ctx, b.script, keys, args)
	return append(cmds, cmd), func() { share(cmd, swaps) }
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
