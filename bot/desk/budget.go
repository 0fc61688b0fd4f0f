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

// take lets a call through, or says when to come again, as Telegram would.
func (b *budget) take(op bot.Op) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if len(b.spent(now)) < perMinute {
		b.at = append(b.at, now)
		return nil
	}
	return &bot.Failure{Kind: bot.TooMany, After: max(time.Minute-now.Sub(b.at[0]), time.Second), Op: op, Err: errSpent}
}

// spare lets a call through that leaves so many to others; false: it has to be done without.
func (b *budget) spare(leaves int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if len(b.spent(now))+leaves >= perMinute {
		return false
	}
	b.at = append(b.at, now)
	return true
}

// spent forgets the calls that are a minute old, and gives the others.
func (b *budget) spent(now time.Time) []time.Time {
	for len(b.at) > 0 && now.Sub(b.at[0]) >= time.Minute {
		b.at = b.at[1:]
	}
	return b.at
}
