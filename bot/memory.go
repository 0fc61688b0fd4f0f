package bot

import (
	"container/list"
	"sync"
)

// mostRemembered is how many records an instance keeps in memory between events, at about 1.7 KiB each. At the 30 messages a second that
// Telegram takes from a bot they are those of 20 s: as long as most answers take.
const mostRemembered = 512

// memory keeps the records that were written last, so that the next event of a chat needs no load. What it holds may be
// behind the store: a commit on top of it then loses the race, and the record is loaded. The zero value is ready.
type memory struct {
	mu     sync.Mutex
	byChat map[int64]*list.Element
	order  list.List // of *remembered, latest first
}

// remembered is a chat's record as it was at a version.
type remembered struct {
	kept
	chat    int64
	version int64
	waiting bool // when it was loaded, something was still to be delivered
}

// take gives a record away: whoever took it puts back what it led to, or leaves it forgotten.
func (m *memory) take(chat int64) (*remembered, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, ok := m.byChat[chat]
	if !ok {
		return nil, false
	}
	delete(m.byChat, chat)
	return m.order.Remove(at).(*remembered), true
}

// put remembers a record, and forgets the one that was not asked for the longest if there are too many.
func (m *memory) put(r *remembered) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.byChat == nil {
		m.byChat = make(map[int64]*list.Element)
	}
	if at, ok := m.byChat[r.chat]; ok {
		m.order.Remove(at)
	}
	m.byChat[r.chat] = m.order.PushFront(r)
	if m.order.Len() > mostRemembered {
		delete(m.byChat, m.order.Remove(m.order.Back()).(*remembered).chat)
	}
}
