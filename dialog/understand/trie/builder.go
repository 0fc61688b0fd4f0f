package trie

import "slices"

// Builder collects the sequences of a trie. The zero value is ready.
type Builder struct {
	nodes []built // node 0 is the empty sequence
	table []int32 // nodes by their parent and label, open addressing; 0: free
	last  []rune  // the sequence added last
	path  []int32 // its nodes, one for each symbol
	keys  []int64 // scratch: nodes with their labels before them
}

type built struct {
	parent int32
	label  rune
}

// Reserve makes room for so many nodes, so that adding them costs less.
func (b *Builder) Reserve(nodes int) {
	b.nodes = slices.Grow(b.nodes, nodes)
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
	if 2*len(b.nodes) >= len(b.table) {
		b.rehash(max(256, 4*len(b.table)))
	}
	at := b.place(built{parent, label})
	if *at == 0 {
		*at = int32(len(b.nodes))
		b.nodes = append(b.nodes, built{parent, label})
	}
	return *at
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
			t.labels[place], from = b.nodes[at].label, ends[at-1]
		}
		places[at], t.nodes[place].first = int32(place), int32(len(order))
		for _, child := range b.sorted(children[from:ends[at]]) {
			t.nodes[place].mask |= bit(b.nodes[child].label)
			order = append(order, child)
		}
	}
	t.nodes[t.Len()].first = int32(t.Len())
	t.roots = newRoots(t.labels[1:t.nodes[1].first])
	return t, places
}

// few is a number of nodes that are put in order one by one.
const few = 16

// sorted puts nodes in the order of their labels.
func (b *Builder) sorted(nodes []int32) []int32 {
	if len(nodes) <= few {
		for i := 1; i < len(nodes); i++ {
			for j := i; j > 0 && b.nodes[nodes[j]].label < b.nodes[nodes[j-1]].label; j-- {
				nodes[j], nodes[j-1] = nodes[j-1], nodes[j]
			}
		}
		return nodes
	}
	b.keys = b.keys[:0]
	for _, node := range nodes {
		b.keys = append(b.keys, int64(b.nodes[node].label)<<32|int64(node))
	}
	slices.Sort(b.keys)
	for i, key := range b.keys {
		nodes[i] = int32(key)
	}
	return nodes
}

// families returns all nodes but the first by their parents, and for each parent where its children end, those of the next following.
func (b *Builder) families() (ends, children []int32) {
	ends = make([]int32, b.Len()+1)
	for _, n := range b.nodes[min(1, len(b.nodes)):] {
		ends[n.parent+1]++
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	children = make([]int32, b.Len()-1)
	for node := 1; node < len(b.nodes); node++ {
		at := &ends[b.nodes[node].parent]
		children[*at] = int32(node)
		*at++
	}
	return ends, children
}
