package understand

import (
	"slices"

	"respite/policy/money"
)

// paidSince returns what is left of s after what was paid, if a payment is named after it; 0 if none is, or if s is said to be what is
// owed now, or to be what that payment left.
func (e *estimate) paidSince(s sum) money.Fen {
	if s.role != isOwed && s.role != isTotal && s.role != noSense {
		return 0
	}
	for _, o := range e.sums {
		if o.role == isPaid && o.fen < s.fen && (o.from > s.from || e.offOf(o, s)) && !e.earlier(o) && !e.takenOff(s, o) {
			return s.fen - o.fen
		}
	}
	return 0
}

// earlier says whether o is a payment of an earlier turn, which what is owed now no longer holds: 7000元 上期我已经还过1200了.
func (e *estimate) earlier(o sum) bool {
	from, to := o.from, o.to
	for from > 0 && !e.figure(from-1) && !ends(e.tokens, from-1) {
		from--
	}
	for to < len(e.tokens) && !e.figure(to) && !ends(e.tokens, to) {
		to++
	}
	return slices.ContainsFunc(e.tokens[from:to], func(t token) bool {
		month, ok := t.has(isMonth)
		return t.is(isEarlier) || ok && month.n < 0
	})
}

// takenOff says whether s and the payment o make a third figure, which s then is the rest of: 6900. Was 7400, I put in 500.
func (e *estimate) takenOff(s, o sum) bool {
	return slices.ContainsFunc(e.sums, func(was sum) bool { return was.fen == s.fen+o.fen })
}

// offOf says whether s is what o was paid of: paid 1,800 off 6,700; 1,600 paid of 4,000.
func (e *estimate) offOf(o, s sum) bool {
	return o.to == s.from-1 && e.beforeThe(&s).is(isOff, isWholeOf)
}
