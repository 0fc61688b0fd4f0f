package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"respite/dialog"
)

// Times knows the latest moment that the clock of any instance has shown, and which chats wait for one.
type Times interface {
	// Seen notes a moment, and returns the latest that was noted.
	Seen(ctx context.Context, now time.Time) (latest time.Time, err error)
	// SetSeen makes a moment the latest, also if a later one was noted.
	SetSeen(ctx context.Context, now time.Time) error
	// Waiting lists a part of the chats with an alarm; the first part is 0. next is the part after it, 0 after the last.
	Waiting(ctx context.Context, part int) (chats []int64, next int, err error)
}

// A clock that shows this much less than one did before was set back. What is planned by less is hardly wrong.
const setBack = 5 * time.Minute

// restBetweenReviews is how often, at most, everything is planned anew: two instances whose clocks do not agree must not do so for ever.
const restBetweenReviews = time.Hour

// review is how far an instance has come with planning everything anew.
type review struct {
	running bool
	part    int
	ended   time.Time
}

// SetRight is one pass of the loop that watches the clock: if it was set back, every chat that waits for an alarm plans it anew, a part
// of them in each pass. It returns how many did. Only one goroutine may call it.
func (e *Engine) SetRight(ctx context.Context) (int, error) {
	now := e.Clock()
	if !e.review.running {
		seen, err := e.Times.Seen(ctx, now)
		if err != nil {
			return 0, fmt.Errorf("watch the clock: %w", err)
		}
		ago := now.Sub(e.review.ended)
		if seen.Sub(now) < setBack || !e.review.ended.IsZero() && ago >= 0 && ago < restBetweenReviews {
			return 0, nil
		}
		e.Log.Warn().Dur("by", seen.Sub(now)).Msg("the clock was set back, or another instance's is ahead; all alarms are planned anew")
		e.review.running, e.review.part = true, 0
	}
	return e.planAnew(ctx, now)
}

// planAnew goes on with the review. A chat that fails does not hold up the others.
func (e *Engine) planAnew(ctx context.Context, now time.Time) (n int, failed error) {
	for n < atOnce {
		chats, next, err := e.Times.Waiting(ctx, e.review.part)
		if err != nil {
			return n, fmt.Errorf("list alarms: %w", err)
		}
		for _, chat := range chats {
			if err := e.Apply(ctx, chat, dialog.Event{At: now, Kind: dialog.ClockSet}); err != nil {
				failed = fmt.Errorf("plan anew: %w", err)
			}
		}
		n += len(chats)
		e.review.part = next
		if next == 0 {
			e.review.running, e.review.ended = false, now
			return n, errors.Join(failed, e.Times.SetSeen(ctx, now))
		}
	}
	return n, failed
}
