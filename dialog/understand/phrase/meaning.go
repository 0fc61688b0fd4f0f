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
	lists []uint16          // the numbers of the uses of all phrases, those of each side by side, as they were planted
	from  []extent          // by meaning: the first phrase that has it
	alone []uint16          // by the number of a use: the meaning of what stands for nothing else; 0: there is none yet
	known map[uint64]uint16 // the others, by a sum of their lists
	rows  []int32           // by row of states: the place of the last cell of that row

	wholes, follows []uint16 // scratch, for those of a list that are no masks: what stands for all of a pattern, or goes on with a state
}

// extent is where the list of a phrase is.
type extent struct{ first, end int32 }

// newMeanings begins with the one that is none. The last one of the lexicon's is always that which is learned next.
func newMeanings(l *Lexicon, lists []uint16) *meanings {
	l.meanings = make([]meaning, 2, usualMeanings)
	l.cells = make([]cell, 0, 4*usualMeanings)
	return &meanings{
		Lexicon: l, lists: lists, from: make([]extent, 1, usualMeanings), alone: make([]uint16, len(l.uses)+l.states),
		known: make(map[uint64]uint16, usualMeanings), rows: make([]int32, l.states/rowStates+1),
	}
}

// usualMeanings is about how many meanings a lexicon has: a guess that spares growing.
const usualMeanings = 1 << 13

// of returns the meaning of a phrase by where its list is.
func (m *meanings) of(at extent) (uint16, error) {
	switch list := m.list(at); len(list) {
	case 0:
		return 0, nil
	case 1:
		known := &m.alone[list[0]]
		if *known > 0 {
			return *known, nil
		}
		var err error
		*known, err = m.learn(at)
		return *known, err
	default:
		sum := sumOf(list)
		id := m.known[sum]
		if id > 0 && slices.Equal(m.list(m.from[id]), list) {
			return id, nil
		}
		id, err := m.learn(at)
		m.known[sum] = id
		return id, err
	}
}

func (m *meanings) list(at extent) []uint16 { return m.lists[at.first:at.end] }

// learn makes a meaning.
func (m *meanings) learn(at extent) (uint16, error) {
	id := len(m.from)
	if id > math.MaxUint16 {
		return 0, fmt.Errorf("phrases have more than %d meanings", math.MaxUint16)
	}
	m.from = append(m.from, at)
	m.spell(m.list(at))
	return uint16(id), nil
}

// spell lays a meaning out.
func (m *meanings) spell(list []uint16) {
	made := &m.meanings[len(m.meanings)-1]
	m.wholes, m.follows = m.wholes[:0], m.follows[:0]
	for _, n := range list {
		switch {
		case int(n) < m.states:
			m.follows = append(m.follows, n)
		case int(n) < m.unmasking:
			m.wholes = append(m.wholes, n)
		case int(n) < len(m.uses):
			m.usesAt = append(m.usesAt, n)
			made.masks++
		default:
			m.addState(made.cells, int(n)-len(m.uses))
		}
	}
	m.usesAt = append(m.usesAt, m.wholes...)
	follows := uint32(len(m.cells))
	made.opens = uint16(follows - made.cells)
	for _, n := range m.follows {
		m.addState(follows, int(n))
	}
	m.meanings = append(m.meanings, meaning{uses: uint32(len(m.usesAt)), cells: uint32(len(m.cells))})
}

// addState adds a state to the cells from a place on.
func (m *meanings) addState(from uint32, state int) {
	one := newCell(state)
	at := &m.rows[one.row()]
	if i := uint32(*at); from <= i && int(i) < len(m.cells) && m.cells[i].row() == one.row() {
		m.cells[i] |= one
		return
	}
	*at = int32(len(m.cells))
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

// mean returns what the phrase that ends at each node means.
func (a *assembly) mean() ([]uint16, error) {
	numbers, err := a.number()
	if err != nil {
		return nil, err
	}
	lists, first := a.byNode(numbers)
	means, m := make([]uint16, a.phrases.Len()), newMeanings(a.Lexicon, lists)
	for node := range means {
		if means[node], err = m.of(extent{first[node], first[node+1]}); err != nil {
			return nil, err
		}
	}
	a.meanings, a.cells, a.usesAt = slices.Clone(a.meanings), slices.Clone(a.cells), slices.Clone(a.usesAt) // without room for more
	return means, nil
}

// byNode returns the numbers of the uses of all nodes side by side, and where those of each node begin.
func (a *assembly) byNode(numbers []uint16) (lists []uint16, first []int32) {
	// While they are put there, the first place of each node is kept at the next, and is where its next use goes.
	nodes, total := a.phrases.Len(), 0
	first = make([]int32, nodes+2)
	for _, list := range a.planted {
		for _, p := range list {
			first[p.node+2] += int32(p.n)
			total += int(p.n)
		}
	}
	for i := 1; i < len(first); i++ {
		first[i] += first[i-1]
	}
	lists = make([]uint16, total)
	for _, list := range a.planted {
		for _, p := range list {
			at := &first[p.node+1]
			for k := range p.n {
				lists[*at] = numbers[p.first+k]
				*at++
			}
		}
	}
	return lists, first[:nodes+1]
}
