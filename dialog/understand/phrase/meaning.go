package phrase

import (
	"fmt"
	"math"
	"slices"
)

// meaning is what a phrase stands for, and often many others with it.
type meaning struct {
	uses  uint32 // its first place in usesAt; that of the next meaning is past its last
	cells uint32 // the same in cells
	masks uint16 // how many of its uses mask: the first ones
	opens uint16 // how many of its cells are of states that it opens: the first ones; the others are of states that it goes on with
}

// meanings works out what phrases mean.
type meanings struct {
	*Lexicon
	lists [][]uint16        // by meaning: the numbers of its uses, as they were planted
	alone []uint16          // by the number of a use: the meaning of what stands for nothing else; 0: there is none yet
	known map[uint64]uint16 // the others, by a sum of their lists
}

// newMeanings begins with the one that is none. The last one of the lexicon's is always that which is learned next.
func newMeanings(l *Lexicon) *meanings {
	l.meanings = make([]meaning, 2, usualMeanings)
	return &meanings{
		Lexicon: l, lists: make([][]uint16, 1, usualMeanings), alone: make([]uint16, len(l.uses)+l.states),
		known: make(map[uint64]uint16, usualMeanings),
	}
}

// usualMeanings is about how many meanings a lexicon has: a guess that spares growing.
const usualMeanings = 1 << 13

// of returns the meaning of phrases that stand for the uses with these numbers, as number gave them.
func (m *meanings) of(list []uint16) (uint16, error) {
	if len(list) == 0 {
		return 0, nil
	}
	if len(list) == 1 {
		return m.learn(&m.alone[list[0]], list)
	}
	sum := sumOf(list)
	id := m.known[sum]
	if id > 0 && !slices.Equal(m.lists[id], list) { // as good as never
		id = 0
	}
	before := id
	id, err := m.learn(&id, list)
	if id != before {
		m.known[sum] = id
	}
	return id, err
}

// learn returns the meaning that is known, or makes it.
func (m *meanings) learn(known *uint16, list []uint16) (uint16, error) {
	if *known > 0 {
		return *known, nil
	}
	if len(m.lists) > math.MaxUint16 {
		return 0, fmt.Errorf("phrases have more than %d meanings", math.MaxUint16)
	}
	*known = uint16(len(m.lists))
	m.lists = append(m.lists, list)
	m.spell(list)
	return *known, nil
}

// spell lays a meaning out.
func (m *meanings) spell(list []uint16) {
	made := &m.Lexicon.meanings[len(m.Lexicon.meanings)-1]
	for _, n := range list {
		if m.masks(n) {
			m.usesAt = append(m.usesAt, n)
			made.masks++
		}
	}
	for _, n := range list {
		if int(n) >= m.states && int(n) < m.unmasking {
			m.usesAt = append(m.usesAt, n)
		}
	}
	for _, n := range list {
		if int(n) >= len(m.uses) {
			m.addState(made.cells, int(n)-len(m.uses))
		}
	}
	follows := uint32(len(m.cells))
	made.opens = uint16(follows - made.cells)
	for _, n := range list {
		if int(n) < m.states {
			m.addState(follows, int(n))
		}
	}
	m.Lexicon.meanings = append(m.Lexicon.meanings, meaning{uses: uint32(len(m.usesAt)), cells: uint32(len(m.cells))})
}

func (m *meanings) masks(n uint16) bool { return int(n) >= m.unmasking && int(n) < len(m.uses) }

// addState adds a state to the cells from a place on.
func (m *meanings) addState(from uint32, state int) {
	one := newCell(state)
	for i := len(m.cells) - 1; i >= int(from); i-- {
		if m.cells[i].row() == one.row() {
			m.cells[i] |= one
			return
		}
	}
	m.cells = append(m.cells, one)
}

// sumOf tells lists of numbers apart, but for a chance that is as good as none.
func sumOf(list []uint16) uint64 {
	sum := uint64(len(list))
	for _, n := range list {
		sum = (sum ^ uint64(n)) * 0x9E3779B97F4A7C15
		sum ^= sum >> 29
	}
	return sum
}
