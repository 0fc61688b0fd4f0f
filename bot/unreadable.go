package bot

import (
	"context"
	"fmt"
	"sync"
	"time"

	"respite/dialog"
)

// unreadable says that a chat's record cannot be decoded: damaged, or written by a newer version of the program.
type unreadable struct {
	record Record
	cause  error
}

// Error says why.
func (u *unreadable) Error() string {
	return fmt.Sprintf("the chat's record cannot be read: %v", u.cause)
}

// Unwrap gives the cause.
func (u *unreadable) Unwrap() error { return u.cause }

const (
	// brokenFor is how long updates of a chat whose record cannot be read are held: an instance that can read it may come.
	brokenFor = time.Minute
	// brokenRest is how long an alarm of such a chat rests.
	brokenRest = time.Minute
)

// broken knows since when the records of which chats cannot be read. The zero value is ready.
type broken struct {
	mu    sync.Mutex
	since map[int64]time.Time
}

// begin notes that a chat's record cannot be read, and gives when that was first seen.
func (b *broken) begin(chat int64, now time.Time) (since time.Time, first bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.since == nil {
		b.since = make(map[int64]time.Time)
	}
	since, known := b.since[chat]
	if !known {
		b.since[chat], since = now, now
	}
	return since, !known
}

func (b *broken) mended(chat int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.since, chat)
}

// passOver deals with an event of a chat whose record cannot be read, so that it holds up no other. The record stays as it is. An
// alarm is put off; an update is handed back for a while, and then it is set aside and the borrower told.
func (e *Engine) passOver(ctx context.Context, chat int64, u *unreadable, ev dialog.Event) error {
	since, first := e.broken.begin(chat, e.Clock())
	if first {
		e.Log.Error().Err(u.cause).Int64("chat", chat).Msg("the record of a chat cannot be read; it is left alone")
	}
	if ev.Kind == dialog.Rang {
		c := Commit{Chat: chat, Version: u.record.Version, Data: u.record.Data, Alarm: ev.At.Add(brokenRest), Owner: e.Owner}
		done, err := e.Store.Commit(ctx, c)
		if err == nil && done.Mine {
			e.deliver(ctx, Waiting{Chat: chat, Link: done.Link, Outbox: done.Outbox})
		}
		return err
	}
	if e.Clock().Sub(since) < brokenFor {
		return u
	}
	e.Metrics.parked.Inc()
	e.Log.Error().Int64("update", ev.ID).Str("event", string(ev.Kind)).Msg("an update of a chat that cannot be read is set aside")
	if words, err := e.Render.Words().In(ev.Language).Say("error.stumbled", nil); err == nil {
		_, err = e.Courier.Send.Do(ctx, Outgoing{Op: OpSend, Chat: chat, Text: words})
		e.note("tell of an update that is set aside", err)
	}
	return nil
}
