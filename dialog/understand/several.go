package understand

import (
	"slices"

	"respite/policy/money"
)

// sumOfOthers returns the figure that all others, or principal, interest and fees, add up to.
func (e *estimate) sumOfOthers() (sum, bool) {
	for i, s := range e.sums {
		var all, parts money.Fen
		n, named := 0, 0
		for j, o := range e.sums {
			if j == i || o.fen <= 0 {
				continue
			}
			if o.role == isPaid || o.role == isOwedNow { // 欠了六千，还了两千，还欠四千: what is left, not another part
				n = -len(e.sums)
			}
			all += o.fen
			n++
			if o.role == isPrincipal || o.role == isInterest || o.role == isFee {
				parts += o.fen
				named++
			}
		}
		if n > 1 && all == s.fen && slices.Contains(e.want, s.role) || named > 1 && parts == s.fen {
			return s, true
		}
	}
	return sum{}, false
}

// apart says whether interest or fees are named beside the principal.
func (e *estimate) apart() bool {
	for _, s := range e.sums {
		if !s.part && (s.role == isInterest || s.role == isFee) {
			return true
		}
	}
	return false
}

// rivals says whether other figures may mean that s is not, or not all of, what is owed.
func (e *estimate) rivals(s sum, said bool) bool {
	for _, o := range e.sums {
		if o.fen == s.fen || o.part || e.want[0] != isOverdue {
			continue
		}
		if o.others && s.role != isOwedNow && s.role != isOverdue {
			return true
		}
		switch o.role {
		case isOwed:
			if o.lender && s.lender && s.from > o.from { // 微粒贷欠四千二，花呗还欠三千一
				return true
			}
			if t := near(e.tokens, s.to-1, 1); o.fen > s.fen && t.is(isOwedNow) && e.latin(t) && !e.paysOff() { // got 200 left, owe 1800
				return true
			}
		case isExpense, isIncome:
			if !said && o.from == s.to+1 && near(e.tokens, s.to-1, 1) != nil && near(e.tokens, o.from, -1) != nil { // 5千学费8千信用卡
				return true
			}
		case isPrincipal:
			if !said {
				return true
			}
		case isInterest, isFee:
			if !said || o.from > s.from && s.role != isTotal {
				return true
			}
		case noSense:
			if s.role == isOverdue && o.fen > s.fen && (e.any(isIncluding) || e.within(o)) { // 12000，其中3900已经逾期
				continue
			}
			was := s.role == isOwedNow && o.from < s.from && !o.lender // 六千 还剩四千
			if said && !was && (!o.bare || o.fen >= money.Yuan(100)) {
				return true
			}
		}
	}
	return false
}

// paysOff says whether one of the figures was paid, so that another may be what is left of a third.
func (e *estimate) paysOff() bool {
	return slices.ContainsFunc(e.sums, func(s sum) bool { return s.role == isPaid })
}

// within says whether the Chinese for "of" follows s.
func (e *estimate) within(s sum) bool {
	return near(e.tokens, s.to-1, 1).is(isWithin)
}

// added returns the figures that come on top of those that were found: interest and fees that are said to, and what is owed to
// another lender.
func (e *estimate) added(found []sum, said bool) []sum {
	var more []sum
	for _, s := range e.sums {
		switch {
		case s.part || has(found, s):
		case (s.extra || !said && len(found) == 1 && s.from > found[0].from) && (s.role == isInterest || s.role == isFee), s.lender && s.role == noSense && found[0].lender:
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
