package phrase

import (
	"math"
	"slices"
	"sync"
)

// scratch is what one reading needs besides its result.
type scratch struct {
	found    []span           // patterns that were found up to one of their parts; the first is none
	latest   []latest         // of those uses for which something was found
	places   []uint16         // by a use that goes on with something: its place in latest, from 1; 0: nothing was found
	past     []int32          // by such a use: the first token that is too far to go on with what was found; 0: nothing was
	spans    [far + 1][]int32 // by gap, and the token at which it begins: the first token that it does not reach
	known    []goingOn        // of nodes whose hits are worn
	tokens   []Token
	hits     []hit
	findings [][]Finding // by topic
	sorted   []int32     // the places of the findings of one topic, in order
	starts   []int32     // for putting them in order: how many start before each token
	said     []uint8     // by node of the trie: how often it was hit, above mostHeard 1 more than its place in known; only for a long text
	steps    int         // how much work was done, for the test of how it grows
	reach    []int       // by mask: how far the masks reach that were passed
	masked   [][]int32   // by mask, and token: how far those masks reach that the token is in; 0: it is in none
	covered  []int32     // by token: how far those of all masks reach that it is in
	marked   []marked    // what is not 0 in masked
}

// marked is a mask that was found.
type marked struct{ mask, start, end int }

// hit is a phrase that was found, by its node in the trie. A worn one only goes on with what began before it.
type hit struct {
	node, start, end int32
	worn             uint8 // above 0: it does; above wornOnly, that and 1 less than this is the place in known of its node
}

// goingOn are the uses of a node that may go on with something, when so many were begun.
type goingOn struct {
	begun int
	uses  []uint16
}

// latest are the places of what was found last up to the part before a use, the last one first; 0: no more.
type latest struct {
	use   int32
	found [3]int32
}

// span is a pattern as far as it was found, and its widest gap.
type span struct{ start, end, open, close int32 }

// keep lets a use go on with what was found, by its place, up to a token.
func (s *scratch) keep(use, found, past int32) {
	s.past[use] = max(s.past[use], past)
	if place := s.places[use]; place > 0 {
		at := &s.latest[place-1].found
		at[0], at[1], at[2] = found, at[0], at[1]
		return
	}
	s.latest = append(s.latest, latest{use, [3]int32{found}})
	s.places[use] = uint16(len(s.latest))
}

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
			found: make([]span, 1), places: make([]uint16, l.followers), past: make([]int32, l.followers),
			findings: make([][]Finding, len(l.topics)), reach: make([]int, len(l.masks)), masked: make([][]int32, len(l.masks)),
		}
	}
	for i := range s.latest {
		use := s.latest[i].use
		s.places[use], s.past[use] = 0, 0
	}
	for _, m := range s.marked {
		clear(s.masked[m.mask][m.start:m.end])
	}
	s.found, s.latest, s.known = s.found[:1], s.latest[:0], s.known[:0]
	s.hits, s.marked, s.steps = s.hits[:0], s.marked[:0], 0
	for i := range s.findings {
		s.findings[i] = s.findings[i][:0]
	}
	return s
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

// A phrase begins nothing new in a long text, of this many tokens, once it was found so often. It bounds the work that a text can
// make by repeating what many patterns begin with.
const (
	longText  = 1 << 10
	mostHeard = 128
)

// wornOnly is how a hit is worn of whose node it is not kept what it goes on with.
const wornOnly = 1

// forget starts counting how often phrases are said, of so many.
func (s *scratch) forget(phrases int) {
	if s.said == nil {
		s.said = make([]uint8, phrases)
		return
	}
	clear(s.said)
}

// worn counts that the phrase at a node is said once more, and returns how its hit is worn: 0 if it was not yet said too often to begin
// something new.
func (s *scratch) worn(node int32) uint8 {
	said := &s.said[node]
	switch {
	case *said < mostHeard:
		*said++
		return 0
	case *said == mostHeard && mostHeard+len(s.known) < math.MaxUint8-wornOnly:
		n := len(s.known)
		s.known = slices.Grow(s.known, 1)[:n+1]
		s.known[n] = goingOn{begun: -1, uses: s.known[n].uses}
		*said = mostHeard + uint8(n+1)
	}
	return *said - mostHeard + wornOnly
}
