package bot

import "sync"

// locks gives each chat a lock of its own while somebody holds or wants it, so that one process steps and delivers a chat
// in order. Between processes the store's versions and leases do that. The zero value is ready.
type locks struct {
	mu   sync.Mutex
	held map[int64]*lock
}

type lock struct {
	sync.Mutex
	wanted int
}

// lock waits for a chat and returns what gives it back.
func (l *locks) lock(chat int64) (unlock func()) {
	l.mu.Lock()
	if l.held == nil {
		l.held = map[int64]*lock{}
	}
	one := l.held[chat]
	if one == nil {
		one = &lock{}
		l.held[chat] = one
	}
	one.wanted++
	l.mu.Unlock()
	one.Lock()
	return func() {
		one.Unlock()
		l.mu.Lock()
		defer l.mu.Unlock()
		if one.wanted--; one.wanted == 0 {
			delete(l.held, chat)
		}
	}
}
