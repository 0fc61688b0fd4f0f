package understand

import "respite/policy/day"

// named reads English dates that begin with a month: October 3rd, Oct 3 2025, oct-3, October.
func (l *timeline) named(i int) (when, bool) {
	at := i
	part := int64(0)
	if m, ok := l.tokens[at].has(isPart); ok {
		part = m.n
		at++
		for l.is(at, isOf, isThe) || l.is(at, isDash) {
			at++
		}
	}
	m, ok := l.tokenAt(at).has(isMonthName)
	if !ok {
		return when{}, false
	}
	at = l.link(at + 1)
	if l.is(at, isThe) {
		at++
	}
	if d, ok := l.integer(at, 1, 31); ok && (part == 0 || l.is(i, isSince)) && !l.measured(at) && !l.one(at) && (l.tokens[at].number.is(ordinal) || l.gapBefore(at) <= 6) {
		return l.withYear(int(m.n), d, at+1)
	}
	if at > i+1 && part == 0 && !l.is(i+1, isOf) {
		at = i + 1
	}
	if year, to := l.year(at); to > at {
		first, ok := valid(year, int(m.n), 1)
		return when{to: to, date: first, why: "approximate"}, ok
	}
	if part == 0 && i > 0 && !l.is(i-1, isSince, isOf, isIn, isRelative, isLate, isDue) && len(l.tokens) > 1 && l.is(i, isMaybeMonth) {
		return when{}, false
	}
	first, _ := l.latest(int(m.n), 1)
	w := when{to: at, date: first, why: "approximate"}
	if part > 0 {
		w.date = min(inMonth(first, int(part)), l.today)
	}
	return w, true
}

// link passes over what may join the parts of an English date.
func (l *timeline) link(i int) int {
	for i < len(l.tokens) && (l.is(i, isDash, isListing) || l.tokens[i].kind == pauseToken || l.tokens[i].kind == stopToken && l.text[l.tokens[i].at] == '.') {
		i++
	}
	return i
}

// withYear finishes an English date whose month and day are known with the year at tokens[at], if there is one.
func (l *timeline) withYear(m, d, at int) (when, bool) {
	year, to := l.year(l.link(at))
	if to == l.link(at) {
		return l.dayOfYear(m, d, at)
	}
	return dayIn(year, m, d, to)
}

// year reads a year at tokens[i] and the place after it: 2025, of 2025, 87 after a full date, nineteen eighty six, last year.
func (l *timeline) year(i int) (year, after int) {
	at := i
	if l.is(at, isWholeOf) {
		at++
	}
	if m, ok := l.tokenAt(at).has(isRelative); ok && l.period(at+1) == aYear {
		y, _, _ := l.today.Date()
		return y + int(m.n), at + 2
	}
	n, ok := l.integer(at, 0, 9999)
	if !ok || l.measured(at) || l.tokens[at].number.is(ordinal|grouped) || l.is(at+1, isMonthName) {
		return 0, i
	}
	if n >= 1000 {
		return n, at + 1
	}
	if n == 19 || n == 20 || n == 18 || n == 17 {
		if rest, ok := l.integer(at+1, 0, 99); ok && l.gapBefore(at+1) <= 1 && isLetter(l.text[l.tokens[at+1].at]) && !l.measured(at+1) {
			return n*100 + rest, at + 2
		}
	}
	if l.tokens[at].number.digits == 2 || n > 31 || n == 12 && l.tokens[at].number.digits == 2 {
		return l.century(n, 2), at + 1
	}
	return 0, i
}

// dayMonth reads English dates that begin with the day: 3rd of October, 3 Oct 2025, the 15th of last month.
func (l *timeline) dayMonth(i int) (when, bool) {
	at := i
	if l.is(at, isThe) {
		at++
	}
	d, ok := l.integer(at, 1, 31)
	if !ok || l.one(at) {
		return when{}, false
	}
	at = l.link(at + 1)
	if l.period(at) == aDay && l.is(at+1, isOf) {
		at++
	}
	for l.is(at, isOf, isThe) {
		at++
	}
	if m, ok := l.tokenAt(at).has(isMonthName); ok {
		return l.withYear(int(m.n), d, at+1)
	}
	if m, ok := l.integer(at, 1, 12); ok && at > i+1 && l.tokens[at].number.is(ordinal) && l.is(at-1, isOf, isThe) { // 10th of the tenth
		return l.withYear(m, d, at+1)
	}
	if r, ok := l.tokenAt(at).has(isRelative); ok && l.period(at+1) == aMonth {
		return when{to: at + 2, date: inMonth(l.month(int(r.n)), d)}, true
	}
	if m, ok := l.tokenAt(at).has(isMonth); ok {
		return when{to: at + 1, date: inMonth(l.month(int(m.n)), d)}, true
	}
	if at > i+1 && l.is(at-1, isThe) && l.period(at) == aMonth {
		date, ok := l.latestDay(d, nil)
		return when{to: at + 1, date: date}, ok
	}
	return when{}, false
}

// nth reads the first Monday of last month, third Tuesday.
func (l *timeline) nth(i int) (when, bool) {
	at := i
	if l.is(at, isThe) {
		at++
	}
	n, ok := l.integer(at, 1, 5)
	wd, isDay := l.tokenAt(at + 1).has(isWeekday)
	if !ok || !isDay || !l.tokens[at].number.is(ordinal) {
		return when{}, false
	}
	w := when{to: at + 2}
	first := l.month(0)
	for at = w.to; l.is(at, isOf, isThe); {
		at++
	}
	if m, ok := l.tokenAt(at).has(isMonthName); ok {
		first, _ = l.latest(int(m.n), 1)
		w.to = at + 1
	} else if r, ok := l.tokenAt(at).has(isRelative); ok && l.period(at+1) == aMonth {
		first = l.month(int(r.n))
		w.to = at + 2
	} else if at > w.to && l.period(at) == aMonth {
		w.to = at + 1
	}
	w.date = first + day.Date((int(wd.n)-weekdayOf(first)+7)%7+7*(n-1))
	return w, true
}
