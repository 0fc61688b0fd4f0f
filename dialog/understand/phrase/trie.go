package phrase

// trie holds sequences of symbols. A sequence ends in a node, by which whoever uses the trie keeps what it stands for. Node 0 is the
// empty sequence.
type trie struct {
	nodes int
	keys  []uint64 // open addressing: node<<32 | symbol; 0 is free
	to    []int32
	used  int
}

// add returns the node of a sequence, made if it is not there.
func (t *trie) add(sequence []Token) int32 {
	node := int32(0)
	for _, token := range sequence {
		if t.used*2 >= len(t.keys) {
			t.grow()
		}
		key := edge(node, token.symbol)
		i := t.place(key)
		if t.keys[i] == 0 {
			t.nodes++
			t.used++
			t.keys[i], t.to[i] = key, int32(t.nodes)
		}
		node = t.to[i]
	}
	return node
}

// grow doubles the room for edges.
func (t *trie) grow() {
	keys, to := t.keys, t.to
	size := max(1024, 2*len(keys))
	t.keys, t.to = make([]uint64, size), make([]int32, size)
	for i, key := range keys {
		if key != 0 {
			j := t.place(key)
			t.keys[j], t.to[j] = key, to[i]
		}
	}
}

// place returns where the edge key is, or would be.
func (t *trie) place(key uint64) int {
	mask := uint64(len(t.keys) - 1)
	i := spread(key) & mask
	for t.keys[i] != 0 && t.keys[i] != key {
		i = (i + 1) & mask
	}
	return int(i)
}

// step follows the edge of s from node; false if there is none.
func (t *trie) step(node int32, s symbol) (int32, bool) {
	if s == unknown || t.used == 0 {
		return 0, false
	}
	i := t.place(edge(node, s))
	return t.to[i], t.keys[i] != 0
}

func edge(node int32, s symbol) uint64 { return uint64(node)<<32 | uint64(uint32(s)) }

// spread mixes the bits of a key so that its low ones tell keys apart.
func spread(key uint64) uint64 {
	key *= 0x9E3779B97F4A7C15
	return key ^ key>>29
}
