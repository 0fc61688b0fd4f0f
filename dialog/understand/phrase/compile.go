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
	gap   gap
	first bool
	last  bool
	start bool
	end   bool
	sense ID
}

type compiler struct {
	*Lexicon
	normal  func(string) []rune
	words   map[string]string   // class -> patterns as written
	spelled map[string][]string // class -> phrases
	uses    map[string][]use    // class -> uses
}

// Compile makes a lexicon of the files. normal brings a phrase into the form in which texts will be read; what it returns
// must not change when it is applied again. The error names the file and the pattern.
func Compile(files fs.FS, names []string, normal func(string) []rune) (*Lexicon, error) {
	c := &compiler{
		Lexicon: &Lexicon{vocab: make(map[string]symbol, 4096)}, normal: normal,
		words: make(map[string]string), spelled: make(map[string][]string), uses: make(map[string][]use),
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
	c.variants.freeze()
	for i, name := range names {
		if err := c.patterns(&read[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := c.classes(); err != nil {
		return nil, err
	}
	c.fillers.freeze()
	c.phrases.freeze()
	return c.Lexicon, nil
}

// declare takes in what patterns of any file may refer to.
func (c *compiler) declare(f *file) error {
	for _, name := range slices.Sorted(maps.Keys(f.Words)) {
		if _, ok := c.words[name]; ok {
			return fmt.Errorf("words %q are there already", name)
		}
		c.words[name] = f.Words[name]
	}
	for from, to := range f.Variants {
		read := tokens(c.normal(from), nil, c.learn)
		if len(read) == 0 {
			return fmt.Errorf("variant %q is empty", from)
		}
		meant := symbols(tokens(c.normal(to), nil, c.learn))
		if at := c.variants.at(symbols(read)); *at == nil {
			*at = append([]symbol{}, meant...)
		} else {
			return fmt.Errorf("variant %q is there already", from)
		}
	}
	return nil
}

// patterns compiles the senses and fillers of a file.
func (c *compiler) patterns(f *file) error {
	fillers, err := c.phrasesOf(f.Fillers)
	if err != nil {
		return fmt.Errorf("fillers: %w", err)
	}
	for _, text := range fillers {
		c.fillers.at(c.sequence(text))
	}
	if f.Topic == "" && len(f.Senses) > 0 {
		return fmt.Errorf("senses without a topic")
	}
	for _, name := range slices.Sorted(maps.Keys(f.Senses)) {
		id := c.sense(f.Topic, name)
		for text := range alternatives(f.Senses[name]) {
			p, err := parsePattern(text, c.phrasesIn)
			if err != nil {
				return fmt.Errorf("sense %q: %w", name, err)
			}
			if err := c.add(id, p); err != nil {
				return fmt.Errorf("sense %q: pattern %q: %w", name, text, err)
			}
		}
	}
	return nil
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
			if _, ok := c.words[part.class]; !ok && part.class != "number" {
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
	at := c.phrases.at(sequence)
	*at = append(*at, uses...)
	return nil
}

// classes plants the words of every class that is used.
func (c *compiler) classes() error {
	for _, name := range slices.Sorted(maps.Keys(c.uses)) {
		if name == "number" {
			at := c.phrases.at([]symbol{number})
			*at = append(*at, c.uses[name]...)
			continue
		}
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
		p := &parser{classes: c.phrasesIn, rest: "(" + text + ")"}
		texts, err := p.run(false)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		if p.rest != "" {
			return nil, fmt.Errorf("%q has a gap, which words may not have", text)
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

// sequence returns the symbols of a phrase, with variants read as what they mean.
func (c *compiler) sequence(text string) []symbol {
	return symbols(c.mend(tokens(c.normal(text), nil, c.learn), nil))
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
