package understand

import "slices"

// roleSenses are the roles of a figure. Of those that one word has the first counts.
var roleSenses = []sense{isOffer, isIncome, isExpense, isPaid, isLimit, isMinimum, isMonthly, isPrincipal, isInterest, isFee, isOverdue,
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
		e.settle(s, to)
	}
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
	case t.is(isOf) && s.from > 1 && e.paidBefore(s.from-1):
		return isTotal
	case t.is(isOutOf), t.is(isOf) && s.from > 1 && e.tokens[s.from-2].kind == figureToken:
		return isLimit
	case t.is(isMonthly) && t.is(isInstalments), e.each(s.to):
		return isMonthly
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

// paidBefore says whether a payment ends before tokens[i].
func (e *estimate) paidBefore(i int) bool {
	return slices.ContainsFunc(e.sums, func(s sum) bool { return s.to == i && s.role == isPaid })
}

// settle corrects a role by words that are farther off.
func (e *estimate) settle(s *sum, to int) {
	switch {
	case s.role == isMonthly && s.also == isOffer:
		s.role = isOffer
	case s.role == isOwedNow && s.also == isIncome, s.role == isBorrowed && s.also == isExpense: // 手里就剩300; 看病花了三万
		s.role = s.also
	case slices.Contains(parts, s.role) && slices.Contains(parts, s.also) && s.role != noSense && s.also != noSense:
		s.role = isTotal // 本金加利息6400
	case s.role == isBorrowed:
		for _, t := range e.tokens[s.to:to] {
			if t.kind == stopToken {
				break
			}
			if t.is(isUnpaid) {
				s.role, s.also = isUnpaid, isBorrowed
			}
		}
	}
}

// answers says whether a role is one of what is owed now.
func answers(role sense) bool { return slices.Contains(wants[PartOwed], role) }

// overrules says whether a role named after a figure tells more than the one before it: 借的8600没还.
func overrules(behind, before sense) bool {
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

// span returns the tokens around sum i that belong to no other figure.
func (e *estimate) span(i int) (from, to int) {
	s := e.sums[i]
	for from = s.from; from > 0 && (!e.figure(from-1) || e.unitary(from-1)); from-- {
	}
	for to = s.to; to < len(e.tokens) && !e.figure(to); to++ {
	}
	if i+1 < len(e.sums) {
		to = min(to, e.sums[i+1].from)
	}
	return from, to
}

// unitary says whether tokens[i] is the number of one month or the like: 工资一个月四千五.
func (e *estimate) unitary(i int) bool {
	return e.tokens[i].kind == figureToken && e.tokens[i].number.value == whole(1) && near(e.tokens, i, 1).is(isMonths, isInstalments, isDays)
}

func (e *estimate) figure(i int) bool {
	k := e.tokens[i].kind
	return k == figureToken || k == dateToken || e.tokens[i].kind == wordToken && e.tokens[i].is(isYuan) && i > 0 && e.tokens[i-1].kind == figureToken
}

// parted says whether a pause lies among the tokens.
func (e *estimate) parted(from, to int) bool {
	for _, t := range e.tokens[from:to] {
		if t.kind == pauseToken || t.kind == stopToken {
			return true
		}
	}
	return false
}

// touches says whether the word after s stands right beside it.
func (e *estimate) touches(s *sum) bool {
	t := near(e.tokens, s.to-1, 1)
	if t == nil || t.role() == noSense {
		return false
	}
	if s.to+1 >= len(e.tokens) || e.tokens[s.to+1].kind != figureToken {
		return true
	}
	return t.at-e.tokens[s.to-1].end < e.tokens[s.to+1].at-t.end
}

// before returns the nearest role before s, as far back as the tokens reach in its sentence, and the one before that; far says that
// the nearest is in another clause.
func (e *estimate) before(s *sum, from int) (role, also sense, far bool) {
	paused := false
	for i := s.from - 1; i >= from; i-- {
		t := &e.tokens[i]
		if t.kind == stopToken {
			break
		}
		paused = paused || t.kind == pauseToken
		s.part = s.part || t.is(isIncluding) && slices.Contains(parts, role)
		s.extra = s.extra || t.is(isApart)
		s.lender = s.lender || t.is(isLender)
		r := t.role()
		switch {
		case i > 0 && e.tokens[i-1].is(isExcluding):
			r = noSense
		case r != noSense && near(e.tokens, i, -1).is(isOnce) && answers(r): // 本来要还900
			r = isBorrowed
		}
		switch {
		case r == noSense || r == role || also == noSense && role != noSense && paused:
		case role == noSense:
			role, far = r, paused
		case also == noSense:
			also = r
		}
	}
	return role, also, far
}

// behind returns the nearest role after s in its clause, and the token that gives it.
func (e *estimate) behind(s *sum, to int) (role sense, at int) {
	for i := s.to; i < to; i++ {
		t := &e.tokens[i]
		if t.kind == stopToken || t.kind == pauseToken || t.is(isIncluding, isExcluding, isApart) || e.governs(i, to) {
			break
		}
		if r := t.role(); r != noSense && (!slices.Contains(beside, r) || t.at-e.tokens[s.to-1].end <= e.reach(t) || t.is(isOnce)) {
			return r, i
		}
	}
	return noSense, 0
}

// governed are the roles whose Chinese words are verbs with their figure after them.
var governed = []sense{isOwedNow, isOwed, isBorrowed, isPaid, isTotal}

// governs says whether the word tokens[i] is a verb with the next figure, tokens[to], as its object: 六千还剩四千没还.
func (e *estimate) governs(i, to int) bool {
	t := &e.tokens[i]
	if i+1 != to || to >= len(e.tokens) || e.tokens[to].kind != figureToken || e.tokens[to].at-t.end > 1 {
		return false
	}
	return t.is(isOffer) || !e.latin(t) && slices.Contains(governed, t.role())
}

// beside are the roles that a word after a figure gives only to one close by.
var beside = []sense{isOffer, isIncome, isExpense, isLimit, isPrincipal, isInterest, isFee, isBorrowed}

// reach returns how many characters may lie between a figure and the word t that names it: a short word in English, 的 in Chinese.
func (e *estimate) reach(t *token) int {
	if e.latin(t) {
		return 4
	}
	return 2
}

// latin says whether a word is written in Latin letters.
func (e *estimate) latin(t *token) bool { return isLetter(e.text[t.at]) }
