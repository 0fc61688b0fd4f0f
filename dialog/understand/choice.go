package understand

import (
	"slices"

	"respite/policy/money"
)

// amend drops the figures that somebody took back: 8600，不对，是9600; 是9600不是8600; not 8600 but 9600.
func (e *estimate) amend() {
	right := slices.DeleteFunc(slices.Clone(e.sums), func(s sum) bool { return near(e.tokens, s.from, -1).is(isWrong) })
	if len(right) > 0 && len(right) < len(e.sums) {
		right[0].inherit(e.sums[0])
		e.sums = right
	}
	for i := len(e.sums) - 1; i > 0; i-- {
		if slices.ContainsFunc(e.tokens[e.sums[i-1].to:e.sums[i].from], func(t token) bool { return t.is(isAmend, isWrong) }) {
			e.sums[i].inherit(e.sums[i-1])
			e.sums = e.sums[i:]
			return
		}
	}
}

// inherit gives a figure that replaces another its role, if it has none of its own.
func (s *sum) inherit(o sum) {
	if s.role == noSense {
		s.role = o.role
	}
}

// added returns the figures that come on top of those that were found: interest and fees that are said to, and what is owed to
// another lender.
func (e *estimate) added(found []sum) []sum {
	var more []sum
	for _, s := range e.sums {
		switch {
		case s.part || has(found, s):
		case s.extra && (s.role == isInterest || s.role == isFee), s.lender && s.role == noSense && found[0].lender:
			more = append(more, s)
		}
	}
	return more
}

// together adds figures up.
func together(sums []sum, a Amount) Amount {
	a.Status, a.Why, a.Fen = Confirm, "sum", 0
	several := false
	for _, s := range sums {
		if s.currency != a.Currency && s.currency != "" && a.Currency != "" {
			return Amount{Status: Confirm, Fen: sums[0].fen, Currency: sums[0].currency, Why: "several"}
		}
		a.Fen += s.fen
		a.Currency = max(a.Currency, s.currency)
		several = several || s.role != isInterest && s.role != isFee && s.from != sums[0].from
	}
	if several {
		a.Why = "several"
	}
	if a.Currency != "" && a.Currency != "CNY" {
		a.Why = "foreign"
	}
	return a
}

// several answers where more than one figure has the best role. Several debts are added up; of figures whose role is not said the
// largest is taken, unless words say that they add up, or to whom each is owed.
func (e *estimate) several(found []sum, said bool) Amount {
	all := said
	if !said {
		all = slices.ContainsFunc(found, func(s sum) bool { return s.extra }) ||
			!slices.ContainsFunc(found, func(s sum) bool { return !s.lender })
	}
	if i := slices.IndexFunc(found, func(s sum) bool { return s.also == isTotal }); i >= 0 {
		a := found[i].amount()
		a.doubt("several")
		return a
	}
	if all {
		a := together(found, found[0].amount())
		if a.Why == "sum" {
			a.Why = "several"
		}
		return a
	}
	a := slices.MaxFunc(found, func(a, b sum) int { return int(a.fen - b.fen) }).amount()
	a.doubt("several")
	return a
}

// other answers where no figure has the role that is asked for: with the sum of its parts, with what so many instalments make, or
// with a figure from which the answer may follow. Figures that say nothing of the answer give none.
func (e *estimate) other() (Amount, bool) {
	if a, ok := e.parts(); ok {
		return a, true
	}
	if a, ok := e.product(); ok {
		return a, true
	}
	for _, role := range []sense{isPrincipal, isTotal, isBorrowed, isMinimum, isMonthly, isInterest, isFee} {
		for _, s := range e.sums {
			if s.role == role && e.want[0] == isOverdue {
				a := s.amount()
				a.Status, a.Why = Confirm, roleNames[role]
				return a, role == isPrincipal
			}
		}
	}
	return Amount{Status: Unknown, Why: roleNames[e.sums[0].role]}, false
}

// roleNames are the ids under which a figure of another role is reported.
var roleNames = map[sense]string{isPrincipal: "principal", isInterest: "interest", isFee: "fees", isBorrowed: "borrowed",
	isMinimum: "minimum", isMonthly: "monthly", isLimit: "limit", isPaid: "paid", isIncome: "income", isExpense: "expense",
	isOffer: "offer", isTotal: "total"}

// parts adds up principal, interest and fees that were named apart.
func (e *estimate) parts() (Amount, bool) {
	var total money.Fen
	var seen [3]bool
	var a Amount
	for _, s := range e.sums {
		for i, role := range []sense{isPrincipal, isInterest, isFee} {
			if s.role == role && !s.part && !(i == 0 && seen[0]) {
				seen[i] = true
				total += s.fen
				a = s.amount()
			}
		}
	}
	if !seen[0] || !seen[1] && !seen[2] || e.want[0] != isOverdue {
		return Amount{}, false
	}
	a.Fen, a.Status = total, Confirm
	if a.Why != "foreign" {
		a.Why = "sum"
	}
	return a, true
}

// product multiplies what is paid in each period by the number of instalments that were missed.
func (e *estimate) product() (Amount, bool) {
	n := e.missed()
	if !slices.ContainsFunc(e.tokens, func(t token) bool { return t.is(isOwedNow, isOwed, isUnpaid, isOverdue) }) {
		return Amount{}, false
	}
	for _, s := range e.sums {
		if s.role == isMonthly && n > 1 {
			a := s.amount()
			a.Fen *= money.Fen(n)
			a.Status, a.Why = Confirm, "product"
			return a, true
		}
	}
	return Amount{}, false
}

// times multiplies two figures that a sign of multiplication joins: 986.5*4.
func (e *estimate) times() (Amount, bool) {
	for _, s := range e.sums {
		if s.to+1 >= len(e.tokens) || !e.tokens[s.to].is(isTimes) {
			continue
		}
		n, ok := e.tokens[s.to+1].number.value.int()
		if a := s.amount(); ok && e.tokens[s.to+1].kind == figureToken && n > 0 && n <= 60 {
			a.Fen *= money.Fen(n)
			a.Status, a.Why = Confirm, "product"
			return a, true
		}
	}
	return Amount{}, false
}

// missed returns the number of instalments or months that the text names, the one said to be owed if there are several; 0 if none.
func (e *estimate) missed() int {
	best, count := 2, 0
	for i := range e.tokens {
		t := &e.tokens[i]
		n, ok := t.number.value.int()
		if t.kind != figureToken || !ok || n < 1 || n > 60 || !near(e.tokens, i, 1).is(isInstalments, isMonths) {
			continue
		}
		rank := 1
		before, behind := near(e.tokens, i, -1), near(e.tokens, i+1, 1)
		switch {
		case before.is(isOwedNow, isOwed, isUnpaid, isOverdue):
			rank = 0
		case before.is(isPaid):
			continue
		case behind.is(isOwedNow, isOwed, isUnpaid, isOverdue):
			rank = 0
		}
		if rank < best {
			best, count = rank, n
		}
	}
	return count
}
