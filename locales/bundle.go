// Package locales holds the words that borrowers and agents read, as data, in every language that Respite speaks.
package locales

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Bundle is the words of every language. It never changes, so it is safe for concurrent use; With makes a new one.
type Bundle struct {
	speakers map[string]*Speaker
}

// Load reads the words as shipped. The error lists every fault in them.
func Load() (*Bundle, error) {
	return read(shipped, "words")
}

// Tags returns the languages in the order in which borrowers are offered them.
func (b *Bundle) Tags() []string { return Tags() }

// In returns the speaker of a language. A tag that is not one of Tags gets the speaker of the language that Match finds.
func (b *Bundle) In(tag string) *Speaker {
	if s, ok := b.speakers[tag]; ok {
		return s
	}
	return b.speakers[Match(tag)]
}

// Keys returns the keys that any language has, sorted.
func (b *Bundle) Keys() []string {
	all := map[string]bool{}
	for _, s := range b.speakers {
		for key := range s.texts {
			all[key] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// With returns a bundle that has the words of a policy book too: tag -> key -> text. It shares everything else with b,
// which stays as it is, so a new book is With on the bundle that Load gave. Book words have no plural forms. A tag that is not
// one of Tags, a text that does not parse and a key that Respite has already are faults; the error lists them all.
func (b *Bundle) With(words map[string]map[string]string) (*Bundle, error) {
	var faults []error
	for _, tag := range slices.Sorted(maps.Keys(words)) {
		if _, ok := b.speakers[tag]; !ok {
			faults = append(faults, fmt.Errorf("words of a book: language %q is not one of %q", tag, b.Tags()))
		}
	}
	more := &Bundle{speakers: map[string]*Speaker{}}
	for _, tag := range b.Tags() {
		s, err := b.speakers[tag].with(words[tag])
		faults = append(faults, err)
		more.speakers[tag] = s
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return more, nil
}

// Check reports every key that a language lacks and every text whose placeholders differ from those of the English one.
// A bundle that passes it can say every key in every language with the same arguments.
func (b *Bundle) Check() error {
	var faults []error
	for _, key := range b.Keys() {
		want, known := b.speakers[English].texts[key]
		for _, tag := range b.Tags() {
			t, ok := b.speakers[tag].texts[key]
			switch {
			case !ok:
				faults = append(faults, fmt.Errorf("text %q is missing in %q", key, tag))
			case known && !slices.Equal(t.names(), want.names()):
				faults = append(faults, fmt.Errorf("text %q in %q has placeholders %q, in %q %q", key, tag, t.names(), English, want.names()))
			}
		}
	}
	return errors.Join(faults...)
}
