package phrase

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"strconv"
	"sync"
)

// file is a lexicon file, taken apart but as it is written.
type file struct {
	topic    string
	enough   int // 0: there is never enough
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
		case e.Section == "enough" && e.Name == "":
			if f.enough, err = strconv.Atoi(e.Value); err != nil || f.enough <= 0 {
				return file{}, fmt.Errorf("%d: enough %q is not a number above 0", e.At, e.Value)
			}
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
