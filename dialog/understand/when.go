package understand

import (
	"strings"

	"respite/policy/day"
)

// dayReader reads the day that tokens[i] and what follows name.
type dayReader struct {
	words   senseSet // of the words with which such a day can begin
	figures bool     // it can also begin with a number
	read    func(*timeline, int) (when, bool)
}

// fullDates read days that say their month, or their distance from today; days read all others.
var (
	fullDates = [...]dayReader{
		{setOf(isYear), true, (*timeline).yearFirst},
		{setOf(), true, (*timeline).monthDay},
		{setOf(isPart, isMonthName), false, (*timeline).named},
		{setOf(isThe), true, (*timeline).dayMonth},
		{setOf(isDay), false, (*timeline).dayWord},
	}
	days = [...]dayReader{
		{setOf(isMonth), false, (*timeline).monthWord},
		{setOf(isThe), true, (*timeline).nth},
		{setOf(isWeek), false, (*timeline).ofWeek},
		{setOf(isRelative, isWeekday), true, (*timeline).byWeekday},
		{setOf(isArticle, isAll, isHalf, isCounter), true, (*timeline).ago},
		{setOf(isThe), true, (*timeline).dayOfMonth},
		{setOf(isMonthStart, isMonthEnd, isYearStart, isYearEnd, isYear, isPart, isRelative), false, (*timeline).periods},
		{setOf(isFestival, isMoving), false, (*timeline).feast},
	}
)

// whenAt reads the day that tokens[i] and what follows name.
func (l *timeline) whenAt(i int) (when, bool) {
	if w, ok := l.fullDate(i); ok {
		return w, true
	}
	return l.first(i, days[:])
}

// fullDate reads a date that says its month, or its distance from today.
func (l *timeline) fullDate(i int) (when, bool) {
	if l.tokens[i].kind == dateToken {
		w, ok := l.figures(i)
		return l.dated(w, i), ok
	}
	return l.first(i, fullDates[:])
}

// beginnings are the senses of words with which a day or a length of time can begin.
var beginnings = setOf(isArticle, isAll, isHalf, isCounter, isDay, isThe, isWeek, isMonth, isYear, isRelative, isWeekday, isMonthName, isPart,
	isMonthStart, isMonthEnd, isYearStart, isYearEnd, isFestival, isMoving)

// begins says whether a day or a length of time can begin with the word tokens[i].
func (l *timeline) begins(i int) bool {
	w := l.tokens[i].word
	return w != nil && w.senses.meets(&beginnings)
}

// first returns what the first of the readers that can read tokens[i] reads.
func (l *timeline) first(i int, readers []dayReader) (when, bool) {
	t := &l.tokens[i]
	if t.kind != figureToken && !l.begins(i) {
		return when{}, false
	}
	for n := range readers {
		r := &readers[n]
		if t.kind == figureToken && !r.figures || t.kind == wordToken && !t.word.senses.meets(&r.words) {
			continue
		}
		if w, ok := r.read(l, i); ok {
			return l.dated(w, i), true
		}
	}
	return when{}, false
}

// dated completes a day that was read from tokens[i] on.
func (l *timeline) dated(w when, i int) when {
	w.from = i
	w.coming = w.coming || w.date > l.today
	return w
}

// figures reads a date in figures.
func (l *timeline) figures(i int) (when, bool) {
	if l.tokens[i].kind != dateToken {
		return when{}, false
	}
	d, to := *l.tokens[i].date, i+1
	if n, ok := l.integer(to+1, 0, 9999); ok && d.widths[2] == 0 && l.text[l.tokens[to].at] == ',' && l.gapBefore(to+1) == 0 && !l.measured(to+1) {
		if digits := l.tokens[to+1].number.digits; digits == 2 || digits == 4 { // 08/12,2015
			d.parts[2], d.widths[2], to = n, digits, to+2
		}
	}
	if d.widths[2] == 0 && (l.is(to, isDayMark) || l.unit(to, "日")) {
		date, ok := l.latest(d.parts[0], d.parts[1])
		return when{to: to + 1, date: date, coming: l.soon(d.parts[0], d.parts[1])}, ok
	}
	w, ok := l.numeric(d)
	w.to = to
	return w, ok
}

// yearFirst reads 2025年10月3号, 去年10月3号 and 25年10月.
func (l *timeline) yearFirst(i int) (when, bool) {
	at, year, ok := l.chineseYear(i)
	if !ok {
		return when{}, false
	}
	if m, ok := l.integer(at, 1, 12); ok && l.unit(at+1, "月", "月份") {
		return l.inYear(year, m, at+2)
	}
	if l.is(at, isMonth) {
		_, m, _ := l.today.Date()
		return l.inYear(year, int(m), at+1)
	}
	if t, ok := l.tokenAt(at).has(isFestival); ok {
		date, ok := valid(year, int(t.n)/100, int(t.n)%100)
		return when{to: at + 1, date: date, why: "approximate"}, ok
	}
	if t, ok := l.tokenAt(at).has(isMoving); ok {
		date, ok := feasts.in(t.name, year)
		if !ok {
			date = day.Of(year, 1, 1)
		}
		return when{to: at + 1, date: date, why: "approximate"}, true
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
	if !ok || !l.unit(i+1, "年") || n > 99 && n < 1000 && l.tokens[i].number.digits == 0 {
		return 0, 0, false
	}
	return i + 2, l.century(n, l.tokens[i].number.digits), true
}

// inYear reads the day of month m of a year at tokens[at]; without one the month began then.
func (l *timeline) inYear(year, m, at int) (when, bool) {
	first, ok := valid(year, m, 1)
	if !ok {
		return when{}, false
	}
	if d, ok := l.integer(at, 1, 31); ok && !l.measured(at) {
		date, ok := valid(year, m, d)
		return when{to: l.mark(at + 1), date: date}, ok
	}
	return l.partOf(first, at), true
}

// mark passes over 号 or 日 at tokens[i].
func (l *timeline) mark(i int) int {
	if l.is(i, isDayMark) || l.unit(i, "日") {
		return i + 1
	}
	return i
}

// measured says whether the number at tokens[i] counts something other than the day of a month.
func (l *timeline) measured(i int) bool {
	unit := near(l.tokens, i, 1)
	return unit.is(isDays, isMonths, isHours, isCounter, isInstalments, isYuan, isCurrency, isJiao, isMyriad) && !l.unit(i+1, "日")
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

// monthDay reads 10月3号, 10月初 and 10月.
func (l *timeline) monthDay(i int) (when, bool) {
	m, ok := l.integer(i, 1, 12)
	if ok && l.is(i+1, isPart, isMonthStart, isMonthEnd) && l.text[l.tokens[i+1].at] == '月' {
		if d, ok := l.integer(i+2, 1, 31); ok && l.gapBefore(i+2) == 0 && l.is(i+3, isDayMark) { // 11月初1号
			date, ok := l.latest(m, d)
			return when{to: i + 4, date: date, coming: l.soon(m, d)}, ok
		}
		first, _ := l.latest(m, 1)
		return l.partOf(first, i+1), true
	}
	if !ok || !l.unit(i+1, "月", "月份") || l.counts(i) {
		return when{}, false
	}
	at := i + 2
	if d, ok := l.integer(at, 1, 31); ok && !l.measured(at) && l.tokens[at].at-l.tokens[at-1].end <= 1 {
		date, ok := l.latest(m, d)
		return when{to: l.mark(at + 1), date: date, coming: l.soon(m, d)}, ok
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

// counts says whether the number at tokens[i] is one that only counts: 两月 and 仨月 are no months of the year.
func (l *timeline) counts(i int) bool {
	return l.tokens[i].end-l.tokens[i].at == 1 && strings.ContainsRune("两俩仨", l.text[l.tokens[i].at])
}

// vagueDay reads 十几号 and 二十几号 at tokens[i]: the middle of those days.
func (l *timeline) vagueDay(i int) (int, bool) {
	if i >= len(l.tokens) || l.tokens[i].kind != figureToken || !l.tokens[i].number.is(vaguely|upward) || !l.is(i+1, isDayMark) {
		return 0, false
	}
	n, ok := l.tokens[i].number.value.int()
	return n + 5, ok && n >= 10 && n <= 20
}

// soon says whether the next m-d is within a month, and the last one almost a year ago: what is due then may not be late yet.
func (l *timeline) soon(m, d int) bool {
	y, _, _ := l.today.Date()
	for _, year := range []int{y, y + 1} {
		if date, ok := valid(year, m, d); ok && date > l.today && date <= l.today+31 {
			return true
		}
	}
	return false
}

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
	if d, ok := l.integer(at, 1, 31); ok && (part == 0 || l.is(i, isSince)) && !l.measured(at) && (l.tokens[at].number.is(ordinal) || l.gapBefore(at) <= 6) {
		return l.withYear(int(m.n), d, at+1)
	}
	if at > i+1 && part == 0 && !l.is(i+1, isOf) {
		at = i + 1
	}
	if year, to := l.year(at); to > at {
		first, ok := valid(year, int(m.n), 1)
		return when{to: to, date: first, why: "approximate"}, ok
	}
	if part == 0 && i > 0 && !l.is(i-1, isSince, isOf, isIn, isRelative, isLate, isDue) && len(l.tokens) > 1 && l.unit(i, "may", "mar", "march") {
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
		date, ok := l.latest(m, d)
		return when{to: at, date: date, coming: l.soon(m, d)}, ok
	}
	date, ok := valid(year, m, d)
	return when{to: to, date: date}, ok
}

// year reads a year at tokens[i] and the place after it: 2025, of 2025, 87 after a full date, nineteen eighty six, last year.
func (l *timeline) year(i int) (year, after int) {
	at := i
	if l.unit(at, "of") {
		at++
	}
	if m, ok := l.tokenAt(at).has(isRelative); ok && l.unit(at+1, "year") {
		y, _, _ := l.today.Date()
		return y + int(m.n), at + 2
	}
	n, ok := l.integer(at, 0, 9999)
	if !ok || l.measured(at) || l.tokens[at].number.is(ordinal|grouped) {
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
	if !ok {
		return when{}, false
	}
	at = l.link(at + 1)
	if l.unit(at, "day") && l.is(at+1, isOf) {
		at++
	}
	for l.is(at, isOf, isThe) {
		at++
	}
	if m, ok := l.tokenAt(at).has(isMonthName); ok {
		return l.withYear(int(m.n), d, at+1)
	}
	if r, ok := l.tokenAt(at).has(isRelative); ok && l.unit(at+1, "month") {
		return when{to: at + 2, date: inMonth(l.month(int(r.n)), d)}, true
	}
	if m, ok := l.tokenAt(at).has(isMonth); ok {
		return when{to: at + 1, date: inMonth(l.month(int(m.n)), d)}, true
	}
	if at > i+1 && l.is(at-1, isThe) && l.unit(at, "month") {
		date, ok := l.latestDay(d, nil)
		return when{to: at + 1, date: date}, ok
	}
	return when{}, false
}

// monthWord reads 上个月15号, 这个月初, 上月底 and 上个月.
func (l *timeline) monthWord(i int) (when, bool) {
	m, ok := l.tokens[i].has(isMonth)
	if !ok {
		return when{}, false
	}
	first := l.month(int(m.n))
	at := i + 1
	if l.unit(at, "的") {
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
	} else if r, ok := l.tokenAt(at).has(isRelative); ok && l.unit(at+1, "month") {
		first = l.month(int(r.n))
		w.to = at + 2
	} else if at > w.to && l.unit(at, "month") {
		w.to = at + 1
	}
	w.date = first + day.Date((int(wd.n)-weekdayOf(first)+7)%7+7*(n-1))
	return w, true
}
