package phrase

// trie holds sequences of symbols. A sequence ends in a node, by which whoever uses the trie keeps what it stands for. Node 0 is the
// empty sequence.
type trie struct {
	nodes int
	edges []trieEdge // open addressing; key 0 is free
	heads []int32    // of the Chinese characters from firstHan on: the node of a sequence of one; 0 if there is none
}

type trieEdge struct {
	key uint64 // node<<32 | symbol
	to  int32
}

// add returns the node of a sequence, made if it is not there.
func (t *trie) add(sequence []symbol) int32 {
	node := int32(0)
	for i, s := range sequence {
		if i == 0 && s >= firstHan && s < lastHan {
			node = t.head(s)
			continue
		}
		if t.nodes*2 >= len(t.edges) {
			t.grow()
		}
		e := t.place(edgeKey(node, s))
		if e.key == 0 {
			t.nodes++
			e.key, e.to = edgeKey(node, s), int32(t.nodes)
		}
		node = e.to
	}
	return node
}

// head returns the node of a Chinese character by itself, made if it is not there.
func (t *trie) head(s symbol) int32 {
	if t.heads == nil {
		t.heads = make([]int32, lastHan-firstHan)
	}
	to := &t.heads[s-firstHan]
	if *to == 0 {
		t.nodes++
		*to = int32(t.nodes)
	}
	return *to
}

// reserve makes room for so many nodes, a power of two.
func (t *trie) reserve(nodes int) { t.edges = make([]trieEdge, 2*nodes) }

// grow makes four times as much room for edges.
func (t *trie) grow() {
	old := t.edges
	t.edges = make([]trieEdge, max(256, 4*len(old)))
	for _, e := range old {
		if e.key != 0 {
			*t.place(e.key) = e
		}
	}
}

// place returns where the edge key is, or would be.
func (t *trie) place(key uint64) *trieEdge {
	mask := uint64(len(t.edges) - 1)
	i := spread(key) & mask
	for t.edges[i].key != 0 && t.edges[i].key != key {
		i = (i + 1) & mask
	}
	return &t.edges[i]
}

// step follows the edge of s from node; false if there is none.
func (t *trie) step(node int32, s symbol) (int32, bool) {
	if node == 0 && s >= firstHan && s < lastHan {
		if t.heads == nil {
			return 0, false
		}
		to := t.heads[s-firstHan]
		return to, to > 0
	}
	if s == unknown || len(t.edges) == 0 {
		return 0, false
	}
	e := t.place(edgeKey(node, s))
	return e.to, e.key != 0
}

func edgeKey(node int32, s symbol) uint64 { return uint64(node)<<32 | uint64(uint32(s)) }

// spread mixes the bits of a key so that its low ones tell keys apart.
func spread(key uint64) uint64 {
	key *= 0x9E3779B97F4A7C15
	return key ^ key>>29
}
