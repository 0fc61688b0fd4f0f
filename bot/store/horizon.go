package store

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"time"
)

// never is later than any score.
const never = math.MaxInt64

// horizon remembers the earliest score of an index in each shard, so that nothing has to be asked of Redis while nothing is
// due. A score may be too early (then one question corrects it), and too late only for what another instance wrote since
// the last reading.
type horizon struct {
	mu      sync.Mutex
	read    time.Time // when all shards were last read; zero: not yet
	shards  [Shards]mark
	started int // where the search for due shards begins next
}

// mark is what is known of one shard.
type mark struct {
	at      int64
	changes uint32 // how often this instance has lowered at
}

func newHorizon() *horizon {
	h := &horizon{}
	for i := range h.shards {
		h.shards[i].at = never
	}
	return h
}

// stale says whether all shards have to be read again.
func (h *horizon) stale(age time.Duration) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.read.IsZero() || time.Since(h.read) >= age
}

// refreshed notes that all shards have been read.
func (h *horizon) refreshed() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.read = time.Now()
}

// lower notes that this instance wrote a score.
func (h *horizon) lower(shard int, at int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &h.shards[shard]
	m.at = min(m.at, at)
	m.changes++
}

// before is what is known of the shards before they are read; it has to be handed to learn.
func (h *horizon) before() [Shards]mark {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.shards
}

// learn notes a shard's earliest score as it was read from Redis. What this instance wrote since before may be missing in it.
func (h *horizon) learn(shard int, at int64, before mark) {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &h.shards[shard]
	if m.changes != before.changes {
		at = min(at, m.at)
	}
	m.at = at
}

// due returns up to limit shards with a score at or before now. Each call begins where the one before ended, so that a busy
// shard does not starve the others.
func (h *horizon) due(now int64, limit int) []int {
	h.mu.Lock()
	defer h.mu.Unlock()
	var due []int
	start := h.started
	for i := range Shards {
		shard := (start + i) % Shards
		if h.shards[shard].at > now {
			continue
		}
		due = append(due, shard)
		h.started = (shard + 1) % Shards
		if len(due) == limit {
			break
		}
	}
	return due
}

// earliest returns up to limit shards with a score at or before now, those with the lowest score first.
func (h *horizon) earliest(now int64, limit int) []int {
	known := h.before()
	var due []int
	for shard, m := range known {
		if m.at <= now {
			due = append(due, shard)
		}
	}
	slices.SortFunc(due, func(a, b int) int { return cmp.Compare(known[a].at, known[b].at) })
	return due[:min(limit, len(due))]
}
