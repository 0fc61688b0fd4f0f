package bot

import "respite/bot/recent"

// mostRemembered is how many records an instance keeps in memory between events, at about 1.7 KiB each. At the 30 messages a second that
// Telegram takes from a bot they are those of 20 s: as long as most answers take.
const mostRemembered = 512

// memory keeps the records that were written last, so that the next event of a chat needs no load. What it holds may be
// behind the store: a commit on top of it then loses the race, and the record is loaded. The zero value is ready.
type memory struct{ chats recent.Chats[*remembered] }

// remembered is a chat's record as it was at a version.
type remembered struct {
	kept
	chat    int64
	version int64
	waiting bool // when it was loaded, something was still to be delivered
}

// take gives a record away, nil if there is none: whoever took it puts back what it led to, or leaves it forgotten.
func (m *memory) take(chat int64) *remembered { return m.chats.Take(chat) }

// put remembers a record.
func (m *memory) put(r *remembered) { m.chats.Put(r.chat, r, mostRemembered) }
