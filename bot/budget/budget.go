// Package budget keeps all sends of all instances within Telegram's limits: one budget in Redis for each token.
package budget

import (
	"context"
	"crypto/sha256"
	_ "embed" // the scripts
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"respite/bot"
)

var (
	//go:embed take.lua
	takeLua string
	//go:embed close.lua
	closeLua string
	//go:embed turn.lua
	turnLua string
)

// Limits are how much may be sent (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
type Limits struct {
	PerSecond int // calls a second in all; 0: no limit
	PerChat   int // calls a second to one person, after a few at once; 0: no limit, and none on groups
}

// What a group may get a minute, so that with those at once it stays below Telegram's 20; and how many calls may come at once.
const (
	groupPerMinute = 15
	groupAtOnce    = 5
	chatAtOnce     = 4
)

// thirds is into how many parts the classes divide what may run ahead.
const thirds = int64(bot.Idle)

// tokenIs is how many chats have to meet a limit within a second for it to be the token's.
const tokenIs = 5

// Budget is a Messenger that makes a call only if there is room for it, and otherwise fails with bot.TooMany and when to come again:
// nobody waits in it. Answers may use all of the budget, what agents read leaves a third of what may run ahead to them, reminders leave
// two thirds, besides taking turns, and the idle class all of it. In a group, where there are no answers, what agents read may use all that is the group's. A
// limit that Telegram itself says is kept for exactly the chat, or for the token.
type Budget struct {
	next   bot.Messenger
	client redis.UniversalClient
	limits Limits
	tag    string

	take, close, turn *redis.Script
}

var _ bot.Budget = (*Budget)(nil)

// New puts a budget before a Messenger. Instances with one token share one budget.
func New(next bot.Messenger, client redis.UniversalClient, token string, l Limits) *Budget {
	sum := sha256.Sum256([]byte(token))
	return &Budget{next: next, client: client, limits: l, tag: "respite:{b" + hex.EncodeToString(sum[:5]) + "}:",
		take: redis.NewScript(takeLua), close: redis.NewScript(closeLua), turn: redis.NewScript(turnLua)}
}

// counted are the calls that Telegram counts: edits share the budget of messages, and a topic is a message.
var counted = map[bot.Op]bool{
	bot.OpSend: true, bot.OpEdit: true, bot.OpButtons: true, bot.OpFile: true, bot.OpCopy: true, bot.OpPin: true, bot.OpTopic: true,
	bot.OpRenameTopic: true, bot.OpCloseTopic: true, bot.OpReopenTopic: true,
}

// errNoRoom says that a call was not made.
var errNoRoom = errors.New("the budget of messages is spent")

// room is what became of asking for room.
type room struct {
	passed int
	wait   time.Duration
	err    error
}

// expected is room that was asked for ahead.
type expected struct {
	chat  int64
	class bot.Class
	done  chan struct{}
	room  room
}

type expectedKey struct{}

// Expect asks for room while something else is done; the context must be used by one goroutine at a time.
func (b *Budget) Expect(ctx context.Context, chat int64, class bot.Class, calls int) context.Context {
	if b.limits == (Limits{}) {
		return ctx
	}
	x := &expected{chat: chat, class: class, done: make(chan struct{})}
	go func() {
		defer close(x.done)
		x.room = b.ask(ctx, chat, class, calls)
	}()
	return context.WithValue(ctx, expectedKey{}, x)
}

// Turn gives a reminder its turn; whoever asks for the same chat a moment later is given the same. A budget that cannot be asked keeps
// nobody waiting: the call itself will tell.
func (b *Budget) Turn(ctx context.Context, chat int64) time.Duration {
	if b.limits.PerSecond == 0 {
		return 0
	}
	every, _ := b.pace()
	every += every / 8 // a ninth of the pace is left to answers, and more if reminders wait for room nevertheless
	keys := []string{b.key("turns"), b.queueKey(bot.Reminder), b.key("t:" + strconv.FormatInt(chat, 10))}
	wait, err := b.turn.Run(ctx, b.client, keys, every, turnKept.Microseconds()).Int64()
	if err != nil {
		return 0
	}
	return time.Duration(wait) * time.Microsecond
}

// turnKept is for how long a turn that has come is remembered: until the instances that ring the same alarm have seen each other.
const turnKept = 5 * time.Second

// Do makes a call if there is room for it.
func (b *Budget) Do(ctx context.Context, out bot.Outgoing) (bot.Sent, error) {
	if counted[out.Op] && b.limits != (Limits{}) {
		if r := b.room(ctx, out); r.err != nil {
			return bot.Sent{}, &bot.Failure{Kind: bot.Unavailable, Op: out.Op, Err: r.err}
		} else if r.passed == 0 {
			return bot.Sent{}, &bot.Failure{Kind: bot.TooMany, After: r.wait, Op: out.Op, Err: errNoRoom}
		}
	}
	sent, err := b.next.Do(ctx, out)
	if f, ok := errors.AsType[*bot.Failure](err); ok && f.Kind == bot.TooMany && b.limits != (Limits{}) {
		if failed := b.shut(ctx, out, f.After); failed != nil {
			err = errors.Join(err, failed)
		}
	}
	return sent, err
}

// room takes from what was asked for ahead, or asks.
func (b *Budget) room(ctx context.Context, out bot.Outgoing) room {
	x, ok := ctx.Value(expectedKey{}).(*expected)
	if ok && x.chat == out.Chat && x.class <= out.Class {
		<-x.done
		r := x.room
		x.room.passed, x.chat = x.room.passed-1, out.Chat
		if r.passed > 0 {
			return r
		}
	}
	return b.ask(ctx, out.Chat, out.Class, 1)
}

// ask is one call to Redis.
func (b *Budget) ask(ctx context.Context, chat int64, class bot.Class, calls int) room {
	every, ahead := b.share(class)
	own, ownAhead := b.chatShare(chat, class)
	got, err := b.take.Run(ctx, b.client, []string{b.key("all"), b.chatKey(chat), b.queueKey(class)},
		calls, every, ahead, own, ownAhead).Int64Slice()
	if err != nil || len(got) != 2 {
		return room{err: fmt.Errorf("ask for room in the budget: %w", err)}
	}
	return room{passed: int(got[0]), wait: time.Duration(got[1]) * time.Microsecond}
}

// shut keeps what Telegram said.
func (b *Budget) shut(ctx context.Context, out bot.Outgoing, after time.Duration) error {
	_, ahead := b.pace()
	_, ownAhead := b.chatPace(out.Chat)
	err := b.close.Run(ctx, b.client, []string{b.key("all"), b.chatKey(out.Chat), b.key("met")},
		after.Microseconds(), out.Chat, ownAhead, tokenIs, ahead).Err()
	if err != nil {
		return fmt.Errorf("keep Telegram's limit: %w", err)
	}
	return nil
}

// pace is the time between calls of the token, and how much they may run ahead, in microseconds. A sixth of a second's calls may come at
// once, and the rate is lower by as many, so that no second has more than the limit.
func (b *Budget) pace() (every, ahead int64) {
	if b.limits.PerSecond == 0 {
		return 0, 0
	}
	atOnce := max(b.limits.PerSecond/6, 1)
	every = int64(time.Second/time.Microsecond) / int64(max(b.limits.PerSecond-atOnce, 1))
	return every, every * int64(atOnce-1)
}

// share is the pace for a class.
func (b *Budget) share(class bot.Class) (every, ahead int64) {
	every, ahead = b.pace()
	return every, ahead * (thirds - int64(min(class, bot.Idle))) / thirds
}

// chatShare is the pace for a class in a chat: in a group, what agents read may use all.
func (b *Budget) chatShare(chat int64, class bot.Class) (every, ahead int64) {
	every, ahead = b.chatPace(chat)
	if chat < 0 && class > bot.Agent {
		ahead = ahead * (thirds - int64(min(class, bot.Idle))) / thirds
	}
	return every, ahead
}

// chatPace is the same for a chat. Groups have negative ids.
func (b *Budget) chatPace(chat int64) (every, ahead int64) {
	switch {
	case b.limits.PerChat == 0:
		return 0, 0
	case chat < 0:
		every = int64(time.Minute/time.Microsecond) / groupPerMinute
		return every, every * (groupAtOnce - 1)
	}
	every = int64(time.Second/time.Microsecond) / int64(b.limits.PerChat)
	return every, every * (chatAtOnce - 1)
}

func (b *Budget) key(name string) string { return b.tag + name }

func (b *Budget) queueKey(class bot.Class) string { return b.key("queue:" + strconv.Itoa(int(class))) }

func (b *Budget) chatKey(chat int64) string { return b.key("c:" + strconv.FormatInt(chat, 10)) }
