package locales

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Speaker says things in one language. It is safe for concurrent use.
type Speaker struct {
	tag    string
	texts  map[string]text
	plural plural
	format format
}

func newSpeaker(tag string, texts map[string]text) (*Speaker, error) {
	rule, err := newPlural(tag)
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", tag, err)
	}
	f, err := newFormat(texts)
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", tag, err)
	}
	return &Speaker{tag: tag, texts: texts, plural: rule, format: f}, nil
}

// Tag returns the language, one of Bundle.Tags.
func (s *Speaker) Tag() string { return s.tag }

// Say returns the text of a key with its placeholders filled from args, which holds strings that are already in this
// language and whole numbers (int, int64). The argument "Count", a whole number, chooses the plural form where a text has several. A key or
// placeholder that is missing is an error that names key, placeholder and language but no argument's value.
func (s *Speaker) Say(key string, args map[string]any) (string, error) {
	t, ok := s.texts[key]
	if !ok {
		return "", fmt.Errorf("there is no text %q in %q", key, s.tag)
	}
	said, err := t.say(s.plural, args)
	if err != nil {
		return "", fmt.Errorf("text %q in %q: %w", key, s.tag, err)
	}
	return said, nil
}

// Has reports whether there is a text of this key.
func (s *Speaker) Has(key string) bool {
	_, ok := s.texts[key]
	return ok
}

// with returns a speaker that has more words.
func (s *Speaker) with(words map[string]string) (*Speaker, error) {
	if len(words) == 0 {
		return s, nil
	}
	var faults []error
	texts := maps.Clone(s.texts)
	for _, key := range slices.Sorted(maps.Keys(words)) {
		if s.Has(key) {
			faults = append(faults, fmt.Errorf("text %q in %q is Respite's own: a book may not change it", key, s.tag))
		}
		t, err := compile(&i18n.Message{ID: key, Other: words[key]})
		if err != nil {
			faults = append(faults, fmt.Errorf("text %q in %q: %w", key, s.tag, err))
		}
		texts[key] = t
	}
	return &Speaker{tag: s.tag, texts: texts, plural: s.plural, format: s.format}, errors.Join(faults...)
}
