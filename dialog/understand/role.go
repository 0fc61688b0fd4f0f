package understand

import (
	"cmp"
	"slices"
)

// roleSenses are the roles of a figure. Of those that one word has the first counts.
var roleSenses = []sense{isNotDue, isOffer, isIncome, isExpense, isPaid, isLimit, isMinimum, isMonthly, isPrincipal, isInterest, isFee, isOverdue,
	isOwedNow, isUnpaid, isOwed, isTotal, isBorrowed}

// parts are the roles of what can be included in what is owed.
var parts = []sense{noSense, isPrincipal, isInterest, isFee, isMinimum}

// role returns the role that a word gives to a figure near it.
func (t *token) role() sense {
	if t.word == nil {
		return noSense
	}
	return t.word.role
}

// roleAt is the role that the word tokens[i] gives. A payment that was not made names what is unpaid: has not been repaid.
func (e *estimate) roleAt(i int) sense {
	r := e.tokens[i].role()
	if r == isPaid && near(e.tokens, i, -1).is(isUnmade) {
		return isUnpaid
	}
	return r
}

// roles gives each sum its role: the nearest word before it in its sentence, or after it in its clause. A clause whose first
// figure has nothing before it names its figures afterwards: 5000本金800利息.
func (e *estimate) roles() {
	after, taken := false, 0
	for i := range e.sums {
		s := &e.sums[i]
		from, to := e.span(i)
		before, also, far := e.before(s, max(from, taken))
		behind, at := e.behind(s, to)
		if from == 0 || e.parted(from, s.from) {
			after = before == noSense && behind != noSense && e.ended(i)
		}
		if s.role = e.related(s); s.role != noSense {
			continue
		}
		switch {
		case after && behind != noSense, before == noSense && (i == len(e.sums)-1 || e.touches(s)):
			s.role, s.also = behind, before
			taken = at + 1
		default:
			s.role, s.also = before, also
		}
		if (overrules(behind, s.role) || far && answers(behind) && !answers(s.role)) && (i == len(e.sums)-1 || e.parted(s.to, to) || e.touches(s)) {
			s.role, s.also = behind, s.role
			taken = at + 1
		}
		if before == s.role && (before == isBorrowed || before == isExpense) && e.purpose(s) {
			s.role = noSense
		}
		e.settle(s, to)
	}
	e.pair()
	e.others()
}

// ended says whether a role stands after the last figure of the clause of sum i.
func (e *estimate) ended(i int) bool {
	for i+1 < len(e.sums) && !e.parted(e.sums[i].to, e.sums[i+1].from) {
		i++
	}
	_, to := e.span(i)
	role, _ := e.behind(&e.sums[i], to)
	return role != noSense
}

// grown makes figures of what interest has become figures of interest, where the principal is named beside it: 利息滚到两千了，本金六千.
func (e *estimate) grown() {
	if !slices.ContainsFunc(e.sums, func(s sum) bool { return s.role == isPrincipal }) {
		return
	}
	for i := range e.sums {
		if s := &e.sums[i]; (s.role == isOwedNow || s.role == isOwed) && (s.also == isInterest || s.also == isFee) && !s.extra {
			s.role, s.also = s.also, s.role
		}
	}
}

// related returns the role that a figure has by the figure before it: each of 3 instalments of 2000, what it is a part of.
func (e *estimate) related(s *sum) sense {
	switch t := near(e.tokens, s.from, -1); {
	case t.is(isOf, isOutOf) && s.from > 1 && e.paidBefore(s.from-1):
		return isTotal
	case e.remains(s):
		return isOwedNow
	case e.whole(s):
		return isBorrowed
	case t.is(isOf) && s.from > 1 && e.tokens[s.from-2].is(isMonths, isInstalments) && e.missed() > 1: // 3 months of 1,700
		return isMonthly
	case t.is(isOutOf), t.is(isOf) && s.from > 1 && e.tokens[s.from-2].kind == figureToken:
		return isLimit
	case e.oneInstalment(s.from - 1):
		return isUnpaid
	case t.is(isMonthly) && t.is(isInstalments), e.each(s.to), e.eachBefore(s.from - 1):
		return isMonthly
	case t.is(isOnce) && t.role() == noSense: // 本来7000
		return isBorrowed
	}
	return e.turned(s)
}

// turned returns the role of a figure that another has come down to: 额度从5万降到2万; down from 3000 to 2300.
func (e *estimate) turned(s *sum) sense {
	for i := range e.sums {
		o := &e.sums[i]
		if o.to != s.from-1 || !e.tokens[o.to].is(isRange) || o.fen <= s.fen || o.from == 0 || !e.tokens[o.from-1].is(isSince, isBetween) {
			continue
		}
		if o.role == noSense || answers(o.role) {
			return isOwedNow
		}
		return o.role
	}
	return noSense
}

// each says whether one month or instalment follows at tokens[i], and ends the clause: 2100一个月，三个月没交.
func (e *estimate) each(i int) bool {
	if i+1 >= len(e.tokens) || !e.unitary(i) {
		return false
	}
	blank := i+2 < len(e.tokens) && e.tokens[i+2].at > e.tokens[i+1].end
	return ends(e.tokens, i+2) || blank && e.tokens[i].at == e.tokens[i-1].end
}

// oneInstalment says whether tokens[i] ends the words for one instalment: one emi of 6,749.
func (e *estimate) oneInstalment(i int) bool {
	if i > 0 && e.tokens[i].is(isOf) {
		i--
	}
	return i > 0 && e.tokens[i].is(isMonthly) && e.tokens[i-1].number.value == whole(1) && near(e.tokens, i, -1) == nil && !e.tokens[i].is(isOffer)
}

// eachBefore says whether tokens[i] ends one month, and months are counted: 一个月1500，拖了三个月.
func (e *estimate) eachBefore(i int) bool {
	return i > 0 && e.tokens[i].is(isMonths) && e.unitary(i-1) && near(e.tokens, i, -1) == nil && e.missed() > 1
}

// paidBefore says whether a payment ends before tokens[i].
func (e *estimate) paidBefore(i int) bool {
	return slices.ContainsFunc(e.sums, func(s sum) bool { return s.to == i && s.role == isPaid })
}

// settle corrects a role by words that are farther off.
func (e *estimate) settle(s *sum, to int) {
	switch {
	case s.role == isMonthly && s.also == isOffer:
		s.role = isOffer
	case s.part && s.role == isOverdue: // 68k, of which 6.7k is late
		s.part = false
	case s.role == isMinimum && s.also == isPaid: // 还了最低230
		s.role = isPaid
	case s.role == isMonthly && answers(s.also) && e.one(s):
		s.role = s.also
	case s.role == isBorrowed && s.also == isExpense && near(e.tokens, s.from, -1).is(isPossessive): // 交学费借的八千
		s.role, s.why = noSense, cmp.Or(s.why, "borrowed")
	case s.role == isOwedNow && s.also == isIncome, s.role == isBorrowed && s.also == isExpense: // 手里就剩300; 看病花了三万
		s.role = s.also
	case slices.Contains(parts, s.role) && slices.Contains(parts, s.also) && s.role != noSense && s.also != noSense && (s.role == isPrincipal || s.also == isPrincipal):
		s.role = isTotal // 本金加利息6400
	case (s.role == isInterest || s.role == isFee) && e.any(isIncluding) && e.largest(s): // 含罚息7500
		s.role, s.part = isTotal, false
	case s.part && s.role == noSense && len(e.sums) > 1 && e.largest(s): // 不算违约金3000，算上3300
		s.role, s.part = isTotal, false
	case s.role == isBorrowed:
		for i := s.to; i < to; i++ {
			t := &e.tokens[i]
			if t.kind == stopToken {
				break
			}
			if t.is(isUnpaid) || t.is(isPaid) && e.roleAt(i) == isUnpaid {
				s.role, s.also = isUnpaid, isBorrowed
			}
		}
	}
}

// one says whether s is one instalment that is said to be missed: 逾期一期4200.
func (e *estimate) one(s *sum) bool {
	i := s.from - 1
	return i > 0 && e.tokens[i].is(isSingle) && near(e.tokens, i, -1).is(isOverdue, isUnpaid, isOwed)
}

// largest says whether no other figure is as large as s.
func (e *estimate) largest(s *sum) bool {
	return !slices.ContainsFunc(e.sums, func(o sum) bool { return o.from != s.from && o.fen >= s.fen })
}

// answers says whether a role is one of what is owed now.
func answers(role sense) bool { return slices.Contains(wants[PartOwed], role) }

// overrules says whether a role named after a figure tells more than the one before it: 借的8600没还.
func overrules(behind, before sense) bool {
	if behind == isNotDue {
		return true
	}
	if behind == isMonthly && before != isOffer && before != isIncome && before != isExpense {
		return true
	}
	switch before {
	case isBorrowed, isPrincipal, isTotal, noSense:
		return behind == isUnpaid || behind == isOverdue || behind == isOwedNow || behind == isPaid && before != isPrincipal
	case isOwed, isUnpaid:
		return behind == isOverdue
	}
	return false
}
