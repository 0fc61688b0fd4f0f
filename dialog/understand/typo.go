package understand

import (
	_ "embed"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"respite/dialog/understand/trie"
)

//go:embed lexicon/typos.yaml
var typosFile []byte

// typos mends spelling: listed slips of whole words and phrases, and any single slip in the words of a short list.
type typos struct {
	listed dictionary
	places []uint16 // by node of listed: the place in right of what is meant; 0: nothing ends there
	right  [][]rune
	close  map[rune][][]rune // by first letter
}

// shortestClose is the length below which a word is too near to others for a slip in it to be guessed.
const shortestClose = 6

// typoLists are the lists of the lexicon of typos, as its head describes them. No right form can be mended further, nor make a wrong
// one together with what stands beside it; a test holds the file to that.
type typoLists struct {
	Listed map[string]string `yaml:"listed"`
	Close  []string          `yaml:"close"`
	Stand  []string          `yaml:"stand"`
}

func loadTypos(normal func(string) []rune) (typos, error) {
	var file typoLists
	t := typos{close: make(map[rune][][]rune), right: make([][]rune, 1)}
	var wrong trie.Builder
	list := func(slip, right []rune) {
		node := int(wrong.Add(slip))
		t.places = append(t.places, make([]uint16, max(0, node+1-len(t.places)))...)
		t.places[node] = uint16(len(t.right))
		t.right = append(t.right, right)
	}
	if err := yaml.Load(typosFile, &file, yaml.WithKnownFields()); err != nil {
		return t, fmt.Errorf("typos: %w", err)
	}
	for slip, right := range file.Listed {
		if string(normal(slip)) != slip || string(normal(right)) != right {
			return t, fmt.Errorf("typos: %q: %q is not in normal form", slip, right)
		}
		list([]rune(slip), []rune(right))
	}
	for _, word := range file.Stand {
		list([]rune(word), []rune(word))
	}
	for _, word := range file.Close {
		w := []rune(word)
		if len(w) < shortestClose {
			return t, fmt.Errorf("typos: %q is too short for slips in it to be guessed", word)
		}
		list(w, w)
		t.close[w[0]] = append(t.close[w[0]], w)
	}
	var places []int32
	t.listed.trie, places = wrong.Freeze()
	t.places = placed(t.places, places)
	return t, nil
}

// mend returns text with its slips put right: text itself if there are none.
func (t *typos) mend(text []rune) []rune {
	var out []rune
	done := 0
	for i := 0; i < len(text); {
		if !isLetter(text[i]) && !t.listed.trie.Begins(text[i]) { // most
			i++
			continue
		}
		right, n := t.at(text, i)
		if right != nil && !slices.Equal(right, text[i:i+n]) {
			out = append(append(out, text[done:i]...), right...)
			done = i + n
		}
		i += n
	}
	if done == 0 {
		return text
	}
	return append(out, text[done:]...)
}

// at returns what was meant by the word or phrase at text[i], nil if it stands as it is, and its length.
func (t *typos) at(text []rune, i int) (right []rune, length int) {
	if right, n := t.listed.longest(t.places, text, i); n > 0 {
		return t.right[right], n
	}
	if !isLetter(text[i]) {
		return nil, 1
	}
	end := i + 1
	for end < len(text) && isLetter(text[end]) {
		end++
	}
	return t.meant(text[i:end]), end - i
}

// meant returns the word of the close list that is one slip from word, nil if none is. The first letter is never the slip.
func (t *typos) meant(word []rune) []rune {
	if len(word) < shortestClose-1 {
		return nil
	}
	for _, right := range t.close[word[0]] {
		if oneSlip(word, right) {
			return right
		}
	}
	return nil
}

// oneSlip says whether a and b differ by one letter left out, put in or mistaken, or two neighbours swapped.
func oneSlip(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	if len(a) < len(b) {
		return slices.Equal(a, b[1:])
	}
	if len(a) < 2 || slices.Equal(a[1:], b[1:]) {
		return true
	}
	return a[0] == b[1] && a[1] == b[0] && slices.Equal(a[2:], b[2:])
}
