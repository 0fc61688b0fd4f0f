package phrase

import "sync"

// scratch is what one reading needs besides its result.
type scratch struct {
	reading  uint32
	slots    []slot
	tokens   []Token
	hits     []hit
	findings [][]Finding // by topic
	reach    []int       // by mask: how far the masks reach that were passed
	masked   [][]int32   // by mask, and token: how far the masks reach that start there or before; empty where none was found
}

// hit is a phrase that was found, by its node in the trie.
type hit struct{ node, start, end int32 }

// slot keeps the latest places where a pattern was found up to one of its parts.
type slot struct {
	reading uint32 // the reading that these belong to
	n       uint32 // how many were found
	spans   [3]span
}

// span is a pattern as far as it was found, and its widest gap.
type span struct{ start, end, open, close int32 }

func (s *slot) keep(reading uint32, found span) {
	if s.reading != reading {
		s.reading, s.n = reading, 0
	}
	s.spans[s.n%uint32(len(s.spans))] = found
	s.n++
}

type scratches struct{ pool sync.Pool }

func (l *Lexicon) scratch() *scratch {
	s, _ := l.spare.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{
			slots: make([]slot, l.slots), findings: make([][]Finding, len(l.topics)),
			reach: make([]int, len(l.masks)), masked: make([][]int32, len(l.masks)),
		}
	}
	s.reading++
	if s.reading == 0 { // after four billion readings the marks start over
		clear(s.slots)
		s.reading = 1
	}
	s.hits = s.hits[:0]
	for i := range s.masked {
		s.masked[i] = s.masked[i][:0]
	}
	for i := range s.findings {
		s.findings[i] = s.findings[i][:0]
	}
	return s
}

// mask notes that a mask stands at the tokens from at up to end, of so many.
func (s *scratch) mask(mask, at, end, tokens int) {
	row := s.masked[mask]
	if len(row) == 0 {
		if cap(row) < tokens {
			row = make([]int32, tokens+tokens/2)
		}
		row = row[:tokens]
		clear(row)
		s.masked[mask] = row
	}
	row[at] = max(row[at], int32(end))
}

// spreadMasks lets every token know how far the masks reach that start before it.
func (s *scratch) spreadMasks() {
	for _, row := range s.masked {
		for i := 1; i < len(row); i++ {
			row[i] = max(row[i], row[i-1])
		}
	}
}

// hidden says whether the tokens from at up to end lie inside one of the masks.
func (s *scratch) hidden(masks []int, at, end int) bool {
	for _, mask := range masks {
		if row := s.masked[mask]; len(row) > 0 && row[at] >= int32(end) {
			return true
		}
	}
	return false
}
