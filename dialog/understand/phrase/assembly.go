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
	slot  int32 // where findings of the pattern up to this part are kept
	sense ID
	topic uint8
	hides uint8 // the place in hiders of the masks that mask the sense
	gap   gap
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

// draft is what the patterns of one file come to.
type draft struct {
	store
	fillers [][]symbol
	planted []planted
	uses    []use
	slots   int32
}

// planted is a phrase that stands for a use.
type planted struct {
	phrase words
	use    int32
}

// assembly puts the drafts of several files together.
type assembly struct {
	*Lexicon
	phrases, fillers trie.Builder
	filler           []bool // by node of fillers
	planted          [][]plantedAt
}

// plantedAt is a use of the phrase at a node.
type plantedAt struct {
	node int32
	use  uint16
}

// usualNodes is about how many nodes the phrases of a lexicon have: a guess that spares growing.
const usualNodes = 1 << 16

func newAssembly(v *variants) *assembly {
	a := &assembly{Lexicon: &Lexicon{variants: *v}}
	a.phrases.Reserve(usualNodes)
	return a
}

// declare gives the senses of a file their numbers.
func (a *assembly) declare(f *file) map[string]ID {
	ids := make(map[string]ID, len(f.senses))
	for _, name := range slices.Sorted(maps.Keys(f.senses)) {
		ids[name] = a.sense(f.topic, name)
	}
	return ids
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
	base := len(a.uses)
	for _, u := range d.uses {
		u.slot += int32(a.slots)
		a.uses = append(a.uses, u)
	}
	a.slots += int(d.slots)
	at := make([]plantedAt, len(d.planted))
	for i, p := range d.planted {
		at[i] = plantedAt{a.phrases.Add(d.of(p.phrase)), uint16(base + int(p.use))}
	}
	a.planted = append(a.planted, at)
}

// settle lays out what was planted, node by node, and which senses mask which.
func (a *assembly) settle() (*Lexicon, error) {
	if len(a.uses) > math.MaxUint16 {
		return nil, fmt.Errorf("patterns have more than %d parts", math.MaxUint16)
	}
	if err := a.hide(); err != nil {
		return nil, err
	}
	a.after = make([]uint16, len(a.uses))
	for i := range a.uses {
		u := &a.uses[i]
		if !u.first {
			a.after[i] = uint16(u.slot)
		}
		u.mask = a.maskOf[u.sense] >= 0 && u.first && u.last && !u.start && !u.end
		u.topic, u.hides = uint8(a.topicOf[u.sense]), a.hides[u.sense]
	}
	var places []int32
	a.Lexicon.fillers, places = a.fillers.Freeze()
	a.Lexicon.filler = make([]bool, len(places))
	for node, ends := range a.filler {
		a.Lexicon.filler[places[node]] = ends
	}
	a.Lexicon.phrases, places = a.phrases.Freeze()
	a.layOut(places)
	return a.Lexicon, nil
}

// layOut puts the uses of each node side by side. places are the numbers that the nodes have now.
func (a *assembly) layOut(places []int32) {
	row := func(p plantedAt) int { return orders*int(places[p.node]) + a.uses[p.use].order() }
	ends := make([]int32, orders*len(places)+1)
	for _, file := range a.planted {
		for _, p := range file {
			ends[row(p)+1]++
		}
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	a.firstUse = make([]int32, len(places)+1)
	for node := range a.firstUse {
		a.firstUse[node] = ends[orders*node]
	}
	a.usesAt = make([]uint16, ends[len(ends)-1])
	for _, file := range a.planted {
		for _, p := range file {
			at := &ends[row(p)]
			a.usesAt[*at] = p.use
			*at++
		}
	}
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
