package phrase

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"strings"
	"sync"
)

// file is a lexicon file, taken apart but as it is written.
type file struct {
	topic    string
	words    map[string]Entry
	senses   map[string]Entry
	fillers  Entry
	variants []Entry
}

// load reads files side by side.
func load(files fs.FS, names []string) ([]file, error) {
	out, errs := make([]file, len(names)), make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			text, err := fs.ReadFile(files, name)
			if err != nil {
				errs[i] = fmt.Errorf("%s: %w", name, err)
				return
			}
			if out[i], err = parse(string(text)); err != nil {
				errs[i] = fmt.Errorf("%s:%w", name, err)
			}
		})
	}
	wg.Wait()
	return out, errors.Join(errs...)
}

// parse reads the text of one file. The error begins with the number of the line.
func parse(text string) (file, error) {
	entries, err := Outline(text)
	if err != nil {
		return file{}, err
	}
	f := file{words: make(map[string]Entry), senses: make(map[string]Entry)}
	for _, e := range entries {
		switch {
		case e.Section == "topic" && e.Name == "":
			f.topic = e.Value
		case e.Section == "fillers" && e.Name == "":
			f.fillers = e
		case e.Section == "words" && e.Name != "":
			f.words[e.Name] = e
		case e.Section == "senses" && e.Name != "":
			f.senses[e.Name] = e
		case e.Section == "variants" && e.Name != "":
			f.variants = append(f.variants, e)
		default:
			return file{}, fmt.Errorf("%d: %s %q is not known", e.At, e.Section, e.Name)
		}
	}
	return f, nil
}

// lines yields the lines of an entry in normal form, each until the next, and their numbers in the file, without empty ones and comments.
// A line goes on as long as a bracket is open.
func (e Entry) lines(normal Normal) iter.Seq2[[]rune, int] {
	return func(yield func([]rune, int) bool) {
		var text []rune
		at, next, depth := e.At, e.At, 0
		for written := range strings.Lines(e.Value) {
			if depth > 0 {
				text = append(text, ' ')
			} else {
				text, at = text[:0], next
			}
			next++
			from := len(text)
			text = normal(text, written)
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

// open returns how many brackets are open after a text before which so many were.
func open(text []rune, depth int) int {
	for _, r := range text {
		switch r {
		case '(':
			depth++
		case ')':
			depth = max(0, depth-1)
		}
	}
	return depth
}

// alternatives yields the patterns of a line: what the bars outside of brackets part, and whether it is a plain phrase.
func alternatives(text []rune) iter.Seq2[[]rune, bool] {
	return func(yield func([]rune, bool) bool) {
		depth, from, plain := 0, 0, true
		for i := 0; i <= len(text); i++ {
			switch {
			case i == len(text) || text[i] == '|' && depth == 0:
				if one := trim(text[from:i]); len(one) > 0 && !yield(one, plain) {
					return
				}
				from, plain = i+1, true
			case isSign(text[i]):
				plain = false
				switch text[i] {
				case '(':
					depth++
				case ')':
					depth--
				}
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
