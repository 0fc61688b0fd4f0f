package phrase

// trie holds sequences of symbols with a value at the end of each. It is built with at, then frozen, then read.
type trie[V any] struct {
	values []V
	has    []bool
	keys   []uint64 // open addressing: node<<32 | symbol, 0 is free
	to     []int32
	mask   uint64
	edges  map[uint64]int32 // while building
}

// at returns the place of the value of a sequence, made if it is not there.
func (t *trie[V]) at(sequence []symbol) *V {
	if t.edges == nil {
		t.edges = make(map[uint64]int32, 1024)
		t.grow()
	}
	node := int32(0)
	for _, s := range sequence {
		key := edge(node, s)
		next, ok := t.edges[key]
		if !ok {
			next = t.grow()
			t.edges[key] = next
		}
		node = next
	}
	t.has[node] = true
	return &t.values[node]
}

func (t *trie[V]) grow() int32 {
	var none V
	t.values = append(t.values, none)
	t.has = append(t.has, false)
	return int32(len(t.values) - 1)
}

// freeze lays the edges out for reading.
func (t *trie[V]) freeze() {
	size := uint64(8)
	for size < uint64(len(t.edges))*2 {
		size *= 2
	}
	t.mask = size - 1
	t.keys, t.to = make([]uint64, size), make([]int32, size)
	for key, node := range t.edges {
		i := spread(key) & t.mask
		for t.keys[i] != 0 {
			i = (i + 1) & t.mask
		}
		t.keys[i], t.to[i] = key, node
	}
	t.edges = nil
}

// step follows the edge of s from node; false if there is none.
func (t *trie[V]) step(node int32, s symbol) (int32, bool) {
	if s == unknown {
		return 0, false
	}
	key := edge(node, s)
	for i := spread(key) & t.mask; ; i = (i + 1) & t.mask {
		switch t.keys[i] {
		case key:
			return t.to[i], true
		case 0:
			return 0, false
		}
	}
}

func edge(node int32, s symbol) uint64 { return uint64(node)<<32 | uint64(uint32(s)) }

// spread mixes the bits of a key so that its low ones tell keys apart.
func spread(key uint64) uint64 {
	key *= 0x9E3779B97F4A7C15
	return key ^ key>>29
}
