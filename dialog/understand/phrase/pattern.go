package phrase

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// part is a stretch of a pattern without a gap: one of several phrases, or a word class.
type part struct {
	texts []string // phrases as they are written; nil for a class
	class string
	gap   gap // what may stand between the part before and this one
}

// gap is how much may stand between two parts.
type gap uint8

const (
	adjacent gap = iota
	near         // ..
	far          // ...
)

// reach returns the weight and the strongest break that g bridges.
func (g gap) reach() (weight int32, strongest Break) {
	switch g {
	case near:
		return 8, Blank
	case far:
		return 24, Comma
	}
	return 0, Blank
}

// pattern is one line's alternative, taken apart.
type pattern struct {
	parts      []part
	start, end bool // tied to the start or end of the text
}

// mostTexts is how many phrases a list in brackets may stand for, easyTexts how many a part does where it can be split instead.
const (
	mostTexts = 4000
	easyTexts = 64
)

// parser reads patterns. classes gives the phrases of a word class.
type parser struct {
	classes func(name string) ([]string, error)
	rest    string
}

// splitTop splits a line at the bars that stand outside all brackets.
func splitTop(line string) []string {
	var out []string
	depth, from := 0, 0
	for i, r := range line {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, line[from:i])
				from = i + 1
			}
		}
	}
	return append(out, line[from:])
}

func parsePattern(text string, classes func(string) ([]string, error)) (pattern, error) {
	var out pattern
	text = strings.TrimSpace(text)
	text, out.start = strings.CutPrefix(text, "^")
	text, out.end = strings.CutSuffix(text, "$")
	p := &parser{classes: classes, rest: text}
	between := adjacent
	for {
		p.rest = strings.TrimLeft(p.rest, " ")
		switch {
		case p.rest == "":
			if len(out.parts) == 0 || between != adjacent {
				return out, errors.New("begins or ends with a gap, or is empty")
			}
			return out, nil
		case p.take("..."):
			between = far
		case p.take(".."):
			between = near
		case strings.HasPrefix(p.rest, "<"):
			name, err := p.name()
			if err != nil {
				return out, err
			}
			out.parts = append(out.parts, part{class: name, gap: between})
			between = adjacent
		default:
			pieces, err := p.run(false)
			if err != nil {
				return out, err
			}
			for _, texts := range merge(pieces) {
				out.parts = append(out.parts, part{texts: texts, gap: between})
				between = adjacent
			}
		}
		if between != adjacent && len(out.parts) == 0 {
			return out, errors.New("begins with a gap")
		}
	}
}

func (p *parser) take(prefix string) bool {
	rest, ok := strings.CutPrefix(p.rest, prefix)
	p.rest = rest
	return ok
}

// name reads <name>.
func (p *parser) name() (string, error) {
	name, rest, ok := strings.Cut(p.rest[1:], ">")
	if !ok || name == "" {
		return "", fmt.Errorf("no > after %q", p.rest)
	}
	p.rest = rest
	return name, nil
}

// run reads literals and brackets up to a gap, a class or the end, piece by piece, each with all texts that it stands for. Inside
// brackets it ends at the bar or the closing bracket, and classes are spelled out.
func (p *parser) run(inside bool) ([][]string, error) {
	var out [][]string
	for p.rest != "" {
		var piece []string
		var err error
		switch c := p.rest[0]; {
		case c == '(':
			p.rest = p.rest[1:]
			piece, err = p.options()
		case inside && (c == '|' || c == ')'):
			return out, nil
		case c == ')':
			return nil, errors.New("a ) too many")
		case c == '<' && !inside, strings.HasPrefix(p.rest, ".."):
			return out, nil
		case c == '<':
			var name string
			if name, err = p.name(); err == nil {
				piece, err = p.classes(name)
			}
		default:
			piece, err = p.literal()
		}
		if err != nil {
			return nil, err
		}
		out = append(out, piece)
	}
	if inside {
		return nil, errors.New("a ) is missing")
	}
	return out, nil
}

// literal reads up to the next sign.
func (p *parser) literal() ([]string, error) {
	end := strings.IndexAny(p.rest, "()|<.")
	if end == 0 {
		return nil, fmt.Errorf("%q is not understood", p.rest)
	}
	if end < 0 {
		end = len(p.rest)
	}
	text := p.rest[:end]
	p.rest = p.rest[end:]
	return []string{text}, nil
}

// options reads what stands in brackets, from after the opening one to after the closing one.
func (p *parser) options() ([]string, error) {
	var out []string
	for {
		pieces, err := p.run(true)
		if err != nil {
			return nil, err
		}
		texts := []string{""}
		for _, piece := range pieces {
			if texts = product(texts, piece); len(texts) > mostTexts {
				return nil, fmt.Errorf("stands for more than %d phrases", mostTexts)
			}
		}
		out = append(out, texts...)
		closing := p.rest[0] == ')'
		p.rest = p.rest[1:]
		if closing {
			return out, nil
		}
	}
}

// merge spells pieces out together as long as that makes few texts, or where they are parts of one word.
func merge(pieces [][]string) [][]string {
	var out [][]string
	for _, piece := range pieces {
		if last := len(out) - 1; last >= 0 && (len(out[last])*len(piece) <= easyTexts || !parts(out[last], piece)) {
			out[last] = product(out[last], piece)
		} else {
			out = append(out, piece)
		}
	}
	return out
}

// parts says whether no text of the first piece goes on as the same word in the second one.
func parts(a, b []string) bool {
	blank := func(s string) bool { return strings.TrimSpace(s) == "" }
	if slices.ContainsFunc(a, blank) || slices.ContainsFunc(b, blank) {
		return slices.ContainsFunc(a, func(s string) bool { return !blank(s) }) && slices.ContainsFunc(b, func(s string) bool { return !blank(s) })
	}
	ends := slices.ContainsFunc(a, func(s string) bool { return s[len(s)-1] < utf8.RuneSelf && s[len(s)-1] != ' ' })
	begins := slices.ContainsFunc(b, func(s string) bool { return s[0] < utf8.RuneSelf && s[0] != ' ' })
	return !ends || !begins
}

func product(heads, tails []string) []string {
	out := make([]string, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			out = append(out, h+t)
		}
	}
	return out
}
