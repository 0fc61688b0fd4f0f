package phrase

import (
	"fmt"
	"maps"
	"math"
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
	a.means = make([]uint16, len(places))
	for node, meaning := range means {
		a.means[places[node]] = meaning
	}
	a.Lexicon.filler = make([]bool, len(fillers))
	for node, ends := range a.filler {
		a.Lexicon.filler[fillers[node]] = ends
	}
	return a.Lexicon, nil
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

// number brings the uses into the order of their numbers: first those that go on with a state, by the number of the state, and last those
// that mask. Those that only open a state are left out. It returns what number each has now; of those, that of the state, beyond all others.
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
