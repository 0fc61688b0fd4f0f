package phrase

import "sync"

// scratch is what one reading needs besides its result.
type scratch struct {
	slots    []slot            // those that were begun
	places   []uint16          // by the number of a slot: its place in slots, from 1; 0: nothing is in it
	known    map[int32]goingOn // by node; only of worn hits
	tokens   []Token
	hits     []hit
	findings [][]Finding // by topic
	sorted   []Finding   // the findings of one topic, in order
	starts   []int32     // for putting them in order: how many start before each token
	said     []uint8     // by node of the trie: how often it was hit; only for a long text
	steps    int         // how much work was done, for the test of how it grows
	reach    []int       // by mask: how far the masks reach that were passed
	masked   [][]int32   // by mask, and token: how far the masks reach that start there or before; empty where none was found
}

// hit is a phrase that was found, by its node in the trie. A worn one only goes on with what began before it.
type hit struct {
	node, start, end int32
	worn             bool
}

// goingOn are the uses of a node that go on with something, when so many slots were begun.
type goingOn struct {
	begun int
	uses  []uint16
}

// slot keeps the latest places where a pattern was found up to one of its parts.
type slot struct {
	n     uint32 // how many were found
	spans [3]span
}

// span is a pattern as far as it was found, and its widest gap.
type span struct{ start, end, open, close int32 }

// begun says whether anything was found up to the part of a slot.
func (s *scratch) begun(slot int32) bool { return s.places[slot] > 0 }

// slot returns a slot that was begun.
func (s *scratch) slot(number int32) *slot { return &s.slots[s.places[number]-1] }

// keep notes what was found up to the part of a slot.
func (s *scratch) keep(number int32, found span) {
	if !s.begun(number) {
		s.slots = append(s.slots, slot{n: 1, spans: [3]span{found}})
		s.places[number] = uint16(len(s.slots))
		return
	}
	at := s.slot(number)
	at.spans[at.n%uint32(len(at.spans))] = found
	at.n++
}

type scratches struct{ pool sync.Pool }

func (l *Lexicon) scratch() *scratch {
	s, _ := l.spare.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{
			places: make([]uint16, l.slots), findings: make([][]Finding, len(l.topics)),
			known: make(map[int32]goingOn), reach: make([]int, len(l.masks)), masked: make([][]int32, len(l.masks)),
		}
	}
	clear(s.places)
	clear(s.known)
	s.slots, s.hits, s.steps = s.slots[:0], s.hits[:0], 0
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

// A phrase begins nothing new in a long text, of this many tokens, once it was found so often. It bounds the work that a text can
// make by repeating what many patterns begin with.
const (
	longText  = 1 << 10
	mostHeard = 128
)

// forget starts counting how often phrases are said, of so many.
func (s *scratch) forget(phrases int) {
	if s.said == nil {
		s.said = make([]uint8, phrases)
		return
	}
	clear(s.said)
}

// worn counts that the phrase at a node is said once more, and says whether it was said too often to begin something new.
func (s *scratch) worn(node int32) bool {
	if s.said[node] == mostHeard {
		return true
	}
	s.said[node]++
	return false
}
