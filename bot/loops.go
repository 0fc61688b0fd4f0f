package bot

import (
	"context"
	"math/rand/v2"
	"time"
)

// Loop runs pass again and again: at once while there is work, else after every, or sooner when kick says so. A pass that fails
// is tried again after a growing rest with jitter. When ctx is done Loop lets the pass at work end, and returns.
func (e *Engine) Loop(ctx context.Context, name string, every time.Duration, kick <-chan struct{}, pass func(context.Context) (int, error)) {
	failures := 0
	for ctx.Err() == nil {
		n, err := pass(context.WithoutCancel(ctx))
		rest := every
		switch {
		case err != nil && ctx.Err() == nil:
			if failures++; failures == 1 {
				e.Log.Error().Err(err).Str("loop", name).Msg("a pass failed; trying again")
			}
			rest = Backoff(failures)
		case failures > 0:
			e.Log.Info().Str("loop", name).Int("failures", failures).Msg("works again")
			failures = 0
		}
		if n > 0 && err == nil {
			rest = 0
		}
		wait(ctx, rest, kick)
	}
}

// Backoff is the rest before try n: doubling from a quarter of a second to 15 seconds, less up to half of it by chance.
func Backoff(n int) time.Duration {
	d := min(15*time.Second, 250*time.Millisecond<<min(n-1, 6))
	return d - rand.N(d/2)
}

func wait(ctx context.Context, rest time.Duration, kick <-chan struct{}) {
	if rest <= 0 {
		return
	}
	timer := time.NewTimer(rest)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-kick:
	}
}
