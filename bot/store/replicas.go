package store

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// replicas has writes confirmed by replicas, with WAIT in the round trip of the writes themselves. While too few replicas are
// there it does not hold every write up for the full wait: after one that came short the next ones wait for a millisecond only,
// until one is confirmed again.
type replicas struct {
	want  int
	wait  time.Duration
	short atomic.Bool
}

// after adds the wait to a pipeline of writes. The function it returns takes the answer in, once the pipeline has been sent.
func (r *replicas) after(ctx context.Context, p redis.Pipeliner) (answered func()) {
	wait := r.wait
	if r.short.Load() {
		wait = time.Millisecond
	}
	cmd := p.Do(ctx, "wait", r.want, wait.Milliseconds())
	return func() {
		if n, err := cmd.Int(); err == nil {
			r.short.Store(n < r.want)
		}
	}
}
