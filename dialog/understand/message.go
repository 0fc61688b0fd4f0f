package understand

import (
	"sync"

	"respite/policy/day"
)

// Message reads several answers from one text, as of today: 欠8600，逾期20天，失业了. Each figure is read only where the text
// itself says what it is; where only its place among the others does, or that the borrower is chased, it is to be confirmed, with Why
// unmarked.
func (t *Text) Message(today day.Date) Message {
	m := Message{Amount: Amount{Status: Unknown}, Lateness: Lateness{Status: Unknown}}
	var amount Amount
	var lateness Lateness
	var owed, late bool
	t.beside(func() {
		amount, owed = t.amount(PartOwed)
		lateness, late = t.lateness(today)
	}, func() {
		m.Hardship = t.hardship()
	})
	m.Crisis, m.Intent = t.Crisis(), t.intent()
	switch {
	case owed:
		m.Amount = amount
	case late && amount.Status == Value && amount.Currency != "":
		m.Amount = amount
		m.Amount.doubt("unmarked")
	}
	switch {
	case late:
		m.Lateness = lateness
	case lateness.Status != Unknown && lateness.Why != "event" && (owed || t.chased(today, m.Intent)):
		m.Lateness = lateness
		if lateness.Status == Value {
			m.Lateness.Status, m.Lateness.Why = Confirm, "unmarked"
		}
	}
	if m.Amount.Status == Unknown && m.Lateness.Status == Unknown && m.Hardship.Status == Unknown {
		m.Intent = t.Intent() // else a hunch counts for nothing beside an answer
	}
	return m
}

// longMessage is how many characters a message has at least whose figures are read beside its phrases: below, calling for help takes longer.
const longMessage = 1 << 10

// beside reads the figures and the phrases of the text, which have nothing to do with each other: those of a long one at the same time.
func (t *Text) beside(figures, phrases func()) {
	if len(t.runes) < longMessage {
		figures()
		phrases()
		return
	}
	var wg sync.WaitGroup
	wg.Go(figures)
	phrases()
	wg.Wait()
}

// chased says whether the text begins with a length of time and goes on about being called or told to pay, which is done to those who are
// late: 8天 别打我单位电话了.
func (t *Text) chased(today day.Date, wanted Intent) bool {
	l := t.timeline(today)
	c, ok := l.clueAt(0)
	return ok && c.length && (wanted.Intent == "stop_reminders" || l.any(isHound) || l.any(isHounding) || l.any(isCall))
}
