// Package desk keeps the agents' group: a forum topic for each case, or replies to the case's card where the group has no topics.
package desk

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"respite/bot"
	"respite/dialog"
	"respite/locales"
)

// Index remembers which case belongs to which place in the group, and what agents set there. Groups go by the id they have now in
// the first five methods, and by the id that was configured in the others.
type Index interface {
	SetTopic(ctx context.Context, group int64, thread int, chat int64) error
	TopicChat(ctx context.Context, group int64, thread int) (int64, bool, error)
	DropTopic(ctx context.Context, group int64, thread int) error
	SetCard(ctx context.Context, group int64, message int, chat int64) error
	CardChat(ctx context.Context, group int64, message int) (int64, bool, error)
	NextCase(ctx context.Context) (int64, error)
	SetCase(ctx context.Context, number, chat int64) error
	CaseChat(ctx context.Context, number int64) (int64, bool, error)
	DropCase(ctx context.Context, number int64) error
	SetGroup(ctx context.Context, configured, now int64) error
	Group(ctx context.Context, configured int64) (int64, bool, error)

	bot.Pairs
	// Grouped is the group's message for one of the chat; 0: there is none.
	Grouped(ctx context.Context, chat int64, private int) (int, error)

	Keep(ctx context.Context, chat, seq int64, entry []byte) error
	Said(ctx context.Context, chat int64, n int) ([][]byte, error)
	Erase(ctx context.Context, chat int64) error

	Post(ctx context.Context, group, chat int64, entry []byte) error
	Posts(ctx context.Context, group int64) (map[int64][]byte, error)
	BoardTurn(ctx context.Context, group int64, lasts time.Duration) (bool, error)
	BoardPost(ctx context.Context, group int64) ([]byte, error)
	SetBoardPost(ctx context.Context, group int64, post []byte) error

	SetAgent(ctx context.Context, group, user int64, name string) error
	DropAgent(ctx context.Context, group, user int64) error
	Agents(ctx context.Context, group int64) (map[int64]string, error)
	SetAway(ctx context.Context, group, user int64, name string) error
	Away(ctx context.Context, group int64) (map[int64]string, error)
	SetHours(ctx context.Context, group int64, hours string) error
	Hours(ctx context.Context, group int64) (string, error)
	SetCanned(ctx context.Context, group int64, language, name, text string) error
	Canned(ctx context.Context, group int64) (map[string]string, error)
}

// Members says what somebody is in a group, as Telegram has it. An error of kind bot.Gone means that they are nothing there.
type Members interface {
	Member(ctx context.Context, group, user int64) (inside, admin bool, err error)
}

// Options says which group, and how it is kept.
type Options struct {
	Send     bot.Messenger
	Index    Index
	Members  Members
	Group    int64 // the group that the operator configured; 0: there is none
	Deciders Deciders
	Hours    dialog.Hours           // when agents are there, unless they say otherwise
	Words    func() *locales.Bundle // nil: the desk says nothing by itself
	Language string                 // tag of the language of the group
	Zone     *time.Location
	Clock    func() time.Time // nil: time.Now
	Log      zerolog.Logger
	// Load reads what is kept of a chat: its link as the desk wrote it, and what is committed and not delivered yet.
	Load func(ctx context.Context, chat int64) (bot.Record, error)
}

// Desk is the agents' group. It is safe for concurrent use.
type Desk struct {
	Options
	send  bot.Messenger
	index Index
	log   zerolog.Logger
	group atomic.Int64 // the group's id now: it changes when the group becomes a supergroup
	flat  atomic.Bool  // the group has no topics, or the bot may not make any
	stand atomic.Pointer[dialog.Desk]

	mu      sync.Mutex
	members map[int64]standing
	agents  map[int64]string // names as they are kept
}

var (
	_ bot.Desk   = (*Desk)(nil)
	_ bot.Topics = (*Desk)(nil)
)

// New makes a desk.
func New(o Options) *Desk {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	d := &Desk{Options: o, send: o.Send, index: o.Index, log: o.Log, members: map[int64]standing{}, agents: map[int64]string{}}
	d.group.Store(o.Group)
	d.stand.Store(&dialog.Desk{Hours: o.Hours})
	return d
}

// Open looks up whether the group has moved since it was configured, and what agents have set there.
func (d *Desk) Open(ctx context.Context) error {
	if d.Options.Group == 0 {
		return nil
	}
	now, ok, err := d.index.Group(ctx, d.Options.Group)
	if ok {
		d.group.Store(now)
	}
	if err != nil {
		return err
	}
	names, err := d.index.Agents(ctx, d.Options.Group)
	if err != nil {
		return err
	}
	d.mu.Lock()
	d.agents = names
	d.mu.Unlock()
	_, err = d.look(ctx)
	return err
}

// Standing is how the desk stands: its hours, and how many cases wait. It is at most as old as the last look at the board.
func (d *Desk) Standing() dialog.Desk { return *d.stand.Load() }

// Group is the agents' group as it is known now; 0: there is none.
func (d *Desk) Group() int64 { return d.group.Load() }

// Moved notes that the group became a supergroup.
func (d *Desk) Moved(ctx context.Context, to int64) error {
	d.group.Store(to)
	d.flat.Store(false)
	d.log.Warn().Msg("the agents' group became a supergroup with another id; set AGENT_CHAT_ID anew when convenient")
	return d.index.SetGroup(ctx, d.Options.Group, to)
}

// Returned notes that the bot's rights in the group may have changed: whether it may make topics is found out anew.
func (d *Desk) Returned() { d.flat.Store(false) }

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
