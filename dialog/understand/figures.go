package understand

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
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

func (w *word) add(m meaning) {
	if slices.Contains(w.meanings, m) {
		return
	}
	w.meanings = append(w.meanings, m)
	w.senses.add(m.sense)
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

// figures is the lexicon of words around figures, once for each of the two questions.
type figures struct {
	money, time trie[*word]
	han         numerals
}

func (f *figures) words(u use) *trie[*word] {
	if u == forTime {
		return &f.time
	}
	return &f.money
}

// loadFigures compiles the lexicon files. An error names the file and the word.
func loadFigures(normal func(string) []rune) (*figures, error) {
	files, err := figureFiles.ReadDir("lexicon")
	if err != nil {
		return nil, err
	}
	l := figureLoader{figures: &figures{}, money: make(map[string]*word, 4000), time: make(map[string]*word, 4000), normal: normal}
	for _, file := range files {
		if err := l.load("lexicon/" + file.Name()); err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name(), err)
		}
	}
	compile(&l.figures.money, l.money)
	compile(&l.figures.time, l.time)
	return l.figures, nil
}

// compile lays words out for reading.
func compile(t *trie[*word], words map[string]*word) {
	for text, w := range words {
		if i := slices.IndexFunc(roleSenses, w.senses.has); i >= 0 {
			w.role = roleSenses[i]
		}
		t.add(text, w)
	}
	t.freeze()
}

// figureLoader collects the words of the lexicon files.
type figureLoader struct {
	figures     *figures
	money, time map[string]*word
	normal      func(string) []rune
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
	for name, lists := range file {
		s, ok := senses[name]
		if !ok {
			return fmt.Errorf("there is no sense %q", name)
		}
		for value, list := range lists {
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
				l.figures.han.set(w[0], m)
			}
			if u&forMoney != 0 {
				mean(l.money, string(w), m)
			}
			if u&forTime != 0 {
				mean(l.time, string(w), m)
			}
		}
	}
	return nil
}

// mean makes a word stand for m too.
func mean(words map[string]*word, text string, m meaning) {
	w := words[text]
	if w == nil {
		w = &word{}
		words[text] = w
	}
	w.add(m)
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
