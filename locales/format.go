package locales

import (
	"errors"
	"fmt"
	"strings"
)

// format is how one language writes amounts, dates and lists: its texts "format.*", taken apart once.
type format struct {
	money, minus        pattern
	day, dayOfYear      pattern // short, without and with the year
	date, moment        pattern
	two, more           pattern // lists: the last two items, and one before the rest
	weekdays            []string
	months, shortMonths []string
}

func newFormat(texts map[string]text) (format, error) {
	r := formatReader{texts: texts}
	f := format{
		money:       r.pattern("format.money", "Amount"),
		minus:       r.pattern("format.minus", "Money"),
		day:         r.pattern("format.day", "Day", "Month", "Weekday"),
		dayOfYear:   r.pattern("format.day_of_year", "Day", "Month", "Weekday", "Year"),
		date:        r.pattern("format.date", "Day", "Month", "Year"),
		moment:      r.pattern("format.moment", "Day", "Time"),
		two:         r.pattern("format.two", "First", "Second"),
		more:        r.pattern("format.more", "First", "Rest"),
		weekdays:    r.names("format.weekdays", 7),
		months:      r.names("format.months", 12),
		shortMonths: r.names("format.short_months", 12),
	}
	return f, errors.Join(r.faults...)
}

type formatReader struct {
	texts  map[string]text
	faults []error
}

// pattern returns the text of a key, which must have exactly these placeholders, given in alphabetical order.
func (r *formatReader) pattern(key string, names ...string) pattern {
	t := r.texts[key]
	if got := t.names(); strings.Join(got, " ") != strings.Join(names, " ") {
		r.faults = append(r.faults, fmt.Errorf("text %q has placeholders %q, not %q", key, got, names))
	}
	return t.in(other)
}

// names returns the n words of a key's text.
func (r *formatReader) names(key string, n int) []string {
	var words []string
	if p := r.texts[key].in(other); len(p) == 1 {
		words = strings.Fields(p[0])
	}
	if len(words) != n {
		r.faults = append(r.faults, fmt.Errorf("text %q has %d words, not %d", key, len(words), n))
	}
	return words
}

// put fills a pattern whose placeholders newFormat has checked: name, value, name, value...
func (p pattern) put(pairs ...string) string {
	var b strings.Builder
	b.Grow(p.guess())
	for i, piece := range p {
		if i%2 == 0 {
			b.WriteString(piece)
			continue
		}
		for j := 0; j < len(pairs); j += 2 {
			if pairs[j] == piece {
				b.WriteString(pairs[j+1])
			}
		}
	}
	return b.String()
}
