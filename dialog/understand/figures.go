package understand

import (
	"embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"respite/dialog/understand/phrase"
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
	l := figureLoader{figures: &figures{words: make([]word, 1, usualWords)}, with: make(map[addition]uint16, usualWords), normal: normal}
	l.texts.Reserve(usualNodes)
	for _, file := range files {
		if err := l.load("lexicon/" + file.Name()); err != nil {
			return nil, fmt.Errorf("%s:%w", file.Name(), err)
		}
	}
	return l.freeze()
}

// About how many nodes the words around figures have, and how many different things they say: guesses that spare growing.
const (
	usualNodes = 20_000
	usualWords = 800
)

// figureLoader collects the words of the lexicon files.
type figureLoader struct {
	*figures
	texts  trie.Builder
	with   map[addition]uint16 // what a word says when it gets a meaning more
	last   addition            // the one made last, which most words of an entry make again
	made   uint16              // what it made; 0: none was made
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
	entries, err := phrase.Outline(string(text))
	if err != nil {
		return err
	}
	slices.SortStableFunc(entries, func(a, b phrase.Entry) int { return strings.Compare(a.Section, b.Section) })
	for _, e := range entries {
		if err := l.entry(e); err != nil {
			return err
		}
	}
	return nil
}

// entry makes the words of an entry stand for what it says: the section is their sense, its name their value. An error begins with the
// number of the line.
func (l *figureLoader) entry(e phrase.Entry) error {
	s, ok := senses[e.Section]
	if !ok {
		return fmt.Errorf("%d: there is no sense %q", e.At, e.Section)
	}
	m, err := meant(s.sense, e.Name)
	if err != nil {
		return fmt.Errorf("%d: %s: %w", e.At, e.Section, err)
	}
	for line := range strings.Lines(e.Value) {
		if strings.TrimSpace(line) != "" {
			if err := l.add(m, s.use, line); err != nil {
				return fmt.Errorf("%d: %s: %w", e.At, e.Section, err)
			}
		}
		e.At++
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

// add makes the words of a line stand for m.
func (l *figureLoader) add(m meaning, u use, line string) error {
	for text := range strings.SplitSeq(line, "|") {
		w := l.normal(text)
		if len(w) == 0 {
			return fmt.Errorf("%q has a word that is empty in its normal form", strings.TrimSpace(line))
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
	return nil
}

// mean makes the word at a node stand for m too.
func (l *figureLoader) mean(values *[]uint16, node int, m meaning) {
	*values = append(*values, make([]uint16, max(0, node+1-len(*values)))...)
	at := &(*values)[node]
	if a := (addition{*at, m}); l.made == 0 || a != l.last {
		l.last, l.made = a, l.say(a)
	}
	*at = l.made
}

// say returns what a word says after an addition.
func (l *figureLoader) say(a addition) uint16 {
	says, ok := l.with[a]
	if !ok {
		says = uint16(len(l.words))
		l.words, l.with[a] = append(l.words, l.words[a.to].and(a.m)), says
	}
	return says
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
