package understand

import "respite/policy/day"

// Text is what somebody typed, read once: the first question that needs its normal form, its figures or its phrases finds them, and
// every other looks at the same. Reader.Text makes one; it is for one goroutine at a time.
type Text struct {
	r       *Reader
	typed   string
	runes   []rune     // in normal form
	plain   string     // the same, once asked for
	figured [2][]token // what matters to figures of money and of time, once asked for
	spoken  *statement // its phrases, once asked for
}

// Text takes a text, to ask it one question or several.
func (r *Reader) Text(typed string) *Text {
	return &Text{r: r, typed: typed, runes: r.normal.runes(typed)}
}

// normal returns the normal form.
func (t *Text) normal() string {
	if t.plain == "" {
		t.plain = string(t.runes)
	}
	return t.plain
}

// tokens returns what matters to figures of money or of time.
func (t *Text) tokens(u use) []token {
	at := &t.figured[u-forMoney]
	if *at == nil {
		*at = t.r.figures.numbers(t.runes, u).tokens()
	}
	return *at
}

// statement returns the phrases of the text.
func (t *Text) statement() *statement {
	if t.spoken == nil {
		t.spoken = t.r.phrases.read(t.runes)
	}
	return t.spoken
}

// estimate returns the figures of money among which the one that is wanted is looked for.
func (t *Text) estimate(want []sense) estimate { return newEstimate(t.runes, t.tokens(forMoney), want) }

// timeline returns the figures of time, as of a day.
func (t *Text) timeline(today day.Date) timeline {
	return newTimeline(t.runes, t.tokens(forTime), today)
}
