package schedule

import (
	"math/big"

	"respite/policy/money"
)

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

// equalPrincipal pays the loan in n instalments of the same principal.
func (l *loan) equalPrincipal(n int) []due {
	from := l.left
	principal, other := even(from.Principal, n), from.other()/money.Fen(n)
	dues := make([]due, n)
	for k := range dues {
		if k == n-1 {
			principal, other = l.left.Principal, l.left.other()
		}
		running := l.run()
		dues[k] = l.pay(principal, other, from, Parts{})
		dues[k].Interest += running
	}
	return dues
}

// annuity is level for a loan that bears interest. The instalments are empty if one would pay nothing but interest.
func (l *loan) annuity(target Parts, n int) []due {
	from := l.left
	payment, other := l.payment(target.Principal, n), (from.other()-target.other())/money.Fen(n)
	dues := make([]due, n)
	for k := range dues {
		running := l.run()
		principal := payment - running
		if k == n-1 {
			principal, other = l.left.Principal-target.Principal, l.left.other()-target.other()
		}
		if principal <= 0 {
			return make([]due, n)
		}
		dues[k] = l.pay(principal, other, from, target)
		dues[k].Interest += running
	}
	return dues
}

// payment returns the payment, rounded half up, that brings the principal down to target in n instalments, each paying the
// interest that ran before it. With G the growth until the first instalment, q that of a month, i = q-1 and m = n-1:
//
//	payment = (principal*G*q^m - target) * i / (q^m*q - 1)
//
// The rates are ratios of whole numbers, so this is one too, and is worked out without any rounding but the last.
func (l *loan) payment(target money.Fen, n int) money.Fen {
	if n == 1 {
		return l.left.Principal + l.interest() - target
	}
	whole := int64(money.Whole)
	unit := gcd(12*whole, int64(l.rate))
	den, i := 12*whole/unit, int64(l.rate)/unit
	num := den + i
	m := big.NewInt(int64(n - 1))
	growth := new(big.Int).Exp(big.NewInt(num), m, nil)
	base := new(big.Int).Exp(big.NewInt(den), m, nil)

	h := aYear * whole
	above := new(big.Int).Mul(big.NewInt(int64(l.left.Principal)), big.NewInt(h+int64(l.rate)*l.next))
	above.Mul(above, growth)
	residue := new(big.Int).Mul(big.NewInt(int64(target)), big.NewInt(h))
	above.Sub(above, residue.Mul(residue, base))
	above.Mul(above, big.NewInt(i))

	below := growth.Mul(growth, big.NewInt(num))
	below.Sub(below, base.Mul(base, big.NewInt(den)))
	below.Mul(below, big.NewInt(h))
	return money.Fen(roundHalfUp(above, below).Int64())
}

func roundHalfUp(above, below *big.Int) *big.Int {
	above.Add(above.Lsh(above, 1), below)
	return above.Quo(above, below.Lsh(below, 1))
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
