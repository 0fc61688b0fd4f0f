package understand

// hanReader reads a number in which Chinese units multiply Chinese digits or figures: 两万五, 1万2, 三千零五十, 2w5, 十几万.
type hanReader struct {
	*numberReader
	at int

	total   decimal // what 万 and the units above it have multiplied
	section decimal // below 万
	cur     decimal // digits that no unit has multiplied yet
	has     bool    // cur holds some
	typed   int     // how many, if they were typed as figures
	unit    int64   // the last unit
	big     int64   // the last unit of 万 and above
	zero    bool    // a zero since then
	spaced  bool    // with blanks inside
	digits  int     // the length of the whole, if it is one run of digits
	marks   mark

	head hanHead // the number up to its last unit of a hundred or more
}

// hanHead is a number that ends with a unit.
type hanHead struct {
	at    int // 0: none
	unit  int64
	value decimal
	marks mark
}

// read returns the number at h.at and the place after it.
func (h *hanReader) read() (number, int) {
	start := h.at
	for h.next() {
		if h.at-start > 64 {
			break
		}
	}
	h.odd()
	if h.timed(h.at) && h.parts() {
		return number{value: h.head.value, marks: h.head.marks}, h.head.at
	}
	if h.at == start || !h.has && h.unit == 0 {
		return number{}, start
	}
	if _, n := h.word(h.at, isPartsOf); n > 0 { // 三分之二
		if part, at := h.numberReader.at(h.at + n); at > h.at+n {
			return number{value: part.value.parts(h.result().value.m), marks: partial}, at
		}
	}
	return h.result(), h.at
}

// parts says whether the number ends with its head, where one of time begins: 三万二十天 is 三万 and 二十天, 一百二十天 is one figure.
func (h *hanReader) parts() bool {
	if h.head.at == 0 || h.zero || !h.has && h.head.unit == h.unit {
		return false
	}
	short := h.has && h.head.unit == h.unit // 八百三: nobody says it of days
	return short || !h.head.value.less(whole(1000))
}

func (h *hanReader) next() bool {
	at := h.at
	if h.rune(at) == ' ' && !h.bridges(at) {
		return false
	}
	at = h.skip(at)
	c := h.rune(at)
	if isDigitRune(c) {
		return h.figure(at)
	}
	if n, ok := h.power(at); ok && h.has {
		return h.multiply(n, at+1)
	}
	if m, n := h.word(at, isMyriad); n > 0 && (h.has || h.unit > 0 && h.unit < m.n) {
		return h.multiply(m.n, at+n)
	}
	switch {
	case c == '个' && h.has:
		return h.counted(at)
	case c == '半':
		return h.half(at)
	}
	m := h.han.at(c)
	switch m.sense {
	case isDigit:
		if m.n == 0 {
			return h.nought(at)
		}
		return h.digit(at)
	case isTens:
		if h.has || h.unit != 0 && h.unit < 100 {
			return false
		}
		h.section, h.unit, h.at = h.section.plus(whole(m.n)), 10, at+1
		return true
	case isScale:
		return h.multiply(m.n, at+1)
	case isPoint:
		return h.fraction(at)
	case isVague:
		return h.some(at)
	case isMore:
		return h.more(at)
	}
	return false
}

// bridges says whether the blank at text[i] may stand inside the number: before a unit, and before what belongs to a smaller
// unit. Once one does, any may.
func (h *hanReader) bridges(i int) bool {
	if h.unit == 0 && !h.has {
		return false
	}
	if _, ok := h.power(i + 1); ok {
		return h.has
	}
	c := h.han.at(h.rune(i + 1))
	if c.sense == isScale {
		h.spaced = true
		return h.has || c.n > h.unit
	}
	if h.rune(i+1) == '余' {
		return true
	}
	end := i + 2
	if isDigitRune(h.rune(i + 1)) {
		end = h.run(i + 1)
	} else if c.sense != isDigit {
		return false
	}
	next := h.han.at(h.rune(h.skip(end)))
	if h.has || h.unit < 10 || !h.spaced && (next.sense != isScale || next.n >= h.unit) {
		return false
	}
	h.spaced = true
	if next.sense != isScale || next.n*10 != h.unit { // 八千 六百 leaves no doubt
		h.marks |= unclear
	}
	return true
}

// figure takes digits.
func (h *hanReader) figure(i int) bool {
	if h.has || h.unit == 10 {
		return false
	}
	l := h.literal(i)
	if h.unit != 0 && (l.is(grouped) || !l.value.less(whole(h.unit))) {
		return false
	}
	h.cur, h.has, h.typed, h.at = l.value, true, l.digits, l.end
	if l.digits == 0 {
		h.typed = maxPlaces
	}
	return true
}

// nought takes 零: inside a number it says that the next digit is one of ones, or of what its own unit says.
func (h *hanReader) nought(i int) bool {
	if h.unit == 0 && !h.has && (isDigitRune(h.rune(i+1)) || h.han.at(h.rune(i+1)).n == 10) { // 零5毛, 零十天
		h.at = i + 1
		return true
	}
	if h.unit == 0 {
		return !h.has && h.digitRun(i)
	}
	if h.has {
		return false
	}
	for h.han.at(h.rune(i)) == (meaning{sense: isDigit}) {
		i++
	}
	if c := h.rune(i); h.han.at(c).sense != isDigit && h.han.at(c).sense != isVague && !isDigitRune(c) && h.han.at(c).n != 10 {
		return false
	}
	h.zero, h.at = true, i
	return true
}

// digit takes one Chinese digit or, where two follow each other, the range that they are: 三四千.
func (h *hanReader) digit(i int) bool {
	if h.has {
		return false
	}
	first := h.han.at(h.rune(i))
	second, after := h.second(i + 1)
	n := first.n
	switch {
	case second == 0 && h.unit == 0 && h.han.at(h.rune(i+1)) == (meaning{sense: isDigit}):
		return h.digitRun(i)
	case second == 0:
		after = i + 1
	case h.unit == 0 && h.han.at(h.rune(after)).sense == isDigit, h.unit == 0 && !neighbours(first.n, second):
		return h.digitRun(i)
	case neighbours(first.n, second):
		n = max(n, second)
		h.marks |= ranged
	default:
		after = i + 1
	}
	h.cur, h.has, h.typed, h.at = whole(n), true, 1, after
	return true
}

// second returns the digit at text[i], or after 、 there, and the place after it; 0 if there is none.
func (h *hanReader) second(i int) (int64, int) {
	if h.rune(i) == '、' && (h.han.at(h.rune(i+2)).sense == isScale || h.timed(i+2)) {
		i++
	}
	m := h.han.at(h.rune(i))
	if m.sense != isDigit {
		return 0, i
	}
	return m.n, i + 1
}

// neighbours says whether people name a range by a and b: 三四千, 三五百, 三两天.
func neighbours(a, b int64) bool { return b == a+1 || a == 3 && (b == 5 || b == 2) }

// digitRun takes a run of digits with nothing to multiply them: 二零二五, 八六零零.
func (h *hanReader) digitRun(i int) bool {
	end := i
	var v decimal
	for ; h.han.at(h.rune(end)).sense == isDigit; end++ {
		v = v.times(10).plus(whole(h.han.at(h.rune(end)).n))
	}
	h.cur, h.has, h.at, h.digits = v, true, end, end-i
	if end-i > 1 {
		h.marks |= sequence
	}
	h.typed = end - i
	return true
}

// multiply takes a unit.
func (h *hanReader) multiply(unit int64, after int) bool {
	if end := h.idiom(unit, after); end > 0 {
		after = end
		h.cur, h.has = whole(1), true
		h.marks |= upward
	} else if !h.has && !h.implied(unit, after) {
		return false
	}
	switch section := h.section.plus(h.cur); {
	case unit > h.big && unit >= 10_000:
		h.total, h.section, h.big = h.total.plus(section).times(unit), decimal{}, unit
	case unit >= 10_000 && section.zero(): // 万万
		h.total = h.total.times(unit)
	case unit >= 10_000:
		h.total, h.section, h.big = h.total.plus(section.times(unit)), decimal{}, unit
	case h.unit != 0 && h.unit < 10_000 && h.unit <= unit:
		return false
	default:
		h.section = h.section.plus(h.cur.times(unit))
	}
	h.marks |= scaled
	if h.typed > 3 && h.typed < maxPlaces && unit == 1000 { // 3300k
		h.marks |= unclear
	}
	h.cur, h.has, h.zero, h.unit, h.at = decimal{}, false, false, unit, after
	if unit >= 100 {
		h.head = hanHead{after, unit, h.total.plus(h.section), h.marks}
	}
	return true
}

// implied sets cur to what a unit multiplies that no digit stands before: 十五, 百三, 千把块, 十万亿.
func (h *hanReader) implied(unit int64, after int) bool {
	if unit != 10 && h.unit != 0 {
		return unit >= h.unit && unit >= 10_000
	}
	next := h.han.at(h.rune(after))
	if unit >= 100 && h.unit == 0 && h.reached(after, next) {
		h.cur, h.has = whole(1), true
		h.marks |= vaguely
		return true
	}
	one := next.sense == isDigit || h.rune(after) == '几' || next.sense == isMore && h.rune(after) != '多' && h.rune(after) != '余'
	if unit == 10 && h.unit != 0 && h.unit < 100 || unit != 10 && (unit > 10_000 || !one) {
		return false
	}
	h.cur, h.has = whole(1), true
	return true
}

// decimal returns the value of a digit, in figures or in Chinese.
func (h *hanReader) decimal(c rune) (int64, bool) {
	if isDigitRune(c) {
		return int64(c - '0'), true
	}
	m := h.han.at(c)
	return m.n, m.sense == isDigit
}

// fraction takes a decimal point in words and what follows it.
func (h *hanReader) fraction(i int) bool {
	end := i + 1
	var v decimal
	for places := 1; ; end++ {
		d, ok := h.decimal(h.rune(end))
		if !ok {
			break
		}
		if places <= maxPlaces {
			v = v.plus(whole(d).tenth(places))
		}
		places++
	}
	if end == i+1 || !h.has && h.unit == 0 || h.has && h.unit >= 100 && !h.zero {
		return false
	}
	if isDigitRune(h.rune(i-1)) && isDigitRune(h.rune(i+1)) && h.han.at(h.rune(end)).sense != isScale { // half past eight
		return false
	}
	h.cur, h.has, h.typed, h.at, h.digits = h.cur.plus(v), true, maxPlaces, end, 0
	h.marks &^= sequence
	return true
}

// result adds up what was read. A single digit after a unit counts the next smaller one: 两万五 is 25,000.
func (h *hanReader) result() number {
	v := h.total.plus(h.section)
	m := h.marks
	switch {
	case !h.has:
	case h.zero || h.unit <= 10:
		v = v.plus(h.cur)
	case h.typed == 1:
		v = v.plus(h.cur.times(h.unit / 10))
	case h.typed < maxPlaces && h.typed < lengthOf(h.unit)-1:
		v = v.plus(h.cur.times(h.unit).tenth(h.typed))
		m |= unclear
	default:
		v = v.plus(h.cur)
		if h.unit == 1000 && h.typed == 2 {
			m |= unclear
		}
	}
	n := number{value: v, digits: h.digits, marks: m}
	if h.unit == 0 && h.digits == 0 && h.typed < maxPlaces {
		n.digits = h.typed
	}
	return n
}

// lengthOf returns how many zeros a power of ten has.
func lengthOf(unit int64) int {
	n := 0
	for ; unit >= 10; unit /= 10 {
		n++
	}
	return n
}
