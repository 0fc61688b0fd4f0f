package understand

import "respite/policy/day"

// ofWeek reads 上周三, 本周五, 上周日 and 上周.
func (l *timeline) ofWeek(i int) (when, bool) {
	m, ok := l.tokens[i].has(isWeek)
	if !ok {
		return when{}, false
	}
	monday := l.monday(int(m.n))
	at := i + 1
	if n, ok := l.integer(at, 1, 6); ok && l.gapBefore(at) == 0 && !l.measured(at) {
		return when{to: at + 1, date: monday + day.Date(n-1)}, true
	}
	if l.unit(at, "日", "天") && l.gapBefore(at) == 0 {
		return when{to: at + 1, date: monday + 6}, true
	}
	if wd, ok := l.tokenAt(at).has(isWeekday); ok {
		return when{to: at + 1, date: monday + day.Date(wd.n-1)}, true
	}
	return when{to: at, date: l.today + day.Date(7*m.n), why: "approximate"}, true
}

// byWeekday reads Friday, last Friday, Friday last week, Friday the 13th and two Fridays ago. A full date beside a weekday is left to
// say the day.
func (l *timeline) byWeekday(i int) (when, bool) {
	at, rel, related := l.relation(i)
	if weeks, ok := l.weekOf(i); ok {
		if wd, ok := l.tokenAt(weeks.to).has(isWeekday); ok {
			return when{to: weeks.to + 1, date: weeks.date + day.Date(wd.n-1)}, true
		}
	}
	count, counted := l.integer(i, 1, 20)
	if counted && !related && !l.tokens[i].number.is(ordinal) {
		at++
	}
	wd, ok := l.tokenAt(at).has(isWeekday)
	if !ok || l.datedAt(at+1) {
		return when{}, false
	}
	w := when{to: at + 1, date: l.lastWeekday(int(wd.n))}
	switch {
	case counted && at == i+1:
		if !l.is(w.to, isAgo) {
			return when{}, false
		}
		w.to++
		if w.date == l.today {
			w.date -= 7
		}
		w.date -= day.Date(7 * (count - 1))
	case related:
		return l.relatedDay(w, int(wd.n), rel), true
	default:
		w.from = i
		return l.weekdayWith(w, int(wd.n))
	}
	return w, true
}

// relation reads last, this or next at tokens[i].
func (l *timeline) relation(i int) (after int, n int, ok bool) {
	m, ok := l.tokens[i].has(isRelative)
	if !ok {
		return i, 0, false
	}
	return i + 1, int(m.n), true
}

// lastWeekday returns the last such weekday that is not after today.
func (l *timeline) lastWeekday(n int) day.Date {
	return l.today - day.Date((weekdayOf(l.today)-n+7)%7)
}

// relatedDay is the weekday n of last, this or next. Last Friday is the one before today; where that was only this week, some
// mean the one of the week before.
func (l *timeline) relatedDay(w when, n, rel int) when {
	switch {
	case rel > 0:
		w.date += 7
	case rel == 0:
		w.date = l.monday(0) + day.Date(n-1)
		w.coming = w.date < l.today
	case w.date == l.today:
		w.date -= 7
	case l.is(w.to-2, isRelative) && l.unit(w.to-2, "past", "this past", "the past", "just gone"):
	case w.date >= l.monday(0) && weekdayOf(l.today) != 7: // on a Sunday, the week that many begin with it is over
		w.why = "ambiguous_date"
		if w.date == l.today-1 { // nobody says so of yesterday
			w.date -= 7
		}
	}
	return w
}

// weekdayWith reads what may follow a weekday: the day of the month, or its week.
func (l *timeline) weekdayWith(w when, n int) (when, bool) {
	at := l.link(w.to)
	if l.is(at, isThe) {
		at++
	}
	if d, ok := l.integer(at, 1, 31); ok && !l.measured(at) && l.gapBefore(at) <= 2 {
		date, ok := l.latestDay(d, func(d day.Date) bool { return weekdayOf(d) == n })
		return when{to: at + 1, date: date}, ok
	}
	at = w.to
	for l.is(at, isOf, isThe) {
		at++
	}
	if week, ok := l.weekOf(at); ok {
		return when{to: week.to, date: week.date + day.Date(n-1)}, true
	}
	if w.date != l.today {
		w.coming = true
	}
	return w, true
}

// weekOf reads last week, this week, next week and returns its Monday.
func (l *timeline) weekOf(i int) (when, bool) {
	m, ok := l.tokenAt(i).has(isRelative)
	if !ok || !l.unit(i+1, "week", "week's") {
		return when{}, false
	}
	to := i + 2
	if l.is(to, isDash) {
		to++
	}
	return when{to: to, date: l.monday(int(m.n))}, true
}

// datedAt says whether a full date follows at tokens[i], perhaps after a comma.
func (l *timeline) datedAt(i int) bool {
	i = l.link(i)
	if i >= len(l.tokens) || l.is(i, isDay) {
		return false
	}
	_, ok := l.fullDate(i)
	return ok
}

// dayWord reads yesterday, 前天, tomorrow.
func (l *timeline) dayWord(i int) (when, bool) {
	m, ok := l.tokens[i].has(isDay)
	return when{to: i + 1, date: l.today + day.Date(m.n)}, ok
}

// ago reads a length of time before today, or before another day: three weeks ago, 3天前, two days before yesterday.
func (l *timeline) ago(i int) (when, bool) {
	if n, ok := l.integer(i, 1, 100); ok && l.unit(i+1, "day before yesterday") { // two days before yesterday, mistyped
		return when{to: i + 2, date: l.today - day.Date(n+1)}, true
	}
	s, ok := l.spellAt(i)
	if !ok || !l.is(s.to, isAgo) || l.gapBefore(s.to) > 1 {
		return when{}, false
	}
	w := when{to: s.to + 1, date: s.before(l.today), why: s.why}
	if w.to < len(l.tokens) && l.unit(s.to, "before") {
		if from, ok := l.fullDate(w.to); ok && l.gapBefore(w.to) <= 1 {
			w.to, w.date = from.to, s.before(from.date)
		}
	}
	return w, true
}

// dayOfMonth reads 15号, the 15th and 15日; the last may also be a length of time.
func (l *timeline) dayOfMonth(i int) (when, bool) {
	at := i
	the := l.is(at, isThe)
	if the {
		at++
	}
	d, ok := l.integer(at, 1, 31)
	if !ok || l.is(at-1, isCode) {
		return when{}, false
	}
	date, found := l.latestDay(d, nil)
	w := when{to: at + 1, date: date}
	switch {
	case l.is(at+1, isDayMark) && l.gapBefore(at+1) <= 1:
		w.to++
		w.coming = l.soonDay(d)
		return w, found
	case l.unit(at+1, "日") && !l.roughly(at+2) && !l.is(at-1, isLate, isOver, isUnder, isAbout, isNearly, isLeft) && !l.is(at+2, isAgo, isLater):
		w.to++
		if !l.is(at-1, isSince, isDue) && !l.is(at+2, isSince, isDue) {
			w.why = "ambiguous_date"
		}
		return w, found && l.text[l.tokens[at].at] != '两'
	case l.tokens[at].number.is(ordinal) && !l.measured(at) && !near(l.tokens, at, 1).is(isInstalments, isWeekday),
		the && !l.measured(at):
		w.coming = l.soonDay(d)
		return w, found
	case l.is(at-1, isSince) && !l.measured(at) && isDigitRune(l.text[l.tokens[at].at]) && ends(l.tokens, at+1):
		w.why = "ambiguous_date"
		return w, found
	}
	return when{}, false
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

// periods reads last month, last week, 去年, 月初 and the beginning of the month: a day in it stands for it.
func (l *timeline) periods(i int) (when, bool) {
	w := when{to: i + 1, why: "approximate"}
	y, m, _ := l.today.Date()
	t := &l.tokens[i]
	switch {
	case t.is(isMonthStart):
		w.date = day.Of(y, m, 1)
		return w, true
	case t.is(isMonthEnd):
		w.date, w.coming = inMonth(l.month(-1), 31), true
		return w, true
	case t.is(isYearStart):
		w.date = day.Of(y, 1, 1)
		return w, true
	case t.is(isYearEnd):
		w.date = day.Of(y-1, 12, 31)
		return w, true
	}
	if n, ok := t.has(isYear); ok {
		switch {
		case l.is(i+1, isYearStart):
			return when{to: i + 2, date: day.Of(y+int(n.n), 1, 1), why: w.why}, true
		case l.is(i+1, isPart):
			p, _ := l.tokens[i+1].has(isPart)
			return when{to: i + 2, date: day.Of(y+int(n.n), 1, 1) + day.Date(p.n-1)*12, why: w.why}, true
		case l.is(i+1, isYearEnd):
			return when{to: i + 2, date: day.Of(y+int(n.n), 12, 31), why: w.why}, true
		}
		w.date = spell{months: -12 * int(n.n)}.before(l.today)
		return w, n.n != 0
	}
	return l.period(i)
}

// period reads last week, and parts of a period: the beginning of last month.
func (l *timeline) period(i int) (when, bool) {
	at := i
	part, parted := l.tokens[i].has(isPart)
	if parted {
		for at++; l.is(at, isOf, isThe, isDash); {
			at++
		}
	}
	rel, ok := l.tokenAt(at).has(isRelative)
	if !ok && parted && l.unit(at, "month") {
		rel, ok = meaning{}, true
		at--
	}
	if !ok {
		return when{}, false
	}
	w := when{to: at + 2, why: "approximate"}
	switch {
	case l.unit(at+1, "month") && parted:
		w.date = min(inMonth(l.month(int(rel.n)), int(part.n)), l.today)
	case l.unit(at+1, "month", "month's") && l.nthAfter(at+2) > 0: // last month on the 3rd
		to := l.nthAfter(at + 2)
		d, _ := l.integer(to-1, 1, 31)
		return when{to: to, date: inMonth(l.month(int(rel.n)), d)}, true
	case l.unit(at+1, "month", "month's"):
		w.date = spell{months: -int(rel.n)}.before(l.today)
	case l.unit(at+1, "week"):
		w.date = l.today + day.Date(7*rel.n)
	case l.unit(at+1, "year") && parted:
		y, _, _ := l.today.Date()
		w.date = min(day.Of(y+int(rel.n), 1, 1)+day.Date(part.n*12-12), l.today)
	case l.unit(at+1, "year"):
		w.date = spell{months: -12 * int(rel.n)}.before(l.today)
	case l.is(at+1, isMonthName):
		m, _ := l.tokens[at+1].has(isMonthName)
		w.date, _ = l.latest(int(m.n), 1)
	default:
		return when{}, false
	}
	return w, rel.n != 0 || parted || l.unit(at+1, "month", "month's", "week")
}

// nthAfter returns the place after an ordinal day of the month at tokens[i], with or without "on the"; 0 if there is none.
func (l *timeline) nthAfter(i int) int {
	for l.is(i, isOf, isThe) || l.unit(i, "on") {
		i++
	}
	if _, ok := l.integer(i, 1, 31); ok && l.tokens[i].number.is(ordinal) && l.gapBefore(i) <= 4 {
		return i + 1
	}
	return 0
}

// feast reads a festival.
func (l *timeline) feast(i int) (when, bool) {
	w := when{to: i + 1, why: "approximate"}
	year, to := l.year(i + 1)
	fixed, isFixed := l.tokens[i].has(isFestival)
	moves, isMoved := l.tokens[i].has(isMoving)
	ok := false
	switch {
	case isFixed && to > w.to:
		w.date, ok = valid(year, int(fixed.n)/100, int(fixed.n)%100)
	case isFixed:
		w.date, ok = l.latest(int(fixed.n)/100, int(fixed.n)%100)
	case isMoved && to > w.to:
		w.date, ok = feasts.in(moves.name, year)
	case isMoved:
		w.date, ok = feasts.last(moves.name, l.today)
	}
	w.to = max(w.to, to)
	switch {
	case l.unit(w.to, "那天", "当天", "当日", "那日"):
		w.to++
		w.why = ""
	case l.is(i, isOneDay) && !l.is(w.to, isAgo, isLater) && !l.is(i-1, isAgo, isLater):
		w.why = ""
	}
	return w, ok
}
