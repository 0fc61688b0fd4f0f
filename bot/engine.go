package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
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

	chats locks
	inner sync.WaitGroup
}

// mostRaces is how often a step that lost a race is tried again before the event is handed back to its source.
const mostRaces = 50

// freshFor is how long Redis keeps a chat that has not agreed to anything being kept: as long as Telegram may repeat its updates.
const freshFor = 24 * time.Hour

// Apply takes one event into a chat's conversation and delivers what it leads to. nil means that the event is committed
// and need not come again; delivery may still be on its way.
func (e *Engine) Apply(ctx context.Context, chat int64, ev dialog.Event) error {
	ev.Chat = chat
	if e.Desk != nil {
		ev.Desk = e.Desk()
	}
	unlock := e.chats.lock(chat)
	defer unlock()
	for range mostRaces {
		rec, err := e.Store.Load(ctx, chat)
		if err != nil {
			return fmt.Errorf("load chat: %w", err)
		}
		k, err := decodeKept(rec.Data)
		if err != nil {
			return fmt.Errorf("chat %d: %w", chat, err)
		}
		if k.has(ev.ID) {
			e.Metrics.repeated.Inc()
			return nil
		}
		done, err := e.commit(ctx, chat, rec.Version, k, ev)
		if errors.Is(err, ErrRace) {
			e.Metrics.races.Inc()
			continue
		}
		if err != nil {
			return err
		}
		e.Metrics.events.WithLabelValues(string(ev.Kind)).Inc()
		if done.Mine {
			e.deliver(ctx, chat, rec.Link, done.Outbox)
		}
		return nil
	}
	return fmt.Errorf("chat lost %d races in a row: %w", mostRaces, ErrRace)
}

// commit steps and writes.
func (e *Engine) commit(ctx context.Context, chat, version int64, k kept, ev dialog.Event) (Committed, error) {
	conv, effects := e.step(k.conv, ev)
	entries, trail, err := e.Render.pack(chat, conv, ev, effects)
	if err != nil {
		return Committed{}, fmt.Errorf("render: %w", err)
	}
	next := kept{applied: k.with(ev.ID), conv: conv}
	data, err := next.encode()
	if err != nil {
		return Committed{}, fmt.Errorf("encode: %w", err)
	}
	c := Commit{Chat: chat, Version: version, Data: data, Append: entries, Alarm: conv.Next(), Audit: trail, Owner: e.Owner}
	if conv.Consent == 0 {
		c.Expire = freshFor
	}
	write := e.Store.Commit
	for _, f := range effects {
		if f.Do == dialog.Forget {
			write = e.Store.Forget
		}
	}
	done, err := write(ctx, c)
	if err == nil {
		e.count(effects)
	}
	return done, err
}

// count notes what was not understood, by the question that it was to answer.
func (e *Engine) count(effects []dialog.Effect) {
	for _, f := range effects {
		if f.Do == dialog.Miss {
			e.Metrics.missed.WithLabelValues(f.Note).Inc()
		}
	}
}

// step calls the machine. A step that panics sets its event aside: the stack goes into the log, the borrower is told, and
// the chat goes on. Step is pure, so trying the same event again would only panic again.
func (e *Engine) step(c dialog.Conversation, ev dialog.Event) (next dialog.Conversation, effects []dialog.Effect) {
	defer func() {
		if p := recover(); p != nil {
			e.Metrics.parked.Inc()
			e.Log.Error().Int64("update", ev.ID).Str("event", string(ev.Kind)).Str("state", string(c.State)).
				Bytes("stack", debug.Stack()).Msg("a step panicked; its event is set aside")
			next, effects = e.Machine.Step(c, dialog.Event{ID: ev.ID, At: ev.At, Kind: dialog.Stumbled, Language: ev.Language})
		}
	}()
	return e.Machine.Step(c, ev)
}

// deliver sends a chat's outbox. What comes to light on the way becomes an event of its own: that the borrower cannot be
// reached any more, or that the case lost its topic and needs its card again.
// A delivery that has begun is finished even if ctx ends: what is sent and not struck off would be sent again.
func (e *Engine) deliver(ctx context.Context, chat int64, link []byte, outbox []Entry) {
	ctx = context.WithoutCancel(ctx)
	seen := e.Courier.Deliver(ctx, chat, link, outbox)
	if seen.Gone {
		e.later(ctx, chat, dialog.Blocked)
	}
	if seen.Bare {
		e.later(ctx, chat, dialog.CardLost)
	}
}

// later applies an event from within once the chat is free again.
func (e *Engine) later(ctx context.Context, chat int64, kind dialog.EventKind) {
	e.inner.Go(func() {
		if err := e.Apply(ctx, chat, dialog.Event{At: e.Clock(), Kind: kind}); err != nil {
			e.Log.Warn().Err(err).Str("event", string(kind)).Msg("an event from within was lost")
		}
	})
}

// Close waits for the events from within.
func (e *Engine) Close() { e.inner.Wait() }

// Ring steps every conversation whose alarm is due and returns how many there were. It is one pass of the alarm loop.
func (e *Engine) Ring(ctx context.Context) (int, error) {
	const atOnce = 64
	now := e.Clock()
	chats, err := e.Store.Ringing(ctx, now, atOnce)
	if err != nil {
		return 0, fmt.Errorf("look for alarms: %w", err)
	}
	for i, chat := range chats {
		if err := e.Apply(ctx, chat, dialog.Event{At: now, Kind: dialog.Rang}); err != nil {
			return i, fmt.Errorf("ring: %w", err)
		}
	}
	return len(chats), nil
}

// Sweep delivers outboxes that nobody is delivering and returns how many there were. It is one pass of the delivery loop.
func (e *Engine) Sweep(ctx context.Context) (int, error) {
	const atOnce = 64
	waiting, err := e.Store.Undelivered(ctx, e.Owner, atOnce)
	if err != nil {
		return 0, fmt.Errorf("look for undelivered messages: %w", err)
	}
	for _, w := range waiting {
		unlock := e.chats.lock(w.Chat)
		e.deliver(ctx, w.Chat, w.Link, w.Outbox)
		unlock()
	}
	return len(waiting), nil
}
