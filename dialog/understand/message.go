package understand

import "respite/policy/day"

// Message reads one text that may hold several answers, as of today: 欠8600，逾期20天，失业了. Each figure is read only where the text
// itself says what it is; where only its place among the others does, it is to be confirmed, with Why unmarked.
func (r *Reader) Message(text string, today day.Date) Message {
	runes := r.normal.runes(text)
	amount, owed := r.amount(PartOwed, runes)
	lateness, late := r.lateness(runes, today)
	said := r.phrases.read(runes)
	m := Message{
		Amount:   Amount{Status: Unknown},
		Lateness: Lateness{Status: Unknown},
		Hardship: r.phrases.hardship(said),
		Crisis:   r.phrases.crisis(said),
		Intent:   r.phrases.intent(runes, said),
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
	return m
}
