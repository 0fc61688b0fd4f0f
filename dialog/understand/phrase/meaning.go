package phrase

import (
	"fmt"
	"math"
	"slices"
)

// A meaning is what a phrase stands for, and often many others with it. It is laid out as one list, since what is read together should lie
// together: a head, and of each of four kinds as many as the head says: the masks that the phrase is, by their places in masks; the wholes that
// it is; the cells of the states that it opens; and those of the states that it goes on with.

// head says how long the rest of a meaning is: from the lowest bits the number of the meaning and how many masks, wholes, opened and followed
// cells it has.
type head uint64

func newHead(id, masks, wholes, opens, follows int) head {
	return head(id | masks<<16 | wholes<<24 | opens<<32 | follows<<48)
}

func (h head) id() int      { return int(h & math.MaxUint16) }
func (h head) masks() int   { return int(h >> 16 & math.MaxUint8) }
func (h head) wholes() int  { return int(h >> 24 & math.MaxUint8) }
func (h head) opens() int   { return int(h >> 32 & math.MaxUint16) }
func (h head) follows() int { return int(h >> 48) }

// whole is a use of a phrase that is all of a pattern, or what a text must begin with, packed.
type whole uint64

const (
	wholeLast whole = 1 << (48 + iota)
	wholeStart
	wholeEnd
)

func newWhole(u *use) whole {
	w := whole(u.sense) | whole(u.topic)<<16 | whole(u.hides)<<24 | whole(uint16(u.next))<<32
	if u.last {
		w |= wholeLast
	}
	if u.start {
		w |= wholeStart
	}
	if u.end {
		w |= wholeEnd
	}
	return w
}

func (w whole) sense() ID    { return ID(w) }
func (w whole) topic() uint8 { return uint8(w >> 16) }
func (w whole) hides() uint8 { return uint8(w >> 24) }
func (w whole) next() int    { return int(uint16(w >> 32)) }

// meanings works out what phrases mean.
type meanings struct {
	*assembly
	lists []uint16          // the numbers of the uses of all phrases, those of each side by side, as they were planted
	from  []extent          // by number of a meaning: the first phrase that has it
	at    []uint32          // by number of a meaning: where it is
	alone []uint16          // by the number of a use: the meaning of what stands for nothing else; 0: there is none yet
	known map[uint64]uint16 // the others, by a sum of their lists
	rows  []int32           // by row of states: the place of the last cell of that row

	wholes, opens, follows []uint16 // scratch, for the kinds of a list
}

// extent is where the list of a phrase is.
type extent struct{ first, end int32 }

// newMeanings begins with the one that is none.
func newMeanings(a *assembly, lists []uint16) *meanings {
	a.code = make([]uint64, 1, 10*usualMeanings)
	return &meanings{
		assembly: a, lists: lists, from: make([]extent, 1, usualMeanings), at: make([]uint32, 1, usualMeanings),
		alone: make([]uint16, len(a.uses)+a.states), known: make(map[uint64]uint16, usualMeanings), rows: make([]int32, a.states/rowStates+1),
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
	m.at = append(m.at, uint32(len(m.code)))
	return uint16(id), m.spell(id, m.list(at))
}

// spell lays a meaning out.
func (m *meanings) spell(id int, list []uint16) error {
	m.wholes, m.opens, m.follows = m.wholes[:0], m.opens[:0], m.follows[:0]
	start := len(m.code)
	m.code = append(m.code, 0)
	for _, n := range list {
		switch {
		case int(n) < m.states:
			m.follows = append(m.follows, n)
		case int(n) >= len(m.uses):
			m.opens = append(m.opens, n-uint16(len(m.uses)))
		case m.uses[n].mask:
			m.code = append(m.code, uint64(m.maskOf[m.uses[n].sense]))
		default:
			m.wholes = append(m.wholes, n)
		}
	}
	masks := len(m.code) - start - 1
	for _, n := range m.wholes {
		m.code = append(m.code, uint64(newWhole(&m.uses[n])))
	}
	opens, follows := m.addStates(m.opens), m.addStates(m.follows)
	if masks > math.MaxUint8 || len(m.wholes) > math.MaxUint8 {
		return fmt.Errorf("a phrase means more than %d things by itself", math.MaxUint8)
	}
	m.code[start] = uint64(newHead(id, masks, len(m.wholes), opens, follows))
	return nil
}

// addStates adds the cells of states, and returns how many they are.
func (m *meanings) addStates(states []uint16) int {
	from := len(m.code)
	for _, state := range states {
		one := newCell(int(state))
		at := &m.rows[one.row()]
		if i := int(*at); from <= i && i < len(m.code) && cell(m.code[i]).row() == one.row() {
			m.code[i] |= uint64(one)
			continue
		}
		*at = int32(len(m.code))
		m.code = append(m.code, uint64(one))
	}
	return len(m.code) - from
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

// mean returns what the phrase that ends at each node means, by where that is in code.
func (a *assembly) mean() ([]uint32, error) {
	numbers, err := a.number()
	if err != nil {
		return nil, err
	}
	lists, first := a.byNode(numbers)
	means, m := make([]uint32, a.phrases.Len()), newMeanings(a, lists)
	for node := range means {
		id, err := m.of(extent{first[node], first[node+1]})
		if err != nil {
			return nil, err
		}
		means[node] = m.at[id]
	}
	a.meanings = len(m.from)
	a.code, a.uses = slices.Clone(a.code), slices.Clone(a.uses[:a.states]) // without room for more
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
