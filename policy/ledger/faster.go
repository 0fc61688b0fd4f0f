package ledger

import (
	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// Faster works out what becomes of the plan if extra fen are paid more each month: equal instalments of what is open, as few as
// keep within the highest amount of now and extra. saves is what is paid less in all; false: nothing changes.
func (l *Ledger) Faster(terms schedule.Terms, running, extra money.Fen, cal *day.Calendar, today day.Date) (s schedule.Schedule, saves money.Fen, ok bool) {
	var owed schedule.Parts
	var said, most money.Fen
	count := 0
	for _, line := range l.Lines {
		left := line.Parts.Sub(line.Paid)
		owed = schedule.Parts{Principal: owed.Principal + left.Principal, Interest: owed.Interest + left.Interest, Fees: owed.Fees + left.Fees}
		said += line.Said
		if line.Open() > 0 {
			count, most = count+1, max(most, line.Amount)
		}
	}
	next, open := l.Next()
	if !open {
		return s, 0, false
	}
	owed = owed.Sub(schedule.Allocate(said, owed, terms.Order))
	// What was to run in the plan runs anew over the shorter time; the interest that was owed at the start stays.
	fixed := terms.Owed.Interest - terms.Waived.Interest
	if all := fixed + running; all > 0 {
		owed.Interest = owed.Interest.ShareDown(int64(fixed), int64(all))
	}
	terms = schedule.Terms{Start: today, Owed: owed, Method: schedule.EqualPayment, Rate: terms.Rate, First: max(next.Due, today+1), PayDay: terms.PayDay, Working: terms.Working, Order: terms.Order}
	for n := 1; n < count; n++ {
		terms.Count = n
		s, err := terms.Schedule(cal)
		if err == nil && highest(s) <= most+extra {
			return s, max(0, l.Open()-s.Total), true
		}
	}
	return schedule.Schedule{}, 0, false
}

func highest(s schedule.Schedule) money.Fen {
	var most money.Fen
	for _, in := range s.Instalments {
		most = max(most, in.Amount)
	}
	return most
}
