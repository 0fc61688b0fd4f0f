package understand

import "respite/policy/money"

// sum is a figure of money in a text.
type sum struct {
	from, to int // tokens
	fen      money.Fen
	currency string
	unit     bool   // a unit or a sign of money stands with it
	bare     bool   // a number and nothing else
	tied     bool   // what follows it may be a unit that is not known
	number   number // of its yuan; of a range, the upper one
	why      string // what makes it doubtful by itself; empty: nothing
	role     sense  // what the sum is; noSense: not said
	part     bool   // said to be included in another
	extra    bool   // said to come on top of another
	lender   bool   // a lender is named before it
	others   bool   // said to be owed to somebody else
	also     sense  // a second role, farther off
}

// mostFigures is how many figures of a text are looked at: nobody means more, and what compares them stays quick.
const mostFigures = 40

// sums returns the figures of money among the tokens, in order.
func sums(tokens []token) []sum {
	var out []sum
	for i := 0; i < len(tokens) && len(out) < mostFigures; {
		s, ok := sumAt(tokens, i)
		if !ok {
			i++
			continue
		}
		s = s.signed(tokens).upTo(tokens)
		if len(out) > 0 { // a sign of money between two figures is the first one's
			s.from = max(s.from, out[len(out)-1].to)
		}
		out = append(out, s)
		i = s.to
	}
	return out
}

// sumAt reads the figure of money whose number is tokens[i].
func sumAt(tokens []token, i int) (sum, bool) {
	t := &tokens[i]
	if t.kind != figureToken || t.stuck || t.number.is(ordinal|partial) || labelled(tokens, i) || near(tokens, i, -1).is(isNth) || dayOf(tokens, i) {
		return sum{}, false
	}
	if t.tied && t.number.digits == 1 && t.end-t.at == 1 && t.number.value == whole(1) { // 一屁股债
		return sum{}, false
	}
	s := sum{from: i, to: i + 1, number: *t.number, tied: t.tied}
	value := t.number.value
	if before := near(tokens, i, -1); before.is(isMoney, isYuan, isCurrency) {
		s.from--
		s.name(before)
	}
	switch unit := near(tokens, i, 1); {
	case unit.is(isYuan, isCurrency):
		s.name(unit)
		s.to++
		value = s.minor(tokens, value)
	case unit.is(isJiao, isFen) && !divides(tokens, i+1) && (!t.number.is(scaled) || i+2 >= len(tokens) || tokens[i+2].kind != figureToken):
		s.unit, s.to = true, i
		value = s.minor(tokens, decimal{})
		if unit.is(isFen) && s.to == i {
			s.to, value = i+2, t.number.value.tenth(2)
		}
	case unit.is(isAnd) && i+3 < len(tokens) && tokens[i+2].kind == figureToken && tokens[i+3].is(isFen): // forty two and sixty cents
		s.unit = true
		value = s.minor(tokens, value)
	case unit.is(isEndYuan) && ends(tokens, i+2):
		s.unit, s.to = true, s.to+1
	case unit.is(isLender) && !value.less(whole(100)): // 3k card
	case unit.is(isCard) && followed(tokens, i+1): // 2,300.00 card 0021
	case unit.is(isPoint) && t.number.value.less(whole(25)): // three o'clock
		return sum{}, false
	case unit.is(isInstalments) && value.less(whole(100)),
		unit.is(isUnpaid, isOverdue, isOwedNow) && near(tokens, i+1, 1).is(isInstalments) && value.less(whole(100)), // 3 missed payments
		!unit.is(isMonthly) && unit.is(isDays, isMonths, isHours, isCounter, isDayMark, isAge, isPercent, isMonthName):
		return sum{}, false
	}
	s.tail(tokens)
	s.bare = !s.unit && t.number.digits > 0
	s.settle(value)
	return s, true
}

// signed makes s negative if that is what stands before it.
func (s sum) signed(tokens []token) sum {
	if before := near(tokens, s.from, -1); before.is(isNegative) || before.minus(&tokens[s.from]) {
		s.fen, s.why = -s.fen, "negative"
	}
	return s
}

// name keeps what a unit or sign says of the currency.
func (s *sum) name(t *token) {
	s.unit = true
	if m, ok := t.has(isCurrency); ok && !t.is(isYuan) {
		s.currency = m.name
	} else if s.currency == "" || t.is(isMoney) { // 990蚊人民币
		s.currency = "CNY"
	}
}

// minor reads what follows the unit at s.to: 三块五, 五块六毛八分, 三块零四, one kuai and five mao.
func (s *sum) minor(tokens []token, value decimal) decimal {
	i := s.to
	if i < len(tokens) && tokens[i].is(isAnd) && i+2 < len(tokens) && tokens[i+2].is(isJiao, isFen) {
		i++
	}
	if i < len(tokens) && tokens[i].is(isHalf) && tokens[i].at == tokens[i-1].end && ends(tokens, i+1) { // 八十块半
		s.to = i + 1
		return value.plus(decimal{m: 5, e: 1})
	}
	if i >= len(tokens) || tokens[i].kind != figureToken || s.to > s.from && tokens[i].at-tokens[i-1].end > 1 {
		return value
	}
	n := tokens[i].number
	switch unit := near(tokens, i, 1); {
	case unit.is(isJiao):
		s.to = i + 2
		return s.fenAfter(tokens, value.plus(n.value.tenth(1)))
	case unit.is(isFen):
		s.to = i + 2
		return value.plus(n.value.tenth(2))
	case unit.is(isDays, isMonths, isHours, isCounter, isInstalments, isDayMark, isAge, isYuan, isCurrency, isPercent):
		return value
	}
	if tokens[i].at != tokens[i-1].end || n.digits == 0 || n.digits > 2 || n.is(ranged|vaguely) {
		return value
	}
	s.to = i + 1
	return value.plus(n.value.tenth(n.digits))
}

// fenAfter reads the fen after 毛: 两毛五, 六毛八分, five mao five.
func (s *sum) fenAfter(tokens []token, value decimal) decimal {
	i := s.to
	if i >= len(tokens) || tokens[i].kind != figureToken || tokens[i].at-tokens[i-1].end > 1 {
		return value
	}
	n := tokens[i].number
	unit := near(tokens, i, 1)
	if unit.is(isFen) {
		s.to = i + 2
		return value.plus(n.value.tenth(2))
	}
	if n.digits != 1 || unit.is(isDays, isMonths, isCounter, isInstalments, isYuan, isJiao) {
		return value
	}
	s.to = i + 1
	return value.plus(n.value.tenth(2))
}

// tail passes over what may follow a figure and says nothing new: 元整, 元人民币.
func (s *sum) tail(tokens []token) {
	for s.to < len(tokens) && tokens[s.to].is(isMoney, isWhole, isYuan, isCurrency) && tokens[s.to].at-tokens[s.to-1].end <= 1 {
		if near(tokens, s.to, 1) == nil && s.to+1 < len(tokens) && tokens[s.to+1].kind == figureToken && tokens[s.to].is(isMoney, isCurrency) {
			return // the sign of the next figure
		}
		if tokens[s.to].is(isMoney, isYuan, isCurrency) {
			s.name(&tokens[s.to])
		}
		s.to++
	}
}

// absurd is the amount from which on no consumer's arrears are believed.
const absurd = money.Fen(10_000_000_00)

// settle turns a value into fen and says what is doubtful about it.
func (s *sum) settle(value decimal) {
	f, exact, fits := value.fen()
	s.fen = f
	n := s.number
	switch {
	case !fits || f >= absurd:
		s.why = "absurd"
	case s.currency != "" && s.currency != "CNY":
		s.why = "foreign"
	case f == 0:
		s.why = "zero"
	case n.is(ranged):
		s.why = "range"
	case n.is(vaguely):
		s.why = "vague"
	case n.is(upward):
		s.why = "approximate"
	case s.tied && s.bare && value.less(whole(100)), n.is(unclear) || !exact || n.is(sequence) && n.digits == 2:
		s.why = "unclear"
	}
}
