package understand

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// trie finds the longest phrase that starts at a place in a text, in time linear in the phrase. A phrase that begins or
// ends with a Latin letter only matches where that letter begins or ends a word: "paid" is not found in "unpaid".
// V is what a phrase stands for; of a phrase that is added twice, either value.
//
// Phrases are added first; after freeze the trie is only read, and is safe for concurrent use.
type trie[V any] struct {
	phrases []phraseOf[V] // until it is frozen, sorted then
	nodes   []trieNode[V]
	edges   []trieEdge
	roots   []int32 // the root's edges by rune, for runes below firstRare; 0: none
}

type phraseOf[V any] struct {
	text  string
	value V
}

type trieNode[V any] struct {
	first, end int32 // edges of the node
	ends       bool  // a phrase ends here, which stands for value
	value      V
}

type trieEdge struct {
	r  rune
	to int32
}

// firstRare is the rune from which on the root's edges are searched.
const firstRare = 0xA000

// add makes a phrase, already normalised, stand for v.
func (t *trie[V]) add(phrase string, v V) { t.phrases = append(t.phrases, phraseOf[V]{phrase, v}) }

// freeze lays the trie out for reading.
func (t *trie[V]) freeze() {
	slices.SortFunc(t.phrases, func(a, b phraseOf[V]) int { return strings.Compare(a.text, b.text) }) // the order of their runes
	t.nodes = make([]trieNode[V], 1, 3*len(t.phrases)+1)
	t.edges = make([]trieEdge, 0, 3*len(t.phrases))
	t.grow(0, t.phrases, 0)
	t.phrases = nil
	t.roots = make([]int32, firstRare)
	for _, e := range t.edges[t.nodes[0].first:t.nodes[0].end] {
		if e.r < firstRare {
			t.roots[e.r] = e.to
		}
	}
}

// grow builds the node for phrases that are sorted and agree in their first depth bytes.
func (t *trie[V]) grow(node int32, phrases []phraseOf[V], depth int) {
	for len(phrases) > 0 && len(phrases[0].text) == depth {
		t.nodes[node].value, t.nodes[node].ends = phrases[0].value, true
		phrases = phrases[1:]
	}
	t.nodes[node].first = int32(len(t.edges))
	last := rune(-1)
	for i := range phrases {
		if r, _ := utf8.DecodeRuneInString(phrases[i].text[depth:]); r != last {
			t.edges = append(t.edges, trieEdge{r, int32(len(t.nodes))})
			t.nodes = append(t.nodes, trieNode[V]{})
			last = r
		}
	}
	t.nodes[node].end = int32(len(t.edges))
	for at := t.nodes[node].first; len(phrases) > 0; at++ {
		size := utf8.RuneLen(t.edges[at].r)
		first := phrases[0].text[:depth+size]
		n := 1
		for n < len(phrases) && strings.HasPrefix(phrases[n].text, first) {
			n++
		}
		t.grow(t.edges[at].to, phrases[:n], depth+size)
		phrases = phrases[n:]
	}
}

// longest returns what the longest phrase starting at text[at] stands for and how many runes it has; 0 if there is none.
func (t *trie[V]) longest(text []rune, at int) (value V, length int) {
	if at >= len(text) || insideWord(text, at) {
		return value, 0
	}
	node := int32(0)
	for i := at; i < len(text); i++ {
		node = t.step(node, text[i])
		if node == 0 {
			break
		}
		if n := &t.nodes[node]; n.ends && !insideWord(text, i+1) {
			value, length = n.value, i+1-at
		}
	}
	return value, length
}

// step returns the node that the edge of r leads to from node; 0 if there is none.
func (t *trie[V]) step(node int32, r rune) int32 {
	if node == 0 && r < firstRare {
		return t.roots[r]
	}
	edges := t.edges[t.nodes[node].first:t.nodes[node].end]
	for len(edges) > 8 {
		half := len(edges) / 2
		if edges[half].r <= r {
			edges = edges[half:]
		} else {
			edges = edges[:half]
		}
	}
	for _, e := range edges {
		if e.r == r {
			return e.to
		}
	}
	return 0
}

// insideWord says whether the runes on both sides of text[at] are Latin letters.
func insideWord(text []rune, at int) bool {
	return at > 0 && at < len(text) && isLetter(text[at-1]) && isLetter(text[at])
}

// isHan says whether r is a Chinese character of the common block.
func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' }
