// Package desk keeps the agents' group: a forum topic for each case, or replies to the case's card where the group has no topics.
package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/rs/zerolog"

	"respite/bot"
)

// Index remembers which case belongs to which place in the group.
type Index interface {
	SetTopic(ctx context.Context, group int64, thread int, chat int64) error
	TopicChat(ctx context.Context, group int64, thread int) (int64, bool, error)
	DropTopic(ctx context.Context, group int64, thread int) error
	SetCard(ctx context.Context, group int64, message int, chat int64) error
	CardChat(ctx context.Context, group int64, message int) (int64, bool, error)
	NextCase(ctx context.Context) (int64, error)
	SetCase(ctx context.Context, number, chat int64) error
	SetGroup(ctx context.Context, configured, now int64) error
	Group(ctx context.Context, configured int64) (int64, bool, error)
}

// Desk is the agents' group. It is safe for concurrent use.
type Desk struct {
	send       bot.Messenger
	index      Index
	log        zerolog.Logger
	configured int64
	group      atomic.Int64 // the group's id now: it changes when the group becomes a supergroup
	flat       atomic.Bool  // the group has no topics, or the bot may not make any
}

var (
	_ bot.Desk   = (*Desk)(nil)
	_ bot.Topics = (*Desk)(nil)
)

// New makes a desk of the group that the operator configured; 0: there is none.
func New(send bot.Messenger, index Index, group int64, log zerolog.Logger) *Desk {
	d := &Desk{send: send, index: index, log: log, configured: group}
	d.group.Store(group)
	return d
}

// Open looks up whether the group has moved since it was configured.
func (d *Desk) Open(ctx context.Context) error {
	if d.configured == 0 {
		return nil
	}
	now, ok, err := d.index.Group(ctx, d.configured)
	if ok {
		d.group.Store(now)
	}
	return err
}

// Group is the agents' group as it is known now; 0: there is none.
func (d *Desk) Group() int64 { return d.group.Load() }

// Moved notes that the group became a supergroup.
func (d *Desk) Moved(ctx context.Context, to int64) error {
	d.group.Store(to)
	d.flat.Store(false)
	d.log.Warn().Msg("the agents' group became a supergroup with another id; set AGENT_CHAT_ID anew when convenient")
	return d.index.SetGroup(ctx, d.configured, to)
}

// Borrower finds the chat of the case in which an update of the group stands.
func (d *Desk) Borrower(ctx context.Context, u bot.Update) (int64, bool, error) {
	if u.Thread != 0 {
		if chat, ok, err := d.index.TopicChat(ctx, d.Group(), u.Thread); ok || err != nil {
			return chat, ok, err
		}
	}
	for _, message := range []int{u.ReplyTo, pressed(u)} {
		if message == 0 {
			continue
		}
		if chat, ok, err := d.index.CardChat(ctx, d.Group(), message); ok || err != nil {
			return chat, ok, err
		}
	}
	return 0, false, nil
}

func pressed(u bot.Update) int {
	if u.Kind == bot.Pressed {
		return u.Message
	}
	return 0
}

// link is where a case stands in the group, as the store keeps it for the desk. Its JSON names are for years.
type link struct {
	Case   int64  `json:"n"`
	Thread int    `json:"t,omitempty"`
	Card   int    `json:"c,omitempty"`
	Title  string `json:"x,omitempty"`
}

// mostTries is how often one parcel is tried anew after the group turned out to be different from what was known.
const mostTries = 4

// Deliver puts a parcel where its case stands, making the topic if there is none, or if agents have deleted it.
func (d *Desk) Deliver(ctx context.Context, chat int64, kept []byte, p bot.Parcel) (bot.Filed, error) {
	if d.Group() == 0 {
		return bot.Filed{}, nil
	}
	var l link
	if len(kept) > 0 {
		if err := json.Unmarshal(kept, &l); err != nil {
			return bot.Filed{}, fmt.Errorf("desk link: %w", err)
		}
	}
	before := l
	job := &job{Desk: d, chat: chat, link: &l, parcel: p}
	err := job.run(ctx)
	filed := bot.Filed{Bare: job.bare && p.Desk != bot.DeskCard}
	if l != before {
		// A link that cannot be written is made anew next time; the marshalling of numbers cannot fail.
		filed.Link, _ = json.Marshal(l)
	}
	return filed, err
}

// job is one parcel on its way into the group.
type job struct {
	*Desk
	chat   int64
	link   *link
	parcel bot.Parcel
	bare   bool // a topic was made for it
}

func (j *job) run(ctx context.Context) error {
	var err error
	for range mostTries {
		if err = j.once(ctx); err == nil || !j.mend(ctx, err) {
			return err
		}
	}
	return err
}

// once tries to put the parcel into place.
func (j *job) once(ctx context.Context) error {
	if err := j.number(ctx); err != nil {
		return err
	}
	if err := j.topic(ctx); err != nil {
		return err
	}
	switch j.parcel.Desk {
	case bot.DeskCard:
		return j.card(ctx)
	default:
		out := j.parcel.Out
		out.Silent = !j.parcel.Alert
		sent, err := j.put(ctx, out)
		if err == nil && (j.flat.Load() || out.Buttons != nil) {
			err = j.index.SetCard(ctx, j.Group(), sent.Message, j.chat)
		}
		return err
	}
}

// number gives the case its number.
func (j *job) number(ctx context.Context) (err error) {
	if j.link.Case != 0 {
		return nil
	}
	if j.link.Case, err = j.index.NextCase(ctx); err != nil {
		return err
	}
	return j.index.SetCase(ctx, j.link.Case, j.chat)
}

// topic makes the case's topic if the group has topics and the case has none.
func (j *job) topic(ctx context.Context) error {
	if j.link.Thread != 0 || j.flat.Load() {
		return nil
	}
	sent, err := j.send.Do(ctx, bot.Outgoing{Op: bot.OpTopic, Chat: j.Group(), Text: j.name(), Class: bot.Agent})
	if f := failure(err); f != nil && (f.Kind == bot.Refused || f.Kind == bot.NoRights) {
		j.flat.Store(true)
		j.log.Warn().Err(f).Msg("the agents' group has no topics for the bot; cases are kept as replies to their cards")
		return nil
	}
	if err != nil {
		return err
	}
	j.link.Thread, j.link.Card, j.link.Title, j.bare = sent.Thread, 0, j.parcel.Title, true
	return j.index.SetTopic(ctx, j.Group(), sent.Thread, j.chat)
}

// name is a topic's title: the case's number and how it stands, never a name or an amount.
func (j *job) name() string {
	title := j.parcel.Title
	if title == "" {
		title = j.link.Title
	}
	if title == "" {
		return fmt.Sprintf("#%d", j.link.Case)
	}
	return fmt.Sprintf("#%d · %s", j.link.Case, title)
}

// card makes the card, or changes it in place and renames the topic with it.
func (j *job) card(ctx context.Context) error {
	out := j.parcel.Out
	out.Text = fmt.Sprintf("#%d · %s", j.link.Case, out.Text)
	if j.link.Card == 0 {
		out.Silent = !j.parcel.Alert
		sent, err := j.put(ctx, out)
		if err != nil {
			return err
		}
		j.link.Card, j.bare = sent.Message, false
		return j.index.SetCard(ctx, j.Group(), sent.Message, j.chat)
	}
	out.Op, out.Chat, out.Message, out.Class = bot.OpEdit, j.Group(), j.link.Card, bot.Agent
	if _, err := j.send.Do(ctx, out); err != nil && failed(err) != bot.Unchanged {
		return err
	}
	return j.rename(ctx)
}

func (j *job) rename(ctx context.Context) error {
	if j.link.Thread == 0 || j.link.Title == j.parcel.Title {
		return nil
	}
	_, err := j.send.Do(ctx, bot.Outgoing{Op: bot.OpRenameTopic, Chat: j.Group(), Thread: j.link.Thread, Text: j.name(), Class: bot.Agent})
	if err == nil || failed(err) == bot.Unchanged || failed(err) == bot.NoRights {
		j.link.Title = j.parcel.Title
		return nil
	}
	return err
}

// put sends into the case's topic, or as a reply to its card.
func (j *job) put(ctx context.Context, out bot.Outgoing) (bot.Sent, error) {
	out.Chat, out.Class = j.Group(), bot.Agent
	if j.flat.Load() {
		out.Thread, out.ReplyTo = 0, j.link.Card
	} else {
		out.Thread = j.link.Thread
	}
	return j.send.Do(ctx, out)
}

// mend answers what the group turned out to be; false: there is nothing to be done about the error here.
func (j *job) mend(ctx context.Context, err error) bool {
	f := failure(err)
	if f == nil {
		return false
	}
	switch f.Kind {
	case bot.NoTopic:
		if err := j.index.DropTopic(ctx, j.Group(), j.link.Thread); err != nil {
			return false
		}
		j.link.Thread, j.link.Card = 0, 0
		return true
	case bot.ClosedTopic:
		_, err := j.send.Do(ctx, bot.Outgoing{Op: bot.OpReopenTopic, Chat: j.Group(), Thread: j.link.Thread, Class: bot.Agent})
		return err == nil || failed(err) == bot.Unchanged
	case bot.NoMessage:
		// The card is gone, or the message to copy: only the first can be mended.
		if j.link.Card == 0 || j.parcel.Desk == bot.DeskCopy && !j.flat.Load() {
			return false
		}
		j.link.Card = 0
		return true
	case bot.Moved:
		return f.Chat != 0 && j.Moved(ctx, f.Chat) == nil
	}
	return false
}

func failure(err error) *bot.Failure {
	var f *bot.Failure
	if errors.As(err, &f) {
		return f
	}
	return nil
}

func failed(err error) bot.FailureKind {
	if f := failure(err); f != nil {
		return f.Kind
	}
	return ""
}
