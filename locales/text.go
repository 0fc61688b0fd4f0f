package locales

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// count is the argument that chooses among a text's plural forms.
const count = "Count"

// text is what a key says in one language, in each of its plural forms. They are one to six: a list of them, because a map for each text
// would take three quarters of the memory of all words. A text without plural forms has only "other".
type text []form

// form is a pattern with the name that CLDR gives to its plural form.
type form struct {
	name string
	pattern
}

func compile(m *i18n.Message) (text, error) {
	var t text
	var faults []error
	for _, f := range []struct{ form, words string }{
		{"zero", m.Zero}, {"one", m.One}, {"two", m.Two}, {"few", m.Few}, {"many", m.Many}, {other, m.Other},
	} {
		if f.words == "" && f.form != other {
			continue
		}
		p, err := parse(f.words)
		if err != nil {
			faults = append(faults, fmt.Errorf("form %q: %w", f.form, err))
		}
		t = append(t, form{f.form, p})
	}
	return t, errors.Join(faults...)
}

// in returns the pattern of a plural form, nil if the text does not have it.
func (t text) in(name string) pattern {
	for _, f := range t {
		if f.name == name {
			return f.pattern
		}
	}
	return nil
}

// plural reports whether the text has more than one form.
func (t text) plural() bool { return len(t) > 1 }

// names returns the placeholders of all forms, sorted, each once.
func (t text) names() []string {
	all := map[string]bool{}
	for _, f := range t {
		for i := 1; i < len(f.pattern); i += 2 {
			all[f.pattern[i]] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// say fills the form that the count calls for.
func (t text) say(rule plural, args map[string]any) (string, error) {
	if !t.plural() {
		return t.in(other).fill(args)
	}
	n, ok := args[count]
	if !ok {
		return "", fmt.Errorf("placeholder %q has no value", count)
	}
	name, err := rule.form(n)
	if err != nil {
		return "", err
	}
	p := t.in(name)
	if p == nil {
		return "", fmt.Errorf("there is no plural form %q", name)
	}
	return p.fill(args)
}
