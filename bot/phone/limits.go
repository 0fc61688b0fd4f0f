package phone

import (
	"encoding/json"
	"math"
	"time"
)

// Limits are flood limits. A zero field is no limit.
type Limits struct {
	PerSecond      int // calls a second over all chats
	ChatPerSecond  int // calls a second into one private chat, on average
	ChatBurst      int // so many at once before ChatPerSecond bites; at least one
	GroupPerMinute int // calls a minute into one group
}

// TelegramLimits are the limits that Telegram names (core.telegram.org/bots/faq), with the short bursts that it lets pass.
var TelegramLimits = Limits{PerSecond: 30, ChatPerSecond: 1, ChatBurst: 5, GroupPerMinute: 20}

// counted are the calls that flood limits count. Edits share the budget of messages, and a new topic is a message.
var counted = map[string]bool{
	"sendmessage": true, "sendphoto": true, "senddocument": true, "sendvoice": true, "sendaudio": true, "sendvideo": true,
	"sendmediagroup": true, "copymessage": true, "forwardmessage": true, "editmessagetext": true, "editmessagecaption": true,
	"editmessagereplymarkup": true, "createforumtopic": true, "editforumtopic": true, "closeforumtopic": true, "reopenforumtopic": true,
	"pinchatmessage": true,
}

type flood struct {
	limits Limits
	all    window
	chats  map[int64]*window
}

func newFlood(l Limits) flood { return flood{limits: l, chats: make(map[int64]*window)} }

// window remembers when calls were let through.
type window struct{ at []time.Time }

// wait is how long n more calls have to wait so that no more than limit fall into span.
func (w *window) wait(now time.Time, n, limit int, span time.Duration) time.Duration {
	for len(w.at) > 0 && now.Sub(w.at[0]) >= span {
		w.at = w.at[1:]
	}
	over := len(w.at) + n - limit
	if over <= 0 || len(w.at) == 0 {
		return 0
	}
	return span - now.Sub(w.at[min(over, len(w.at))-1])
}

func (w *window) add(now time.Time, n int) {
	for range n {
		w.at = append(w.at, now)
	}
}

// take lets a call through, or says after how many seconds to try again.
func (f *flood) take(now time.Time, method string, c *chat, p params) int {
	if f.limits == (Limits{}) || c == nil || !counted[method] {
		return 0
	}
	n := 1
	if method == "sendmediagroup" {
		var items []json.RawMessage
		if p.object("media", &items) == nil {
			n = max(len(items), 1)
		}
	}
	own := f.chats[c.id]
	if own == nil {
		own = &window{}
		f.chats[c.id] = own
	}
	wait := time.Duration(0)
	if f.limits.PerSecond > 0 {
		wait = f.all.wait(now, n, f.limits.PerSecond, time.Second)
	}
	if limit, span := f.chatLimit(c); limit > 0 {
		wait = max(wait, own.wait(now, n, limit, span))
	}
	if wait > 0 {
		return int(math.Ceil(wait.Seconds()))
	}
	f.all.add(now, n)
	own.add(now, n)
	return 0
}

func (f *flood) chatLimit(c *chat) (int, time.Duration) {
	if c.kind != private {
		return f.limits.GroupPerMinute, time.Minute
	}
	if f.limits.ChatPerSecond == 0 {
		return 0, 0
	}
	burst := max(f.limits.ChatBurst, 1)
	return burst, time.Duration(burst) * time.Second / time.Duration(f.limits.ChatPerSecond)
}
