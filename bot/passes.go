package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"

	"respite/dialog"
)

// atOnce is how many chats one pass of a loop takes up.
const atOnce = 64

// Ring steps every conversation whose alarm is due and returns how many there were. It is one pass of the alarm loop. The chats are
// taken up at once, because each waits for Telegram, and in any order, so that two instances seldom meet. One that fails keeps its alarm
// and does not hold up the others.
func (e *Engine) Ring(ctx context.Context) (int, error) {
	now := e.Clock()
	chats, err := e.Store.Ringing(ctx, now, atOnce)
	if err != nil {
		return 0, fmt.Errorf("look for alarms: %w", err)
	}
	rand.Shuffle(len(chats), func(i, j int) { chats[i], chats[j] = chats[j], chats[i] })
	failures := make(chan error, len(chats))
	var crew sync.WaitGroup
	for _, chat := range chats {
		crew.Go(func() { failures <- e.Apply(ctx, chat, dialog.Event{At: now, Kind: dialog.Rang}) })
	}
	crew.Wait()
	close(failures)
	for failed := range failures {
		if failed != nil {
			err = fmt.Errorf("ring: %w", failed)
		}
	}
	return len(chats), err
}

// Sweep takes up outboxes that nobody is delivering and returns how many there were. It is one pass of the delivery loop. It does not
// wait for the deliveries, and claims no more than can begin at once: a lease that waits for its turn would lapse, and another
// instance would send the same.
func (e *Engine) Sweep(ctx context.Context) (int, error) {
	room := atOnce - int(e.sweeping.Load())
	if room <= 0 {
		return 0, nil
	}
	waiting, err := e.Store.Undelivered(ctx, e.Owner, room)
	if err != nil {
		return 0, fmt.Errorf("look for undelivered messages: %w", err)
	}
	for _, w := range waiting {
		e.sweeping.Add(1)
		e.inner.Go(func() {
			defer e.sweeping.Add(-1)
			e.resume(context.WithoutCancel(ctx), w.Chat)
		})
	}
	return len(waiting), nil
}

// resume delivers an outbox that was claimed, once the chat is free.
func (e *Engine) resume(ctx context.Context, chat int64) {
	unlock := e.chats.lock(chat)
	defer unlock()
	e.takeUp(ctx, chat)
}

// takeUp delivers what is left in an outbox unless another instance does. Before the chat was free, a step of this instance may have
// delivered what was claimed, so it is asked for again.
func (e *Engine) takeUp(ctx context.Context, chat int64) {
	const none = 0 // strikes nothing off: it only takes or renews the lease, if there is anything left
	left, err := e.Store.Strike(ctx, chat, e.Owner, none, nil)
	if errors.Is(err, ErrLeaseLost) || err == nil && len(left) == 0 {
		return
	}
	var rec Record
	if err == nil {
		rec, err = e.Store.Load(ctx, chat) // for the link, which may have changed since the claim
	}
	if err != nil {
		e.Log.Warn().Err(err).Msg("an outbox could not be taken up; it is found again when its lease lapses")
		return
	}
	e.deliver(ctx, Waiting{Chat: chat, Link: rec.Link, Outbox: rec.Outbox})
}

// Reclaim makes what an earlier run of this instance was delivering when it was killed due at once, instead of when its leases
// lapse. It is for the start, before anything else is done.
func (e *Engine) Reclaim(ctx context.Context) error {
	if _, err := e.Store.Reclaim(ctx, e.Owner); err != nil {
		return fmt.Errorf("reclaim leases: %w", err)
	}
	return nil
}
