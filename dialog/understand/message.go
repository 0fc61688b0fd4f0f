package understand

import "respite/policy/day"

// Message reads several answers from one text, as of today: 欠8600，逾期20天，失业了. Each figure is read only where the text
// itself says what it is; where only its place among the others does, it is to be confirmed, with Why unmarked.
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
	case owed && lateness.Status != Unknown && lateness.Why != "event":
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
