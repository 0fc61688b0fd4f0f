package phrase

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"unicode/utf8"

	"respite/dialog/understand/trie"
	"respite/dialog/understand/wordlist"
)

// sources are what the patterns of all files may refer to.
type sources struct {
	words    map[string]written // by class
	variants variants
	vocab    vocabulary
}

// written is a list as it stands in a file.
type written struct {
	file  string
	lines []line
}

// usualWords and usualBytes are about how large a vocabulary is: a guess that spares growing.
const (
	usualWords = 1 << 13
	usualBytes = 1 << 16
)

// Normal appends to out the words of a lexicon in the form in which texts will be read. That form must not change when it is made
// again, and it must leave the signs of patterns alone. A Normal must be safe for concurrent use.
type Normal func(out []rune, words string) []rune

// Compile makes a lexicon of the files, each beside the others. The error names the file, the line and the pattern.
func Compile(files fs.FS, names []string, normal Normal) (*Lexicon, error) {
	read, err := load(files, names, normal)
	if err != nil {
		return nil, err
	}
	all := sources{
		words: map[string]written{"number": {lines: []line{{text: []rune(anyNumber)}}}},
		vocab: vocabulary{list: wordlist.New(usualWords, usualBytes)},
	}
	if err := all.declare(names, read); err != nil {
		return nil, err
	}
	a := newAssembly(&all.variants)
	ids := make([]map[string]ID, len(names))
	for i := range read {
		if read[i].topic == "" && len(read[i].senses) > 0 {
			return nil, fmt.Errorf("%s: senses without a topic", names[i])
		}
		ids[i] = a.declare(&read[i])
	}
	drafts := make([]chan drafted, len(names))
	for i, name := range names {
		drafts[i] = make(chan drafted, 1)
		go func() {
			c := newCompiler(&all)
			c.reserve(&read[i])
			err := c.file(name, &read[i], ids[i])
			drafts[i] <- drafted{c.draft, err}
		}()
	}
	for _, done := range drafts {
		d := <-done
		if d.err != nil {
			return nil, d.err
		}
		a.join(&d.draft)
	}
	a.vocab = all.vocab.list
	return a.settle()
}

// drafted is what became of a file.
type drafted struct {
	draft
	err error
}

// declare takes in the classes and variants of all files.
func (s *sources) declare(names []string, files []file) error {
	var from trie.Builder
	var meant [][]symbol // by node of from
	c := newCompiler(s)
	for i, name := range names {
		for class, words := range files[i].words {
			if before, ok := s.words[class]; ok {
				return fmt.Errorf("%s: words %q are in %s already", name, class, cmp.Or(before.file, "the language itself"))
			}
			s.words[class] = written{name, words}
		}
		for _, v := range files[i].variants {
			node := int(from.Add(c.of(c.literal(v.from))))
			if node == 0 {
				return fmt.Errorf("%s:%d: variant %q is empty", name, v.at, string(v.from))
			}
			if meant = append(meant, make([][]symbol, from.Len()-len(meant))...); meant[node] != nil {
				return fmt.Errorf("%s:%d: variant %q is there already", name, v.at, string(v.from))
			}
			meant[node] = append([]symbol{}, c.of(c.literal(v.to))...)
		}
	}
	s.variants = newVariants(&from, meant)
	return nil
}

// compiler compiles the patterns of one file into a draft.
type compiler struct {
	*sources
	draft
	learned map[string]symbol  // the part of the vocabulary that this file has used
	spelled map[string][]words // class -> phrases
	open    map[string]bool    // classes that are being spelled out, or are
	classes map[string][]int32 // class -> its uses, in uses
	lone    map[ID]int32       // sense -> the use of a phrase that is all of a pattern
	raw     []Token            // scratch
}

func newCompiler(s *sources) *compiler {
	return &compiler{
		sources: s, learned: make(map[string]symbol), spelled: make(map[string][]words), open: make(map[string]bool),
		classes: make(map[string][]int32), lone: make(map[ID]int32),
	}
}

// reserve makes about as much room as the patterns of a file need.
func (c *compiler) reserve(f *file) {
	runes := 0
	for _, lines := range f.senses {
		for _, l := range lines {
			runes += len(l.text)
		}
	}
	c.symbols, c.planted = make([]symbol, 0, runes), make([]planted, 0, runes/3)
}

// file compiles the fillers and senses of a file. ids are the numbers of its senses.
func (c *compiler) file(name string, f *file, ids map[string]ID) error {
	fillers, err := c.list(written{name, f.fillers})
	if err != nil {
		return fmt.Errorf("fillers: %w", err)
	}
	for _, phrase := range fillers {
		c.fillers = append(c.fillers, c.variants.mend(c.of(phrase), nil))
	}
	for _, sense := range slices.Sorted(maps.Keys(f.senses)) {
		for _, line := range f.senses[sense] {
			for text := range alternatives(line.text) {
				if err := c.pattern(ids[sense], text); err != nil {
					return fmt.Errorf("%s:%d: sense %q: pattern %q: %w", name, line.at, sense, string(text), err)
				}
			}
		}
	}
	return c.plantClasses()
}

// pattern compiles one pattern. Most are plain phrases.
func (c *compiler) pattern(id ID, text []rune) error {
	if len(text) > 0 && !slices.ContainsFunc(text, isSign) {
		return c.plant(c.literal(text), c.whole(id))
	}
	p := c.parser(text)
	parsed, err := p.pattern()
	if err != nil {
		return err
	}
	return c.add(id, parsed)
}

// whole returns the use of a phrase that by itself expresses a sense.
func (c *compiler) whole(id ID) int32 {
	u, ok := c.lone[id]
	if !ok {
		u = c.use(use{sense: id, first: true, last: true})
		c.lone[id] = u
	}
	return u
}

// use returns the place of a use, which is taken in.
func (c *compiler) use(u use) int32 {
	c.uses = append(c.uses, u)
	return int32(len(c.uses) - 1)
}

func (c *compiler) parser(text []rune) *parser {
	return &parser{rest: text, kept: &c.store, class: c.class, literal: c.literal}
}

// add compiles a pattern. A part that may be empty makes a second pattern without it.
func (c *compiler) add(id ID, p pattern) error {
	for i, part := range p.parts {
		if !slices.ContainsFunc(part.phrases, words.empty) {
			continue
		}
		full := slices.DeleteFunc(slices.Clone(part.phrases), words.empty)
		without := p
		without.parts = slices.Delete(slices.Clone(p.parts), i, i+1)
		if i < len(without.parts) {
			without.parts[i].gap = max(without.parts[i].gap, part.gap)
		}
		with := p
		with.parts = slices.Clone(p.parts)
		with.parts[i].phrases = full
		if len(full) > 0 {
			if err := c.add(id, with); err != nil {
				return err
			}
		}
		return c.add(id, without)
	}
	if len(p.parts) == 0 {
		return fmt.Errorf("matches nothing at all")
	}
	return c.parts(id, p)
}

// parts lets the phrases of each part of a pattern, none of them empty, stand for it.
func (c *compiler) parts(id ID, p pattern) error {
	for i, part := range p.parts {
		u := use{gap: part.gap, first: i == 0, last: i == len(p.parts)-1, sense: id, slot: c.slots}
		u.start, u.end = p.start && u.first, p.end && u.last
		if !u.last {
			c.slots++
		}
		if part.class != "" {
			if _, ok := c.words[part.class]; !ok {
				return fmt.Errorf("there are no words %q", part.class)
			}
			c.classes[part.class] = append(c.classes[part.class], c.use(u))
			continue
		}
		var at int32
		if len(p.parts) == 1 && !u.start && !u.end {
			at = c.whole(id)
		} else {
			at = c.use(u)
		}
		for _, phrase := range part.phrases {
			if err := c.plant(phrase, at); err != nil {
				return err
			}
		}
	}
	return nil
}

// plant lets a phrase stand for uses.
func (c *compiler) plant(phrase words, uses ...int32) error {
	if c.variants.mends(c.of(phrase)) {
		from := len(c.symbols)
		c.symbols = c.variants.mend(c.of(phrase), c.symbols)
		phrase = c.since(from)
	}
	if phrase.empty() {
		return errors.New("a phrase has no words")
	}
	for _, u := range uses {
		c.planted = append(c.planted, planted{phrase, u})
	}
	return nil
}

// plantClasses plants the words of every class that is a part of a pattern.
func (c *compiler) plantClasses() error {
	for _, name := range slices.Sorted(maps.Keys(c.classes)) {
		phrases, err := c.class(name)
		if err != nil {
			return err
		}
		for _, phrase := range phrases {
			if err := c.plant(phrase, c.classes[name]...); err != nil {
				return fmt.Errorf("words %q: %w", name, err)
			}
		}
	}
	return nil
}

// class spells out a class.
func (c *compiler) class(name string) ([]words, error) {
	if phrases, ok := c.spelled[name]; ok {
		return phrases, nil
	}
	written, ok := c.words[name]
	if !ok {
		return nil, fmt.Errorf("there are no words %q", name)
	}
	if c.open[name] {
		return nil, fmt.Errorf("words %q contain themselves", name)
	}
	c.open[name] = true
	phrases, err := c.list(written)
	if err != nil {
		return nil, fmt.Errorf("words %q: %w", name, err)
	}
	c.spelled[name] = phrases
	return phrases, nil
}

// list spells out a list without gaps.
func (c *compiler) list(list written) ([]words, error) {
	var out []words
	for _, line := range list.lines {
		for text := range alternatives(line.text) {
			if !slices.ContainsFunc(text, isSign) {
				out = append(out, c.literal(text))
				continue
			}
			p := c.parser(append(slices.Clone(text), ')'))
			phrases, err := p.options()
			if err == nil && len(p.rest) > 0 {
				err = errors.New("a ) too many")
			}
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %q: %w", list.file, line.at, string(text), err)
			}
			out = append(out, phrases...)
		}
	}
	return out, nil
}

// literal cuts words into symbols.
func (c *compiler) literal(text []rune) words {
	from := len(c.symbols)
	c.raw = tokens(text, c.raw[:0], c.learn)
	for _, t := range c.raw {
		if t.symbol == number && string(text[t.At:t.End]) != anyNumber {
			t.symbol = t.exact
		}
		c.symbols = append(c.symbols, t.symbol)
	}
	return c.since(from)
}

// learn returns the symbol of a word.
func (c *compiler) learn(word []rune) symbol {
	var buffer [longestWord * utf8.UTFMax]byte
	b := buffer[:0]
	for _, r := range word[:min(len(word), longestWord)] {
		b = utf8.AppendRune(b, r)
	}
	s, ok := c.learned[string(b)]
	if !ok {
		s = c.vocab.learn(b)
		c.learned[string(b)] = s
	}
	return s
}
