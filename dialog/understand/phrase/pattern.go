package phrase

import (
	"errors"
	"fmt"
	"slices"
)

// part is a stretch of a pattern without a gap: one of several phrases, or a word class.
type part struct {
	phrases []words // as they are written, variants not yet read as what they mean
	class   string  // if it is a class
	gap     gap     // what may stand between the part before and this one
}

// pattern is one line's alternative, taken apart.
type pattern struct {
	parts      []part
	start, end bool // tied to the start or end of the text
}

// breadth is of how many parts a pattern is and how many tokens its gaps reach over.
type breadth struct{ parts, gaps int }

// breadth returns that of a pattern with a far gap.
func (p *pattern) breadth() breadth {
	if !slices.ContainsFunc(p.parts, func(part part) bool { return part.gap == far }) {
		return breadth{}
	}
	b := breadth{parts: len(p.parts)}
	for _, part := range p.parts[1:] {
		b.gaps += int(reaches[part.gap].tokens)
	}
	return b
}

// widen makes b no smaller than another.
func (b *breadth) widen(other breadth) {
	b.parts, b.gaps = max(b.parts, other.parts), max(b.gaps, other.gaps)
}

// mostPhrases is how many phrases a list in brackets may stand for, easyPhrases how many a part does where it can be split instead.
const (
	mostPhrases = 4000
	easyPhrases = 64
)

// parser reads patterns in normal form, one after the other.
type parser struct {
	*compiler
	rest   []rune
	parts  []part    // of the pattern
	pieces [][]words // those of the runs that are being read
	heap   []words   // the lists that are being put together
}

// pattern reads a whole pattern, whose parts hold until the next is read.
func (p *parser) pattern(text []rune) (pattern, error) {
	p.rest = text
	out := pattern{start: p.take("^"), parts: p.parts[:0]}
	defer func() { p.parts = out.parts }()
	between := adjacent
	for {
		p.blank()
		switch {
		case len(p.rest) == 0:
			if len(out.parts) == 0 || between != adjacent {
				return out, errors.New("begins or ends with a gap, or is empty")
			}
			return out, nil
		case len(p.rest) == 1 && p.rest[0] == '$':
			p.rest, out.end = nil, true
			continue
		case p.take("..."):
			between = far
		case p.take(".."):
			between = near
		case p.rest[0] == '<':
			name, err := p.name()
			if err != nil {
				return out, err
			}
			out.parts = append(out.parts, part{class: name, gap: between})
			between = adjacent
		default:
			p.pieces = p.pieces[:0]
			err := p.run(false)
			if err == nil && len(p.pieces) == 0 {
				err = fmt.Errorf("%q is not understood", string(p.rest))
			}
			if err != nil {
				return out, err
			}
			for _, phrases := range p.merge(p.pieces) {
				out.parts = append(out.parts, part{phrases: phrases, gap: between})
				between = adjacent
			}
		}
		if between != adjacent && len(out.parts) == 0 {
			return out, errors.New("begins with a gap")
		}
	}
}

func (p *parser) blank() {
	for len(p.rest) > 0 && (p.rest[0] == ' ' || p.rest[0] == '\n') {
		p.rest = p.rest[1:]
	}
}

func (p *parser) take(prefix string) bool {
	for i, r := range prefix { // prefixes are ASCII
		if i >= len(p.rest) || p.rest[i] != r {
			return false
		}
	}
	p.rest = p.rest[len(prefix):]
	return true
}

// name reads <name>.
func (p *parser) name() (string, error) {
	end := slices.Index(p.rest, '>')
	if end < 2 {
		return "", fmt.Errorf("no name and > after %q", string(p.rest))
	}
	name := string(p.rest[1:end])
	p.rest = p.rest[end+1:]
	return name, nil
}

// run reads words and brackets up to a gap, a class or the end, and adds to p.pieces, piece by piece, all phrases that each stands for.
// Inside brackets it ends at the bar or the closing bracket, and classes are spelled out.
func (p *parser) run(inside bool) error {
	for len(p.rest) > 0 {
		var piece []words
		var err error
		switch r := p.rest[0]; {
		case r == '(':
			p.rest = p.rest[1:]
			piece, err = p.options()
		case inside && (r == '|' || r == ')'):
			return nil
		case r == ')':
			return errors.New("a ) too many")
		case r == '<' && !inside, r == '.' && !inside, r == '$' && !inside:
			return nil
		case r == '<':
			var name string
			if name, err = p.name(); err == nil {
				piece, err = p.class(name)
			}
		default:
			piece, err = p.words()
		}
		if err != nil {
			return err
		}
		p.pieces = append(p.pieces, piece)
	}
	if inside {
		return errors.New("a ) is missing")
	}
	return nil
}

// words reads up to the next sign.
func (p *parser) words() ([]words, error) {
	end := signIn(p.rest)
	if end == 0 {
		return nil, fmt.Errorf("%q is not understood", string(p.rest))
	}
	if end < len(p.rest) && p.rest[end] == '(' && letter(p.rest[end-1]) {
		return nil, fmt.Errorf("a word is put together out of parts at %q", string(p.rest[end:]))
	}
	w := p.literal(p.rest[:end])
	p.rest = p.rest[end:]
	return p.list(w), nil
}

// signIn returns the place of the first sign or bar in a text; its length if there is none.
func signIn(text []rune) int {
	for i, r := range text {
		if isSign(r) || r == '|' {
			return i
		}
	}
	return len(text)
}

// isSign says whether r makes a pattern more than a phrase.
func isSign(r rune) bool {
	const most = 1<<'(' | 1<<')' | 1<<'<' | 1<<'>' | 1<<'.' | 1<<'$'
	return r == '^' || uint(r) < 64 && most>>uint(r)&1 != 0
}

// options reads what stands in brackets, from after the opening one to after the closing one.
func (p *parser) options() ([]words, error) {
	from := len(p.heap)
	for closed := false; !closed; {
		if end := signIn(p.rest); end < len(p.rest) && (p.rest[end] == '|' || p.rest[end] == ')') {
			p.heap = append(p.heap, p.literal(p.rest[:end])) // most are plain
			p.rest = p.rest[end:]
		} else if err := p.option(); err != nil {
			return nil, err
		}
		closed = p.rest[0] == ')'
		p.rest = p.rest[1:]
	}
	return p.takeDown(from), nil
}

// option puts on the heap the phrases of what stands up to a bar or the closing bracket.
func (p *parser) option() error {
	from := len(p.pieces)
	if err := p.run(true); err != nil {
		return err
	}
	phrases := p.list(words{})
	for _, piece := range p.pieces[from:] {
		if phrases = p.product(phrases, piece); len(phrases) > mostPhrases {
			return fmt.Errorf("stands for more than %d phrases", mostPhrases)
		}
	}
	p.pieces = p.pieces[:from]
	p.heap = append(p.heap, phrases...)
	return nil
}

// takeDown keeps what is on the heap from a place on as a list.
func (p *parser) takeDown(from int) []words {
	out := p.list(p.heap[from:]...)
	p.heap = p.heap[:from]
	return out
}

// merge spells pieces out together as long as that makes few phrases, or where one of them may be nothing at all.
func (p *parser) merge(pieces [][]words) [][]words {
	out := pieces[:0]
	for _, piece := range pieces {
		last := len(out) - 1
		if last >= 0 && (len(out[last])*len(piece) <= easyPhrases || nothing(out[last]) || nothing(piece)) {
			out[last] = p.product(out[last], piece)
		} else {
			out = append(out, piece)
		}
	}
	return out
}

// nothing says whether a piece has no phrase that is not empty.
func nothing(piece []words) bool {
	return !slices.ContainsFunc(piece, func(w words) bool { return !w.empty() })
}

// product spells out every head with every tail.
func (p *parser) product(heads, tails []words) []words {
	if len(heads) == 1 && heads[0].empty() {
		return tails
	}
	from := len(p.heap)
	for _, h := range heads {
		for _, t := range tails {
			p.heap = append(p.heap, p.join(h, t))
		}
	}
	return p.takeDown(from)
}
