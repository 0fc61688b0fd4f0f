package redistest

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// fatal is an error that polling cannot mend.
type fatal struct{ error }

// Unwrap gives the error itself.
func (f fatal) Unwrap() error { return f.error }

// Poll calls ready until it gives no error, for at most patience, and returns its last error then.
func Poll(patience time.Duration, ready func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	var last error
	for {
		err := ready(ctx)
		if err == nil {
			return nil
		}
		if ctx.Err() == nil || last == nil {
			last = err
		}
		var stop fatal
		if errors.As(err, &stop) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("not ready after %s: %w", patience, last)
		case <-tick.C:
		}
	}
}
