package telegram

import "sync"

// batch is how many updates Telegram hands out at most, counted from the offset on.
const batch = 100

// window remembers the updates that Telegram gave and does not know to be done. An offset confirms everything below it, so it
// only moves past updates that are finished without a gap, and what lies beyond the first unfinished one is handed out
// again by every poll meanwhile.
type window struct {
	mu      sync.Mutex
	entries []*entry // in the order in which Telegram gave them, which is the order in which it forgets them
	byID    map[int64]*entry
	open    int   // unfinished ones
	next    int64 // offset if there are no entries
}

type entry struct {
	id       int64
	finished bool
}

// add takes an update in hand; false if it is known already: in hand, or finished and not yet confirmed.
func (w *window) add(id int64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.byID[id] != nil {
		return false
	}
	if w.byID == nil {
		w.byID = make(map[int64]*entry, batch)
	}
	e := &entry{id: id}
	w.byID[id] = e
	w.entries = append(w.entries, e)
	w.open++
	return true
}

func (w *window) known(id int64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.byID[id] != nil
}

// finish notes that an update is done. It is not forgotten yet: an answer that is under way may still hold it.
func (w *window) finish(id int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if e := w.byID[id]; e != nil && !e.finished {
		e.finished = true
		w.open--
	}
}

// offset forgets the finished updates before the first unfinished one, and gives the offset that confirms them. It must not be
// called while an answer to an earlier offset is awaited.
func (w *window) offset() int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := w.done()
	for i, e := range w.entries[:n] {
		delete(w.byID, e.id)
		w.next = e.id + 1
		w.entries[i] = nil
	}
	w.entries = w.entries[n:]
	if len(w.entries) > 0 {
		return w.entries[0].id
	}
	w.entries = nil
	return w.next
}

// state gives the number of unfinished updates, and how many new ones the next poll can bring.
func (w *window) state() (open, room int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.open, batch - (len(w.entries) - w.done())
}

// done counts the finished updates before the first unfinished one.
func (w *window) done() int {
	for i, e := range w.entries {
		if !e.finished {
			return i
		}
	}
	return len(w.entries)
}
