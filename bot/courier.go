package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/rs/zerolog"
)

// Desk puts parcels into the agents' group.
type Desk interface {
	// Deliver takes all that waits for the desk of one chat, in order, so that several messages can be made one. After an error
	// Filed.Done says what was dealt with all the same.
	Deliver(ctx context.Context, chat int64, link []byte, parcels []Parcel) (Filed, error)
}

// Pairs remember which message of the agents' group stands for which of a borrower's chat.
type Pairs interface {
	SetPair(ctx context.Context, chat int64, group, private int) error
	// Private is the chat's message for one of the group; 0: there is none.
	Private(ctx context.Context, chat int64, group int) (int, error)
}

// Filed is what a desk did with parcels.
type Filed struct {
	Link []byte // the chat's new link; nil: as before
	Bare bool   // the case stands in a new topic that has no card yet
	Done []int  // the places of the parcels that were dealt with
}

// Delivery is what came to light while an outbox was delivered.
type Delivery struct {
	Gone bool // the borrower cannot be reached any more
	Bare bool // the case needs its card again
}

// Courier delivers outboxes: in order to the borrower and in order to the agents, neither waiting for the other.
type Courier struct {
	Store   Conversations
	Send    Messenger
	Desk    Desk  // nil: there is no agents' group, and what is for it is dropped
	Pairs   Pairs // nil: replies and edits do not find what they are about
	Owner   string
	Log     zerolog.Logger
	Metrics *Metrics
}

// How long a lane rests after a failure before somebody looks at it again.
const (
	restUnavailable = 2 * time.Second
	restUncertain   = time.Second
	restForbidden   = time.Minute
)

// round is the delivery of one chat's outbox.
type round struct {
	*Courier
	chat int64
	link []byte
	seen Delivery
	rest map[bool]time.Duration // lanes that have to wait, by whether they are the desk's
}

// Deliver sends entries one by one and strikes each off, until the outbox is empty or has to wait. The caller holds the
// chat's lease.
func (c *Courier) Deliver(ctx context.Context, chat int64, link []byte, outbox []Entry) Delivery {
	r := &round{Courier: c, chat: chat, link: link, rest: map[bool]time.Duration{}}
	for {
		entry, p, ok := r.next(outbox)
		if !ok {
			break
		}
		done, link := []Entry{entry}, []byte(nil)
		if p.Desk != "" && c.Desk != nil {
			if done, link = r.file(ctx, outbox); len(done) == 0 && link != nil {
				done = []Entry{{}} // nothing to strike off, but a topic that was made must not be made again
			}
		} else if !r.deliver(ctx, entry, p) {
			continue
		}
		for _, d := range done {
			var err error
			if outbox, err = c.Store.Strike(ctx, chat, c.Owner, d.Seq, link); err != nil {
				// Struck or not, the lease decides who goes on: this instance stops here.
				if !errors.Is(err, ErrLeaseLost) {
					c.Log.Warn().Err(err).Msg("could not strike a delivered message off; it may be sent again")
				}
				return r.seen
			}
			link = nil
		}
	}
	r.park(ctx)
	return r.seen
}

// next finds the oldest entry whose lane need not wait.
func (r *round) next(outbox []Entry) (Entry, Parcel, bool) {
	for _, entry := range outbox {
		var p Parcel
		if err := json.Unmarshal(entry.Data, &p); err != nil {
			r.Log.Error().Err(err).Msg("an outbox entry cannot be read; it is given up")
			return entry, Parcel{}, true
		}
		if _, waits := r.rest[p.Desk != ""]; !waits {
			return entry, p, true
		}
	}
	return Entry{}, Parcel{}, false
}

// deliver sends one entry to the borrower; done says that it can be struck off.
func (r *round) deliver(ctx context.Context, entry Entry, p Parcel) (done bool) {
	rest, done := r.settle(ctx, entry, p, r.carry(ctx, p))
	if !done {
		r.rest[p.Desk != ""] = rest
	}
	return done
}

// file gives the desk all that waits for it, and returns the entries that can be struck off and the chat's new link.
func (r *round) file(ctx context.Context, outbox []Entry) (done []Entry, link []byte) {
	var entries []Entry
	var parcels []Parcel
	for _, entry := range outbox {
		var p Parcel
		if json.Unmarshal(entry.Data, &p) != nil || p.Desk == "" {
			continue
		}
		p.Seq = entry.Seq
		entries, parcels = append(entries, entry), append(parcels, p)
	}
	filed, err := r.Desk.Deliver(ctx, r.chat, r.link, parcels)
	r.Metrics.sent.WithLabelValues("desk", outcome(err)).Inc()
	if filed.Link != nil {
		r.link = filed.Link
	}
	r.seen.Bare = r.seen.Bare || filed.Bare
	for _, i := range filed.Done {
		done = append(done, entries[i])
	}
	if err != nil {
		r.unfiled(ctx, entries, parcels, filed.Done, &done, err)
	}
	return done, filed.Link
}

// unfiled settles the first parcel that the desk could not deal with; the others behind it wait with it.
func (r *round) unfiled(ctx context.Context, entries []Entry, parcels []Parcel, dealt []int, done *[]Entry, err error) {
	for i := range entries {
		if slices.Contains(dealt, i) {
			continue
		}
		rest, over := r.settle(ctx, entries[i], parcels[i], err)
		if over {
			*done = append(*done, entries[i])
		} else {
			r.rest[true] = rest
		}
		return
	}
}

// carry makes the call that a parcel to the borrower stands for.
func (r *round) carry(ctx context.Context, p Parcel) error {
	if p.Out.Op == "" || p.Desk != "" {
		return nil
	}
	if err := r.pair(ctx, &p); err != nil {
		return err
	}
	sent, err := r.Send.Do(ctx, p.Out)
	if p.Out.Op == OpEdit && kind(err) == NoMessage {
		p.Out.Op, p.Out.Message = OpSend, 0
		sent, err = r.Send.Do(ctx, p.Out)
	}
	r.Metrics.sent.WithLabelValues(string(p.Out.Op), outcome(err)).Inc()
	if err == nil && p.Pair != 0 && sent.Message != 0 && r.Pairs != nil {
		if err := r.Pairs.SetPair(ctx, r.chat, p.Pair, sent.Message); err != nil {
			r.Log.Warn().Err(err).Msg("a message was sent, but a later edit of it will not find it")
		}
	}
	return err
}

// pair finds the message in the chat that a parcel answers, or changes.
func (r *round) pair(ctx context.Context, p *Parcel) (err error) {
	if r.Pairs == nil {
		return nil
	}
	if p.Reply != 0 {
		if p.Out.ReplyTo, err = r.Pairs.Private(ctx, r.chat, p.Reply); err != nil {
			return err
		}
	}
	if p.Out.Op == OpEdit && p.Pair != 0 {
		if p.Out.Message, err = r.Pairs.Private(ctx, r.chat, p.Pair); err == nil && p.Out.Message == 0 {
			p.Out.Op = OpSend
		}
	}
	return err
}

// settle decides what becomes of an entry after its call: done with, or to be tried again after a rest.
func (r *round) settle(ctx context.Context, entry Entry, p Parcel, err error) (rest time.Duration, done bool) {
	switch k := kind(err); {
	case err == nil || k == Unchanged:
		return 0, true
	case k == Gone && p.Desk == "":
		r.seen.Gone = true
		return 0, true
	case k == TooMany:
		var f *Failure
		errors.As(err, &f)
		return cmp.Or(f.After, time.Second), false
	case k == Uncertain:
		if err := r.Store.Mark(ctx, r.chat, r.Owner, entry.Seq); err != nil {
			r.Log.Warn().Err(err).Msg("could not mark a message whose sending ended without an answer")
		}
		return restUncertain, false
	case k == Refused || k == NoMessage:
		r.Log.Error().Err(err).Msg("Telegram refuses a message; it is given up")
		return 0, true
	case k == Unavailable || k == "":
		r.Log.Warn().Err(err).Msg("delivery has to wait")
		return restUnavailable, false
	default:
		r.Log.Error().Err(err).Msg("delivery has to wait")
		return restForbidden, false
	}
}

// park gives the lease back if something has to wait.
func (r *round) park(ctx context.Context) {
	if len(r.rest) == 0 {
		return
	}
	rest := slices.Min(slices.Collect(maps.Values(r.rest)))
	if err := r.Store.Park(ctx, r.chat, r.Owner, rest); err != nil {
		r.Log.Warn().Err(err).Msg("could not park an outbox; it is found again when its lease lapses")
	}
}

// kind is the kind of failure that an error is; empty if it is none of Telegram's.
func kind(err error) FailureKind {
	var f *Failure
	if errors.As(err, &f) {
		return f.Kind
	}
	return ""
}

// outcome names how a call ended, for the metrics.
func outcome(err error) string {
	switch k := kind(err); {
	case err == nil:
		return "ok"
	case k == "":
		return "error"
	default:
		return string(k)
	}
}
