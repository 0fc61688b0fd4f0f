package locales

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// pattern is a text in pieces: at even places what is written as it is, at odd places the names of placeholders.
type pattern []string

// placeholder is the only template syntax that texts may use: a translator should not have to read a program, and texts
// that hold nothing else can be compared between languages.
var placeholder = regexp.MustCompile(`\{\{\.([A-Za-z][A-Za-z0-9_]*)\}\}`)

func parse(text string) (pattern, error) {
	if strings.TrimSpace(text) == "" {
		return nil, fmt.Errorf("the text is empty")
	}
	var p pattern
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		p = append(p, text[at:m[0]], text[m[2]:m[3]])
		at = m[1]
	}
	p = append(p, text[at:])
	for i := 0; i < len(p); i += 2 {
		if strings.Contains(p[i], "{{") || strings.Contains(p[i], "}}") {
			return nil, fmt.Errorf("%q is not a placeholder such as {{.Amount}}", p[i])
		}
	}
	return p, nil
}

// fill writes the pattern with its placeholders replaced by strings and whole numbers.
func (p pattern) fill(args map[string]any) (string, error) {
	if len(p) == 1 {
		return p[0], nil
	}
	var b strings.Builder
	b.Grow(p.guess())
	for i, piece := range p {
		if i%2 == 0 {
			b.WriteString(piece)
			continue
		}
		if err := write(&b, piece, args); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func write(b *strings.Builder, name string, args map[string]any) error {
	v, ok := args[name]
	if !ok {
		return fmt.Errorf("placeholder %q has no value", name)
	}
	switch v := v.(type) {
	case string:
		b.WriteString(v)
	case int:
		b.WriteString(strconv.Itoa(v))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	default:
		return fmt.Errorf("placeholder %q has a %T, not a string or a whole number", name, v)
	}
	return nil
}

// guess returns about how many bytes the filled text takes.
func (p pattern) guess() int {
	n := 0
	for i, piece := range p {
		if i%2 == 0 {
			n += len(piece)
		} else {
			n += 16
		}
	}
	return n
}
