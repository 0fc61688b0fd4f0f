package understand

import (
	"embed"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"respite/dialog/understand/trie"
)

//go:embed lexicon/figures.*.yaml
var figureFiles embed.FS

// meaning is one sense of a word, with the value or the name that it stands for.
type meaning struct {
	sense sense
	n     int64
	name  string
}

// word is what a word of the lexicon says: one sense or more.
type word struct {
	senses   senseSet
	role     sense // the first of roleSenses that it has, if any
	meanings []meaning
}

// and returns a word that says m besides what w says.
func (w word) and(m meaning) word {
	if !slices.Contains(w.meanings, m) {
		w.meanings = append(slices.Clip(w.meanings), m)
		w.senses.add(m.sense)
	}
	return w
}

// in returns the meaning of w in the sense s.
func (w *word) in(s sense) (meaning, bool) {
	if w == nil || !w.senses.has(s) {
		return meaning{}, false
	}
	for _, m := range w.meanings {
		if m.sense == s {
			return m, true
		}
	}
	return meaning{}, false
}

// figures is the lexicon of words around figures, for each of the two questions. Words that say the same are one.
type figures struct {
	dictionary
	money, time []uint16 // by node of the dictionary: the place in words of what ends there; 0: nothing
	words       []word
	han         numerals
}

// longest returns the longest word that starts at text[at], and its length; 0 if there is none.
func (f *figures) longest(text []rune, at int, u use) (*word, int) {
	values := f.money
	if u == forTime {
		values = f.time
	}
	value, length := f.dictionary.longest(values, text, at)
	if length == 0 {
		return nil, 0
	}
	return &f.words[value], length
}

// loadFigures compiles the lexicon files. An error names the file and the word.
func loadFigures(normal func(string) []rune) (*figures, error) {
	files, err := figureFiles.ReadDir("lexicon")
	if err != nil {
		return nil, err
	}
	l := figureLoader{figures: &figures{words: make([]word, 1)}, with: make(map[addition]uint16), normal: normal}
	l.texts.Reserve(usualNodes)
	for _, file := range files {
		if err := l.load("lexicon/" + file.Name()); err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name(), err)
		}
	}
	return l.freeze()
}

// usualNodes is about how many nodes the words around figures have: a guess that spares growing.
const usualNodes = 1 << 14

// figureLoader collects the words of the lexicon files.
type figureLoader struct {
	*figures
	texts  trie.Builder
	with   map[addition]uint16 // what a word says when it gets a meaning more
	normal func(string) []rune
}

// addition is a meaning that a word gets besides those that it has.
type addition struct {
	to uint16
	m  meaning
}

func (l *figureLoader) load(name string) error {
	text, err := figureFiles.ReadFile(name)
	if err != nil {
		return err
	}
	var file map[string]words
	if err := yaml.Load(text, &file); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(file)) {
		s, ok := senses[name]
		if !ok {
			return fmt.Errorf("there is no sense %q", name)
		}
		for value, list := range file[name] {
			m, err := meant(s.sense, value)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if err := l.add(m, s.use, list); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

// named are the senses whose words stand for names; the words of all others stand for numbers, or for nothing but the sense.
var named = []sense{isCurrency, isMoving}

func meant(s sense, value string) (meaning, error) {
	m := meaning{sense: s}
	if value == "" || slices.Contains(named, s) {
		m.name = value
		return m, nil
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return m, fmt.Errorf("%q is not a number", value)
	}
	m.n = n
	return m, nil
}

// add makes the words of a list stand for m.
func (l *figureLoader) add(m meaning, u use, list string) error {
	for line := range strings.Lines(list) {
		for text := range strings.SplitSeq(line, "|") {
			w := l.normal(text)
			if len(w) == 0 {
				return fmt.Errorf("%q is empty in its normal form", strings.TrimSpace(line))
			}
			if numeral(m.sense) && len(w) == 1 && !isLetter(w[0]) {
				l.han.set(w[0], m)
			}
			node := int(l.texts.Add(w))
			if u&forMoney != 0 {
				l.mean(&l.money, node, m)
			}
			if u&forTime != 0 {
				l.mean(&l.time, node, m)
			}
		}
	}
	return nil
}

// mean makes the word at a node stand for m too.
func (l *figureLoader) mean(values *[]uint16, node int, m meaning) {
	*values = append(*values, make([]uint16, max(0, node+1-len(*values)))...)
	at := &(*values)[node]
	next, ok := l.with[addition{*at, m}]
	if !ok {
		w := l.words[*at].and(m)
		next = uint16(len(l.words))
		l.words, l.with[addition{*at, m}] = append(l.words, w), next
	}
	*at = next
}

// freeze lays the words out for reading.
func (l *figureLoader) freeze() (*figures, error) {
	if len(l.words) > math.MaxUint16 {
		return nil, fmt.Errorf("words say more than %d different things", math.MaxUint16)
	}
	for n := range l.words {
		w := &l.words[n]
		if i := slices.IndexFunc(roleSenses, w.senses.has); i >= 0 {
			w.role = roleSenses[i]
		}
	}
	var places []int32
	l.trie, places = l.texts.Freeze()
	l.money, l.time = placed(l.money, places), placed(l.time, places)
	return l.figures, nil
}

// words is what stands under a sense in a file: a list, under "", or a list for each value.
type words map[string]string

// UnmarshalYAML reads either form.
func (w *words) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*w = words{"": n.Value}
		return nil
	}
	return n.Decode((*map[string]string)(w))
}
