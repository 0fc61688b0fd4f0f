package understand

import (
	"slices"

	"respite/policy/money"
)

// PayMore is the topic of those who ask what more a month would do to their plan; see More.
const PayMore = "pay_more"

// Payment reads how much somebody says to have paid: 还了300, "I transferred 500 today". The status is Unknown where the text does not
// say that something was paid, or names no amount of it; of several payments it is Confirm, with the largest.
func (t *Text) Payment() Amount {
	sums := t.sums()
	said := t.saysPaid()
	var found []sum
	for _, s := range sums {
		if s.fen > 0 && (s.role == isPaid || said && s.role == noSense) {
			found = append(found, s)
		}
	}
	if len(found) == 0 {
		return Amount{Status: Unknown}
	}
	a := slices.MaxFunc(found, func(a, b sum) int { return int(a.fen - b.fen) }).amount()
	if len(found) > 1 {
		a.doubt("several")
	}
	return a
}

// saysPaid says whether the text tells of a payment that was made, all or in part.
func (t *Text) saysPaid() bool {
	w := t.r.phrases.wishesOf(t.statement())
	return w.has(hasPaid, hasPaidAlready, hasPaidPartly) && !w.has(hasNotPaid, cannotPay)
}

// More reads how much more a month somebody asks about: 每月多还200会怎样, "if I pay 200 more a month". false: no amount is named, or
// several are.
func (t *Text) More() (money.Fen, bool) {
	if t.Topic() != PayMore {
		return 0, false
	}
	var more money.Fen
	for _, s := range t.sums() {
		if s.fen > 0 && (more != 0 || s.why == "range") {
			return 0, false
		}
		more = max(more, s.fen)
	}
	return more, more > 0
}

// sums returns the figures of money in the text, with what the words around each say of it.
func (t *Text) sums() []sum {
	e := t.estimate(nil)
	e.roles()
	e.doubts(guesses)
	return e.sums
}
