package locales

import (
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// other is the plural form that every language has.
const other = "other"

// plural knows which plural form a count takes in one language, by go-i18n's rules: it asks for a message whose forms say
// their own names.
type plural struct{ localizer *i18n.Localizer }

func newPlural(tag string) (plural, error) {
	t, err := language.Parse(tag)
	if err != nil {
		return plural{}, err
	}
	b := i18n.NewBundle(t)
	names := &i18n.Message{ID: count, Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: other}
	if err := b.AddMessages(t, names); err != nil {
		return plural{}, err
	}
	return plural{i18n.NewLocalizer(b, tag)}, nil
}

// form returns the form of a whole number (int, int64), which may be negative.
func (p plural) form(n any) (string, error) {
	switch n.(type) {
	case int, int64:
	default:
		return "", fmt.Errorf("placeholder %q: a %T is not a whole number", count, n)
	}
	form, err := p.localizer.Localize(&i18n.LocalizeConfig{MessageID: count, PluralCount: n})
	if err != nil {
		return "", fmt.Errorf("placeholder %q: %w", count, err)
	}
	return form, nil
}
