package understand

import (
	"slices"

	"respite/policy/money"
)

// choose picks the sum that answers the question.
func (e *estimate) choose() (Amount, bool) {
	if len(e.sums) == 1 && denied(e.tokens, e.sums[0].from, e.sums[0].to) {
		return Amount{Status: Unknown, Why: "denied"}, false
	}
	e.amend()
	e.clean()
	if s, ok := e.sumOfOthers(); ok {
		return s.amount(), s.role != noSense
	}
	if a, ok := e.times(); ok {
		return a, false
	}
	rank, found := e.best()
	said := rank < len(e.want)
	if len(found) == 0 {
		return e.other()
	}
	a := found[0].amount()
	if more := e.added(found, said); more != nil {
		return together(append(found, more...), a), said
	}
	if len(found) > 1 {
		return e.several(found, said), said
	}
	if e.rivals(found[0], said) || e.alongside(found[0], said) {
		a.doubt("several")
	}
	if left := e.paidSince(found[0]); left > 0 && !e.any(isOnce) {
		a.doubt("several")
		if found[0].role == noSense || found[0].role == isTotal {
			a.Fen = left
		}
	}
	if e.stray(found[0]) {
		a.doubt("unclear")
	}
	if code := e.foreign(); a.Currency == "" && code != "" {
		a.Currency = code
		a.doubt("foreign")
	}
	if s := found[0]; s.role == isOverdue && s.short() {
		a.doubt("unclear")
		said = false
	}
	return a, said
}

// best returns the sums with the best role and how good it is: the place in want, or len(want) for figures whose role is not
// said. Equal figures are one.
func (e *estimate) best() (rank int, found []sum) {
	rank = len(e.want) + 1
	for _, s := range e.sums {
		r := e.rank(s)
		if r > rank || r > len(e.want) {
			continue
		}
		if r < rank {
			rank, found = r, nil
		}
		switch i := slices.IndexFunc(found, func(o sum) bool { return o.fen == s.fen }); {
		case i < 0, s.lender && found[0].lender: // as much to each of two lenders
			found = append(found, s)
		case found[i].why == "": // said again, with a doubt
			found[i].why = s.why
		}
	}
	return rank, found
}

// alongside says whether s, of which nothing is said, is named after what was borrowed as if both were owed: car loan 9,000 and phone 1,200.
func (e *estimate) alongside(s sum, said bool) bool {
	return !said && s.extra && slices.ContainsFunc(e.sums, func(o sum) bool { return o.role == isBorrowed && o.to < s.from })
}

func has(sums []sum, s sum) bool {
	for _, t := range sums {
		if t.fen == s.fen {
			return true
		}
	}
	return false
}

// rank returns how well the role of s answers: 0 is best, len(want) is a figure of unknown role, more is another figure.
func (e *estimate) rank(s sum) int {
	other := len(e.want) + 1
	if s.part || s.role == isOverdue && s.short() && len(e.sums) > 1 {
		return other
	}
	for i, w := range e.want {
		if s.role == w || s.role == isPrincipal && s.also == w && !e.apart() {
			return i
		}
	}
	if s.role == noSense && (s.number.value != whole(1) || s.unit || len(e.sums) == 1) {
		return len(e.want)
	}
	return other
}

// paidSince returns what is left of s after what was paid, if a payment is named after it; 0 if none is, or if s is said to be what is
// owed now.
func (e *estimate) paidSince(s sum) money.Fen {
	if s.role != isOwed && s.role != isTotal && s.role != noSense {
		return 0
	}
	for _, o := range e.sums {
		if o.role == isPaid && (e.offOf(o, s) || o.from > s.from || o.to == s.from-1 && e.tokens[s.from-1].is(isOf, isOutOf) && e.text[e.tokens[s.from-1].at] == 'o') && o.fen < s.fen {
			return s.fen - o.fen
		}
	}
	return 0
}

// offOf says whether s is what o was paid off: paid 1,800 off 6,700.
func (e *estimate) offOf(o, s sum) bool {
	if o.to != s.from {
		return false
	}
	between := string(e.text[e.tokens[o.to-1].end:e.tokens[s.from].at])
	return between == " off " || between == " off the " || between == " towards " || between == " towards the " || between == " against "
}

// short says whether s may be a number of days: 逾期20，欠8600.
func (s sum) short() bool { return s.bare && s.fen < money.Yuan(366) }
