package trie

import "slices"

// Builder collects the sequences of a trie. The zero value is ready.
type Builder struct {
	nodes []built // node 0 is the empty sequence
	heads []int32 // by label from lowestHead on: the children of node 0, once room was made; 0: none
	table []int32 // nodes by their parent and label, open addressing; 0: free
	last  []rune  // the sequence added last
	path  []int32 // its nodes, one for each symbol
}

type built struct {
	parent int32
	label  rune
}

// lowestHead is the lowest label whose node is found without a search where a sequence begins with it, if room was made for many.
const lowestHead = -1 << 14

// Reserve makes room for so many nodes, so that adding them costs less.
func (b *Builder) Reserve(nodes int) {
	b.nodes, b.heads = slices.Grow(b.nodes, nodes), make([]int32, lastCommon-lowestHead)
	for node, n := range b.nodes {
		if at := b.head(n.parent, n.label); at != nil && node > 0 {
			*at = int32(node)
		}
	}
	size := 256
	for size < 2*nodes {
		size *= 2
	}
	b.rehash(size)
}

// Len returns the number of nodes.
func (b *Builder) Len() int { return max(1, len(b.nodes)) }

// Add returns the node of a sequence, made if it is not there. Its number holds until Freeze.
func (b *Builder) Add(sequence []rune) int32 {
	if len(b.nodes) == 0 {
		b.nodes = append(b.nodes, built{})
	}
	same := 0 // neighbours in a lexicon begin alike
	for same < len(sequence) && same < len(b.last) && sequence[same] == b.last[same] {
		same++
	}
	b.last, b.path = append(b.last[:same], sequence[same:]...), b.path[:same]
	node := int32(0)
	if same > 0 {
		node = b.path[same-1]
	}
	for _, label := range sequence[same:] {
		node = b.child(node, label)
		b.path = append(b.path, node)
	}
	return node
}

// child returns the child of a node by its label, made if it is not there.
func (b *Builder) child(parent int32, label rune) int32 {
	at := b.head(parent, label)
	if at == nil {
		if 2*len(b.nodes) >= len(b.table) {
			b.rehash(max(256, 4*len(b.table)))
		}
		at = b.place(built{parent, label})
	}
	if *at == 0 {
		*at = int32(len(b.nodes))
		b.nodes = append(b.nodes, built{parent, label})
	}
	return *at
}

// head returns where among the heads a node is, or would be; nil if it is to be searched for.
func (b *Builder) head(parent int32, label rune) *int32 {
	if i := int(label) - lowestHead; parent == 0 && 0 <= i && i < len(b.heads) {
		return &b.heads[i]
	}
	return nil
}

// place returns where in the table a node is, or would be.
func (b *Builder) place(n built) *int32 {
	mask := uint64(len(b.table) - 1)
	key := (uint64(n.parent)<<32 | uint64(uint32(n.label))) * 0x9E3779B97F4A7C15
	for i := (key ^ key>>29) & mask; ; i = (i + 1) & mask {
		if at := b.table[i]; at == 0 || b.nodes[at] == n {
			return &b.table[i]
		}
	}
}

// rehash gives the table another size, a power of two.
func (b *Builder) rehash(size int) {
	b.table = make([]int32, size)
	for node := 1; node < len(b.nodes); node++ {
		*b.place(b.nodes[node]) = int32(node)
	}
}

// Freeze lays the sequences out for reading. It also returns, for each node by its number in the builder, its number in the trie.
func (b *Builder) Freeze() (Trie, []int32) {
	ends, children := b.families()
	t := Trie{labels: make([]rune, b.Len()), nodes: make([]node, b.Len()+1)}
	places, order := make([]int32, b.Len()), make([]int32, 1, b.Len())
	for place := range t.labels {
		at, from := order[place], int32(0)
		if place > 0 {
			from = ends[at-1]
		}
		places[at], t.nodes[place].first = int32(place), int32(len(order))
		family := children[from:ends[at]]
		arrange(family)
		for _, c := range family {
			t.nodes[place].mask |= bit(c.label())
			t.labels[len(order)] = c.label()
			order = append(order, c.node())
		}
	}
	t.nodes[t.Len()].first = int32(t.Len())
	t.roots = newRoots(t.labels[1:t.nodes[1].first])
	return t, places
}

// child is a node with its label, which comes first where children are put in order.
type child int64

func newChild(label rune, node int) child { return child(label)<<32 | child(node) }

func (c child) label() rune { return rune(c >> 32) }
func (c child) node() int32 { return int32(c) }

// few is a number of children that are put in order one by one.
const few = 16

// arrange puts children in the order of their labels.
func arrange(family []child) {
	if len(family) > few {
		slices.Sort(family)
		return
	}
	for i := 1; i < len(family); i++ {
		for j := i; j > 0 && family[j] < family[j-1]; j-- {
			family[j], family[j-1] = family[j-1], family[j]
		}
	}
}

// families returns all nodes but the first by their parents, and for each parent where its children end, those of the next following.
func (b *Builder) families() (ends []int32, children []child) {
	ends = make([]int32, b.Len()+1)
	for _, n := range b.nodes[min(1, len(b.nodes)):] {
		ends[n.parent+1]++
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	children = make([]child, b.Len()-1)
	for node := 1; node < len(b.nodes); node++ {
		n := b.nodes[node]
		children[ends[n.parent]] = newChild(n.label, node)
		ends[n.parent]++
	}
	return ends, children
}
