package phrase

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"respite/dialog/understand/wordlist"
)

// compiler compiles the patterns of one file into a draft.
type compiler struct {
	*sources
	draft
	patterns parser
	learned  *wordlist.List     // the part of the vocabulary that this file has used
	known    []symbol           // by the number of a word in learned
	spelled  map[string][]words // class -> phrases
	open     map[string]bool    // classes that are being spelled out, or are
	waiting  map[string][]use   // class -> what its words stand for
	lone     map[ID]run         // sense -> the use of a phrase that is all of a pattern
	room     []rune             // scratch, for lines
}

func newCompiler(s *sources) *compiler {
	c := &compiler{
		sources: s, learned: wordlist.New(0, 0), spelled: make(map[string][]words), open: make(map[string]bool),
		waiting: make(map[string][]use), lone: make(map[ID]run),
	}
	c.patterns.compiler = c
	return c
}

// reserve makes about as much room as the patterns of a file need.
func (c *compiler) reserve(f *file) {
	written := 0
	for _, e := range f.senses {
		written += len(e.Value)
	}
	c.symbols = make([]symbol, 0, 2*written/3)
}

// file compiles the fillers and senses of a file. senses are the uses of a phrase that by itself expresses each.
func (c *compiler) file(name string, f *file, senses map[string]use) error {
	fillers, err := c.spell(written{name, f.fillers})
	if err != nil {
		return fmt.Errorf("fillers: %w", err)
	}
	for _, phrase := range fillers {
		c.fillers = append(c.fillers, c.variants.mend(c.of(phrase), nil))
	}
	for _, sense := range slices.Sorted(maps.Keys(f.senses)) {
		for line, at := range c.lines(f.senses[sense]) {
			for text, plain := range alternatives(line) {
				if err := c.pattern(senses[sense], text, plain); err != nil {
					return fmt.Errorf("%s:%d: sense %q: pattern %q: %w", name, at, sense, string(text), err)
				}
			}
		}
	}
	return c.plantClasses()
}

// lines yields the lines of an entry in normal form, each until the next, and their numbers in the file, without empty ones and comments.
// A line goes on as long as a bracket is open.
func (c *compiler) lines(e Entry) iter.Seq2[[]rune, int] {
	return func(yield func([]rune, int) bool) {
		text := c.room
		c.room = nil // a class may be spelled out while one of the lines is compiled
		defer func() { c.room = text }()
		at, next, depth := e.At, e.At, 0
		for written := range strings.Lines(e.Value) {
			if depth > 0 {
				text = append(text, ' ')
			} else {
				text, at = text[:0], next
			}
			next++
			from := len(text)
			text = c.normal(text, written)
			text = append(text[:from], trim(text[from:])...)
			if depth == 0 && (len(text) == 0 || text[0] == '#') {
				continue
			}
			if depth = open(text[from:], depth); depth == 0 && !yield(text, at) {
				return
			}
		}
		if depth > 0 {
			yield(text, at)
		}
	}
}

// pattern compiles one pattern. Most are plain phrases.
func (c *compiler) pattern(of use, text []rune, plain bool) error {
	if plain {
		return c.plant(c.literal(text), c.whole(of))
	}
	c.clearLists()
	parsed, err := c.patterns.pattern(text)
	if err != nil {
		return err
	}
	return c.add(of, parsed)
}

// whole returns the use of a phrase that by itself expresses a sense.
func (c *compiler) whole(of use) run {
	u, ok := c.lone[of.sense]
	if !ok {
		u = c.use(of)
		c.lone[of.sense] = u
	}
	return u
}

// use takes in uses, side by side.
func (c *compiler) use(same ...use) run {
	r := run{first: int32(len(c.uses)), n: int32(len(same))}
	c.uses = append(c.uses, same...)
	return r
}

// add compiles a pattern. A part that may be empty makes a second pattern without it.
func (c *compiler) add(of use, p pattern) error {
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
			if err := c.add(of, with); err != nil {
				return err
			}
		}
		return c.add(of, without)
	}
	if len(p.parts) == 0 {
		return fmt.Errorf("matches nothing at all")
	}
	return c.parts(of, p)
}

// parts lets the phrases of each part of a pattern, none of them empty, stand for it.
func (c *compiler) parts(of use, p pattern) error {
	c.widest.widen(p.breadth())
	for i, part := range p.parts {
		u := of
		u.gap, u.first, u.last, u.from, u.next = part.gap, i == 0, i == len(p.parts)-1, c.states-1, c.states
		u.start, u.end = p.start && u.first, p.end && u.last
		u.mask = of.mask && u.first && u.last && !u.start && !u.end
		if !u.last {
			c.states++
		}
		if part.class != "" {
			if _, ok := c.words[part.class]; !ok {
				return fmt.Errorf("there are no words %q", part.class)
			}
			c.waiting[part.class] = append(c.waiting[part.class], u)
			continue
		}
		var at run
		if len(p.parts) == 1 && !u.start && !u.end {
			at = c.whole(of)
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
func (c *compiler) plant(phrase words, uses run) error {
	if phrase.varied {
		from := len(c.symbols)
		c.symbols = c.variants.mend(c.of(phrase), c.symbols)
		phrase = c.since(from, false)
	}
	if phrase.empty() {
		return errors.New("a phrase has no words")
	}
	if phrase.to-phrase.from > longestPhrase {
		return fmt.Errorf("a phrase has more than %d words", longestPhrase)
	}
	c.planted.add(planted{from: phrase.from, to: phrase.to, first: uint16(uses.first), n: uint16(uses.n)})
	return nil
}

// plantClasses plants the words of every class that is a part of a pattern.
func (c *compiler) plantClasses() error {
	for _, name := range slices.Sorted(maps.Keys(c.waiting)) {
		phrases, err := c.class(name)
		if err != nil {
			return err
		}
		at := c.use(c.waiting[name]...)
		for _, phrase := range phrases {
			if err := c.plant(phrase, at); err != nil {
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
	phrases, err := c.spell(written)
	if err != nil {
		return nil, fmt.Errorf("words %q: %w", name, err)
	}
	c.spelled[name] = phrases
	return phrases, nil
}

// spell spells out a list without gaps.
func (c *compiler) spell(list written) ([]words, error) {
	var out []words
	for line, at := range c.lines(list.Entry) {
		for text, plain := range alternatives(line) {
			if plain {
				out = append(out, c.literal(text))
				continue
			}
			p := parser{compiler: c, rest: append(slices.Clone(text), ')')}
			phrases, err := p.options()
			if err == nil && len(p.rest) > 0 {
				err = errors.New("a ) too many")
			}
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %q: %w", list.file, at, string(text), err)
			}
			out = append(out, phrases...)
		}
	}
	return out, nil
}

// literal cuts words into symbols.
func (c *compiler) literal(text []rune) words {
	from, varied := len(c.symbols), false
	for i := 0; i < len(text); {
		s, end := text[i], i+1
		if !commonHan(s) {
			if _, ok := breaks(text, i); ok {
				i++
				continue
			}
			t := cut(text, i, c.learn)
			s, end = t.symbol, int(t.End)
			if s == number && string(text[i:end]) != anyNumber {
				s = t.exact
			}
		}
		c.symbols = append(c.symbols, s)
		varied = varied || c.variants.from.Begins(s)
		i = end
	}
	return c.since(from, varied)
}

// learn returns the symbol of a word.
func (c *compiler) learn(word []rune) symbol {
	var buffer [longestWord * utf8.UTFMax]byte
	b := buffer[:0]
	for _, r := range word[:min(len(word), longestWord)] {
		b = utf8.AppendRune(b, r)
	}
	n := c.learned.Add(b)
	if n == len(c.known) {
		c.known = append(c.known, c.vocab.learn(b))
	}
	return c.known[n]
}
