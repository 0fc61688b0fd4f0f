// Package trie finds the longest of many sequences of symbols by their common beginnings.
package trie

// Trie holds sequences of symbols: runes, and numbers below zero for whatever else its user tells apart. Each sequence ends in a node,
// by whose number the user keeps what it stands for; node 0 is the empty one. A Trie is made by Builder.Freeze, never changes, and is
// safe for concurrent use.
//
// The children of a node stand side by side, in the order of their labels, so that a node takes twelve bytes.
type Trie struct {
	labels []rune // by node: the last symbol of its sequence
	nodes  []node
	roots  roots
}

type node struct {
	first int32  // its first child; that of the next node is past its last
	mask  uint32 // a bit for each child, by the end of its label: most steps lead nowhere, and end here
}

func bit(label rune) uint32 { return 1 << (uint32(label) & 31) }

// Len returns the number of nodes.
func (t *Trie) Len() int { return len(t.labels) }

// Step returns the child of a node by its label; 0 if there is none.
func (t *Trie) Step(node int32, label rune) int32 {
	if node == 0 {
		if t.roots.know(label) {
			return t.roots.child(label)
		}
		if t.roots.all {
			return 0
		}
	}
	if len(t.nodes) == 0 || t.nodes[node].mask&bit(label) == 0 {
		return 0
	}
	from, to := t.nodes[node].first, t.nodes[node+1].first
	for to-from > 8 {
		if middle := (from + to) / 2; t.labels[middle] <= label {
			from = middle
		} else {
			to = middle
		}
	}
	for ; from < to; from++ {
		if t.labels[from] == label {
			return from
		}
	}
	return 0
}

// Begins says whether a sequence begins with a label.
func (t *Trie) Begins(label rune) bool {
	if t.roots.know(label) {
		return t.roots.have(label)
	}
	return t.Step(0, label) != 0
}
