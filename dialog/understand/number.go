package understand

// number is a number as somebody typed it.
type number struct {
	value  decimal
	digits int // how many digits, if it was typed as a plain run of them; else 0
	marks  mark
}

// mark is how far the value of a number can be trusted, and how it was written.
type mark uint16

const (
	ranged   mark = 1 << iota // the upper of two: 三四千
	upward                    // or a little more: 三千多
	vaguely                   // some digit: 几千; the least it can be
	unclear                   // may mean another number: 1万25
	ordinal                   // third
	sequence                  // digits one after the other, in words: 八六零零
	scaled                    // with a power of ten: 3.5k
	grouped                   // with separators: 25,000
	counting                  // only counts: 两
	partial                   // a part of something: two thirds, 三分之二
)

func (n number) is(m mark) bool { return n.marks&m != 0 }

// numberReader reads one number, in digits and words of either language, from a text in normal form.
type numberReader struct {
	*figures
	asked   use
	text    []rune
	steps   int         // how many characters and words were looked at: what reading costs
	numbers []number    // those that tokens have; a list that grows leaves them where they are
	found   [8]lookedUp // the words looked up last, by the place modulo eight: number and token ask for the same ones again
}

// lookedUp is the longest word at a place.
type lookedUp struct {
	at     int // plus one; 0: none
	length int
	word   *word
}

// numbers returns a reader of the numbers in a text.
func (f *figures) numbers(text []rune, u use) *numberReader {
	return &numberReader{figures: f, asked: u, text: text}
}

// may says whether a number may start with a character, as at tells it.
func (f *figures) may(c rune) bool {
	return isDigitRune(c) || isLetter(c) || c == '½' || c == '¼' || c == '¾' || f.han.at(c).sense != noSense
}

// lookup returns the longest word at text[i] and its length, 0 if there is none.
func (r *numberReader) lookup(i int) (*word, int) {
	l := &r.found[i&(len(r.found)-1)]
	if l.at != i+1 {
		r.steps++
		w, n := r.longest(r.text, i, r.asked)
		if n == 1 && w.senses.meets(&timed) && r.doubled(i) {
			w, n = nil, 0
		}
		*l = lookedUp{i + 1, n, w}
	}
	return l.word, l.length
}

// doubled says whether the Chinese character text[i] stands there twice, and so means each of what it stands for: 三千五天天打. Of three the
// first is by itself: 20天天天打, and so it is where the second begins another word: 8月月底.
func (r *numberReader) doubled(i int) bool {
	c := r.rune(i)
	if !isHan(c) || c != r.rune(i+1) || c == r.rune(i+2) {
		return false
	}
	_, n := r.longest(r.text, i+1, r.asked)
	return n <= 1
}

// at returns the number that starts at text[i] and the place after it, which is i if there is none. A number that is followed
// by a unit of time ends where the figure of time begins: 三万二十天 is 三万, then 二十天.
func (r *numberReader) at(i int) (number, int) {
	c := r.rune(i)
	switch {
	case isDigitRune(c) || c == '.' && i == 0 && isDigitRune(r.rune(i+1)):
		return r.fromDigits(i)
	case c >= 0x2E80:
		if r.han.at(c).sense == noSense {
			return number{}, i
		}
		h := hanReader{numberReader: r, at: i}
		return h.read()
	case isLetter(c):
		e := englishReader{numberReader: r, at: i}
		return e.read()
	case c == '½' || c == '¼' || c == '¾':
		return number{value: fraction(c)}, i + 1
	}
	return number{}, i
}

// fromDigits reads a number that starts with digits: they may be all of it, or what a Chinese or English unit multiplies.
func (r *numberReader) fromDigits(i int) (number, int) {
	lit := r.literal(i)
	if f := fraction(r.rune(lit.end)); f.m != 0 {
		n := number{value: lit.value.plus(f)}
		if m, ok := r.power(lit.end + 1); ok { // 4½k
			return number{value: n.value.times(m), marks: scaled}, lit.end + 2
		}
		return n, lit.end + 1
	}
	j := r.skip(lit.end)
	if r.multiplied(lit.end, j) {
		h := hanReader{numberReader: r, at: i}
		return h.read()
	}
	if _, n := r.word(j, isSuffix); n > 0 && j == lit.end {
		return number{value: lit.value, digits: lit.digits, marks: ordinal}, j + n
	}
	if isLetter(r.rune(j)) || r.rune(j) == '&' {
		e := englishReader{numberReader: r, at: i}
		return e.read()
	}
	return lit.number, lit.end
}

// multiplied says whether digits go on at text[end], or at text[j] after a blank, as part of a Chinese number or with a letter.
func (r *numberReader) multiplied(end, j int) bool {
	if _, ok := r.power(j); ok {
		return true
	}
	if _, n := r.word(end, isMyriad); n > 0 {
		return true
	}
	if _, n := r.word(end, isPartsOf); n > 0 {
		return true
	}
	switch r.han.at(r.rune(end)).sense {
	case isPoint, isMore, isVague:
		return true
	}
	if r.rune(end) == '个' && r.han.at(r.rune(end+1)).sense == isMore { // 1个多w
		return true
	}
	return r.han.at(r.rune(j)).sense == isScale
}

func fraction(c rune) decimal {
	switch c {
	case '½':
		return decimal{m: 5, e: 1}
	case '¼':
		return decimal{m: 25, e: 2}
	case '¾':
		return decimal{m: 75, e: 2}
	}
	return decimal{}
}

// power returns the power of ten that one letter at text[i] stands for: 3.5k, 2w5.
func (r *numberReader) power(i int) (int64, bool) {
	if !isLetter(r.rune(i)) || isLetter(r.rune(i+1)) || r.asked == forTime {
		return 0, false
	}
	m, n := r.word(i, isShortPower)
	return m.n, n > 0
}

// word returns the meaning in the sense s of the longest word at text[i] and its length; 0 if there is none.
func (r *numberReader) word(i int, s sense) (meaning, int) {
	w, n := r.lookup(i)
	if m, ok := w.in(s); ok {
		return m, n
	}
	return meaning{}, 0
}

// timed says whether a unit of time, or of things counted, starts at text[i] or after a blank there.
func (r *numberReader) timed(i int) bool {
	w, _ := r.lookup(r.skip(i))
	return w != nil && w.senses.meets(&timed)
}

// timed are the senses of units of time and of things counted.
var timed = setOf(isDays, isMonths, isHours, isCounter, isInstalments, isDayMark, isAge)

func (r *numberReader) rune(i int) rune {
	r.steps++
	if i < 0 || i >= len(r.text) {
		return 0
	}
	return r.text[i]
}

// skip returns the place after a blank at text[i].
func (r *numberReader) skip(i int) int {
	if r.rune(i) == ' ' {
		return i + 1
	}
	return i
}

func isDigitRune(c rune) bool { return '0' <= c && c <= '9' }
