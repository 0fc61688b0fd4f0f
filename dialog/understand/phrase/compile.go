package phrase

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// use is one part of one pattern, waiting for the phrases that it is made of.
type use struct {
	slot  int32 // where findings of the pattern up to this part are kept
	sense ID
	topic uint8
	hides uint8 // the place in hiders of the masks that mask the sense
	gap   gap
	first bool
	last  bool
	start bool // tied to the start of the text
	end   bool // tied to its end
	mask  bool // a phrase by itself that masks
}

// order is the place of a use among those of its node.
func (u *use) order() int {
	switch {
	case u.mask:
		return 0
	case u.first:
		return 1
	}
	return 2
}

// planted is a use of the phrase at a node.
type planted struct {
	node int32
	use  use
}

type compiler struct {
	*Lexicon
	words   map[string]written    // by class
	spelled map[string][][]symbol // class -> phrases
	open    map[string]bool       // classes that are being spelled out, or are
	uses    map[string][]use      // class -> uses
	planted []planted
	kept    []symbol // where phrases are kept until they are planted
	raw     []Token  // scratch
	read    []symbol
	mended  []symbol
}

// written is a list as it stands in a file.
type written struct {
	file  string
	lines []line
}

// Compile makes a lexicon of the files. normal brings the words of the files into the form in which texts will be read; what it
// returns must not change when it is applied again, it must leave the signs of patterns alone, and it must be safe for concurrent
// use. The error names the file, the line and the pattern.
func Compile(files fs.FS, names []string, normal func(string) []rune) (*Lexicon, error) {
	c := &compiler{
		Lexicon: &Lexicon{vocab: make(map[string]symbol, 8192)}, planted: make([]planted, 0, 1<<16),
		words: make(map[string]written), spelled: make(map[string][][]symbol), uses: make(map[string][]use), open: make(map[string]bool),
	}
	c.words["number"] = written{lines: []line{{text: []rune(anyNumber)}}}
	c.phrases.reserve(1 << 16)
	read, err := load(files, names, normal)
	if err != nil {
		return nil, err
	}
	for i, name := range names {
		if err := c.declare(name, &read[i]); err != nil {
			return nil, err
		}
	}
	for i, name := range names {
		if err := c.file(name, &read[i]); err != nil {
			return nil, err
		}
	}
	if err := c.classes(); err != nil {
		return nil, err
	}
	if err := c.settle(); err != nil {
		return nil, err
	}
	return c.Lexicon, nil
}

// declare takes in what patterns of any file may refer to.
func (c *compiler) declare(name string, f *file) error {
	for class, words := range f.words {
		if before, ok := c.words[class]; ok {
			return fmt.Errorf("%s: words %q are in %s already", name, class, cmp.Or(before.file, "the language itself"))
		}
		c.words[class] = written{name, words}
	}
	for _, v := range f.variants {
		node := int(c.variants.add(c.literal(v.from)))
		if node == 0 {
			return fmt.Errorf("%s:%d: variant %q is empty", name, v.at, string(v.from))
		}
		for len(c.meant) <= node {
			c.meant = append(c.meant, nil)
		}
		if c.meant[node] != nil {
			return fmt.Errorf("%s:%d: variant %q is there already", name, v.at, string(v.from))
		}
		c.meant[node] = append([]symbol{}, c.literal(v.to)...)
	}
	return nil
}

// file compiles the fillers and senses of a file.
func (c *compiler) file(name string, f *file) error {
	fillers, err := c.list(written{name, f.fillers})
	if err != nil {
		return fmt.Errorf("fillers: %w", err)
	}
	for _, phrase := range fillers {
		node := int(c.fillers.add(c.mend(phrase)))
		for len(c.filler) <= node {
			c.filler = append(c.filler, false)
		}
		c.filler[node] = true
	}
	if f.topic == "" && len(f.senses) > 0 {
		return fmt.Errorf("%s: senses without a topic", name)
	}
	for _, sense := range slices.Sorted(maps.Keys(f.senses)) {
		id := c.sense(f.topic, sense)
		for _, line := range f.senses[sense] {
			for text := range alternatives(line.text) {
				if err := c.pattern(id, text); err != nil {
					return fmt.Errorf("%s:%d: sense %q: pattern %q: %w", name, line.at, sense, string(text), err)
				}
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

// pattern compiles one pattern. Most are plain phrases.
func (c *compiler) pattern(id ID, text []rune) error {
	if len(text) > 0 && !slices.ContainsFunc(text, isSign) {
		return c.plant(c.literal(text), use{sense: id, first: true, last: true})
	}
	p := c.parser(text)
	parsed, err := p.pattern()
	if err != nil {
		return err
	}
	return c.add(id, parsed)
}

func (c *compiler) parser(text []rune) *parser {
	return &parser{rest: text, class: c.class, join: c.join, literal: func(words []rune) []symbol { return c.keep(c.literal(words)) }}
}

// keep copies a phrase, into one of few large pieces of memory.
func (c *compiler) keep(phrase []symbol) []symbol { return c.join(phrase, nil) }

// join keeps two phrases as one.
func (c *compiler) join(head, tail []symbol) []symbol {
	if len(c.kept)+len(head)+len(tail) > cap(c.kept) {
		c.kept = make([]symbol, 0, max(1<<14, len(head)+len(tail)))
	}
	from := len(c.kept)
	c.kept = append(append(c.kept, head...), tail...)
	return c.kept[from:len(c.kept):len(c.kept)]
}

// add compiles a pattern. A part that may be empty makes a second pattern without it.
func (c *compiler) add(id ID, p pattern) error {
	empty := func(s []symbol) bool { return len(s) == 0 }
	for i, part := range p.parts {
		if !slices.ContainsFunc(part.phrases, empty) {
			continue
		}
		full := slices.DeleteFunc(slices.Clone(part.phrases), empty)
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
		for _, phrase := range part.phrases {
			if err := c.plant(phrase, u); err != nil {
				return err
			}
		}
	}
	return nil
}

// plant lets a phrase stand for uses.
func (c *compiler) plant(phrase []symbol, uses ...use) error {
	node := c.phrases.add(c.mend(phrase))
	if node == 0 {
		return fmt.Errorf("a phrase has no words")
	}
	for _, u := range uses {
		c.planted = append(c.planted, planted{node, u})
	}
	return nil
}

// classes plants the words of every class that is used.
func (c *compiler) classes() error {
	for _, name := range slices.Sorted(maps.Keys(c.uses)) {
		phrases, err := c.class(name)
		if err != nil {
			return err
		}
		for _, phrase := range phrases {
			if err := c.plant(phrase, c.uses[name]...); err != nil {
				return fmt.Errorf("words %q: %w", name, err)
			}
		}
	}
	return nil
}

// class spells out a class.
func (c *compiler) class(name string) ([][]symbol, error) {
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
func (c *compiler) list(list written) ([][]symbol, error) {
	var out [][]symbol
	for _, line := range list.lines {
		for text := range alternatives(line.text) {
			if !slices.ContainsFunc(text, isSign) {
				out = append(out, c.keep(c.literal(text)))
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

// literal cuts words into symbols. The result holds until the next call.
func (c *compiler) literal(text []rune) []symbol {
	c.raw = tokens(text, c.raw[:0], c.learn)
	c.read = c.read[:0]
	for _, t := range c.raw {
		if t.symbol == number && string(text[t.At:t.End]) != anyNumber {
			t.symbol = t.exact
		}
		c.read = append(c.read, t.symbol)
	}
	return c.read
}

// mend returns a phrase with variants read as what they mean. The result holds until the next call.
func (c *compiler) mend(phrase []symbol) []symbol {
	c.mended = c.mended[:0]
	for i := 0; i < len(phrase); {
		meant, n := c.variant(len(phrase)-i, func(k int) (symbol, bool) { return phrase[i+k], true })
		if n == 0 {
			meant, n = phrase[i:i+1], 1
		}
		c.mended = append(c.mended, meant...)
		i += n
	}
	return c.mended
}

// learn returns the symbol of a word, given when it is first seen.
func (c *compiler) learn(word []rune) symbol {
	var buffer [longestWord * utf8.UTFMax]byte
	b := buffer[:0]
	for _, r := range word[:min(len(word), longestWord)] {
		b = utf8.AppendRune(b, r)
	}
	if s, ok := c.vocab[string(b)]; ok {
		return s
	}
	s := firstWord + symbol(len(c.vocab))
	c.vocab[string(b)] = s
	return s
}

// settle lays out what was planted, node by node, and which senses mask which.
func (c *compiler) settle() error {
	if err := c.hide(); err != nil {
		return err
	}
	counts := make([]int32, c.phrases.nodes+2)
	for _, p := range c.planted {
		counts[p.node+1]++
	}
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
	c.firstUse = slices.Clone(counts)
	c.Lexicon.uses = make([]use, len(c.planted))
	c.heads = make([]int32, c.phrases.nodes+1)
	for order := range 3 { // masks come first at their node, then what begins something
		for i := range c.planted {
			p := &c.planted[i]
			u := p.use
			u.mask = c.maskOf[u.sense] >= 0 && u.first && u.last && !u.start && !u.end
			if u.order() != order {
				continue
			}
			u.topic, u.hides = uint8(c.topicOf[u.sense]), c.hides[u.sense]
			c.Lexicon.uses[counts[p.node]] = u
			counts[p.node]++
			if u.first {
				c.heads[p.node]++
			}
		}
	}
	return nil
}

// mostHiders is how many different lists of masks there may be.
const mostHiders = 64

// hide finds out by which masks each sense is masked.
func (c *compiler) hide() error {
	c.maskOf, c.hides, c.hiders = make([]int, len(c.senses)), make([]uint8, len(c.senses)), [][]int{nil}
	maskedBy := make([][]int, len(c.senses))
	for id, m := range c.senses {
		c.maskOf[id] = -1
		name, ok := m.masked()
		if !ok {
			continue
		}
		c.maskOf[id] = len(c.masks)
		for other, s := range c.senses {
			if _, isMask := s.masked(); !isMask && s.Topic == m.Topic && (name == "" || name == s.Name) {
				maskedBy[other] = append(maskedBy[other], len(c.masks))
			}
		}
		c.masks = append(c.masks, ID(id))
	}
	for id, masks := range maskedBy {
		at := slices.IndexFunc(c.hiders, func(list []int) bool { return slices.Equal(list, masks) })
		if at < 0 {
			at = len(c.hiders)
			c.hiders = append(c.hiders, masks)
		}
		if at >= mostHiders {
			return fmt.Errorf("senses are masked in more than %d ways", mostHiders)
		}
		c.hides[id] = uint8(at)
	}
	return nil
}
