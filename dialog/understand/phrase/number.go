package phrase

import (
	"fmt"
	"math"
	"slices"
)

// number brings the uses into the order of their numbers: first those that go on with a state, by the number of the state. Those that only
// open a state are left out. It returns what number each has now; of those, that of the state, beyond all others.
func (a *assembly) number() ([]uint16, error) {
	kept := 0
	for i := range a.uses {
		if !a.uses[i].opens() {
			kept++
		}
	}
	if kept+a.states > math.MaxUint16 {
		return nil, fmt.Errorf("patterns have more than %d parts", math.MaxUint16)
	}
	a.numberStates()
	uses, numbers := make([]use, kept), make([]uint16, len(a.uses))
	whole := a.states
	for i, u := range a.uses {
		if u.opens() {
			numbers[i] = uint16(kept + int(u.next))
			continue
		}
		n := int(u.from)
		if u.first {
			n = whole
			whole++
		}
		uses[n], numbers[i] = u, uint16(n)
	}
	a.uses = uses
	a.limitStates()
	return numbers, nil
}

// limitStates notes the states of the topics of which there can be enough.
func (a *assembly) limitStates() {
	for i := range a.limits {
		l := &a.limits[i]
		l.states = make([]uint64, a.states/rowStates+1)
		for state := range a.states {
			if c := newCell(state); int(a.uses[state].topic) == l.topic {
				l.states[c.row()] |= c.states()
			}
		}
	}
}

// numberStates brings the states into an order in which those that the same phrases open are side by side, so that they share cells: first
// those with gaps that do not reach far, then by the phrase that opens most of all that open them.
func (a *assembly) numberStates() {
	opens := make([]int32, a.phrases.Len())
	a.eachUse(func(node int32, u *use) {
		if !u.last {
			opens[node]++
		}
	})
	order := make([]rank, a.states)
	a.eachUse(func(node int32, u *use) {
		if !u.last {
			at := &order[u.next]
			*at = max(*at, newRank(opens[node], node, u.next))
		}
	})
	for i := range a.uses {
		if u := &a.uses[i]; !u.first && u.gap != far {
			order[u.from] |= nearRank
			a.near++
		}
	}
	slices.Sort(order)
	slices.Reverse(order)
	now := make([]int32, a.states)
	for i, r := range order {
		now[r.state()] = int32(i)
	}
	for i := range a.uses {
		u := &a.uses[i]
		if !u.first {
			u.from = now[u.from]
		}
		if !u.last {
			u.next = now[u.next]
		}
	}
}

// rank is a state with what puts it into its place: the highest comes first. From the highest bits it is whether its gap does not reach far,
// how many states the phrase opens that opens it with most others, the node of that phrase, and the state.
type rank uint64

const nearRank rank = 1 << 63

func newRank(opens, node, state int32) rank { return rank(opens)<<48 | rank(node)<<16 | rank(state) }

func (r rank) state() int { return int(r & math.MaxUint16) }

// eachUse yields every use of every phrase, with the node of the phrase.
func (a *assembly) eachUse(yield func(node int32, u *use)) {
	for _, list := range a.planted {
		for _, p := range list {
			for i := range p.n {
				yield(p.node, &a.uses[p.first+i])
			}
		}
	}
}
