package locales

import (
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// other is the plural form that every language has.
const other = "other"

// plural knows which plural form a count takes in one language, by go-i18n's rules: it asks for a message whose forms say
// their own names. It is asked once for each small count, for that costs more than all the rest of saying a text.
type plural struct {
	localizer *i18n.Localizer
	small     []string // the forms of 0, 1, 2...
}

// mostSmall is how many counts are asked for beforehand: instalments and days late are seldom more.
const mostSmall = 128

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
	p := plural{localizer: i18n.NewLocalizer(b, tag)}
	small := make([]string, mostSmall)
	for n := range small {
		if small[n], err = p.form(n); err != nil {
			return plural{}, err
		}
	}
	p.small = small
	return p, nil
}

// form returns the form of a whole number (int, int64), which may be negative.
func (p plural) form(n any) (string, error) {
	switch n := n.(type) {
	case int:
		if n >= 0 && n < len(p.small) {
			return p.small[n], nil
		}
	case int64:
	default:
		return "", fmt.Errorf("placeholder %q: a %T is not a whole number", count, n)
	}
	form, err := p.localizer.Localize(&i18n.LocalizeConfig{MessageID: count, PluralCount: n})
	if err != nil {
		return "", fmt.Errorf("placeholder %q: %w", count, err)
	}
	return form, nil
}
