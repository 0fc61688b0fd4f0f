package phrase

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// file is a lexicon file as it is written.
type file struct {
	Topic    string            `yaml:"topic"`
	Words    map[string]string `yaml:"words"`
	Senses   map[string]string `yaml:"senses"`
	Fillers  string            `yaml:"fillers"`
	Variants map[string]string `yaml:"variants"`
}

// use is one part of one pattern, waiting for the phrases that it is made of.
type use struct {
	slot  int32 // where findings of the pattern up to this part are kept
	sense ID
	gap   gap
	first bool
	last  bool
	start bool
	end   bool
}

// planted is a use of the phrase at a node.
type planted struct {
	node int32
	use  use
}

type compiler struct {
	*Lexicon
	normal  func(string) []rune
	words   map[string]string   // class -> patterns as written
	spelled map[string][]string // class -> phrases
	uses    map[string][]use    // class -> uses
	planted []planted
	runes   []rune // scratch for sequence, like the next two
	raw     []Token
	mended  []Token
}

// Compile makes a lexicon of the files. normal brings the words of the files into the form in which texts will be read; what it
// returns must not change when it is applied again, and it must leave the signs of patterns alone. The error names the file and the
// pattern.
func Compile(files fs.FS, names []string, normal func(string) []rune) (*Lexicon, error) {
	c := &compiler{
		Lexicon: &Lexicon{vocab: make(map[string]symbol, 4096)}, normal: normal,
		words: map[string]string{"number": anyNumber}, spelled: make(map[string][]string), uses: make(map[string][]use),
	}
	read := make([]file, len(names))
	for i, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if err := yaml.Load(text, &read[i], yaml.WithKnownFields()); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := c.declare(&read[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for i, name := range names {
		if err := c.patterns(&read[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := c.classes(); err != nil {
		return nil, err
	}
	c.settle()
	return c.Lexicon, nil
}

// declare takes in what patterns of any file may refer to.
func (c *compiler) declare(f *file) error {
	for _, name := range slices.Sorted(maps.Keys(f.Words)) {
		if _, ok := c.words[name]; ok {
			return fmt.Errorf("words %q are there already", name)
		}
		c.words[name] = string(c.normal(f.Words[name]))
	}
	for from, to := range f.Variants {
		read := tokens(c.normal(from), nil, c.learn)
		if len(read) == 0 {
			return fmt.Errorf("variant %q is empty", from)
		}
		node := int(c.variants.add(read))
		for len(c.meant) <= node {
			c.meant = append(c.meant, nil)
		}
		if c.meant[node] != nil {
			return fmt.Errorf("variant %q is there already", from)
		}
		c.meant[node] = symbols(tokens(c.normal(to), nil, c.learn))
	}
	return nil
}

// patterns compiles the senses and fillers of a file.
func (c *compiler) patterns(f *file) error {
	fillers, err := c.phrasesOf(string(c.normal(f.Fillers)))
	if err != nil {
		return fmt.Errorf("fillers: %w", err)
	}
	for _, text := range fillers {
		node := int(c.fillers.add(c.sequence(text)))
		for len(c.filler) <= node {
			c.filler = append(c.filler, false)
		}
		c.filler[node] = true
	}
	if f.Topic == "" && len(f.Senses) > 0 {
		return fmt.Errorf("senses without a topic")
	}
	for _, name := range slices.Sorted(maps.Keys(f.Senses)) {
		id := c.sense(f.Topic, name)
		for text := range alternatives(string(c.normal(f.Senses[name]))) {
			if err := c.pattern(id, text); err != nil {
				return fmt.Errorf("sense %q: pattern %q: %w", name, text, err)
			}
		}
	}
	return nil
}

// signs are what makes a pattern more than a phrase.
const signs = "()<>.^$"

// pattern compiles one pattern. Most are plain phrases.
func (c *compiler) pattern(id ID, text string) error {
	if text != "" && !strings.ContainsAny(text, signs) {
		return c.plant(text, use{sense: id, first: true, last: true})
	}
	p, err := parsePattern(text, c.phrasesIn)
	if err != nil {
		return err
	}
	return c.add(id, p)
}

// sense returns the number of a sense, given when it is first seen.
func (c *compiler) sense(topic, name string) ID {
	name, weak := strings.CutSuffix(name, "?")
	s := Sense{Topic: topic, Name: name, Weak: weak}
	if i := slices.Index(c.senses, s); i >= 0 {
		return ID(i)
	}
	at := slices.Index(c.topics, topic)
	if at < 0 {
		at = len(c.topics)
		c.topics = append(c.topics, topic)
	}
	c.senses = append(c.senses, s)
	c.topicOf = append(c.topicOf, at)
	return ID(len(c.senses) - 1)
}

// add compiles a pattern. A part that may be empty makes a second pattern without it.
func (c *compiler) add(id ID, p pattern) error {
	for i, part := range p.parts {
		full := slices.DeleteFunc(slices.Clone(part.texts), func(s string) bool { return strings.TrimSpace(s) == "" })
		if len(full) == len(part.texts) {
			continue
		}
		without := p
		without.parts = slices.Delete(slices.Clone(p.parts), i, i+1)
		if i < len(without.parts) {
			without.parts[i].gap = max(without.parts[i].gap, part.gap)
		}
		with := p
		with.parts = slices.Clone(p.parts)
		with.parts[i].texts = full
		if err := c.add(id, with); err != nil {
			return err
		}
		return c.add(id, without)
	}
	if len(p.parts) == 0 {
		return fmt.Errorf("matches nothing at all")
	}
	for i, part := range p.parts {
		u := use{gap: part.gap, first: i == 0, last: i == len(p.parts)-1, sense: id, slot: int32(c.slots)}
		u.start, u.end = p.start && u.first, p.end && u.last
		if !u.last {
			c.slots++
		}
		if part.class != "" {
			if _, ok := c.words[part.class]; !ok {
				return fmt.Errorf("there are no words %q", part.class)
			}
			c.uses[part.class] = append(c.uses[part.class], u)
			continue
		}
		for _, text := range part.texts {
			if err := c.plant(text, u); err != nil {
				return err
			}
		}
	}
	return nil
}

// plant lets a phrase stand for uses.
func (c *compiler) plant(text string, uses ...use) error {
	sequence := c.sequence(text)
	if len(sequence) == 0 {
		return fmt.Errorf("%q has no words", text)
	}
	node := c.phrases.add(sequence)
	for _, u := range uses {
		c.planted = append(c.planted, planted{node, u})
	}
	return nil
}

// settle lays out what was planted, node by node, and which senses mask which.
func (c *compiler) settle() {
	c.isMask, c.maskedBy = make([]bool, len(c.senses)), make([][]int, len(c.senses))
	for mask, m := range c.senses {
		name, ok := m.masked()
		c.isMask[mask] = ok
		for id, s := range c.senses {
			if _, isMask := s.masked(); ok && !isMask && s.Topic == m.Topic && (name == "" || name == s.Name) {
				c.maskedBy[id] = append(c.maskedBy[id], mask)
			}
		}
	}
	counts := make([]int32, c.phrases.nodes+2)
	for _, p := range c.planted {
		counts[p.node+1]++
	}
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
	c.firstUse = slices.Clone(counts)
	c.allUses = make([]use, len(c.planted))
	for _, p := range c.planted {
		c.allUses[counts[p.node]] = p.use
		counts[p.node]++
	}
}

// classes plants the words of every class that is used.
func (c *compiler) classes() error {
	for _, name := range slices.Sorted(maps.Keys(c.uses)) {
		texts, err := c.phrasesIn(name)
		if err != nil {
			return err
		}
		for _, text := range texts {
			if err := c.plant(text, c.uses[name]...); err != nil {
				return fmt.Errorf("words %q: %w", name, err)
			}
		}
	}
	return nil
}

// phrasesIn spells out a class.
func (c *compiler) phrasesIn(name string) ([]string, error) {
	if texts, ok := c.spelled[name]; ok {
		return texts, nil
	}
	written, ok := c.words[name]
	if !ok {
		return nil, fmt.Errorf("there are no words %q", name)
	}
	c.spelled[name] = nil // a class that contains itself ends here
	texts, err := c.phrasesOf(written)
	if err != nil {
		return nil, fmt.Errorf("words %q: %w", name, err)
	}
	c.spelled[name] = texts
	return texts, nil
}

// phrasesOf spells out a list without gaps.
func (c *compiler) phrasesOf(written string) ([]string, error) {
	var out []string
	for text := range alternatives(written) {
		if !strings.ContainsAny(text, signs) {
			out = append(out, text)
			continue
		}
		p := &parser{classes: c.phrasesIn, rest: "(" + text + ")"}
		p.rest = p.rest[1:]
		texts, err := p.options()
		if err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		if p.rest != "" {
			return nil, fmt.Errorf("%q: a ) too many", text)
		}
		out = append(out, texts...)
	}
	return out, nil
}

// alternatives yields the patterns of a block of lines.
func alternatives(block string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(block) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			for _, text := range splitTop(line) {
				if !yield(strings.TrimSpace(text)) {
					return
				}
			}
		}
	}
}

// sequence cuts a phrase into tokens, with variants read as what they mean. The result holds until the next call.
func (c *compiler) sequence(text string) []Token {
	c.runes = c.runes[:0]
	for _, r := range text {
		c.runes = append(c.runes, r)
	}
	c.raw = tokens(c.runes, c.raw[:0], c.learn)
	for i := range c.raw {
		if t := &c.raw[i]; t.symbol == number && string(c.runes[t.At:t.End]) != anyNumber {
			t.symbol = t.exact
		}
	}
	c.mended = c.mend(c.raw, c.mended[:0])
	return c.mended
}

// learn returns the symbol of a word, given when it is first seen.
func (c *compiler) learn(word []rune) symbol {
	if s, ok := c.vocab[string(word)]; ok {
		return s
	}
	s := firstWord + symbol(len(c.vocab))
	c.vocab[string(word)] = s
	return s
}

func symbols(tokens []Token) []symbol {
	out := make([]symbol, len(tokens))
	for i, t := range tokens {
		out[i] = t.symbol
	}
	return out
}
