package understand

import (
	"respite/dialog/understand/aside"
	"respite/policy/day"
)

// Message reads several answers from one text, as of today: 欠8600，逾期20天，失业了. Each figure is read only where the text
// itself says what it is; where only its place among the others does, or that the borrower is chased, it is to be confirmed, with Why
// unmarked.
func (t *Text) Message(today day.Date) Message {
	m := Message{Amount: Amount{Status: Unknown}, Lateness: Lateness{Status: Unknown}}
	var f statedFigures
	if len(t.runes) < longMessage {
		f, m.Hardship = t.stated(today), t.hardship()
	} else { // figures and phrases have nothing to do with each other
		figures := aside.Go(func() statedFigures { return t.stated(today) })
		m.Hardship = t.hardship()
		f = figures.Wait()
	}
	m.Crisis, m.Intent = t.Crisis(), t.intent()
	switch {
	case f.owed:
		m.Amount = f.amount
	case f.late && f.amount.Status == Value && f.amount.Currency != "":
		m.Amount = f.amount
		m.Amount.doubt("unmarked")
	}
	switch {
	case f.late:
		m.Lateness = f.lateness
	case f.lateness.Status != Unknown && f.lateness.Why != "event" && (f.owed || t.chased(today, m.Intent)):
		m.Lateness = f.lateness
		if f.lateness.Status == Value {
			m.Lateness.Status, m.Lateness.Why = Confirm, "unmarked"
		}
	}
	if m.Amount.Status == Unknown && m.Lateness.Status == Unknown && m.Hardship.Status == Unknown {
		m.Intent = t.Intent() // else a hunch counts for nothing beside an answer
	}
	return m
}

// statedFigures are the figures of a text, and whether the text itself says what they are.
type statedFigures struct {
	amount   Amount
	owed     bool
	lateness Lateness
	late     bool
}

func (t *Text) stated(today day.Date) statedFigures {
	var f statedFigures
	f.amount, f.owed = t.amount(PartOwed)
	f.lateness, f.late = t.lateness(today)
	return f
}

// longMessage is how many characters a message has at least whose figures are read beside its phrases: below, calling for help takes longer.
const longMessage = 1 << 10

// chased says whether the text begins with a length of time and goes on about being called or told to pay, which is done to those who are
// late: 8天 别打我单位电话了.
func (t *Text) chased(today day.Date, wanted Intent) bool {
	l := t.timeline(today)
	c, ok := l.clueAt(0)
	return ok && c.length && (wanted.Intent == "stop_reminders" || l.any(isHound) || l.any(isHounding) || l.any(isCall))
}
