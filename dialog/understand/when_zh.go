package understand

import "respite/policy/day"

// yearFirst reads 2025年10月3号, 去年10月3号 and 25年10月.
func (l *timeline) yearFirst(i int) (when, bool) {
	at, year, ok := l.chineseYear(i)
	if !ok {
		return when{}, false
	}
	if m, ok := l.integer(at, 1, 12); ok && l.is(at+1, isMonthMark) {
		return l.inYear(year, m, at+2)
	}
	if l.is(at, isMonth) {
		_, m, _ := l.today.Date()
		return l.inYear(year, int(m), at+1)
	}
	if t, ok := l.tokenAt(at).has(isFestival); ok {
		date, ok := valid(year, int(t.n)/100, int(t.n)%100)
		return l.feastDay(when{to: at + 1, date: date, why: "approximate"}, at), ok
	}
	if t, ok := l.tokenAt(at).has(isMoving); ok {
		date, ok := feasts.in(t.name, year)
		if !ok {
			date = day.Of(year, 1, 1)
		}
		return l.feastDay(when{to: at + 1, date: date, why: "approximate"}, at), true
	}
	return when{}, false
}

// chineseYear reads a year before a month: its number or 去年.
func (l *timeline) chineseYear(i int) (after, year int, ok bool) {
	if m, ok := l.tokens[i].has(isYear); ok {
		y, _, _ := l.today.Date()
		return i + 1, y + int(m.n), true
	}
	n, ok := l.integer(i, 0, 9999)
	if !ok || !l.is(i+1, isYearMark) || n > 99 && n < 1000 && l.tokens[i].number.digits == 0 && !near(l.tokens, i, -1).is(isRepublic) {
		return 0, 0, false
	}
	if year, ok := l.republic(i, n); ok {
		return i + 2, year, true
	}
	return i + 2, l.century(n, l.tokens[i].number.digits), true
}

// republic returns the year that n, the number tokens[i], is as they count them in Taiwan from 1912: 民國115年, 115年10月.
func (l *timeline) republic(i, n int) (int, bool) {
	const before = 1911
	named := near(l.tokens, i, -1).is(isRepublic)
	y, _, _ := l.today.Date()
	return n + before, named && n < 200 || n >= 100 && n+before <= y+1 && n+before >= y-10
}

// inYear reads the day of month m of a year at tokens[at]; without one the month began then.
func (l *timeline) inYear(year, m, at int) (when, bool) {
	first, ok := valid(year, m, 1)
	if !ok {
		return when{}, false
	}
	if d, ok := l.integer(at, 1, 31); ok && !l.measured(at) {
		return dayIn(year, m, d, l.mark(at+1))
	}
	return l.partOf(first, at), true
}

// monthDay reads 10月3号, 10月初 and 10月.
func (l *timeline) monthDay(i int) (when, bool) {
	m, ok := l.integer(i, 1, 12)
	if ok && l.is(i+1, isMonthPart) {
		if d, ok := l.integer(i+2, 1, 31); ok && l.gapBefore(i+2) == 0 && l.is(i+3, isDayMark) { // 11月初1号
			return l.dayOfYear(m, d, i+4)
		}
		first, _ := l.latest(m, 1)
		return l.partOf(first, i+1), true
	}
	if !ok || !l.is(i+1, isMonthMark) || l.tokens[i].number.is(counting) {
		return when{}, false
	}
	at := i + 2
	if d, ok := l.integer(at, 1, 31); ok && !l.measured(at) && l.tokens[at].at-l.tokens[at-1].end <= 1 {
		return l.dayOfYear(m, d, l.mark(at+1))
	}
	if d, ok := l.earlier(at); ok { // 九月十五六号
		w, ok := l.dayOfYear(m, d, at+2)
		w.why = "range"
		return w, ok
	}
	if l.is(i-1, isLate) {
		return when{}, false // 逾期3月: a length of time, perhaps
	}
	first, _ := l.latest(m, 1)
	if d, ok := l.vagueDay(at); ok {
		return when{to: at + 2, date: min(inMonth(first, d), l.today), why: "vague"}, true
	}
	return l.partOf(first, at), true
}

// vagueDay reads 十几号 and 二十几号 at tokens[i]: the middle of those days.
func (l *timeline) vagueDay(i int) (int, bool) {
	if i >= len(l.tokens) || l.tokens[i].kind != figureToken || !l.tokens[i].number.is(vaguely|upward) || !l.is(i+1, isDayMark) {
		return 0, false
	}
	n, ok := l.tokens[i].number.value.int()
	return n + 5, ok && n >= 10 && n <= 20
}

// monthWord reads 上个月15号, 这个月初, 上月底 and 上个月.
func (l *timeline) monthWord(i int) (when, bool) {
	m, ok := l.tokens[i].has(isMonth)
	if !ok {
		return when{}, false
	}
	first := l.month(int(m.n))
	at := i + 1
	if l.is(at, isPossessive) {
		at++
	}
	if d, ok := l.vagueDay(at); ok {
		return when{to: at + 2, date: min(inMonth(first, d), l.today), why: "vague"}, true
	}
	if d, ok := l.integer(at, 1, 31); ok && !l.measured(at) && l.gapBefore(at) <= 1 {
		date := inMonth(first, d)
		return when{to: l.mark(at + 1), date: date}, true
	}
	if l.is(at, isPart) {
		if d, ok := l.integer(at+1, 1, 31); ok && l.gapBefore(at+1) == 0 && l.is(at+2, isDayMark) { // 上个月底31号
			return when{to: at + 3, date: inMonth(first, d)}, true
		}
		return l.partOf(first, at), true
	}
	w := when{to: at, why: "approximate", date: spell{months: -int(m.n)}.before(l.today)}
	if m.n >= 0 {
		w.date = first
	}
	return w, true
}

// mark passes over 号 or 日 at tokens[i].
func (l *timeline) mark(i int) int {
	if l.is(i, isDayMark, isDayOrDays) {
		return i + 1
	}
	return i
}

// partOf reads the part of a month named at tokens[at]: 初, 底, 上旬. Without one its first day stands for it.
func (l *timeline) partOf(first day.Date, at int) when {
	w := when{to: at, date: first, why: "approximate"}
	if m, ok := l.tokenAt(at).has(isPart); ok && near(l.tokens, at-1, 1) != nil {
		w.date, w.to = inMonth(first, int(m.n)), at+1
	}
	if w.date > l.today && first <= l.today {
		w.date = l.today
	}
	return w
}
