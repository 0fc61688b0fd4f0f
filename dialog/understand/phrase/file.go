package phrase

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"unicode/utf8"
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
			if err != nil {
				errs[i] = fmt.Errorf("%s: %w", name, err)
				return
			}
			if out[i], err = parse(string(text), normal); err != nil {
				errs[i] = fmt.Errorf("%s:%w", name, err)
			}
		})
	}
	wg.Wait()
	return out, errors.Join(errs...)
}

// parse reads the text of one file. The error begins with the number of the line.
func parse(text string, normal Normal) (file, error) {
	entries, err := outline(text)
	if err != nil {
		return file{}, err
	}
	in := former{normal: normal, room: make([]rune, 0, utf8.RuneCountInString(text))}
	f := file{words: make(map[string][]line), senses: make(map[string][]line)}
	seen := make(map[[2]string]bool, len(entries))
	for _, e := range entries {
		if seen[[2]string{e.section, e.name}] {
			return file{}, fmt.Errorf("%d: %s %q is there already", e.at, e.section, e.name)
		}
		seen[[2]string{e.section, e.name}] = true
		switch {
		case e.section == "topic" && e.name == "":
			f.topic = e.value
		case e.section == "fillers" && e.name == "":
			f.fillers = in.lines(e)
		case e.section == "words" && e.name != "":
			f.words[e.name] = in.lines(e)
		case e.section == "senses" && e.name != "":
			f.senses[e.name] = in.lines(e)
		case e.section == "variants" && e.name != "":
			f.variants = append(f.variants, variant{in.form(e.name), in.form(e.value), e.at})
		default:
			return file{}, fmt.Errorf("%d: %s %q is not known", e.at, e.section, e.name)
		}
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

// lines cuts what an entry says into its lines, without empty ones and comments. A line goes on as long as a bracket is open.
func (in *former) lines(e entry) []line {
	out := make([]line, 0, 1+strings.Count(e.value, "\n"))
	at, depth := e.at, 0
	for written := range strings.Lines(e.value) {
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
