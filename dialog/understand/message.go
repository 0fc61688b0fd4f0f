package understand

import "respite/policy/day"

// Message reads several answers from one text, as of today: 欠8600，逾期20天，失业了. Each figure is read only where the text
// itself says what it is; where only its place among the others does, or that the borrower is chased, it is to be confirmed, with Why
// unmarked.
func (t *Text) Message(today day.Date) Message {
	amount, owed := t.amount(PartOwed)
	lateness, late := t.lateness(today)
	m := Message{
		Amount:   Amount{Status: Unknown},
		Lateness: Lateness{Status: Unknown},
		Hardship: t.hardship(),
		Crisis:   t.Crisis(),
		Intent:   t.intent(),
	}
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

// chased says whether the text begins with a length of time and goes on about being called or told to pay, which is done to those who are
// late: 8天 别打我单位电话了.
func (t *Text) chased(today day.Date, wanted Intent) bool {
	l := t.timeline(today)
	c, ok := l.clueAt(0)
	return ok && c.length && (wanted.Intent == "stop_reminders" || l.any(isHound) || l.any(isHounding) || l.any(isCall))
}
