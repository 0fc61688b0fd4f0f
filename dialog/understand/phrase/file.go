package phrase

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// file is a lexicon file in normal form.
type file struct {
	topic    string
	words    map[string][]line
	senses   map[string][]line
	fillers  []line
	variants []variant
}

// line is a line of patterns, or several that one bracket spans.
type line struct {
	text []rune
	at   int // its number in the file
}

// variant is a word or phrase that is read as another.
type variant struct {
	from, to []rune
	at       int
}

// load reads files side by side.
func load(files fs.FS, names []string, normal Normal) ([]file, error) {
	out, errs := make([]file, len(names)), make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			text, err := fs.ReadFile(files, name)
			if err == nil {
				out[i], err = parse(text, normal)
			}
			if err != nil {
				errs[i] = fmt.Errorf("%s: %w", name, err)
			}
		})
	}
	wg.Wait()
	return out, errors.Join(errs...)
}

// parse reads the text of one file.
func parse(text []byte, normal Normal) (file, error) {
	var written struct {
		Topic    string               `yaml:"topic"`
		Words    map[string]yaml.Node `yaml:"words"`
		Senses   map[string]yaml.Node `yaml:"senses"`
		Fillers  yaml.Node            `yaml:"fillers"`
		Variants map[string]yaml.Node `yaml:"variants"`
	}
	if err := yaml.Load(text, &written, yaml.WithKnownFields()); err != nil {
		return file{}, err
	}
	in := former{normal: normal, room: make([]rune, 0, utf8.RuneCount(text))}
	f := file{
		topic: written.Topic, fillers: in.lines(&written.Fillers),
		words: make(map[string][]line, len(written.Words)), senses: make(map[string][]line, len(written.Senses)),
	}
	for name, words := range written.Words {
		f.words[name] = in.lines(&words)
	}
	for name, patterns := range written.Senses {
		f.senses[name] = in.lines(&patterns)
	}
	for from, to := range written.Variants {
		f.variants = append(f.variants, variant{in.form(from), in.form(to.Value), to.Line})
	}
	return f, nil
}

// former brings the words of a file into normal form, side by side in one piece of memory.
type former struct {
	normal Normal
	room   []rune
}

func (in *former) form(text string) []rune {
	from := len(in.room)
	in.room = in.normal(in.room, text)
	return in.room[from:len(in.room):len(in.room)]
}

// lines cuts a block into its lines, without empty ones and comments. A line goes on as long as a bracket is open.
func (in *former) lines(block *yaml.Node) []line {
	at := block.Line
	if block.Style&yaml.LiteralStyle != 0 {
		at++
	}
	out := make([]line, 0, 1+strings.Count(block.Value, "\n"))
	depth := 0
	for written := range strings.Lines(block.Value) {
		text := trim(in.form(written))
		switch {
		case depth > 0:
			last := &out[len(out)-1]
			last.text = append(append(last.text, ' '), text...)
		case len(text) > 0 && text[0] != '#':
			out = append(out, line{text, at})
		default:
			text = nil
		}
		for _, r := range text {
			switch r {
			case '(':
				depth++
			case ')':
				depth = max(0, depth-1)
			}
		}
		at++
	}
	return out
}

// alternatives yields the patterns of a line: what the bars outside of brackets part.
func alternatives(text []rune) func(yield func([]rune) bool) {
	return func(yield func([]rune) bool) {
		depth, from := 0, 0
		for i := 0; i <= len(text); i++ {
			switch {
			case i == len(text) || text[i] == '|' && depth == 0:
				if one := trim(text[from:i]); len(one) > 0 && !yield(one) {
					return
				}
				from = i + 1
			case text[i] == '(':
				depth++
			case text[i] == ')':
				depth--
			}
		}
	}
}

func trim(text []rune) []rune {
	for len(text) > 0 && text[0] == ' ' {
		text = text[1:]
	}
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	return text
}
