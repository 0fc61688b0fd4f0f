package understand

import (
	"slices"

	"respite/policy/money"
)

// choose picks the sum that answers the question.
func (e *estimate) choose() (Amount, bool) {
	if len(e.sums) == 1 && (denied(e.tokens, e.sums[0].from, e.sums[0].to) || e.disputed(e.sums[0].to)) {
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
		if !e.overdue(s) || len(e.sums) > 1 {
			a.doubt("unclear")
		}
		said = false
	}
	return a, said
}

// overdue says whether the English for overdue follows s, which is more than the days that one would count without saying so: 260 overdue.
func (e *estimate) overdue(s sum) bool {
	t := near(e.tokens, s.to-1, 1)
	return t.is(isOverdue) && e.latin(t) && s.fen >= money.Yuan(100) && !near(e.tokens, s.to, 1).is(isDays)
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

// alongside says whether s, of which nothing is said, is named after what was borrowed as if both were owed: car loan 9,000 and phone 1,200;
// 借了2600，花呗3900.
func (e *estimate) alongside(s sum, said bool) bool {
	return !said && (s.extra || s.lender) && slices.ContainsFunc(e.sums, func(o sum) bool { return o.role == isBorrowed && o.to < s.from })
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
	if s.part || s.role == isOverdue && s.short() && len(e.sums) > 1 && !e.overdue(s) {
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

// short says whether s may be a number of days: 逾期20，欠8600.
func (s sum) short() bool { return s.bare && s.fen < money.Yuan(366) }
