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
	if more := e.added(found); more != nil {
		return together(append(found, more...), a), said
	}
	if len(found) > 1 {
		return e.several(found, said), said
	}
	if e.rivals(found[0], said) {
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

// hotlines are numbers that people name as whom they called.
var hotlines = []money.Fen{money.Yuan(110), money.Yuan(119), money.Yuan(120), money.Yuan(122), money.Yuan(911), money.Yuan(999),
	money.Yuan(12306), money.Yuan(12315), money.Yuan(12333), money.Yuan(12345), money.Yuan(12348), money.Yuan(12356), money.Yuan(12363),
	money.Yuan(12378), money.Yuan(10086), money.Yuan(10010), money.Yuan(10000), money.Yuan(96110)}

// stray says whether s is a number that nothing says to be money, in a text that may be about something else: 我26了; 110都报了.
func (e *estimate) stray(s sum) bool {
	if !s.bare || s.role != noSense {
		return false
	}
	to := e.tokens[s.from].at
	if slices.Contains(hotlines, s.fen) {
		to = len(e.text)
	} else if s.fen >= money.Yuan(100) {
		return false
	}
	at, i := 0, 0 // characters and tokens from the start
	for at < to {
		switch {
		case i < len(e.tokens) && e.tokens[i].at <= at:
			at = max(at+1, e.tokens[i].end)
			i++
		case isHan(e.text[at]) || isLetter(e.text[at]):
			return true
		default:
			at++
		}
	}
	return false
}

// foreign returns the currency that is named away from any figure, if there is one: a grand, in pounds.
func (e *estimate) foreign() string {
	for i := range e.tokens {
		t := &e.tokens[i]
		m, ok := t.has(isCurrency)
		beside := slices.ContainsFunc(e.sums, func(s sum) bool { return s.from <= i && i < s.to })
		if ok && !beside && t.end-t.at > 2 && len(t.word.meanings) == 1 {
			return m.name
		}
	}
	return ""
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
		if !has(found, s) || s.lender && found[0].lender { // as much to each of two lenders
			found = append(found, s)
		}
	}
	return rank, found
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
		if o.role == isPaid && (o.from > s.from || o.to == s.from-1) && o.fen < s.fen {
			return s.fen - o.fen
		}
	}
	return 0
}

// short says whether s may be a number of days: 逾期20，欠8600.
func (s sum) short() bool { return s.bare && s.fen < money.Yuan(366) }

// clean drops the numbers that are hardly figures beside others: a digit that was left out, the number of a card.
func (e *estimate) clean() {
	if len(e.sums) < 2 {
		return
	}
	kept := slices.DeleteFunc(slices.Clone(e.sums), func(s sum) bool {
		return s.fen == 0 || s.bare && s.why == "absurd" || s.bare && s.number.digits == 4 && s.role == noSense && near(e.tokens, s.from, -1).is(isCard)
	})
	if len(kept) > 0 {
		e.sums = kept
	}
}

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
		switch o.role {
		case isPrincipal:
			if !said {
				return true
			}
		case isInterest, isFee:
			if !said || o.from > s.from && s.role != isTotal {
				return true
			}
		case noSense:
			was := s.role == isOwedNow && o.from < s.from && !o.lender // 六千 还剩四千
			if said && !was && (!o.bare || o.fen >= money.Yuan(100)) {
				return true
			}
		}
	}
	return false
}

// amend drops the figures that somebody took back: 8600，不对，是9600; 是9600不是8600; not 8600 but 9600.
func (e *estimate) amend() {
	right := slices.DeleteFunc(slices.Clone(e.sums), func(s sum) bool { return near(e.tokens, s.from, -1).is(isWrong) })
	if len(right) > 0 && len(right) < len(e.sums) {
		right[0].inherit(e.sums[0])
		e.sums = right
	}
	for i := len(e.sums) - 1; i > 0; i-- {
		if amended(e.tokens, e.sums[i-1].to, e.sums[i].from) >= 0 {
			e.sums[i].inherit(e.sums[i-1])
			e.sums = e.sums[i:]
			return
		}
	}
}

// denied says whether the figure tokens[from:to] is only said not to be it: 不是26000; not 26000.
func denied(tokens []token, from, to int) bool {
	return near(tokens, from, -1).is(isWrong) && !near(tokens, to-1, 1).is(isAsking)
}

// amended returns the token among tokens[from:to] that takes back what came before it; -1 if there is none. 不是 does so alone only.
func amended(tokens []token, from, to int) int {
	for i := from; i < to; i++ {
		alone := i+1 >= len(tokens) || tokens[i+1].at-tokens[i].end <= 1 && (i+1 == to || ends(tokens, i+1))
		if tokens[i].is(isAmend) || tokens[i].is(isWrong) && alone {
			return i
		}
	}
	return -1
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
