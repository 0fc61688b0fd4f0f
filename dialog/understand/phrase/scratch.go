package phrase

import (
	"sync"
)

// scratch is what one reading needs besides its result.
type scratch struct {
	chains    chains
	found     []span // patterns that were found up to one of their parts; the first is none
	tokens    []Token
	hits      []hit
	findings  [][]Finding // by topic
	full      []bool      // by topic: enough of it was found
	sorted    []int32     // the places of the findings of one topic, in order
	starts    []int32     // for putting them in order: how many start before each token
	said      []uint8     // by meaning: how often it was met, up to mostHeard; only for a long text
	mostHeard uint8       // how often is too often in this piece of the text
	steps     int         // how much work was done, for the test of how it grows
	reach     []int       // by mask: how far the masks reach that were passed
	masked    [][]int32   // by mask, and token: how far those masks reach that the token is in; 0: it is in none
	covered   []int32     // by token: how far those of all masks reach that it is in
	marked    []marked    // what is not 0 in masked
}

// marked is a mask that was found.
type marked struct{ mask, start, end int }

// hit is a phrase that was found. A worn one only goes on with what began before it.
type hit struct {
	start, end int32
	meaning    uint32 // where in code it is
	worn       bool
}

// span is a pattern as far as it was found, and its widest gap.
type span struct{ start, end, open, close int32 }

// take notes that something was found, and returns its place.
func (s *scratch) take(found span) int32 {
	s.found = append(s.found, found)
	return int32(len(s.found) - 1)
}

type scratches struct{ pool sync.Pool }

func (l *Lexicon) scratch() *scratch {
	s, _ := l.spare.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{
			chains: newChains(len(l.uses), l.near), found: make([]span, 1),
			findings: make([][]Finding, len(l.topics)), full: make([]bool, len(l.topics)), reach: make([]int, len(l.masks)), masked: make([][]int32, len(l.masks)),
		}
	}
	s.chains.clear()
	for _, m := range s.marked {
		clear(s.masked[m.mask][m.start:m.end])
	}
	s.found, s.hits, s.marked, s.steps = s.found[:1], s.hits[:0], s.marked[:0], 0
	s.drop()
	return s
}

// drop forgets the patterns that were found, and searches for all topics again.
func (s *scratch) drop() {
	for i := range s.findings {
		s.findings[i] = s.findings[i][:0]
	}
	clear(s.full)
	clear(s.chains.shut)
}

// mask notes that a mask stands at the tokens from start up to end, of so many.
func (s *scratch) mask(mask, start, end, tokens int) {
	row := s.masked[mask]
	if len(row) < tokens {
		row = append(row, make([]int32, tokens+tokens/2-len(row))...)
		s.masked[mask] = row
	}
	for i := start; i < end; i++ {
		row[i] = max(row[i], int32(end))
		s.covered[i] = max(s.covered[i], int32(end))
	}
	s.steps += end - start
	s.marked = append(s.marked, marked{mask, start, end})
}

// cover makes room for the masks over so many tokens.
func (s *scratch) cover(tokens int) {
	s.covered = append(s.covered[:0], make([]int32, tokens)...)
}

// hidden says whether the tokens from at up to end lie inside one of the masks.
func (s *scratch) hidden(masks []int, at, end int) bool {
	for _, mask := range masks {
		if row := s.masked[mask]; at < len(row) && row[at] >= int32(end) {
			return true
		}
	}
	return false
}

// passed says whether one of the masks that were passed reaches up to end.
func (s *scratch) passed(masks []int, end int) bool {
	for _, mask := range masks {
		if s.reach[mask] >= end {
			return true
		}
	}
	return false
}

// find notes a finding. Of several of one sense that end together, what another with no wider gap holds is left out.
func (s *scratch) find(topic uint8, f Finding) {
	found := s.findings[topic]
	for i := len(found) - 1; i >= 0 && found[i].End == f.End; i-- {
		s.steps++
		g := &found[i]
		if g.Sense != f.Sense {
			continue
		}
		if g.Holds(f) && g.Close-g.Open <= f.Close-f.Open {
			return
		}
		if f.Holds(*g) && f.Close-f.Open <= g.Close-g.Open {
			*g = f
			return
		}
	}
	s.findings[topic] = append(found, f)
}

// A phrase means nothing new in a long text, of this many tokens, once as much was said so often. It bounds the work that a text can make by
// repeating what many patterns begin with.
const (
	longText  = 1 << 10
	mostHeard = 128
)

// forget starts counting how often each of so many meanings is met, up to so often.
func (s *scratch) forget(meanings, most int) {
	s.mostHeard = uint8(most)
	if s.said == nil {
		s.said = make([]uint8, meanings)
		return
	}
	clear(s.said)
}

// worn counts that a meaning is met once more, and says whether it was met too often to begin something new.
func (s *scratch) worn(meaning int) bool {
	said := &s.said[meaning]
	if *said == s.mostHeard {
		return true
	}
	*said++
	return false
}
