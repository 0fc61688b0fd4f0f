package understand

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"
)

//go:embed lexicon/simplified.txt
var simplifiedFile string

// simplified gives the simplified forms of traditional characters.
type simplified struct {
	common [lastCommon - firstCommon]rune // of the blocks in which almost all of them are; 0: itself
	rare   map[rune]rune
}

// The first character that has a simplified form, and those whose simplified forms are looked up without a map.
const (
	firstHan    = 0x2E80
	firstCommon = 0x3400
	lastCommon  = 0xA000
)

// loadSimplified reads the table of traditional characters, each with its simplified form.
func loadSimplified() (*simplified, error) {
	t := simplified{rare: make(map[rune]rune, 400)}
	for line := range strings.Lines(simplifiedFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for pair := range strings.FieldsSeq(line) {
			from, size := utf8.DecodeRuneInString(pair)
			to, rest := utf8.DecodeRuneInString(pair[size:])
			if size+rest != len(pair) {
				return nil, fmt.Errorf("simplified characters: %q is not a pair", pair)
			}
			t.set(from, to)
		}
	}
	return &t, nil
}

func (t *simplified) set(from, to rune) {
	if common(from) {
		t.common[from-firstCommon] = to
	} else {
		t.rare[from] = to
	}
}

// of returns the simplified form of r: r itself, if it has no other.
func (t *simplified) of(r rune) rune {
	switch {
	case common(r):
		if s := t.common[r-firstCommon]; s != 0 {
			return s
		}
	case r >= firstHan:
		if s, ok := t.rare[r]; ok {
			return s
		}
	}
	return r
}

func common(r rune) bool { return firstCommon <= r && r < lastCommon }
