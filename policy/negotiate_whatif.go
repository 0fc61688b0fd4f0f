package policy

import (
	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// WhatIf is the answer to "what if": another plan, and how it differs from the one at hand. Without a plan, see Counter, the
// differences are 0.
type WhatIf struct {
	Counter
	Monthly money.Fen // by how much the highest instalment is higher, or lower if negative
	Days    int       // by how many days the last payment is later, or earlier if negative
	Total   money.Fen // by how much more is paid in all, or less if negative
}

// WhatIf answers what becomes of an offer if something about it is changed. What the change does not name stays as it is in the
// offer, as far as it can: the programme, what is paid at once, the day of the first payment, and the number of months unless the
// change says how much can be paid a month.
func (b *Book) WhatIf(f Facts, today day.Date, o Offer, change Proposal) WhatIf {
	if change.Programme == "" {
		change.Programme = o.Programme
	}
	if change.Down == 0 {
		change.Down = o.Terms.Down
	}
	if change.Start == 0 {
		change.Start = o.Terms.First
	}
	if change.Monthly == 0 && change.Months == 0 {
		change.Months = o.Terms.Count
		if o.Terms.Method == schedule.Reduced {
			change.Monthly, change.Months = o.Terms.Cut.Amount, o.Terms.Cut.Count
		}
	}
	w := WhatIf{Counter: b.Negotiate(f, today, change)}
	if w.Fits {
		w.Monthly = highest(w.Offer.Schedule) - highest(o.Schedule)
		w.Days = int(w.Offer.Last - o.Last)
		w.Total = w.Offer.Schedule.Total - o.Schedule.Total
	}
	return w
}

// step is what changes of an instalment are rounded to.
const step = 1000 // fen

// More is the change to instalments that are higher by so much, or, for 0, by a quarter in whole ten yuan.
func (o Offer) More(by money.Fen) Proposal {
	if by > 0 {
		return Proposal{Monthly: highest(o.Schedule) + by}
	}
	return Proposal{Monthly: (highest(o.Schedule)*5/4 + step - 1) / step * step}
}

// Less is the change to instalments that are lower by so much, or, for 0 or more than there is, by a quarter in whole ten yuan.
func (o Offer) Less(by money.Fen) Proposal {
	if most := highest(o.Schedule); by > 0 && by < most {
		return Proposal{Monthly: most - by}
	}
	return Proposal{Monthly: max(step, highest(o.Schedule)*3/4/step*step)}
}

// Fewer is the change to a quarter fewer months.
func (o Offer) Fewer() Proposal { return Proposal{Months: max(1, o.Terms.Count*3/4)} }

// Later is the change to a first payment a month later.
func (o Offer) Later() Proposal { return Proposal{Start: o.Terms.First.AddMonths(1)} }
