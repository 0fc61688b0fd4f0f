package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"respite/dialog"
)

// Stepper decides what an event leads to; *dialog.Machine is one.
type Stepper interface {
	Step(dialog.Conversation, dialog.Event) (dialog.Conversation, []dialog.Effect)
}

// Engine takes events through load, step, commit and delivery. Any number of engines may share a store.
type Engine struct {
	Store   Conversations
	Machine Stepper
	Render  *Renderer
	Courier *Courier
	Clock   func() time.Time
	Owner   string // names this instance in delivery leases
	Log     zerolog.Logger
	Metrics *Metrics
	Desk    func() dialog.Desk // how the agents' desk stands; nil: there is none
	Times   Times              // for SetRight alone

	chats    locks
	memory   memory
	broken   broken
	review   review
	sweeping atomic.Int32 // deliveries that Sweep began
	inner    sync.WaitGroup
}

// mostRaces is how often a step that lost a race is tried again before the event is handed back to its source.
const mostRaces = 50

// freshFor is how long Redis keeps a chat that has not agreed to anything being kept, and the update ids of one that was forgotten: as
// long as Telegram may repeat its updates.
const freshFor = 24 * time.Hour

// Apply takes one event into a chat's conversation and delivers what it leads to. nil means that the event is committed
// and need not come again; delivery may still be on its way.
func (e *Engine) Apply(ctx context.Context, chat int64, ev dialog.Event) error {
	return e.apply(ctx, chat, ev, func() {})
}

// apply calls safe between commit and delivery.
func (e *Engine) apply(ctx context.Context, chat int64, ev dialog.Event, safe func()) error {
	ev.Chat = chat
	if e.Desk != nil {
		ev.Desk = e.Desk()
	}
	unlock := e.chats.lock(chat)
	defer unlock()
	for range mostRaces {
		if ev.Kind == dialog.Rang {
			e.memory.take(chat) // whether an alarm is due, only the store knows
		}
		r, err := e.recall(ctx, chat, ev.ID)
		if damaged, ok := errors.AsType[*unreadable](err); ok {
			return e.passOver(ctx, chat, damaged, ev)
		}
		if err != nil {
			return fmt.Errorf("load chat: %w", err)
		}
		if r.has(ev.ID) {
			e.Metrics.repeated.Inc()
			e.memory.put(r)
			if r.waiting { // the answer to the commit may have been lost, and with it that the lease is this instance's
				e.takeUp(ctx, chat)
			}
			return nil
		}
		d := e.decide(chat, &r.conv, &ev)
		if d.idle {
			return nil
		}
		if rest := e.crowded(ctx, &r.conv, &ev, d); rest > soon {
			d = putOff(r.conv, ev.At, rest)
		} else {
			wait(ctx, rest, nil)
		}
		expected := e.Courier.Expect(ctx, chat, d.class, d.calls)
		done, err := e.commit(ctx, r, ev.ID, d)
		if errors.Is(err, ErrRace) {
			e.Metrics.races.Inc()
			continue
		}
		if err != nil {
			return err
		}
		e.Metrics.events.WithLabelValues(string(ev.Kind)).Inc()
		safe()
		if done.Mine {
			d.name(done.Outbox)
			e.deliver(expected, Waiting{Chat: chat, Link: done.Link, Outbox: done.Outbox})
		}
		return nil
	}
	return fmt.Errorf("chat lost %d races in a row: %w", mostRaces, ErrRace)
}

// recall gives a chat's record: from memory, unless that says that the update was applied. Whether it was, only the store knows: a
// failover may have lost a commit.
func (e *Engine) recall(ctx context.Context, chat, update int64) (*remembered, error) {
	if r := e.memory.take(chat); r != nil && !r.has(update) {
		return r, nil
	}
	rec, err := e.Store.Load(ctx, chat)
	if err != nil {
		return nil, err
	}
	k, err := decodeKept(rec.Data)
	if err != nil {
		return nil, &unreadable{rec, err}
	}
	e.broken.mended(chat)
	return &remembered{chat: chat, version: rec.Version, kept: k, waiting: len(rec.Outbox) > 0}, nil
}

// commit writes what an update led to, and remembers what was written.
func (e *Engine) commit(ctx context.Context, r *remembered, update int64, d *decision) (Committed, error) {
	if d.forgets() {
		return e.forget(ctx, r, update, d)
	}
	next := &remembered{chat: r.chat, kept: kept{applied: r.with(update), conv: d.conv}}
	data, err := next.encode()
	if err != nil {
		return Committed{}, fmt.Errorf("encode: %w", err)
	}
	c := Commit{Chat: r.chat, Version: r.version, Data: data, Append: d.entries, Alarm: d.conv.Next(), Audit: d.trail, Owner: e.Owner}
	if d.conv.Consent == 0 {
		c.Expire = freshFor
	}
	done, err := e.Store.Commit(ctx, c)
	if err != nil {
		return done, err
	}
	next.version = done.Version
	e.memory.put(next)
	e.count(d.effects)
	return done, nil
}

// forget removes all that is kept of a chat. The ids of its updates stay for a while, so that one that is handed out again does not
// begin a new conversation.
func (e *Engine) forget(ctx context.Context, r *remembered, update int64, d *decision) (Committed, error) {
	rec, err := e.Store.Load(ctx, r.chat)
	if err == nil {
		err = d.carry(rec.Link)
	}
	if err != nil {
		return Committed{}, fmt.Errorf("where the case stands: %w", err)
	}
	done, err := e.Store.Forget(ctx, Commit{Chat: r.chat, Version: r.version, Append: d.entries, Audit: d.trail, Owner: e.Owner})
	if err != nil {
		return done, err
	}
	ids := Commit{Chat: r.chat, Data: encodeApplied(r.with(update)), Owner: e.Owner, Expire: freshFor}
	if _, err := e.Store.Commit(ctx, ids); err != nil {
		e.Log.Warn().Err(err).Msg("could not note that an update was applied; it may be applied again")
	}
	return done, nil
}

// count notes what was not understood, by the question that it was to answer.
func (e *Engine) count(effects []dialog.Effect) {
	for _, f := range effects {
		if f.Do == dialog.Miss {
			e.Metrics.missed.WithLabelValues(f.Note).Inc()
		}
	}
}

// deliver sends a chat's outbox. What comes to light on the way becomes an event of its own: that the borrower cannot be
// reached any more, or that the case lost its topic and needs its card again.
// A delivery that has begun is finished even if ctx ends: what is sent and not struck off would be sent again.
func (e *Engine) deliver(ctx context.Context, w Waiting) {
	ctx = context.WithoutCancel(ctx)
	defer func() {
		if p := recover(); p != nil {
			e.Log.Error().Bytes("stack", debug.Stack()).Msg("a delivery panicked; it is tried again later")
			if err := e.Store.Park(ctx, w.Chat, e.Owner, restForbidden); err != nil {
				e.Log.Warn().Err(err).Msg("could not park an outbox; it is found again when its lease lapses")
			}
		}
	}()
	seen := e.Courier.Deliver(ctx, w.Chat, w.Link, w.Outbox)
	if seen.Gone {
		e.later(ctx, w.Chat, dialog.Blocked)
	}
	if seen.Lost {
		e.later(ctx, w.Chat, dialog.DeskLost)
	}
	if seen.Bare {
		e.later(ctx, w.Chat, dialog.CardLost)
	}
}

// withinKey holds the kinds of the events from within that led to one another. None leads to another of its own kind, or a group that
// stays out of reach would do so for ever.
type withinKey struct{}

// later applies an event from within once the chat is free again. Nobody hands it out a second time, so it is tried for as long as a
// stop may take.
func (e *Engine) later(ctx context.Context, chat int64, kind dialog.EventKind) {
	before, _ := ctx.Value(withinKey{}).([]dialog.EventKind)
	if slices.Contains(before, kind) {
		return
	}
	ctx = context.WithValue(ctx, withinKey{}, append(slices.Clip(before), kind))
	const most = 8
	ev := dialog.Event{At: e.Clock(), Kind: kind}
	e.inner.Go(func() {
		err := e.Apply(ctx, chat, ev)
		for tries := 1; err != nil && tries < most; tries++ {
			wait(ctx, Backoff(tries), nil)
			err = e.Apply(ctx, chat, ev)
		}
		if err != nil {
			e.Log.Error().Err(err).Str("event", string(kind)).Msg("an event from within was lost")
		}
	})
}

// Close waits for the events from within.
func (e *Engine) Close() { e.inner.Wait() }
