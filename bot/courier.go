package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"runtime/debug"
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
	Lost []int  // the places of those that an error is about
}

// Delivery is what came to light while an outbox was delivered.
type Delivery struct {
	Gone bool // the borrower cannot be reached any more
	Bare bool // the case needs its card again
	Lost bool // the agents' group cannot be reached: the bot was removed, or may not write there
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

// lane is a row of entries that are delivered in order. Lanes do not wait for each other.
type lane uint8

// Answers to presses are no part of the chat: they overtake what has to wait there.
const (
	chatLane lane = iota
	deskLane
	toastLane
)

// item is an entry with what it holds.
type item struct {
	Entry
	*Parcel
}

func (i *item) lane() lane {
	switch {
	case i.Desk != "":
		return deskLane
	case i.Out.Op == OpToast:
		return toastLane
	}
	return chatLane
}

// as gives the item in another class.
func (i item) as(c Class) item {
	if c != i.Out.Class {
		own := *i.Parcel
		own.Out.Class = c
		i.Parcel = &own
	}
	return i
}

// round is the delivery of one chat's outbox.
type round struct {
	*Courier
	chat int64
	link []byte
	seen Delivery
	rest map[lane]time.Duration // lanes that have to wait; nil: none has to

	known map[int64]*Parcel // what was read, by the entries' numbers: what is left comes back after each call
}

// waits notes that a lane has to wait.
func (r *round) waits(l lane, rest time.Duration) {
	if r.rest == nil {
		r.rest = make(map[lane]time.Duration)
	}
	r.rest[l] = rest
}

// Deliver sends entries one by one and strikes each off, until the outbox is empty or has to wait. The caller holds the
// chat's lease. Only answers to presses are sent beside the entry behind them and struck off with it: to send one twice changes nothing.
func (c *Courier) Deliver(ctx context.Context, chat int64, link []byte, outbox []Entry) Delivery {
	r := &round{Courier: c, chat: chat, link: link}
	for {
		todo := r.next(outbox)
		if len(todo) == 0 {
			break
		}
		done, link := r.carryOut(ctx, outbox, todo)
		if len(done) == 0 && link == nil {
			continue
		}
		var ok bool
		if outbox, ok = r.strike(ctx, done, link); !ok {
			return r.seen
		}
	}
	r.park(ctx)
	return r.seen
}

// next finds the oldest entry whose lane need not wait, and the answers to presses before it.
func (r *round) next(outbox []Entry) (todo []item) {
	for i, entry := range outbox {
		at := r.read(entry)
		if _, waits := r.rest[at.lane()]; waits {
			continue
		}
		if at.lane() == chatLane {
			at = at.as(r.urgency(at.Out.Class, outbox[i+1:]))
		}
		if todo = append(todo, at); at.lane() != toastLane {
			break
		}
	}
	return todo
}

// urgency is the most urgent class of what has to wait for an entry: an answer does not wait behind a reminder.
func (r *round) urgency(c Class, behind []Entry) Class {
	for _, entry := range behind {
		if c == Answer {
			break
		}
		if at := r.read(entry); at.lane() == chatLane {
			c = min(c, at.Out.Class)
		}
	}
	return c
}

// read gives an entry with what it holds. One that cannot be read is given up: it stands for no call, and is struck off.
func (r *round) read(entry Entry) item {
	if entry.parcel != nil {
		return item{entry, entry.parcel}
	}
	p, known := r.known[entry.Seq]
	if !known {
		p = new(Parcel)
		if err := json.Unmarshal(entry.Data, p); err != nil {
			r.Log.Error().Err(err).Msg("an outbox entry cannot be read; it is given up")
			p = new(Parcel)
		}
		if r.known == nil {
			r.known = make(map[int64]*Parcel)
		}
		r.known[entry.Seq] = p
	}
	return item{entry, p}
}

// carryOut delivers the items, all but the last of which are answers to presses. It gives the entries to strike off, and the chat's
// new link if there is one.
func (r *round) carryOut(ctx context.Context, outbox []Entry, todo []item) (done []int64, link []byte) {
	last := todo[len(todo)-1]
	if len(todo) == 1 && last.lane() != deskLane {
		return r.deliver(ctx, todo), nil
	}
	toasted := make(chan []int64, 1)
	toasts := todo[:len(todo)-1]
	go func() { toasted <- r.toast(ctx, toasts) }()
	if last.lane() == deskLane && r.Desk != nil {
		done, link = r.file(ctx, outbox)
	} else {
		done = r.deliver(ctx, todo[len(todo)-1:])
	}
	shown := <-toasted
	if len(shown) < len(toasts) {
		r.waits(toastLane, restUnavailable)
	}
	return append(done, shown...), link
}

// toast answers presses, and gives those that are done with. It touches nothing else of the round.
func (r *round) toast(ctx context.Context, toasts []item) (done []int64) {
	defer func() {
		if p := recover(); p != nil {
			r.Log.Error().Bytes("stack", debug.Stack()).Msg("answering a press panicked; it is tried again later")
		}
	}()
	for _, t := range toasts {
		switch kind(r.carry(ctx, *t.Parcel)) {
		case TooMany, Unavailable, BadToken:
		default: // carried out, or too late, or perhaps carried out: nothing is gained by more
			done = append(done, t.Entry.Seq)
		}
	}
	return done
}

// strike takes entries that are done with off the outbox. While Redis does not answer it goes on trying: what is not struck off would
// be sent again. ok is false if the lease decides that somebody else goes on.
func (r *round) strike(ctx context.Context, done []int64, link []byte) (left []Entry, ok bool) {
	const most = 40 // about ten minutes
	if len(done) == 0 {
		done = []int64{0} // nothing to strike off, but a topic that was made must not be made again
	}
	for tries := 1; ; tries++ {
		left, err := r.Store.Strike(ctx, r.chat, r.Owner, done[0], link, done[1:]...)
		if err == nil || errors.Is(err, ErrLeaseLost) {
			return left, err == nil
		}
		if tries == most {
			r.Log.Error().Err(err).Msg("could not strike a delivered message off; it may be sent again")
			return nil, false
		}
		if tries == 1 {
			r.Log.Warn().Err(err).Msg("could not strike a delivered message off; trying again")
		}
		wait(ctx, Backoff(tries), nil)
	}
}

// deliver sends one entry to the borrower, and gives it if it can be struck off.
func (r *round) deliver(ctx context.Context, one []item) (done []int64) {
	i := one[0]
	rest, over := r.settle(ctx, i.Entry, *i.Parcel, r.carry(ctx, *i.Parcel))
	if !over {
		r.waits(i.lane(), rest)
		return nil
	}
	return []int64{i.Entry.Seq}
}

// file gives the desk all that waits for it, and returns the entries that can be struck off and the chat's new link.
func (r *round) file(ctx context.Context, outbox []Entry) (done []int64, link []byte) {
	var entries []Entry
	var parcels []Parcel
	for _, entry := range outbox {
		p := *r.read(entry).Parcel
		if p.Desk == "" {
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
		done = append(done, entries[i].Seq)
	}
	if err == nil {
		if slices.ContainsFunc(parcels, Parcel.shows) {
			r.Metrics.agents.Set(1)
		}
		return done, filed.Link
	}
	if k := kind(err); k == Gone || k == NoRights {
		r.seen.Lost = true
		r.Metrics.agents.Set(0)
	}
	if len(filed.Lost) == 0 {
		r.waits(deskLane, restUnavailable)
	}
	for _, i := range filed.Lost { // all of them are one call, or none
		rest, over := r.settle(ctx, entries[i], parcels[i], err)
		if over {
			done = append(done, entries[i].Seq)
		} else {
			r.waits(deskLane, rest)
		}
	}
	return done, filed.Link
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
	case k == Uncertain && p.Out.Op == OpToast:
		return 0, true
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

// Budget is a Messenger that knows of calls before they are made.
type Budget interface {
	Messenger
	// Expect asks for room for calls of a class to a chat, while something else is done. The context that it gives carries what comes
	// of it to Do.
	Expect(ctx context.Context, chat int64, class Class, calls int) context.Context
	// Turn gives a reminder to a chat its turn among all reminders, and says how long it is until then. Instances that ask for the
	// same reminder at once get the same turn.
	Turn(ctx context.Context, chat int64) time.Duration
}

// Expect tells the budget, if there is one, of calls that follow a commit.
func (c *Courier) Expect(ctx context.Context, chat int64, class Class, calls int) context.Context {
	if b, ok := c.Send.(Budget); ok && calls > 0 {
		return b.Expect(ctx, chat, class, calls)
	}
	return ctx
}

// Turn gives a reminder its turn, and says how long it is until then; zero: now, or nobody counts.
func (c *Courier) Turn(ctx context.Context, chat int64) time.Duration {
	if b, ok := c.Send.(Budget); ok {
		return b.Turn(ctx, chat)
	}
	return 0
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
