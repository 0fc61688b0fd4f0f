package understand

import (
	"slices"

	"respite/policy/money"
)

// Part is which of a borrower's figures a question asks for.
type Part string

// Parts.
const (
	PartOwed      Part = "owed" // what is owed now
	PartLimit     Part = "limit"
	PartPrincipal Part = "principal"
	PartInterest  Part = "interest"
	PartFees      Part = "fees"
	PartIncome    Part = "income"
	PartExpense   Part = "expense"
)

// Amount reads the answer to "how much is overdue?".
func (r *Reader) Amount(text string) Amount { return r.AmountOf(PartOwed, text) }

// AmountOf reads the answer to a question for one figure of money. A bare number is an answer in yuan. Of several figures the one
// that the question asks for is chosen; Why says what is doubtful about it:
//
//	approximate  about, over, under, some
//	range        one of two; Fen is the upper
//	vague        几千, "thousands"; Fen is the least it can be
//	unclear      the number can be read in another way
//	foreign      in the currency that is given, not converted
//	zero, negative, absurd
//	several      of several figures that may be meant, the likeliest, or all of them together
//	sum          principal, interest and fees that were named apart, together
//	product      what so many instalments of so much make
//	borrowed, minimum, monthly, principal...
//	             only another figure than the one asked for was named, and this is it
func (r *Reader) AmountOf(part Part, text string) Amount {
	a, _ := r.amount(part, r.normal.runes(text))
	return a
}

// amount is AmountOf for a text in normal form; it also says whether the text itself says that the figure is the one asked for.
func (r *Reader) amount(part Part, text []rune) (a Amount, said bool) {
	tokens := r.figures.tokens(text, forMoney)
	sums := r.figures.sums(tokens)
	if len(sums) == 0 {
		return owesNothing(tokens)
	}
	e := estimate{text: text, tokens: tokens, sums: sums, want: wants[part]}
	e.roles()
	e.grown()
	e.doubts()
	return e.choose()
}

// owesNothing answers where there is no figure: some say that they owe nothing.
func owesNothing(tokens []token) (Amount, bool) {
	for i := range tokens {
		if tokens[i].is(isNone) {
			return Amount{Status: Confirm, Why: "zero"}, true
		}
	}
	return Amount{Status: Unknown}, false
}

// wants says which roles answer the question for a part, the best first.
var wants = map[Part][]sense{
	PartOwed:      {isOverdue, isOwedNow, isOwed, isUnpaid, isTotal},
	PartLimit:     {isLimit},
	PartPrincipal: {isPrincipal, isBorrowed},
	PartInterest:  {isInterest},
	PartFees:      {isFee},
	PartIncome:    {isIncome},
	PartExpense:   {isExpense, isMonthly},
}

// estimate finds the figure that is asked for among those of a text.
type estimate struct {
	text   []rune
	tokens []token
	sums   []sum
	want   []sense
}

// roleSenses are the roles of a figure. Of those that one word has the first counts.
var roleSenses = []sense{isOffer, isIncome, isExpense, isPaid, isLimit, isMinimum, isMonthly, isPrincipal, isInterest, isFee, isOverdue,
	isOwedNow, isUnpaid, isOwed, isTotal, isBorrowed}

// parts are the roles of what can be included in what is owed.
var parts = []sense{noSense, isPrincipal, isInterest, isFee, isMinimum}

// role returns the role that a word gives to a figure near it.
func (t *token) role() sense {
	for _, s := range roleSenses {
		if t.is(s) {
			return s
		}
	}
	return noSense
}

// roles gives each sum its role: the nearest word before it in its sentence, or after it in its clause. A clause whose first
// figure has nothing before it names its figures afterwards: 5000本金800利息.
func (e *estimate) roles() {
	after, taken := false, 0
	for i := range e.sums {
		s := &e.sums[i]
		from, to := e.span(i)
		before, also := e.before(s, max(from, taken))
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
		if overrules(behind, s.role) && (i == len(e.sums)-1 || e.parted(s.to, to) || e.touches(s)) {
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
	return noSense
}

// each says whether one month or instalment follows at tokens[i], and ends the clause: 2100一个月，三个月没交.
func (e *estimate) each(i int) bool {
	return i+1 < len(e.tokens) && e.tokens[i].kind == figureToken && e.tokens[i].number.value == whole(1) &&
		near(e.tokens, i, 1).is(isMonths, isInstalments) && ends(e.tokens, i+2)
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
	for from = s.from; from > 0 && !e.figure(from-1); from-- {
	}
	for to = s.to; to < len(e.tokens) && !e.figure(to); to++ {
	}
	if i+1 < len(e.sums) {
		to = min(to, e.sums[i+1].from)
	}
	return from, to
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

// before returns the nearest role before s, as far back as the tokens reach in its sentence, and the one before that.
func (e *estimate) before(s *sum, from int) (role, also sense) {
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
		if i > 0 && e.tokens[i-1].is(isExcluding) {
			r = noSense
		}
		switch {
		case r == noSense || r == role || also == noSense && role != noSense && paused:
		case role == noSense:
			role = r
		case also == noSense:
			also = r
		}
	}
	return role, also
}

// behind returns the nearest role after s in its clause, and the token that gives it.
func (e *estimate) behind(s *sum, to int) (role sense, at int) {
	for i := s.to; i < to; i++ {
		t := &e.tokens[i]
		if t.kind == stopToken || t.kind == pauseToken || t.is(isIncluding, isExcluding, isApart) {
			break
		}
		if r := t.role(); r != noSense && (!slices.Contains(beside, r) || t.at-e.tokens[s.to-1].end <= e.reach(t)) {
			return r, i
		}
	}
	return noSense, 0
}

// beside are the roles that a word after a figure gives only to one close by.
var beside = []sense{isOffer, isIncome, isExpense, isLimit, isPrincipal, isInterest, isFee}

// reach returns how many characters may lie between a figure and the word t that names it: a short word in English, 的 in Chinese.
func (e *estimate) reach(t *token) int {
	if e.latin(t) {
		return 4
	}
	return 2
}

// latin says whether a word is written in Latin letters.
func (e *estimate) latin(t *token) bool { return isLetter(e.text[t.at]) }

// doubts keeps what words around a sum say of its exactness.
func (e *estimate) doubts() {
	for i := range e.sums {
		s := &e.sums[i]
		if s.why != "" {
			continue
		}
		from, to := e.span(i)
		if doubted(e.tokens, from, s.from, s.to, to) {
			s.why = "approximate"
		}
	}
}

// doubted says whether the figure tokens[at:end] is approximate, by the words from tokens[from] on and up to tokens[to].
// Before it any such word of its clause counts, after it only those right beside it. One character counts right beside it only.
func doubted(tokens []token, from, at, end, to int) bool {
	for i := at - 1; i >= from; i-- {
		t := &tokens[i]
		if t.kind != wordToken {
			break
		}
		if t.is(isAbout, isOver, isUnder) && (t.end-t.at > 1 || tokens[at].at-t.end <= 1) && !t.is(isApart) {
			return true
		}
	}
	for i := end; i < min(to, end+3); i++ {
		t := &tokens[i]
		if t.kind != wordToken || t.at-tokens[i-1].end > 1 {
			break
		}
		if t.is(isMore) || t.is(isAbout, isOver, isUnder) && !followed(tokens, i) {
			return true
		}
	}
	return false
}

// followed says whether a figure follows the word tokens[i] closely, so that the word is about that.
func followed(tokens []token, i int) bool {
	return i+1 < len(tokens) && tokens[i+1].kind == figureToken && tokens[i+1].at-tokens[i].end <= 1
}

// choose picks the sum that answers the question.
func (e *estimate) choose() (Amount, bool) {
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
	if left := e.paidSince(found[0]); left > 0 {
		a.doubt("several")
		if found[0].role == noSense || found[0].role == isTotal {
			a.Fen = left
		}
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
		if !has(found, s) {
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
	if s.role == noSense && !(s.number.value == whole(1) && !s.unit && len(e.sums) > 1) {
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
		return s.fen == 0 || s.bare && s.number.digits == 4 && s.role == noSense && near(e.tokens, s.from, -1).is(isCard)
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
			if said && !(o.bare && o.fen < money.Yuan(100)) {
				return true
			}
		}
	}
	return false
}

// amount is the reading of one sum.
func (s sum) amount() Amount {
	a := Amount{Status: Value, Fen: s.fen, Currency: s.currency}
	if s.why != "" {
		a.doubt(s.why)
	}
	return a
}

// doubt makes a reading one to confirm.
func (a *Amount) doubt(why string) {
	a.Status = Confirm
	if a.Why == "" {
		a.Why = why
	}
}
