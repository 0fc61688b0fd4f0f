package phrase

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"go.yaml.in/yaml/v4"
)

// file is a lexicon file in normal form.
type file struct {
	topic    string
	words    map[string][]rune
	senses   map[string][]rune
	fillers  []rune
	variants []variant
}

// variant is a word or phrase that is read as another.
type variant struct{ from, to []rune }

// load reads files side by side.
func load(files fs.FS, names []string, normal func(string) []rune) ([]file, error) {
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
func parse(text []byte, normal func(string) []rune) (file, error) {
	var written struct {
		Topic    string            `yaml:"topic"`
		Words    map[string]string `yaml:"words"`
		Senses   map[string]string `yaml:"senses"`
		Fillers  string            `yaml:"fillers"`
		Variants map[string]string `yaml:"variants"`
	}
	if err := yaml.Load(text, &written, yaml.WithKnownFields()); err != nil {
		return file{}, err
	}
	f := file{
		topic: written.Topic, fillers: normal(written.Fillers),
		words: make(map[string][]rune, len(written.Words)), senses: make(map[string][]rune, len(written.Senses)),
	}
	for name, words := range written.Words {
		f.words[name] = normal(words)
	}
	for name, patterns := range written.Senses {
		f.senses[name] = normal(patterns)
	}
	for from, to := range written.Variants {
		f.variants = append(f.variants, variant{normal(from), normal(to)})
	}
	return f, nil
}

// alternatives yields the patterns of a block of lines: what the bars outside of brackets part.
func alternatives(block []rune) func(yield func([]rune) bool) {
	return func(yield func([]rune) bool) {
		depth, from := 0, 0
		for i := 0; i <= len(block); i++ {
			end := i == len(block) || block[i] == '\n'
			switch {
			case end || block[i] == '|' && depth == 0:
				if text := trim(block[from:i]); len(text) > 0 && text[0] != '#' && !yield(text) {
					return
				}
				if end {
					depth = 0
				}
				from = i + 1
			case block[i] == '(':
				depth++
			case block[i] == ')':
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
