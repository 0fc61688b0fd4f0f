package understand

// divided returns the part of one that the number and the word after it name, and the place after that; 0 if there is none:
// two thirds, one out of three.
func (e *englishReader) divided() (decimal, int) {
	if e.last != 0 || e.spelt > 1 || !e.has || e.group.e != 0 || e.marks&grouped != 0 {
		return decimal{}, 0
	}
	at := e.gap(e.at)
	if m, n := e.word(at, isParts); n > 0 {
		return e.group.parts(m.n), at + n
	}
	if _, n := e.word(at, isOutOf); n > 0 {
		if of, end := e.numberReader.at(e.skip(at + n)); of.value.m > 0 && of.value.e == 0 && e.typed == 0 {
			return e.group.parts(of.value.m), end
		}
	}
	return decimal{}, 0
}

// and takes the word between a power and what is added to it, or before a fraction.
func (e *englishReader) and(after int) bool {
	if e.atoms == 0 {
		return false
	}
	at := e.skip(after)
	if part, end := e.part(at); end > 0 {
		return e.add(part, end)
	}
	if e.room == 0 || e.spelt > 1 {
		return false
	}
	saved := *e
	e.at, e.joined = after, true
	if e.next() && e.atoms > saved.atoms && e.marks&unclear == saved.marks&unclear {
		return true
	}
	*e = saved
	return false
}

// ish returns the place of the power of ten that follows "-ish" at e.at, 0 if there is none: five-ish grand.
func (e *englishReader) ish() int {
	at := e.at
	if e.rune(at) == '-' {
		at++
	}
	if !e.has || at+3 >= len(e.text) || string(e.text[at:at+3]) != "ish" {
		return 0
	}
	at = e.skip(at + 3)
	if _, n := e.word(at, isPower); n == 0 {
		return 0
	}
	return at
}

// afterComma takes the hundreds that stand at text[at] after a comma: two thousand, three hundred.
func (e *englishReader) afterComma(at int) bool {
	saved := *e
	e.at = at
	if w, _ := e.lookup(at); w == nil || !w.senses.has(isOnes) || !e.next() {
		*e = saved
		return false
	}
	if m, n := e.word(e.gap(e.at), isPower); n == 0 || m.n != 100 {
		*e = saved
		return false
	}
	return true
}

// part returns the half or quarter at text[at], with or without an article, and the place after it; 0 if there is none.
func (e *englishReader) part(at int) (decimal, int) {
	if _, n := e.word(at, isArticle); n > 0 {
		at = e.skip(at + n)
	}
	if _, n := e.word(at, isHalf); n > 0 {
		return decimal{m: 5, e: 1}, at + n
	}
	if _, n := e.word(at, isQuarter); n > 0 {
		return decimal{m: 25, e: 2}, at + n
	}
	return decimal{}, 0
}

// add takes a fraction: of one, or of the power just named (a thousand and a half).
func (e *englishReader) add(part decimal, end int) bool {
	if e.has {
		e.group = e.group.plus(part)
	} else {
		e.group, e.has = part.times(e.last), true
		e.marks |= unclear
	}
	e.room, e.spelt, e.typed, e.at = 0, 0, 0, end
	e.atoms++
	return true
}

// half takes half at the beginning, where a power follows: half a million.
func (e *englishReader) half(after int) bool {
	if e.atoms > 0 {
		return false
	}
	at := e.skip(after)
	if _, n := e.word(at, isArticle); n > 0 {
		at = e.skip(at + n)
	}
	m, n := e.word(at, isPower)
	if n == 0 {
		return false
	}
	e.group, e.has = decimal{m: 5, e: 1}, true
	e.atoms++
	return e.multiply(m.n, at+n)
}

// fraction takes a decimal point and the digits after it, in figures or words.
func (e *englishReader) fraction(after int) bool {
	if !e.has || e.spelt > 1 && e.group.zero() {
		return false
	}
	at, places := e.skip(after), 0
	var v decimal
	for places < maxPlaces-2 {
		n, width, end := e.decimal(at)
		if end == 0 {
			break
		}
		v = v.times(pow10(width)).plus(whole(n))
		places += width
		e.at = end
		at = e.gap(end)
	}
	if places == 0 {
		return false
	}
	e.group = e.group.plus(v.tenth(places))
	e.room, e.spelt, e.typed = 0, 0, 0
	e.atoms++
	return true
}

// decimal returns the digits that the figure or word at text[at] stands for, how many, and the place after it; 0 if none.
func (e *englishReader) decimal(at int) (n int64, width, end int) {
	if c := e.rune(at); isDigitRune(c) {
		return int64(c - '0'), 1, at + 1
	}
	if m, l := e.word(at, isOnes); l > 0 {
		return m.n, lengthOf(m.n) + 1, at + l
	}
	if _, l := e.word(at, isOh); l > 0 {
		return 0, 1, at + l
	}
	m, l := e.word(at, isTens)
	if l == 0 {
		return 0, 0, 0
	}
	if next, k := e.word(e.gap(at+l), isOnes); k > 0 && next.n < 10 && next.n > 0 {
		return m.n + next.n, 2, e.gap(at+l) + k
	}
	return m.n, 2, at + l
}
