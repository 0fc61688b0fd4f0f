package phrase

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"respite/dialog/understand/trie"
)

// use is one part of one pattern, waiting for the phrases that it is made of.
type use struct {
	next  int32 // the number of the part after this one, and of one that goes on with another its own and one more
	sense ID
	topic uint8
	hides uint8 // the place in hiders of the masks that mask the sense
	gap   gap   // before this part
	after gap   // before the part after it
	first bool
	last  bool
	start bool // tied to the start of the text
	end   bool // tied to its end
	mask  bool // a phrase by itself that masks
}

// order is the place of a use among those of its node: masks come first, then what begins something.
func (u *use) order() int {
	switch {
	case u.mask:
		return 0
	case u.first:
		return 1
	}
	return orders - 1
}

const orders = 3

// run is some uses of one order, side by side.
type run struct {
	order    int
	first, n int32
}

// draft is what the patterns of one file come to.
type draft struct {
	store
	fillers   [][]symbol
	planted   [orders]plantings
	uses      []use
	followers int32 // how many go on with another
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
	planted          [orders]plantings
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
		u.next += int32(a.followers)
		a.uses = append(a.uses, u)
	}
	a.followers += int(d.followers)
	for order, lists := range d.planted {
		for _, list := range lists {
			for i := range list {
				p := &list[i]
				p.node = a.phrases.Add(d.symbols[p.from:p.to])
				p.first += base
			}
		}
		a.planted[order] = append(a.planted[order], lists...)
	}
}

// settle lays out what was planted, node by node.
func (a *assembly) settle() (*Lexicon, error) {
	if len(a.uses) > math.MaxUint16 {
		return nil, fmt.Errorf("patterns have more than %d parts", math.MaxUint16)
	}
	numbers := a.number()
	var places []int32
	a.Lexicon.fillers, places = a.fillers.Freeze()
	a.Lexicon.filler = make([]bool, len(places))
	for node, ends := range a.filler {
		a.Lexicon.filler[places[node]] = ends
	}
	a.Lexicon.phrases, places = a.phrases.Freeze()
	a.layOut(places, numbers)
	return a.Lexicon, nil
}

// number brings the uses into the order of their numbers, those first that go on with another and those last that mask, and returns
// what number each has now.
func (a *assembly) number() []uint16 {
	uses, numbers := make([]use, len(a.uses)), make([]uint16, len(a.uses))
	beginner, mask := a.followers, len(uses)
	for i, u := range a.uses {
		n := int(u.next - 1)
		switch {
		case u.mask:
			mask--
			n = mask
		case u.first:
			n = beginner
			beginner++
		}
		uses[n], numbers[i] = u, uint16(n)
	}
	a.unmasking = mask
	a.uses = uses
	return numbers
}

// layOut puts the uses of each node side by side, order by order. places and numbers are those that nodes and uses have now.
func (a *assembly) layOut(places []int32, numbers []uint16) {
	// While they are put there, the first place of each node is kept at the next, and is where its next use goes.
	first, total := make([]int32, len(places)+2), 0
	for _, lists := range a.planted {
		for _, list := range lists {
			for _, p := range list {
				first[places[p.node]+2] += int32(p.n)
				total += int(p.n)
			}
		}
	}
	for i := 1; i < len(first); i++ {
		first[i] += first[i-1]
	}
	a.usesAt = make([]uint16, total)
	for _, lists := range a.planted {
		for _, list := range lists {
			for _, p := range list {
				at := &first[places[p.node]+1]
				for k := range p.n {
					a.usesAt[*at] = numbers[p.first+k]
					*at++
				}
			}
		}
	}
	a.firstUse = first[:len(places)+1]
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
