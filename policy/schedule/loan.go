package schedule

import "respite/policy/money"

// Time in the units in which both a month, the twelfth part of a year, and a day, the 365th, are whole.
const (
	aDay   = 12
	aMonth = 365
	aYear  = 12 * 365
)

// A loan is what is left of a debt while a schedule is worked out.
type loan struct {
	rate money.Rate // annual, on the principal
	left Parts
	next int64 // time until the next instalment
}

// bears says whether interest runs.
func (l *loan) bears() bool { return l.rate > 0 && l.left.Principal > 0 }

// trifle is the principal below which no interest runs: it would be nothing but rounding.
const trifle = 1000 // fen

// start sets the time until the first instalment. What runs beyond one month until then would be due with the first
// instalment alone, and could be more than that instalment; it joins the interest that is spread over all of them.
func (l *loan) start(t Terms) {
	months, days := t.Start.MonthsUntil(t.First)
	l.next = int64(months*aMonth + days*aDay)
	if l.left.Principal < trifle {
		l.rate = 0
	}
	if months > 0 && t.Count > 1 {
		whole := l.interest()
		l.next = aMonth
		l.left.Interest += whole - l.interest()
	}
}

// interest returns what runs until the next instalment.
func (l *loan) interest() money.Fen {
	return l.left.Principal.Share(int64(l.rate)*l.next, aYear*int64(money.Whole))
}

// run lets the time until the next instalment pass and returns the interest that it brought.
func (l *loan) run() money.Fen {
	running := l.interest()
	l.next = aMonth
	return running
}

// pay returns an instalment of so much principal and so much of the interest and fees that bear nothing, which are taken in the
// proportion in which they lie between from and target.
func (l *loan) pay(principal, other money.Fen, from, target Parts) due {
	share := Parts{Principal: principal}
	if fees, all := from.Fees-target.Fees, from.other()-target.other(); fees > 0 {
		paid := from.other() - l.left.other() + other
		share.Fees = fees.ShareDown(int64(paid), int64(all)) - (from.Fees - l.left.Fees)
	}
	share.Interest = other - share.Fees
	l.left = l.left.Sub(share)
	return due{Parts: share, left: l.left}
}

// other is what bears no interest.
func (p Parts) other() money.Fen { return p.Interest + p.Fees }

// equalPrincipal pays the loan in instalments of the same principal.
func (l *loan) equalPrincipal(dues []due) {
	from, n := l.left, len(dues)
	principal, other := even(from.Principal, n), from.other()/money.Fen(n)
	for k := range dues {
		if k == n-1 {
			principal, other = l.left.Principal, l.left.other()
		}
		running := l.run()
		dues[k] = l.pay(principal, other, from, Parts{})
		dues[k].Interest += running
	}
}

// annuity is level for a loan that bears interest. The instalments are empty if one would pay nothing but interest.
func (l *loan) annuity(dues []due, target Parts) {
	from, n := l.left, len(dues)
	payment, other := l.payment(target.Principal, n), (from.other()-target.other())/money.Fen(n)
	for k := range dues {
		running := l.run()
		principal := payment - running
		if k == n-1 {
			principal, other = l.left.Principal-target.Principal, l.left.other()-target.other()
		}
		if principal <= 0 {
			clear(dues)
			return
		}
		dues[k] = l.pay(principal, other, from, target)
		dues[k].Interest += running
	}
}
