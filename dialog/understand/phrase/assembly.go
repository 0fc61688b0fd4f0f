package phrase

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"respite/dialog/understand/trie"
)

// use is one part of one pattern, waiting for the phrases that it is made of.
type use struct {
	from  int32 // the state that it goes on with; nothing if it is the first part
	next  int32 // the state that it leads to; nothing if it is the last part
	sense ID
	topic uint8
	hides uint8 // the place in hiders of the masks that mask the sense
	gap   gap   // before this part
	first bool
	last  bool
	start bool // tied to the start of the text
	end   bool // tied to its end
	mask  bool // a phrase by itself that masks
}

// opens says whether all that a use does is to lead to a state.
func (u *use) opens() bool { return u.first && !u.last && !u.start }

// run is some uses, side by side.
type run struct{ first, n int32 }

// draft is what the patterns of one file come to.
type draft struct {
	store
	fillers [][]symbol
	planted plantings
	uses    []use
	states  int32 // how many they lead to
}

// planted is a phrase that stands for a run of uses.
type planted struct {
	from, to int32 // the places of its symbols in the draft
	node     int32 // where it is, once it is in an assembly
	first, n uint16
}

// plantings are a list that grows without being copied.
type plantings [][]planted

// plantRoom is for how many of them room is made at once.
const plantRoom = 1 << 10

func (p *plantings) add(one planted) {
	last := len(*p) - 1
	if last < 0 || len((*p)[last]) == plantRoom {
		*p = append(*p, make([]planted, 0, plantRoom))
		last++
	}
	(*p)[last] = append((*p)[last], one)
}

// assembly puts the drafts of several files together.
type assembly struct {
	*Lexicon
	phrases, fillers trie.Builder
	filler           []bool // by node of fillers
	planted          plantings
}

// usualNodes is about how many nodes the phrases of a lexicon have: a guess that spares growing.
const usualNodes = 1 << 17

func newAssembly(v *variants) *assembly {
	a := &assembly{Lexicon: &Lexicon{variants: *v}}
	a.phrases.Reserve(usualNodes)
	return a
}

// declare gives the senses of a file their numbers.
func (a *assembly) declare(f *file) {
	for _, name := range slices.Sorted(maps.Keys(f.senses)) {
		a.sense(f.topic, name)
	}
}

// wholes returns, for each sense of a file by its name, the use of a phrase that by itself expresses it.
func (a *assembly) wholes(f *file) map[string]use {
	out := make(map[string]use, len(f.senses))
	for name := range f.senses {
		id := a.sense(f.topic, name)
		out[name] = use{
			sense: id, topic: uint8(a.topicOf[id]), hides: a.hides[id], mask: a.maskOf[id] >= 0, first: true, last: true,
		}
	}
	return out
}

// sense returns the number of a sense, given when it is first seen.
func (a *assembly) sense(topic, name string) ID {
	name, weak := strings.CutSuffix(name, "?")
	s := Sense{Topic: topic, Name: name, Weak: weak}
	if i := slices.Index(a.senses, s); i >= 0 {
		return ID(i)
	}
	at := slices.Index(a.topics, topic)
	if at < 0 {
		at = len(a.topics)
		a.topics = append(a.topics, strings.Clone(topic))
	}
	s.Name, s.Topic = strings.Clone(s.Name), a.topics[at] // so that they do not keep the whole file
	a.senses = append(a.senses, s)
	a.topicOf = append(a.topicOf, at)
	return ID(len(a.senses) - 1)
}

// join adds a draft.
func (a *assembly) join(d *draft) {
	for _, filler := range d.fillers {
		node := int(a.fillers.Add(filler))
		a.filler = append(a.filler, make([]bool, a.fillers.Len()-len(a.filler))...)
		a.filler[node] = true
	}
	base := uint16(len(a.uses))
	for _, u := range d.uses {
		u.from += int32(a.states)
		u.next += int32(a.states)
		a.uses = append(a.uses, u)
	}
	a.states += int(d.states)
	for _, list := range d.planted {
		for i := range list {
			p := &list[i]
			p.node = a.phrases.Add(d.symbols[p.from:p.to])
			p.first += base
		}
	}
	a.planted = append(a.planted, d.planted...)
}

// settle lays out what was planted, node by node.
func (a *assembly) settle() (*Lexicon, error) {
	numbers, err := a.number()
	if err != nil {
		return nil, err
	}
	var places []int32
	a.Lexicon.fillers, places = a.fillers.Freeze()
	a.Lexicon.filler = make([]bool, len(places))
	for node, ends := range a.filler {
		a.Lexicon.filler[places[node]] = ends
	}
	a.Lexicon.phrases, places = a.phrases.Freeze()
	return a.Lexicon, a.layOut(places, numbers)
}

// number brings the uses into the order of their numbers: first those that go on with a state, by the number of the state, and last those
// that mask. Those that only open a state are left out. It returns what number each has now; of those, that of the state, beyond all others.
func (a *assembly) number() ([]uint16, error) {
	a.numberStates()
	kept := 0
	for i := range a.uses {
		if !a.uses[i].opens() {
			kept++
		}
	}
	if kept+a.states > math.MaxUint16 {
		return nil, fmt.Errorf("patterns have more than %d parts", math.MaxUint16)
	}
	uses, numbers := make([]use, kept), make([]uint16, len(a.uses))
	whole, mask := a.states, kept
	for i, u := range a.uses {
		n := int(u.from)
		switch {
		case u.opens():
			numbers[i] = uint16(kept + int(u.next))
			continue
		case u.mask:
			mask--
			n = mask
		case u.first:
			n = whole
			whole++
		}
		uses[n], numbers[i] = u, uint16(n)
	}
	a.unmasking = mask
	a.uses = uses
	return numbers, nil
}

// numberStates brings the states into an order in which those that the same phrases open, or go on with, are side by side, so that they share
// cells: first those with gaps that do not reach far, then by the phrase that opens most of all that open them, and that goes on with most.
func (a *assembly) numberStates() {
	type busy struct{ node, states int32 }
	opens, follows := make([]int32, a.phrases.Len()), make([]int32, a.phrases.Len())
	a.eachUse(func(node int32, u *use) {
		if !u.last {
			opens[node]++
		}
		if !u.first {
			follows[node]++
		}
	})
	type state struct {
		was              int32
		far              bool
		opener, follower busy
	}
	order := make([]state, a.states)
	for i := range order {
		order[i].was = int32(i)
	}
	busiest := func(at *busy, node, states int32) {
		if states > at.states {
			*at = busy{node, states}
		}
	}
	a.eachUse(func(node int32, u *use) {
		if !u.last {
			busiest(&order[u.next].opener, node, opens[node])
		}
		if !u.first {
			order[u.from].far = u.gap == far
			busiest(&order[u.from].follower, node, follows[node])
		}
	})
	compare := func(a, b busy) int { return cmp.Or(cmp.Compare(b.states, a.states), cmp.Compare(a.node, b.node)) }
	slices.SortFunc(order, func(a, b state) int {
		switch {
		case a.far != b.far && b.far:
			return -1
		case a.far != b.far:
			return 1
		}
		return cmp.Or(compare(a.opener, b.opener), compare(a.follower, b.follower), cmp.Compare(a.was, b.was))
	})
	now := make([]int32, a.states)
	for i := range order {
		now[order[i].was] = int32(i)
		if !order[i].far {
			a.near++
		}
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

// layOut finds out what the phrase that ends at each node means. places and numbers are those that nodes and uses have now.
func (a *assembly) layOut(places []int32, numbers []uint16) error {
	lists, first := a.byNode(places, numbers)
	a.means = make([]uint16, len(places))
	m := newMeanings(a.Lexicon)
	for node := range places {
		var err error
		if a.means[node], err = m.of(lists[first[node]:first[node+1]]); err != nil {
			return err
		}
	}
	return nil
}

// byNode returns the numbers of the uses of all nodes side by side, and where those of each node begin.
func (a *assembly) byNode(places []int32, numbers []uint16) (lists []uint16, first []int32) {
	// While they are put there, the first place of each node is kept at the next, and is where its next use goes.
	first = make([]int32, len(places)+2)
	total := 0
	for _, list := range a.planted {
		for _, p := range list {
			first[places[p.node]+2] += int32(p.n)
			total += int(p.n)
		}
	}
	for i := 1; i < len(first); i++ {
		first[i] += first[i-1]
	}
	lists = make([]uint16, total)
	for _, list := range a.planted {
		for _, p := range list {
			at := &first[places[p.node]+1]
			for k := range p.n {
				lists[*at] = numbers[p.first+k]
				*at++
			}
		}
	}
	return lists, first[:len(places)+1]
}

// mostHiders is how many different lists of masks there may be.
const mostHiders = 64

// hide finds out by which masks each sense is masked.
func (a *assembly) hide() error {
	a.maskOf, a.hides, a.hiders = make([]int, len(a.senses)), make([]uint8, len(a.senses)), [][]int{nil}
	maskedBy := make([][]int, len(a.senses))
	for id, m := range a.senses {
		a.maskOf[id] = -1
		name, ok := m.masked()
		if !ok {
			continue
		}
		a.maskOf[id] = len(a.masks)
		for other, s := range a.senses {
			if _, isMask := s.masked(); !isMask && s.Topic == m.Topic && (name == "" || name == s.Name) {
				maskedBy[other] = append(maskedBy[other], len(a.masks))
			}
		}
		a.masks = append(a.masks, ID(id))
	}
	for id, masks := range maskedBy {
		at := slices.IndexFunc(a.hiders, func(list []int) bool { return slices.Equal(list, masks) })
		if at < 0 {
			at = len(a.hiders)
			a.hiders = append(a.hiders, masks)
		}
		if at >= mostHiders {
			return fmt.Errorf("senses are masked in more than %d ways", mostHiders)
		}
		a.hides[id] = uint8(at)
	}
	return nil
}
