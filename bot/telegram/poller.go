package telegram

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"respite/bot"
)

// Poller gets updates by long polling and confirms each only when it, and all before it, are handled.
//
// telebot's LongPoller confirms a batch while its handlers run, so that a crash loses them; it confirms nothing when it stops, so
// that the last batch comes again; and it repeats a refused getUpdates at once and in silence, thousands of times a second.
type Poller struct {
	client  *Client
	handle  Handler
	lanes   *lanes
	window  window
	timeout time.Duration

	answer   bytes.Buffer  // to the last getUpdates
	got      []incoming    // what it held
	told     int64         // the last offset that Telegram has answered to
	moved    chan struct{} // something was finished
	stopping chan struct{} // closed by Stop
	stopOnce sync.Once
	runs     sync.Mutex // held while Run is polling
}

const (
	pollTimeout = 25 * time.Second // how long Telegram may wait for an update
	pollGrace   = 15 * time.Second // for the answer to arrive after that
	lastWord    = 5 * time.Second  // for the confirmation when the bot ends

	// While something is in hand every getUpdates answers at once, with that. It pays to wait a moment for it to be finished; how
	// long depends on whether the last answer held anything new.
	leastGap = 2 * time.Millisecond
	mostGap  = 200 * time.Millisecond
)

// NewPoller prepares a poller; timeout is how long Telegram may hold a getUpdates, 0 for the usual 25 s. A timeout is whole
// seconds: Telegram takes no less, and with 0 polling would never rest.
func NewPoller(c *Client, handle Handler, timeout time.Duration) *Poller {
	p := &Poller{client: c, handle: c.survive(handle), moved: make(chan struct{}, 1), stopping: make(chan struct{})}
	p.timeout = max(cmp.Or(timeout, pollTimeout), time.Second).Truncate(time.Second)
	p.lanes = newLanes(p.persist)
	return p
}

// Run polls until Stop is called or ctx ends, and then returns nil; or until Telegram refuses the token, and then returns that
// *bot.Failure. Everything else is waited for. When ctx ends the handlers' context ends with it; Stop is the gentle way.
func (p *Poller) Run(ctx context.Context) error {
	p.runs.Lock()
	defer p.runs.Unlock()
	disarm := context.AfterFunc(ctx, p.lanes.cancel)
	defer func(whole context.Context) {
		if disarm(); whole.Err() != nil {
			p.lanes.cancel() // disarm may have been quicker than what it disarms
		}
	}(ctx)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-p.stopping:
			cancel()
		case <-ctx.Done():
		}
	}()
	trouble := newTrouble(p.client)
	next := p.open
	for gap := leastGap; ctx.Err() == nil; {
		fresh, err := next(ctx)
		if ctx.Err() != nil {
			break
		}
		p.client.health.polls(err)
		if err != nil {
			pause, fatal := trouble.met(err)
			if fatal {
				return err
			}
			sleep(ctx, pause)
			continue
		}
		trouble.over()
		next = p.pass
		if gap = min(2*gap, mostGap); fresh {
			gap = leastGap
		}
		p.settle(ctx, gap)
	}
	return nil
}

// open takes away a webhook, with which polling is refused. What waits for it is kept.
func (p *Poller) open(ctx context.Context) (fresh bool, err error) {
	return true, p.client.RemoveWebhook(ctx)
}

// pass asks once for updates and starts the new ones; fresh is false if there were none.
func (p *Poller) pass(ctx context.Context) (fresh bool, err error) {
	got, err := p.fetch(ctx, p.window.offset(), batch, p.timeout)
	if err != nil {
		return false, err
	}
	for _, in := range got {
		if in.known {
			continue
		}
		if in.err != nil {
			p.client.observe(Note{Kind: Undecodable, Update: in.update.ID, Err: in.err})
		}
		if id := in.update.ID; id != 0 && p.window.add(id) {
			fresh = true
			p.lanes.add(in.update, func(err error) { p.ended(id, err) })
		}
	}
	return fresh, nil
}

// incoming is one element of an answer to getUpdates.
type incoming struct {
	update bot.Update
	known  bool // in hand already and not decoded again
	err    error
}

// fetch is one getUpdates, which tells Telegram that everything below offset is done. What it gives holds until the next.
func (p *Poller) fetch(ctx context.Context, offset int64, limit int, timeout time.Duration) ([]incoming, error) {
	f := newForm()
	defer f.release()
	f.number("offset", offset)
	f.number("limit", int64(limit))
	f.number("timeout", int64(timeout/time.Second))
	f.list("allowed_updates", allowedUpdates)
	r := request{op: "getUpdates", method: "getUpdates", contentType: jsonType, body: f.encode(), limit: timeout + pollGrace, into: &p.answer}
	clear(p.got)
	p.got = p.got[:0]
	_, err := post[updates](ctx, p.client, r, json.WithUnmarshalers(json.UnmarshalFromFunc(p.receive)))
	if err == nil {
		p.told = offset
	}
	return p.got, err
}

// errNoList is an answer to getUpdates that is none.
var errNoList = errors.New("not a list of updates")

// updates stands for the list of updates, which is taken in one by one.
type updates struct{}

// receive decodes each update by itself, so that one that cannot be read leaves the others alone.
func (p *Poller) receive(d *jsontext.Decoder, _ *updates) error {
	switch d.PeekKind() {
	case 'n':
		return d.SkipValue()
	case '[':
	default:
		return errNoList
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != ']' {
		raw, err := d.ReadValue()
		if err != nil {
			return err
		}
		in := incoming{known: p.window.known(idOf(raw))}
		if !in.known {
			in.update, in.err = decode(raw)
		}
		p.got = append(p.got, in)
	}
	_, err := d.ReadToken()
	return err
}

// settle waits before the next poll until most of what is in hand is finished, at most for gap, or until there is room for more. The
// more is in hand, the longer gap becomes: an answer brings again all that follows the first unfinished update.
func (p *Poller) settle(ctx context.Context, gap time.Duration) {
	const step, most = 8, 4
	open, room := p.window.state()
	few := (batch - room) / most
	timer := time.NewTimer(min(gap*time.Duration(1+open/step), mostGap))
	defer timer.Stop()
	for late := false; ; {
		open, room = p.window.state()
		if open == 0 || batch-room <= few || late && room > 0 {
			return
		}
		select {
		case <-p.moved:
		case <-timer.C:
			late = true
		case <-ctx.Done():
			return
		}
	}
}

// ended is told of each update in the end. One that was not handled stays in the window: it keeps the offset where it is.
func (p *Poller) ended(id int64, err error) {
	if err != nil {
		return
	}
	p.window.finish(id)
	select {
	case p.moved <- struct{}{}:
	default:
	}
}

// persist calls the handler until it succeeds or the bot ends; the chat's later updates wait.
func (p *Poller) persist(ctx context.Context, u bot.Update) error {
	pause := backoff{least: 100 * time.Millisecond, most: 15 * time.Second}
	for {
		err := p.handle(ctx, u)
		if err == nil {
			return nil
		}
		if pause.tries == 0 {
			p.client.observe(Note{Kind: Failing, Update: u.ID, Err: err})
		}
		if !p.wait(ctx, pause.next()) {
			return err
		}
	}
}

// wait is false if the bot is to end.
func (p *Poller) wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-p.stopping:
		return false
	case <-ctx.Done():
		return false
	}
}

// Stop ends polling, waits for the handlers that are at work until ctx ends, and tells Telegram what is done, so that the next
// start repeats no more than it must. The error says that handlers were still at work, or that Telegram could not be told.
func (p *Poller) Stop(ctx context.Context) error {
	p.stopOnce.Do(func() { close(p.stopping) })
	p.runs.Lock() // Run has ended
	defer p.runs.Unlock()
	err := p.lanes.drain(ctx)
	if offset := p.window.offset(); offset != p.told {
		// Stop's own time may be over; without this word the whole batch would come again.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWord)
		defer cancel()
		if _, failed := p.fetch(ctx, offset, 1, 0); failed != nil {
			err = errors.Join(err, failed)
		}
	}
	return err
}
