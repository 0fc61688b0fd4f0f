package phrase

import (
	"cmp"
	"fmt"
	"io/fs"

	"respite/dialog/understand/trie"
	"respite/dialog/understand/wordlist"
)

// sources are what the patterns of all files may refer to.
type sources struct {
	normal   Normal
	words    map[string]written // by class
	variants variants
	vocab    vocabulary
}

// written is a list as it stands in a file.
type written struct {
	file string
	Entry
}

// usualWords and usualBytes are about how large a vocabulary is: a guess that spares growing.
const (
	usualWords = 1 << 13
	usualBytes = 1 << 16
)

// Normal appends to out the words of a lexicon in the form in which texts will be read. That form must not change when it is made
// again, and it must leave the signs of patterns alone. A Normal must be safe for concurrent use.
type Normal func(out []rune, words string) []rune

// Compile makes a lexicon of the files, each beside the others. The error names the file, the line and the pattern.
func Compile(files fs.FS, names []string, normal Normal) (*Lexicon, error) {
	read, err := load(files, names)
	if err != nil {
		return nil, err
	}
	all := sources{
		normal: normal, words: map[string]written{"number": {Entry: Entry{Value: anyNumber}}},
		vocab: vocabulary{list: wordlist.New(usualWords, usualBytes)},
	}
	if err := all.declare(names, read); err != nil {
		return nil, err
	}
	a := newAssembly(&all.variants)
	for i := range read {
		if read[i].topic == "" && len(read[i].senses) > 0 {
			return nil, fmt.Errorf("%s: senses without a topic", names[i])
		}
		a.declare(&read[i])
	}
	if err := a.hide(); err != nil {
		return nil, err
	}
	drafts := make([]chan drafted, len(names))
	for i, name := range names {
		drafts[i] = make(chan drafted, 1)
		senses := a.wholes(&read[i])
		go func() {
			c := newCompiler(&all)
			c.reserve(&read[i])
			err := c.file(name, &read[i], senses)
			drafts[i] <- drafted{c.draft, err}
		}()
	}
	for _, done := range drafts {
		d := <-done
		if d.err != nil {
			return nil, d.err
		}
		a.join(&d.draft)
	}
	a.vocab = all.vocab.list
	return a.settle()
}

// drafted is what became of a file.
type drafted struct {
	draft
	err error
}

// declare takes in the classes and variants of all files.
func (s *sources) declare(names []string, files []file) error {
	var from trie.Builder
	var meant [][]symbol // by node of from
	c := newCompiler(s)
	for i, name := range names {
		for class, words := range files[i].words {
			if before, ok := s.words[class]; ok {
				return fmt.Errorf("%s: words %q are in %s already", name, class, cmp.Or(before.file, "the language itself"))
			}
			s.words[class] = written{name, words}
		}
		for _, v := range files[i].variants {
			node := int(from.Add(c.of(c.literal(s.normal(nil, v.Name)))))
			if node == 0 {
				return fmt.Errorf("%s:%d: variant %q is empty", name, v.At, v.Name)
			}
			if meant = append(meant, make([][]symbol, from.Len()-len(meant))...); meant[node] != nil {
				return fmt.Errorf("%s:%d: variant %q is there already", name, v.At, v.Name)
			}
			meant[node] = append([]symbol{}, c.of(c.literal(s.normal(nil, v.Value)))...)
		}
	}
	s.variants = newVariants(&from, meant)
	return nil
}
