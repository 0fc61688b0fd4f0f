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

// text is what a key says in one language: a pattern for each plural form, named as CLDR names them. A text without plural
// forms has only "other".
type text map[string]pattern

func compile(m *i18n.Message) (text, error) {
	t := text{}
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
		t[f.form] = p
	}
	return t, errors.Join(faults...)
}

// plural reports whether the text has more than one form.
func (t text) plural() bool { return len(t) > 1 }

// names returns the placeholders of all forms, sorted, each once.
func (t text) names() []string {
	all := map[string]bool{}
	for _, p := range t {
		for i := 1; i < len(p); i += 2 {
			all[p[i]] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// say fills the form that the count calls for.
func (t text) say(rule plural, args map[string]any) (string, error) {
	if !t.plural() {
		return t[other].fill(args)
	}
	n, ok := args[count]
	if !ok {
		return "", fmt.Errorf("placeholder %q has no value", count)
	}
	form, err := rule.form(n)
	if err != nil {
		return "", err
	}
	p, ok := t[form]
	if !ok {
		return "", fmt.Errorf("there is no plural form %q", form)
	}
	return p.fill(args)
}
