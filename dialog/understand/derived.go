package understand

import (
	"slices"

	"respite/policy/money"
)

// other answers where no figure has the role that is asked for: with the sum of its parts, with what so many instalments make, or
// with a figure from which the answer may follow. Figures that say nothing of the answer give none.
func (e *estimate) other() (Amount, bool) {
	if a, ok := e.parts(); ok {
		return a, true
	}
	if a, ok := e.product(); ok {
		return a, true
	}
	for _, role := range []sense{isPrincipal, isTotal, isNotDue, isBorrowed, isMinimum, isMonthly, isInterest, isFee} {
		for _, s := range e.sums {
			if s.role == role && e.want[0] == isOverdue && e.telling(role) {
				a := s.amount()
				a.Status, a.Why = Confirm, roleNames[role]
				return a, role == isPrincipal
			}
		}
	}
	if s := e.sums[0]; s.fen == 0 && s.role == isPaid { // 0, I paid it off
		return s.amount(), true
	}
	return Amount{Status: Unknown, Why: roleNames[e.sums[0].role]}, false
}

// telling says whether a figure of a role can be what is owed: what was borrowed is not, unless a card was charged with it, nor is what
// falls due each month, unless something is said not to have been paid, or of which month it is, and not that nobody knows how much.
func (e *estimate) telling(role sense) bool {
	switch role {
	case isBorrowed:
		return e.any(isSpent) && !e.any(isOnce)
	case isMonthly:
		return e.any(isOwedNow, isOwed, isUnpaid, isOverdue, isMonthName) && !e.any(isForgotten)
	}
	return true
}

// roleNames are the ids under which a figure of another role is reported.
var roleNames = map[sense]string{isPrincipal: "principal", isInterest: "interest", isFee: "fees", isBorrowed: "borrowed",
	isMinimum: "minimum", isMonthly: "monthly", isLimit: "limit", isPaid: "paid", isIncome: "income", isExpense: "expense",
	isOffer: "offer", isTotal: "total", isNotDue: "not_due"}

// parts adds up principal, interest and fees that were named apart.
func (e *estimate) parts() (Amount, bool) {
	var total money.Fen
	var seen [3]bool
	var a Amount
	for _, s := range e.sums {
		for i, role := range []sense{isPrincipal, isInterest, isFee} {
			if (s.role == role || i == 0 && s.role == isBorrowed && e.grows(s)) && !s.part && (i > 0 || !seen[0]) {
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

// grows says whether interest or fees are said to have been added to what was borrowed: 本来2000，加了380利息.
func (e *estimate) grows(s sum) bool {
	return slices.ContainsFunc(e.sums, func(o sum) bool { return o.from > s.from && o.extra && (o.role == isInterest || o.role == isFee) })
}

// product multiplies what is paid in each period by the number of instalments that were missed.
func (e *estimate) product() (Amount, bool) {
	n := e.missed()
	if !e.any(isOwedNow, isOwed, isUnpaid, isOverdue) {
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
		if all := e.multiple(s.from, s.fen); all >= 0 {
			return e.sums[all].amount(), true
		}
		if s.to+1 >= len(e.tokens) || !e.tokens[s.to].is(isTimes) {
			continue
		}
		n, ok := e.tokens[s.to+1].number.value.int()
		a := s.amount()
		if first, few := s.number.value.int(); few && s.bare && first <= 60 && n > 60 { // 3 lots of 1,500
			n, a.Fen = first, money.Yuan(int64(n))
		}
		if ok && e.tokens[s.to+1].kind == figureToken && n > 0 && n <= 60 {
			a.Fen *= money.Fen(n)
			if said := slices.IndexFunc(e.sums, func(o sum) bool { return o.fen == a.Fen }); said >= 0 { // 4620 (2310 x 2)
				return e.sums[said].amount(), true
			}
			a.Status, a.Why = Confirm, "product"
			return a, true
		}
	}
	return Amount{}, false
}

// multiple returns the place of the figure that so many of fen make, the figure at tokens[from], if it is named later: 三张一千的，就是三千;
// -1 if none is.
func (e *estimate) multiple(from int, fen money.Fen) int {
	if from < 2 || e.tokens[from-2].kind != figureToken || !near(e.tokens, from, -1).is(isCounter) {
		return -1
	}
	n, ok := e.tokens[from-2].number.value.int()
	if !ok || n < 2 || n > 60 {
		return -1
	}
	return slices.IndexFunc(e.sums, func(o sum) bool { return o.from > from && o.fen == fen*money.Fen(n) && o.role != isPaid })
}

// missed returns the number of instalments or months that the text names, the one said to be owed if there are several; 0 if none.
func (e *estimate) missed() int {
	best, count := 2, 0
	for i := range e.tokens {
		t := &e.tokens[i]
		n, ok := t.number.value.int()
		if t.kind != figureToken || !ok || n < 1 || n > 60 {
			continue
		}
		if !near(e.tokens, i, 1).is(isInstalments, isMonths) && (!near(e.tokens, i, -1).is(isUnpaid) || !ends(e.tokens, i+1)) { // missed 3
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
