package understand

import "slices"

// trie finds the longest phrase that starts at a place in a text, in time linear in the phrase. A phrase that begins or
// ends with a Latin letter only matches where that letter begins or ends a word: "paid" is not found in "unpaid".
// V is what a phrase stands for; a phrase that is added twice stands for both.
//
// Phrases are added first; after freeze the trie is only read, and is safe for concurrent use.
type trie[V any] struct {
	building []trieNode[V]
	nodes    []frozenNode[V]
	edges    []trieEdge
}

type trieNode[V any] struct {
	next   map[rune]int32
	values []V
}

type frozenNode[V any] struct {
	first, end int32 // edges of the node
	values     []V
}

type trieEdge struct {
	r  rune
	to int32
}

// add makes a phrase, already normalised, stand for v. An empty phrase is ignored.
func (t *trie[V]) add(phrase string, v V) {
	if phrase == "" {
		return
	}
	if len(t.building) == 0 {
		t.building = append(t.building, trieNode[V]{})
	}
	at := int32(0)
	for _, r := range phrase {
		to, ok := t.building[at].next[r]
		if !ok {
			to = int32(len(t.building))
			t.building = append(t.building, trieNode[V]{})
			if t.building[at].next == nil {
				t.building[at].next = make(map[rune]int32, 1)
			}
			t.building[at].next[r] = to
		}
		at = to
	}
	t.building[at].values = append(t.building[at].values, v)
}

// freeze lays the trie out for reading.
func (t *trie[V]) freeze() {
	t.nodes = make([]frozenNode[V], len(t.building))
	for i, n := range t.building {
		first := int32(len(t.edges))
		for r, to := range n.next {
			t.edges = append(t.edges, trieEdge{r, to})
		}
		slices.SortFunc(t.edges[first:], func(a, b trieEdge) int { return int(a.r - b.r) })
		t.nodes[i] = frozenNode[V]{first, int32(len(t.edges)), n.values}
	}
	t.building = nil
}

// longest returns what the longest phrase starting at text[at] stands for and how many runes it has; 0 if there is none.
func (t *trie[V]) longest(text []rune, at int) (values []V, length int) {
	if len(t.nodes) == 0 || insideWord(text, at) {
		return nil, 0
	}
	node := int32(0)
	for i := at; i < len(text); i++ {
		to, ok := t.step(node, text[i])
		if !ok {
			break
		}
		node = to
		if v := t.nodes[node].values; v != nil && !insideWord(text, i+1) {
			values, length = v, i+1-at
		}
	}
	return values, length
}

func (t *trie[V]) step(node int32, r rune) (int32, bool) {
	edges := t.edges[t.nodes[node].first:t.nodes[node].end]
	if len(edges) <= 4 {
		for _, e := range edges {
			if e.r == r {
				return e.to, true
			}
		}
		return 0, false
	}
	i, ok := slices.BinarySearchFunc(edges, r, func(e trieEdge, r rune) int { return int(e.r - r) })
	if !ok {
		return 0, false
	}
	return edges[i].to, true
}

// insideWord says whether the runes on both sides of text[at] are Latin letters.
func insideWord(text []rune, at int) bool {
	return at > 0 && at < len(text) && isLetter(text[at-1]) && isLetter(text[at])
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' }
