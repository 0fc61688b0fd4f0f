package desk

import (
	"errors"
	"sync"
	"time"

	"respite/bot"
)

// Telegram lets 20 messages a minute into a group; edits and changes of topics count (core.telegram.org/bots/faq). A few are left
// for what other instances send.
const (
	perMinute = 18
	// reserved is what is left to words when cards and the board want to be brought up to date.
	reserved = 6
)

// budget is what may go into the group in a minute.
type budget struct {
	now func() time.Time

	mu sync.Mutex
	at []time.Time // of the calls of the last minute
}

// errSpent says that the group has to be spared for a while.
var errSpent = errors.New("the group's budget of messages a minute is spent")

// take lets a call through that leaves so many for others, or says when to come again, as Telegram would.
func (b *budget) take(op bot.Op, leaves int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	for len(b.at) > 0 && now.Sub(b.at[0]) >= time.Minute {
		b.at = b.at[1:]
	}
	if over := len(b.at) + leaves - perMinute; over >= 0 {
		wait := time.Minute
		if over < len(b.at) {
			wait -= now.Sub(b.at[over])
		}
		return &bot.Failure{Kind: bot.TooMany, After: max(wait, time.Second), Op: op, Err: errSpent}
	}
	b.at = append(b.at, now)
	return nil
}
