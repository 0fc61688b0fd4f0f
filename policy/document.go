package policy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/rule"
)

// document is one YAML file that is being read. What is wrong with it is noted, and reading goes on with zero values.
type document struct {
	name   string
	lines  []string
	root   *yaml.Node // nil: the file could not be read as YAML
	faults *Faults
}

// parse reads the text of a file.
func parse(name string, text []byte, faults *Faults) *document {
	d := &document{name: name, lines: strings.Split(string(text), "\n"), faults: faults}
	var root yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	switch err := decoder.Decode(&root); {
	case errors.Is(err, io.EOF):
		d.whole("the file is empty")
		return d
	case err != nil:
		d.unreadable(err)
		return d
	}
	var more yaml.Node
	if err := decoder.Decode(&more); !errors.Is(err, io.EOF) {
		d.fault(&more, "a file holds one document: here begins another")
	}
	if len(root.Content) == 0 {
		d.whole("the file is empty")
		return d
	}
	d.root = root.Content[0]
	return d
}

// unreadable notes that a file is no YAML.
func (d *document) unreadable(err error) {
	var at *yaml.LoadError
	if errors.As(err, &at) && at.Mark.Line > 0 {
		line := min(at.Mark.Line, len(d.lines))
		d.faults.add(Fault{d.name, line, max(1, at.Mark.Column), at.Message, d.lines[line-1]})
		return
	}
	d.whole("%s", strings.TrimPrefix(err.Error(), "yaml: "))
}

// whole notes a fault of the whole file.
func (d *document) whole(format string, args ...any) {
	d.faults.add(Fault{File: d.name, Message: fmt.Sprintf(format, args...)})
}

// fault notes a fault at a node.
func (d *document) fault(n *yaml.Node, format string, args ...any) {
	d.at(n.Line, n.Column, fmt.Sprintf(format, args...))
}

// at notes a fault at a line and column.
func (d *document) at(line, column int, message string) {
	f := Fault{File: d.name, Line: line, Column: column, Message: message}
	if line >= 1 && line <= len(d.lines) {
		f.Text = strings.TrimRight(d.lines[line-1], "\r")
	}
	d.faults.add(f)
}

// field says how the value of a key is read.
type field struct {
	read func(*yaml.Node)
	need bool
}

// fields are the keys that a mapping may have.
type fields map[string]field

// must is a field that has to be there, may one that can be left out.
func must(read func(*yaml.Node)) field { return field{read, true} }
func may(read func(*yaml.Node)) field  { return field{read, false} }

// object reads a mapping of fixed keys.
func (d *document) object(n *yaml.Node, what string, keys fields) {
	seen := map[string]bool{}
	d.entries(n, func(key, value *yaml.Node) {
		f, ok := keys[key.Value]
		if !ok {
			d.fault(key, "unknown key %q%s", key.Value, d.suggest(key.Value, keys))
			return
		}
		seen[key.Value] = true
		f.read(value)
	})
	if n.Kind != yaml.MappingNode {
		return
	}
	for _, key := range sortedKeys(keys) {
		if keys[key].need && !seen[key] {
			d.fault(n, "%s has no %q", what, key)
		}
	}
}

// suggest names the key that may have been meant.
func (d *document) suggest(key string, keys fields) string {
	if best := rule.Nearest(key, sortedKeys(keys)); best != "" {
		return fmt.Sprintf(", did you mean %q?", best)
	}
	return ""
}

// entries reads a mapping of any keys, each once.
func (d *document) entries(n *yaml.Node, each func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		d.fault(n, "here belongs a mapping, key: value")
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if first, ok := seen[key.Value]; ok {
			d.fault(key, "duplicate key %q, first on line %d", key.Value, first)
			continue
		}
		seen[key.Value] = key.Line
		each(key, value)
	}
}

// find returns the value of a key of the file that is known to be there.
func (d *document) find(key string) *yaml.Node {
	var found *yaml.Node
	for i := 0; i+1 < len(d.root.Content); i += 2 {
		if d.root.Content[i].Value == key {
			found = d.root.Content[i+1]
		}
	}
	return found
}

// list reads a sequence.
func (d *document) list(n *yaml.Node, each func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		d.fault(n, "here belongs a list")
		return
	}
	for _, item := range n.Content {
		each(item)
	}
}

// text reads a text that is not empty.
func (d *document) text(to *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" {
			d.fault(n, "here belongs a text")
			return
		}
		*to = n.Value
	}
}

// texts reads a text or a list of texts, each once.
func (d *document) texts(to *[]string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		seen := map[string]bool{}
		for _, item := range items {
			var s string
			d.text(&s)(item)
			if seen[s] && s != "" {
				d.fault(item, "%q is named twice", s)
			}
			seen[s] = true
			*to = append(*to, s)
		}
	}
}

// name is what may name a fact, programme, plan, condition or choice.
var name = regexp.MustCompile(`^[a-z][a-z0-9]*([_-][a-z0-9]+)*$`)

// id reads a name.
func (d *document) id(to *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if !name.MatchString(n.Value) || n.Kind != yaml.ScalarNode {
			d.fault(n, "%q is not a name: lower-case letters and digits, with - or _ between", n.Value)
			return
		}
		*to = n.Value
	}
}

// ids reads a list of names, each once.
func (d *document) ids(to *[]string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		d.list(n, func(item *yaml.Node) {
			var s string
			d.id(&s)(item)
			switch {
			case s == "":
			case slices.Contains(*to, s):
				d.fault(item, "%q is named twice", s)
			default:
				*to = append(*to, s)
			}
		})
	}
}

// oneOf reads one of some words.
func (d *document) oneOf(to *string, words ...string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		for _, w := range words {
			if n.Kind == yaml.ScalarNode && n.Value == w {
				*to = w
				return
			}
		}
		d.fault(n, "%q is none of %s", n.Value, strings.Join(words, ", "))
	}
}

// number reads a whole number between two others, both in.
func (d *document) number(to *int, lo, hi int) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v, err := strconv.Atoi(n.Value)
		if err != nil || v < lo || v > hi || n.Kind != yaml.ScalarNode {
			d.fault(n, "%q is not a whole number from %d to %d", n.Value, lo, hi)
			return
		}
		*to = v
	}
}

// flag reads true or false.
func (d *document) flag(to *bool) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var s string
		d.oneOf(&s, "true", "false")(n)
		*to = s == "true"
	}
}

// amount reads yuan with at most two decimals.
func (d *document) amount(to *money.Fen) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v, err := money.Parse(n.Value)
		if err != nil || n.Kind != yaml.ScalarNode || v > rule.MaxFigure || v < -rule.MaxFigure {
			d.fault(n, "%q is not an amount in yuan such as 1234.50", n.Value)
			return
		}
		*to = v
	}
}

// rate reads a decimal such as 0.12.
func (d *document) rate(to *money.Rate) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v, err := money.ParseRate(n.Value)
		if err != nil || n.Kind != yaml.ScalarNode || v > 10*money.Whole {
			d.fault(n, "%q is not a rate such as 0.12 for 12%%", n.Value)
			return
		}
		*to = v
	}
}

// date reads a day such as 2026-01-31.
func (d *document) date(to *day.Date) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v, err := day.Parse(n.Value)
		if err != nil || n.Kind != yaml.ScalarNode {
			d.fault(n, "%q is not a day such as 2026-01-31", n.Value)
			return
		}
		*to = v
	}
}

// hour reads a time of day such as 21:00.
func (d *document) hour(to *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if _, err := time.Parse("15:04", n.Value); err != nil || len(n.Value) != len("21:00") {
			d.fault(n, "%q is not a time of day such as 21:00", n.Value)
			return
		}
		*to = n.Value
	}
}

// expression notes the problems of an expression that stands in a node.
func (d *document) expression(n *yaml.Node, problems []rule.Problem) {
	for _, p := range problems {
		line, column := d.inside(n, p.Line, p.Column)
		d.at(line, column, p.Text)
	}
}

// inside returns the place in the file of a place in the text of a node. Line counts from 1, column from 0.
func (d *document) inside(n *yaml.Node, line, column int) (int, int) {
	switch {
	case n.Style&yaml.LiteralStyle != 0 && n.Line+line <= len(d.lines):
		first := d.lines[n.Line]
		return n.Line + line, len(first) - len(strings.TrimLeft(first, " ")) + column + 1
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 && line == 1:
		return n.Line, n.Column + 1 + d.escaped(n, column)
	case n.Style&yaml.FoldedStyle != 0 || line > 1:
		return n.Line, n.Column
	}
	return n.Line, n.Column + column
}

// escaped returns how many characters of a quoted text stand before its nth one.
func (d *document) escaped(n *yaml.Node, nth int) int {
	text := []rune(d.lines[n.Line-1])
	text = text[min(n.Column, len(text)):]
	at := 0
	for ; nth > 0 && at < len(text); nth-- {
		if text[at] == '\\' || text[at] == '\'' && n.Style&yaml.SingleQuotedStyle != 0 {
			at++
		}
		at++
	}
	return at
}
