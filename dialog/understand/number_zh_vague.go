package understand

// odd takes 几 after the last digit of a number: 八千六几, 8600几, 20几, 八千好几.
func (h *hanReader) odd() {
	if c := h.rune(h.at); (c == '好' || c == '大') && h.rune(h.at+1) == '几' && h.unit >= 10 && !h.has {
		h.marks |= upward
		h.at += 2
		return
	}
	if h.rune(h.at) != '几' || !h.has || h.digits > 0 && h.typed < 2 || h.timed(h.at+1) && (h.cur.m%10 != 0 || h.cur.m > 90) {
		return
	}
	h.marks |= upward
	h.at++
}

// counted takes 个 where a little more, and then a unit, follow: 一个多亿, 1个多w.
func (h *hanReader) counted(i int) bool {
	if h.han.at(h.rune(i+1)).sense != isMore {
		return false
	}
	if _, ok := h.power(h.skip(i + 2)); !ok && h.han.at(h.rune(i+2)).sense != isScale {
		return false
	}
	h.marks |= upward
	h.at = i + 2
	return true
}

// half takes 半 at the end, of the unit before it: 三万半.
func (h *hanReader) half(i int) bool {
	_, money := h.word(i+1, isYuan)
	if h.has || h.unit < 1000 || money == 0 && !h.ended(i+1) {
		return false
	}
	h.cur, h.has, h.typed, h.at = whole(h.unit/2), true, maxPlaces, i+1
	return true
}

// some takes 几 or 数, which stand for any digit: the least number is kept.
func (h *hanReader) some(i int) bool {
	next := h.han.at(h.rune(i + 1))
	switch {
	case h.has:
		return false
	case h.unit >= 10:
		h.marks |= vaguely
		h.at = i + 1
		return next.sense == isScale && next.n > h.unit
	case next.sense == isScale:
		h.cur, h.has, h.typed = whole(1), true, 1
	case h.rune(i) == '几' && h.measured(i+1):
		h.cur, h.has, h.typed = whole(3), true, 1
	default:
		return false
	}
	h.marks |= vaguely
	h.at = i + 1
	return true
}

// more takes 多, 来, 余 or 把 after a unit.
func (h *hanReader) more(i int) bool {
	if !h.has && h.unit == 0 {
		return false
	}
	after := h.skip(i + 1)
	next := h.han.at(h.rune(after))
	if h.rune(i) != '多' && next.sense != isScale && !h.measured(after) && (h.rune(i) != '把' || next.sense != isDigit && !h.ended(i+1)) {
		return false
	}
	if h.has && h.typed < 2 && h.unit == 0 { // 三多 is no number
		return false
	}
	h.marks |= upward
	h.at = i + 1
	return next.sense == isScale && next.n > h.unit && next.n >= 10_000
}

// ended says whether the text, or a clause of it, ends at text[i].
func (h *hanReader) ended(i int) bool {
	return i >= len(h.text) || h.text[i] == ' ' || h.pause(i) > 0
}

// measured says whether a unit of money or time starts at text[i].
func (h *hanReader) measured(i int) bool {
	if h.timed(i) {
		return true
	}
	_, n := h.word(i, isYuan)
	return n > 0
}

// idiom returns the place after what makes a unit that nothing multiplies one more or less, 0 if that does not follow: 千儿八百, 百八十.
func (h *hanReader) idiom(unit int64, after int) int {
	at := after
	if h.rune(at) == '儿' || h.rune(at) == '把' {
		at++
	}
	if m := h.han.at(h.rune(at + 1)); !h.has && h.unit == 0 && unit >= 100 && h.rune(at) == '八' && m.sense == isScale && m.n*10 == unit {
		return at + 2
	}
	return 0
}

// reached says whether the unit before text[after] stands alone after a word for reaching it: 上万, 好几百块, 过千.
func (h *hanReader) reached(after int, next meaning) bool {
	switch h.rune(h.at - 1) {
	case '上', '过', '近', '成', '破':
		return next.sense == isScale || h.ended(after) || h.measured(after) || h.rune(after) == '了'
	}
	return false
}
