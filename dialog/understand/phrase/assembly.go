package phrase

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

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
	states  int32   // how many they lead to
	widest  breadth // of the patterns with a far gap
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
	states           int     // how many there are
	widest           breadth // of the patterns with a far gap
	longestFiller    int     // in tokens
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
		id := a.sense(f.topic, name)
		if f.enough > 0 {
			a.limit(a.topicOf[id], f.enough)
		}
	}
}

// limit takes in how many findings of a topic are enough.
func (a *assembly) limit(topic, enough int) {
	at := slices.IndexFunc(a.limits, func(l limit) bool { return l.topic == topic })
	if at < 0 {
		at = len(a.limits)
		a.limits = append(a.limits, limit{topic: topic})
	}
	a.limits[at].enough = max(a.limits[at].enough, enough)
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
		a.longestFiller = max(a.longestFiller, len(filler))
	}
	base := uint16(len(a.uses))
	for _, u := range d.uses {
		u.from += int32(a.states)
		u.next += int32(a.states)
		a.uses = append(a.uses, u)
	}
	a.states += int(d.states)
	a.widest.widen(d.widest)
	for _, list := range d.planted {
		for i := range list {
			p := &list[i]
			p.node = a.phrases.Add(d.symbols[p.from:p.to])
			p.first += base
		}
	}
	a.planted = append(a.planted, d.planted...)
}

// settle lays everything out for reading: the phrases, and side by side with them what they mean.
func (a *assembly) settle() (*Lexicon, error) {
	var places, fillers []int32
	var laid sync.WaitGroup
	laid.Go(func() {
		a.Lexicon.phrases, places = a.phrases.Freeze()
		a.Lexicon.fillers, fillers = a.fillers.Freeze()
	})
	means, err := a.mean()
	laid.Wait()
	if err != nil {
		return nil, err
	}
	a.means = make([]uint32, len(places))
	for node, meaning := range means {
		a.means[places[node]] = meaning
	}
	a.Lexicon.filler = make([]bool, len(fillers))
	for node, ends := range a.filler {
		a.Lexicon.filler[fillers[node]] = ends
	}
	phrase := longestPhrase + mostSkipped*a.longestFiller
	a.lookback = a.widest.gaps + (a.widest.parts+1)*phrase
	return a.Lexicon, nil
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
