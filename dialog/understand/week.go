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
	if l.is(at, isSunday) && l.gapBefore(at) == 0 {
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
	case l.is(w.to-2, isJustPast):
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
	if l.is(at, isBeforeLast) {
		return when{to: at + 1, date: w.date - 7, why: "approximate"}, true
	}
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
	if !ok || l.period(i+1) != aWeek {
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
