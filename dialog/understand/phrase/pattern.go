package phrase

import (
	"fmt"
	"strings"
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

// mostTexts is how many phrases one part may stand for.
const mostTexts = 4000

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
				return out, fmt.Errorf("pattern %q begins or ends with a gap, or is empty", text)
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
			texts, err := p.run(false)
			if err != nil {
				return out, fmt.Errorf("pattern %q: %w", text, err)
			}
			out.parts = append(out.parts, part{texts: texts, gap: between})
			between = adjacent
		}
		if between != adjacent && len(out.parts) == 0 {
			return out, fmt.Errorf("pattern %q begins with a gap", text)
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

// run reads literals and brackets up to a gap, a class or the end, and returns all texts that they stand for. Inside brackets
// it ends at the bar or the closing bracket, and classes are spelled out.
func (p *parser) run(inside bool) ([]string, error) {
	out := []string{""}
	for p.rest != "" {
		switch c := p.rest[0]; {
		case c == '(':
			p.rest = p.rest[1:]
			options, err := p.options()
			if err != nil {
				return nil, err
			}
			out = product(out, options)
		case inside && (c == '|' || c == ')'):
			return out, nil
		case c == ')':
			return nil, fmt.Errorf("a ) too many")
		case c == '<' && !inside, strings.HasPrefix(p.rest, ".."):
			return out, nil
		case c == '<':
			name, err := p.name()
			if err != nil {
				return nil, err
			}
			words, err := p.classes(name)
			if err != nil {
				return nil, err
			}
			out = product(out, words)
		default:
			end := strings.IndexAny(p.rest, "()|<.")
			if end == 0 {
				return nil, fmt.Errorf("%q is not understood", p.rest)
			}
			if end < 0 {
				end = len(p.rest)
			}
			out = product(out, []string{p.rest[:end]})
			p.rest = p.rest[end:]
		}
		if len(out) > mostTexts {
			return nil, fmt.Errorf("stands for more than %d phrases", mostTexts)
		}
	}
	if inside {
		return nil, fmt.Errorf("a ) is missing")
	}
	return out, nil
}

// options reads what stands in brackets, from after the opening one to after the closing one.
func (p *parser) options() ([]string, error) {
	var out []string
	for {
		texts, err := p.run(true)
		if err != nil {
			return nil, err
		}
		out = append(out, texts...)
		closing := p.rest[0] == ')'
		p.rest = p.rest[1:]
		if closing {
			return out, nil
		}
	}
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
