package understand

// labelled says whether the number at tokens[i] is a name and no figure: after 尾号 or "order no.", or as long as a phone number.
func labelled(tokens []token, i int) bool {
	n := tokens[i].number
	if n.digits > 10 && len(tokens) > 1 && !near(tokens, i, 1).is(isYuan, isCurrency) || near(tokens, i, 1).is(isCode) && n.digits > 2 && !followed(tokens, i+1) { // 12345热线
		return true
	}
	if i > 1 && tokens[i-1].kind == figureToken && dialled(tokens, i) {
		return true
	}
	if n.digits > 2 && n.value.short().e == 0 && n.value.less(whole(pow10(n.digits-1))) { // 0021
		return true
	}
	if i > 1 && tokens[i-1].is(isDash) && tokens[i-1].at == tokens[i-2].end && tokens[i-2].kind == figureToken && labelled(tokens, i-2) { // 5567-2201
		return true
	}
	at := tokens[i].at
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		t := &tokens[j]
		if t.kind == dateToken { // order 20260917-441
			at = t.at
			continue
		}
		if t.kind != wordToken {
			return false
		}
		if t.is(isCode) && at-t.end <= 8 {
			return n.digits >= 2 || n.is(grouped) && t.is(isPhone) && i+1 < len(tokens) && tokens[i+1].kind == figureToken && dialled(tokens, i+1)
		}
		if t.role() != noSense {
			return false
		}
		if t.is(isPercent, isTally) && tokens[i].at-t.end <= 1 || t.is(isAge) && n.value.less(whole(100)) {
			return true
		}
		if t.is(isAged) && n.value.less(whole(100)) && !near(tokens, i, 1).is(isLate) && !near(tokens, i, -1).is(isLate) {
			return true
		}
		if t.is(isSince, isIn, isYear, isOnce) && n.digits == 4 && !n.value.less(whole(1990)) && n.value.less(whole(2100)) && n.value != whole(2000) {
			return true
		}
	}
	return false
}

// dialled says whether the number at tokens[i], with another before it, goes on with a telephone number that begins with that.
func dialled(tokens []token, i int) bool {
	if tokens[i].at-tokens[i-1].end != 1 || tokens[i].number.digits < 3 {
		return false
	}
	t, first := &tokens[i-2], tokens[i-1].number
	return t.is(isPhone) && tokens[i-1].at-t.end <= 4 && (first.digits >= 3 || first.is(grouped))
}

// dayOf says whether tokens[i] is the day of the month named before it: Oct 3.
func dayOf(tokens []token, i int) bool {
	n, ok := tokens[i].number.value.int()
	return ok && n <= 31 && near(tokens, i, -1).is(isMonthName)
}

// divides says whether the word tokens[i], which may be 分 as a unit, says into how many parts: 8600分12期.
func divides(tokens []token, i int) bool {
	return tokens[i].is(isFen) && i+1 < len(tokens) && tokens[i+1].kind == figureToken &&
		near(tokens, i+1, 1).is(isInstalments, isMonths, isTimes, isCounter)
}
