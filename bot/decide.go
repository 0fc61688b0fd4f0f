package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"respite/dialog"
)

// decision is what an event leads to.
type decision struct {
	conv    dialog.Conversation
	effects []dialog.Effect
	parcels []Parcel // for the outbox
	entries [][]byte // what it keeps of them
	trail   []byte   // for the audit trail
	calls   int      // about how many messages the borrower gets
	class   Class    // of the most urgent of them
	idle    bool     // nothing is to be committed
}

// postponement is how long alarms wait whose step fails: until somebody has mended the program.
const postponement = time.Hour

// errStillDue says that a step left an alarm behind that would ring again at once, for ever.
var errStillDue = errors.New("the step left an alarm due")

// decide steps and renders. What is large goes by pointer here: each chat that is worked on has a stack, which is as large as its deepest
// step needs it.
func (e *Engine) decide(chat int64, c *dialog.Conversation, ev *dialog.Event) *decision {
	rang := ev.Kind == dialog.Rang
	if rang && !due(c, ev.At) { // another instance was faster
		return &decision{idle: true}
	}
	d, err := e.attempt(chat, c, ev)
	if err == nil && rang && due(&d.conv, ev.At) {
		err = errStillDue
	}
	if err != nil {
		return e.passBy(chat, c, ev, err)
	}
	return d
}

// passBy goes on after an event that cannot be worked on and is set aside: the reason goes into the log, the borrower is told, and the
// chat goes on. A step is pure, so that trying the same again would only fail again. Alarms are not dropped for that but postponed,
// without a word: the borrower waits for nothing.
func (e *Engine) passBy(chat int64, c *dialog.Conversation, ev *dialog.Event, err error) *decision {
	e.setAside(c, ev, err)
	if ev.Kind == dialog.Rang {
		return &decision{conv: postponed(*c, ev.At)}
	}
	told := &dialog.Event{ID: ev.ID, At: ev.At, Kind: dialog.Stumbled, Language: ev.Language}
	d, err := e.attempt(chat, c, told)
	if err != nil {
		e.setAside(c, told, err)
		return &decision{conv: *c}
	}
	return d
}

// attempt is one step with its words. A panic becomes an error that holds the stack.
func (e *Engine) attempt(chat int64, c *dialog.Conversation, ev *dialog.Event) (d *decision, err error) {
	defer func() {
		if p := recover(); p != nil {
			d, err = nil, fmt.Errorf("panic: %s\n%s", described(p), debug.Stack())
		}
	}()
	d = new(decision)
	d.conv, d.effects = e.Machine.Step(*c, *ev)
	d.parcels, d.entries, d.trail, err = e.Render.pack(chat, &d.conv, ev, d.effects)
	d.tally()
	return d, err
}

// tally counts what will be sent to the borrower.
func (d *decision) tally() {
	d.class = Reminder
	for _, f := range d.effects {
		switch f.Do {
		case dialog.Say, dialog.Edit, dialog.Amend, dialog.Send, dialog.Pass:
			d.calls, d.class = d.calls+1, min(d.class, Class(f.Urgency))
		}
	}
}

// name gives the entries of an outbox that a commit has appended the parcels that they hold, which need not be read from them then.
func (d *decision) name(outbox []Entry) {
	before := len(outbox) - len(d.parcels)
	if before < 0 {
		return
	}
	for i := range d.parcels {
		if at := &outbox[before+i]; bytes.Equal(at.Data, d.entries[i]) {
			at.parcel = &d.parcels[i]
		}
	}
}

// carry puts where the case stands into the parcels for the desk, because the record that says so will be gone when they are delivered.
func (d *decision) carry(link []byte) error {
	for i := range d.parcels {
		if d.parcels[i].Desk == "" || len(link) == 0 {
			continue
		}
		d.parcels[i].Link = link
		entry, err := json.Marshal(d.parcels[i])
		if err != nil {
			return err
		}
		d.entries[i] = entry
	}
	return nil
}

// described keeps to the type of a value that may quote what somebody wrote.
func described(p any) string {
	if err, ok := p.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", p)
}

func (e *Engine) setAside(c *dialog.Conversation, ev *dialog.Event, err error) {
	e.Metrics.parked.Inc()
	e.Log.Error().Err(err).Int64("update", ev.ID).Str("event", string(ev.Kind)).Str("state", string(c.State)).
		Msg("an event could not be worked on and is set aside")
}

// due says whether an alarm is to ring by now.
func due(c *dialog.Conversation, now time.Time) bool {
	next := c.Next()
	return !next.IsZero() && !next.After(now)
}

// soon is for how long a reminder waits where it is; for longer it is put off.
const soon = time.Second

// crowded says for how long a reminder that is due has to wait for its turn. It waits as an alarm, and not in the outbox, because it is
// decided again when it rings: who has paid meanwhile is not reminded.
func (e *Engine) crowded(ctx context.Context, c *dialog.Conversation, ev *dialog.Event, d *decision) time.Duration {
	if ev.Kind != dialog.Rang || d.calls == 0 || d.class != Reminder {
		return 0
	}
	for _, a := range c.Alarms {
		switch {
		case a.At > ev.At.Unix():
		case a.Kind != dialog.RemindAlarm: // agents learn of something by it
			return 0
		case a.Turn != 0:
			return time.UnixMilli(a.Turn).Sub(ev.At)
		}
	}
	return e.Courier.Turn(ctx, ev.Chat)
}

// putOff puts the alarms that are due off until their turn: they ring in the second before it.
func putOff(c dialog.Conversation, now time.Time, by time.Duration) *decision {
	turn := now.Add(by)
	c.Alarms = slices.Clone(c.Alarms)
	for i, a := range c.Alarms {
		if a.At <= now.Unix() {
			c.Alarms[i].At, c.Alarms[i].Turn = turn.Unix(), turn.UnixMilli()
		}
	}
	return &decision{conv: c}
}

// postponed puts off the alarms that are due.
func postponed(c dialog.Conversation, now time.Time) dialog.Conversation {
	c.Alarms = slices.Clone(c.Alarms)
	for i, a := range c.Alarms {
		if a.At <= now.Unix() {
			c.Alarms[i].At = now.Add(postponement).Unix()
		}
	}
	return c
}

// forgets says whether the conversation is to be forgotten.
func (d *decision) forgets() bool {
	return slices.ContainsFunc(d.effects, func(f dialog.Effect) bool { return f.Do == dialog.Forget })
}
