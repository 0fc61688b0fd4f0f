package understand

import "slices"

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
	at := s.to
	if t.is(isPossessive) { // 一万二的额度
		at, t = at+1, near(e.tokens, at, 1)
	}
	if t == nil || e.roleAt(at) == noSense {
		return e.copula(s) > 0
	}
	if at+1 >= len(e.tokens) || e.tokens[at+1].kind != figureToken || t.is(isFormerly) && answers(t.role()) { // 2,500 left from 3,300
		return true
	}
	return t.at-e.tokens[s.to-1].end < e.tokens[at+1].at-t.end
}

// copula returns the place in the text after the word right behind s that says what s is or was, 0 if there is none: 2,000 was the loan.
func (e *estimate) copula(s *sum) int {
	if t := near(e.tokens, s.to-1, 1); t.is(isCopula) {
		return t.end + 1
	}
	return 0
}

// before returns the nearest role before s, as far back as the tokens reach in its sentence, and the one before that; far says that
// the nearest is in another clause.
func (e *estimate) before(s *sum, from int) (role, also sense, far bool) {
	paused := false
	for i := s.from - 1; i >= from; i-- {
		t := &e.tokens[i]
		if t.kind == stopToken || from > 0 && i == s.from-1 && t.is(isAmend) && e.latin(t) { // lost my glasses but it's 2400
			break
		}
		paused = paused || t.kind == pauseToken
		s.part = s.part || t.is(isIncluding) && slices.Contains(parts, role)
		s.part = s.part || near(e.tokens, s.to-1, 1).is(isOfThat) && s.from > e.sums[0].from
		s.extra = s.extra || t.is(isApart)
		s.lender = s.lender || t.is(isLender)
		s.others = s.others || !paused && t.is(isElsewhere)
		r := e.roleAt(i)
		switch {
		case i > 0 && e.tokens[i-1].is(isExcluding), e.leftOut(i), r == isOffer && s.lender && t.is(isOnly):
			r = noSense
		case e.countedIn(i, s.from) && e.largest(s):
			r = isTotal
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

// purpose says whether what stands before the pause or blank before s only tells what for, or how, a debt came to be: 给我妈看病刷的，一万三.
func (e *estimate) purpose(s *sum) bool {
	i := s.from - 1
	if i > 0 && e.tokens[i].kind == pauseToken {
		return near(e.tokens, i, -1).is(isPossessive)
	}
	t := near(e.tokens, s.from, -1)
	return t.is(isPossessive) && t.role() == noSense && e.text[t.end] == ' ' // and not 借的 2万
}

// behind returns the nearest role after s in its clause, and the token that gives it.
func (e *estimate) behind(s *sum, to int) (role sense, at int) {
	for i := s.to; i < to; i++ {
		t := &e.tokens[i]
		if t.kind == stopToken || t.kind == pauseToken || t.is(isIncluding, isExcluding, isApart) || e.governs(i, to) {
			break
		}
		if e.leftOut(i) || i == s.to+1 && t.is(isLender) && e.preposition(s) != 0 { // 18k on the loan
			continue
		}
		if e.countedIn(i, to) && e.largest(s) {
			return isTotal, i
		}
		if s.lender && t.is(isLender) && t.loose && !e.latin(t) { // 建行五千 招行的还清了
			break
		}
		if e.unknown(i, to) { // 现在剩多少我不清楚
			break
		}
		if e.excuse(i) {
			return isUnpaid, i
		}
		if r := e.roleAt(i); r != noSense && (!slices.Contains(beside, r) || t.at-e.tokens[s.to-1].end <= e.reach(t, to) || t.is(isOnce) || e.equated(s, t)) {
			return r, i
		}
	}
	return noSense, 0
}

// equated says whether the English words after s say that it is, or was, what t names: 2,000 was what I borrowed.
func (e *estimate) equated(s *sum, t *token) bool {
	const words = 8 // the my, what I
	at := e.copula(s)
	return at > 0 && t.at-at <= words
}

// governed are the roles whose Chinese words are verbs with their figure after them.
var governed = []sense{isOwedNow, isOwed, isBorrowed, isPaid, isTotal}

// leftOut says whether tokens[i] names what is said after it not to be counted: 房贷不算, interest not included.
func (e *estimate) leftOut(i int) bool {
	r := e.tokens[i].role()
	return (r == isExpense && !e.latin(&e.tokens[i]) || r == isInterest || r == isFee) && near(e.tokens, i, 1).is(isExcluding)
}

// countedIn says whether the words after tokens[i], up to tokens[to] or a pause, say that the interest or fee that it names is in the figure
// already: 利息都算进去了; interest already in that.
func (e *estimate) countedIn(i, to int) bool {
	if r := e.tokens[i].role(); r != isInterest && r != isFee {
		return false
	}
	const reach = 6 // 利息罚息手续费都算进去了
	for to = min(to, i+reach); i+1 < to && e.tokens[i+1].kind == wordToken && !e.tokens[i+1].is(isExcluding); i++ {
		if e.tokens[i+1].is(isIncluded) {
			return true
		}
	}
	return false
}

// excuse says whether the words from tokens[i] on, apart from the only figure by a blank, tell of a fee or interest that could not be paid,
// which the figure is what came of: 十一块五 手续费没扣成功.
func (e *estimate) excuse(i int) bool {
	t := &e.tokens[i]
	return len(e.sums) == 1 && e.text[t.at-1] == ' ' && t.is(isFee, isInterest) && !e.latin(t) && near(e.tokens, i, 1).is(isUnpaid)
}

// unknown says whether the words after tokens[i], up to tokens[to] or a pause, say that what it names is not known.
func (e *estimate) unknown(i, to int) bool {
	for i++; i < to && e.tokens[i].kind == wordToken; i++ {
		if e.tokens[i].is(isForgotten) {
			return true
		}
	}
	return false
}

// governs says whether the words from tokens[i] on are verbs with the next figure, tokens[to], as their object: 六千还剩四千没还,
// 五千滚到现在八千.
func (e *estimate) governs(i, to int) bool {
	if i >= to || to >= len(e.tokens) || e.tokens[to].kind != figureToken {
		return false
	}
	for ; i < to; i++ {
		t := &e.tokens[i]
		if e.tokens[i+1].at-t.end > 1 || !t.is(isOffer) && (e.latin(t) || !slices.Contains(governed, t.role())) {
			return false
		}
	}
	return true
}

// beside are the roles that a word after a figure gives only to one close by.
var beside = []sense{isOffer, isIncome, isExpense, isLimit, isPrincipal, isInterest, isFee, isBorrowed}

// reach returns how many characters may lie between a figure, whose words end at tokens[to], and the word t that names it: a short word
// in English, two if no other figure follows, 的 in Chinese.
func (e *estimate) reach(t *token, to int) int {
	switch {
	case e.latin(t) && to == len(e.tokens): // 7500 is my salary
		return 8
	case e.latin(t):
		return 4
	}
	return 2
}

// latin says whether a word is written in Latin letters.
func (e *estimate) latin(t *token) bool { return isLetter(e.text[t.at]) }
