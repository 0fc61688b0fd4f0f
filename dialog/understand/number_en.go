package understand

// englishReader reads a number in English words, or digits that English words multiply: three and a half thousand, 25 hundred,
// two lakh fifty thousand.
type englishReader struct {
	*numberReader
	at int

	total  decimal // what a thousand and the powers above it have multiplied
	group  decimal // below that
	has    bool    // group holds something
	room   int64   // group can still take numbers below this; 0: none
	last   int64   // the last power of a thousand or more
	atoms  int     // how many words were taken
	joined bool    // "and" stands before what comes next
	typed  int     // digits typed, if the number is nothing else
	spelt  int     // digits spelled one by one, if the number is nothing else
	marks  mark

	head englishHead // the number up to its last power of a thousand or more
}

// englishHead is a number that ends with a power of ten.
type englishHead struct {
	at    int // 0: none
	value decimal
	marks mark
}

// allRoom is the room of a number that nothing was taken into.
const allRoom = 1 << 62

// read returns the number at e.at and the place after it.
func (e *englishReader) read() (number, int) {
	start := e.at
	e.room = allRoom
	for e.next() {
		if e.atoms > 40 {
			break
		}
	}
	if e.head.at > 0 && e.has && e.timed(e.at) {
		return number{value: e.head.value, marks: e.head.marks}, e.head.at
	}
	if e.atoms == 0 || !e.has && e.last == 0 {
		return number{}, start
	}
	n := number{marks: e.marks}
	if e.last == 0 && e.atoms == 1 {
		n.digits = max(e.typed, e.spelt)
	}
	if part, at := e.divided(); at > 0 {
		return number{value: part, marks: partial}, at
	}
	if e.spelt > 1 && !e.pair() {
		n.digits, n.marks = e.spelt, n.marks|sequence
	}
	if low := e.low(); e.has && !e.joined && e.group.less(whole(low)) && e.asked == forMoney { // three thousand six
		e.marks |= unclear
	}
	n.value, n.marks = e.total.plus(e.group), n.marks|e.marks
	return n, e.at
}

// low is below which what follows the last power of a number, with nothing between, may count the next lower one; 0: nothing does.
func (e *englishReader) low() int64 {
	switch {
	case e.last == 1000:
		return 10
	case e.last >= 100_000: // 2 lakh 40
		return 100
	}
	return 0
}

// pair makes two digits that follow each other the range that they are: two three weeks, five six thousand.
func (e *englishReader) pair() bool {
	first, second := e.group.m/10, e.group.m%10
	if e.spelt != 2 || second != first+1 || first == 0 {
		return false
	}
	e.group, e.spelt = whole(second), 1
	e.marks |= ranged
	return true
}

func (e *englishReader) next() bool {
	at := e.at
	if e.atoms > 0 {
		at = e.gap(at)
	}
	if at >= len(e.text) {
		return false
	}
	if isDigitRune(e.text[at]) {
		return e.figure(at)
	}
	if power := e.ish(); power > 0 {
		e.marks |= upward
		at = power
	}
	if e.last > 0 && !e.has && e.rune(at) == ',' {
		return e.afterComma(e.skip(at + 1))
	}
	w, n := e.lookup(at)
	if w == nil || !w.senses.meets(&english) {
		return false
	}
	for _, m := range w.meanings {
		if took, ok := e.take(m, at+n); ok {
			return took
		}
	}
	return false
}

// english are the senses of words that English numbers are made of.
var english = setOf(isOnes, isOh, isTens, isPower, isShortPower, isAnd, isArticle, isFew, isHalf, isDot, isOrdinal)

// gap returns the place after the blank or hyphen between two words of a number.
func (e *englishReader) gap(at int) int {
	if e.rune(at) == '-' && isLetter(e.rune(at+1)) && isLetter(e.rune(at-1)) {
		return at + 1
	}
	return e.skip(at)
}

// take adds a word; ok says that the word has a part in numbers, whether it could be taken here or not.
func (e *englishReader) take(m meaning, after int) (took, ok bool) {
	switch m.sense {
	case isOnes:
		return e.small(m.n, after), true
	case isOh:
		return e.spelt > 0 && e.small(0, after), true
	case isTens:
		return e.small(m.n, after), true
	case isPower:
		return e.multiply(m.n, after), true
	case isShortPower:
		return e.has && e.multiply(m.n, after), true
	case isAnd:
		return e.and(after), true
	case isArticle:
		return e.article(after), true
	case isFew:
		return e.few(m.n, after), true
	case isHalf:
		return e.half(after), true
	case isDot:
		return e.fraction(after), true
	case isOrdinal:
		e.ordinal(m.n, after)
		return false, true
	}
	return false, false
}

// figure takes digits: as the beginning, or below a power.
func (e *englishReader) figure(at int) bool {
	if e.atoms > 0 && (e.room == 0 || e.room == 10 || e.spelt > 0) {
		return false
	}
	l := e.literal(at)
	if e.atoms > 0 && (l.is(grouped) || !l.value.less(whole(e.room))) {
		return false
	}
	e.group, e.has, e.room, e.typed, e.at = e.group.plus(l.value), true, 0, l.digits, l.end
	e.marks |= l.marks
	e.atoms++
	return true
}

// small takes a number below a hundred.
func (e *englishReader) small(n int64, after int) bool {
	switch {
	case e.fits(n):
		e.group = e.group.plus(whole(n))
		e.room = 0
		if n >= 20 {
			e.room = 10
		}
		e.spelt = 0
		if e.atoms == 0 && n < 10 {
			e.spelt = 1
		}
	case e.spelt > 0 && n < 10:
		e.group = e.group.times(10).plus(whole(n))
		e.spelt++
	case e.hundreds(n):
		e.group = e.group.times(100).plus(whole(n))
		e.marks |= unclear
		e.room, e.spelt = 0, 0
		if n >= 20 {
			e.room = 10
		}
	default:
		return false
	}
	e.has, e.at = true, after
	e.atoms++
	return true
}

// fits says whether n can be added as it is.
func (e *englishReader) fits(n int64) bool {
	if !e.has {
		return n < e.room
	}
	return e.room == 10 && n < 10 && n > 0 || e.room == 100
}

// hundreds says whether n makes hundreds of what came before: three fifty, of money.
func (e *englishReader) hundreds(n int64) bool {
	return e.asked == forMoney && n >= 10 && e.last == 0 && e.has && e.typed == 0 && e.spelt < 2 && e.group.less(whole(100)) && !e.group.zero() &&
		e.marks&unclear == 0
}

// multiply takes a power of ten, or a dozen.
func (e *englishReader) multiply(n int64, after int) bool {
	if e.spelt > 1 && !e.pair() {
		return false
	}
	if e.atoms == 0 && e.rune(after-1) == 's' { // thousands of them
		e.marks |= vaguely
	}
	if n <= 100 {
		if !e.has {
			e.group = whole(1)
		}
		if e.has && e.typed == 0 && !e.group.less(whole(100)) {
			return false
		}
		e.group = e.group.times(n)
		e.has, e.room = true, n
		if n < 100 {
			e.room = 0
		}
	} else if !e.thousands(n) {
		return false
	}
	e.marks |= scaled
	e.at, e.spelt, e.typed = after, 0, 0
	e.atoms++
	if n > 100 {
		e.head = englishHead{after, e.total.plus(e.group), e.marks}
	}
	return true
}

// thousands takes a power of a thousand or more.
func (e *englishReader) thousands(n int64) bool {
	switch {
	case !e.has && e.total.zero():
		e.total = whole(n)
	case !e.has && n < e.last:
		return false
	case e.last == 0 || n < e.last:
		e.total = e.total.plus(e.group.times(n))
	default:
		e.total = e.total.plus(e.group).times(n)
	}
	e.group, e.has, e.last, e.room = decimal{}, false, n, n
	return true
}

// article takes a or an where a power follows, which it makes one of.
func (e *englishReader) article(after int) bool {
	if e.atoms > 0 {
		return false
	}
	at := e.skip(after)
	if _, n := e.word(at, isPower); n == 0 {
		return false
	}
	e.at = at
	return e.next()
}

// few takes a word for a small number where a power or a unit of time follows.
func (e *englishReader) few(n int64, after int) bool {
	at := e.skip(after)
	_, power := e.word(at, isPower)
	if e.atoms > 0 || power == 0 && !e.timed(at) {
		return false
	}
	e.group, e.has, e.room, e.at = whole(n), true, 0, after
	e.marks |= vaguely
	e.atoms++
	return true
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// ordinal takes the word that ends a number of a day.
func (e *englishReader) ordinal(n int64, after int) {
	if e.spelt > 1 || e.has && (e.room == 0 || !e.fits(n)) || e.typed > 0 {
		return
	}
	e.group = e.group.plus(whole(n))
	e.has, e.at = true, after
	e.marks |= ordinal
	e.atoms++
}
