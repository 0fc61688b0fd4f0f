package bot

import (
	"context"
	"errors"
	"time"
)

// Record is what the store holds of one chat.
type Record struct {
	Version int64   // 0: there is none yet
	Data    []byte  // the conversation, as package dialog wrote it
	Link    []byte  // where the agents see this chat, as package desk wrote it
	Outbox  []Entry // what is still to be delivered, oldest first
}

// Entry is one undelivered call in a chat's outbox.
type Entry struct {
	Seq   int64 // increases by one within a chat, never used again
	Data  []byte
	Tried bool // a call ended without an answer: it may have been carried out already

	parcel *Parcel // what Data holds, if it is known without reading it
}

// Commit is one step of a conversation, to be written at once or not at all.
type Commit struct {
	Chat    int64
	Version int64         // the version that was loaded; the commit fails with ErrRace if it is no longer the current one
	Data    []byte        // the new conversation
	Append  [][]byte      // entries for the outbox, in order
	Alarm   time.Time     // when the conversation wants to be woken, by the bot's clock; zero: not at all
	Audit   []byte        // entry for the audit trail; nil: none
	Expire  time.Duration // the record may be dropped after this long, by Redis' clock; zero: kept until forgotten
	Owner   string        // the instance that commits and, if nobody else does, delivers
}

// Committed is what a commit led to.
type Committed struct {
	Version int64   // the new version
	Mine    bool    // Owner holds the delivery lease of this chat and has to deliver Outbox
	Link    []byte  // where the agents see this chat, if Mine
	Outbox  []Entry // all that is still to be delivered if Mine, the new entries included
}

// ErrRace says that another step was committed since the record was loaded: load again and step again.
var ErrRace = errors.New("the conversation moved on meanwhile")

// ErrLeaseLost says that another instance delivers for this chat now.
var ErrLeaseLost = errors.New("the delivery lease has passed to another instance")

// Conversations is the store of all chats. Each method is one round trip. Implementations are safe for concurrent use.
type Conversations interface {
	// Load reads a chat's record; a chat that is not known gives the zero Record.
	Load(ctx context.Context, chat int64) (Record, error)
	// Commit writes one step, or fails with ErrRace. If it appended entries, or some were waiting with nobody's live lease
	// on them, the owner gets the delivery lease.
	Commit(ctx context.Context, c Commit) (Committed, error)
	// Strike removes a delivered entry, renews owner's lease, replaces the link if link is not nil, and returns what is left. With
	// nothing left it gives the lease back. ErrLeaseLost if the lease is another's: the entry is struck all the same. The entries of also
	// are struck with it.
	Strike(ctx context.Context, chat int64, owner string, seq int64, link []byte, also ...int64) ([]Entry, error)
	// Mark notes that a call for this entry ended without an answer.
	Mark(ctx context.Context, chat int64, owner string, seq int64) error
	// Park gives the lease back and asks for the outbox to be looked at again after wait.
	Park(ctx context.Context, chat int64, owner string, wait time.Duration) error
	// Forget removes everything that is kept of a chat: record, outbox, alarm, link. If c is not nil its outbox entries
	// are kept to be delivered last, and the audit entry is written.
	Forget(ctx context.Context, c Commit) (Committed, error)
	// Undelivered claims up to limit chats whose outbox nobody delivers: the owner holds their leases and gets the entries.
	Undelivered(ctx context.Context, owner string, limit int) ([]Waiting, error)
	// Reclaim makes the outboxes on which owner holds a lease due at once, and returns how many there were: for an instance that was
	// killed and starts again.
	Reclaim(ctx context.Context, owner string) (int, error)
	// Ringing returns up to limit chats with an alarm at or before now, earliest first. It claims nothing: an alarm is
	// settled by the commit of its step, and a second instance that steps it too loses the race.
	Ringing(ctx context.Context, now time.Time, limit int) ([]int64, error)
	// NextAlarm returns the earliest alarm of all chats; false if there is none.
	NextAlarm(ctx context.Context) (time.Time, bool, error)
}

// Waiting is a chat with an outbox to deliver.
type Waiting struct {
	Chat   int64
	Link   []byte
	Outbox []Entry
}
