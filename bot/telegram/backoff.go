package telegram

import (
	"context"
	"math/rand/v2"
	"time"
)

// backoff gives the pauses between attempts: each twice the last up to most, and of each a random part between half and all, so
// that many who wait for the same thing do not come back together.
type backoff struct {
	least, most time.Duration
	tries       int
}

func (b *backoff) next() time.Duration {
	d := b.most
	if b.tries < 20 {
		d = min(b.least<<b.tries, b.most)
	}
	b.tries++
	return d/2 + rand.N(d/2+1)
}

func (b *backoff) reset() { b.tries = 0 }

// sleep waits for d; false if the context ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
