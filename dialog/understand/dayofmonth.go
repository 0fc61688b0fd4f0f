package understand

import "respite/policy/day"

// dayOfMonth reads 15号, the 15th and 15日; the last may also be a length of time.
func (l *timeline) dayOfMonth(i int) (when, bool) {
	at := i
	the := l.is(at, isThe)
	if the {
		at++
	}
	if w, ok := l.eitherDay(at); ok {
		return w, true
	}
	d, ok := l.integer(at, 1, 31)
	if !ok || l.is(at-1, isCode) || the && l.one(at) { // the cheaper one
		return when{}, false
	}
	date, found := l.latestDay(d, nil)
	w := when{to: at + 1, date: date}
	switch {
	case l.is(at+1, isDayMark) && l.gapBefore(at+1) <= 1:
		w.to++
		w.coming = l.soonDay(d)
		return w, found
	case l.is(at+1, isDayOrDays) && !l.roughly(at+2) && !l.is(at-1, isLate, isOver, isUnder, isAbout, isNearly, isLeft) && !l.is(at+2, isAgo, isLater):
		w.to++
		if !l.is(at-1, isSince, isDue) && !l.is(at+2, isSince, isDue) {
			w.why = "ambiguous_date"
		}
		return w, found && !l.tokens[at].number.is(counting)
	case l.is(at-1, isEvery) && !l.measured(at) && near(l.tokens, at, 1).is(isPayOn): // 每月25还款
		w.coming = l.soonDay(d)
		return w, found
	case l.counted(at + 1), l.is(at-1, isArticle), at > 0 && l.one(at-1): // the third one; just a second
	case l.tokens[at].number.is(ordinal) && !l.measured(at) && !near(l.tokens, at, 1).is(isInstalments, isWeekday),
		the && !l.measured(at):
		w.coming = l.soonDay(d)
		return w, found
	case l.is(at-1, isSince) && !l.measured(at) && isDigitRune(l.text[l.tokens[at].at]) && (ends(l.tokens, at+1) || l.is(at+1, isPayOn)):
		w.why = "ambiguous_date"
		return w, found
	}
	return when{}, false
}

// eitherDay reads 五六号: the earlier of the two days.
func (l *timeline) eitherDay(i int) (when, bool) {
	d, ok := l.earlier(i)
	if !ok {
		return when{}, false
	}
	date, found := l.latestDay(d, nil)
	return when{to: i + 2, date: date, why: "range"}, found
}

// earlier returns the earlier of two days of a month that tokens[i] and the word after it name.
func (l *timeline) earlier(i int) (int, bool) {
	t := l.tokenAt(i)
	if t == nil || t.kind != figureToken || !t.number.is(ranged) || t.stuck || !l.is(i+1, isDayMark) {
		return 0, false
	}
	n, ok := t.number.value.int()
	return n - 1, ok && n >= 2 && n <= 31
}

// counted says whether tokens[i] is the word "one" for a thing that was counted.
func (l *timeline) counted(i int) bool {
	return i < len(l.tokens) && l.one(i) && l.gapBefore(i) == 1
}

// one says whether tokens[i] is the number one in English.
func (l *timeline) one(i int) bool {
	t := &l.tokens[i]
	return t.kind == figureToken && t.number.value == whole(1) && !t.number.is(ordinal) && isLetter(l.text[t.at])
}

// roughly says whether 左右 or the like stands at tokens[i] and is all that there is: 廿日左右 is a length of time, 20日左右到期 is not.
func (l *timeline) roughly(i int) bool {
	return l.is(i, isAbout) && ends(l.tokens, i+1)
}

// soonDay says whether day d of a month comes within two weeks.
func (l *timeline) soonDay(d int) bool {
	for ahead := day.Date(1); ahead <= 14; ahead++ {
		if _, _, dd := (l.today + ahead).Date(); dd == d {
			return true
		}
	}
	return false
}

// nthAfter returns the place after an ordinal day of the month at tokens[i], with or without "on the"; 0 if there is none.
func (l *timeline) nthAfter(i int) int {
	for l.is(i, isOf, isThe, isOn) {
		i++
	}
	if _, ok := l.integer(i, 1, 31); ok && l.tokens[i].number.is(ordinal) && l.gapBefore(i) <= 4 {
		return i + 1
	}
	return 0
}
