package understand

import "respite/policy/day"

// The periods that have a name, by about how many days they have.
const (
	aDay   = 1
	aWeek  = 7
	aMonth = 30
	aYear  = 365
)

// period returns which period tokens[i] names; 0: none.
func (l *timeline) period(i int) int64 {
	l.steps++
	m, _ := l.tokenAt(i).has(isPeriod)
	return m.n
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
	return l.ofPeriod(i)
}

// ofPeriod reads last week, and parts of a period: the beginning of last month.
func (l *timeline) ofPeriod(i int) (when, bool) {
	at := i
	part, parted := l.tokens[i].has(isPart)
	if parted {
		for at++; l.is(at, isOf, isThe, isDash); {
			at++
		}
	}
	rel, ok := l.tokenAt(at).has(isRelative)
	if !ok && parted && l.period(at) == aMonth {
		rel, ok = meaning{}, true
		at--
	}
	if !ok {
		return when{}, false
	}
	w := when{to: at + 2, why: "approximate"}
	switch {
	case l.period(at+1) == aMonth && parted:
		w.date = min(inMonth(l.month(int(rel.n)), int(part.n)), l.today)
	case l.period(at+1) == aMonth && l.nthAfter(at+2) > 0: // last month on the 3rd
		to := l.nthAfter(at + 2)
		d, _ := l.integer(to-1, 1, 31)
		return when{to: to, date: inMonth(l.month(int(rel.n)), d)}, true
	case l.period(at+1) == aMonth:
		w.date = spell{months: -int(rel.n)}.before(l.today)
	case l.period(at+1) == aWeek:
		w.date = l.today + day.Date(7*rel.n)
	case l.period(at+1) == aYear && parted:
		y, _, _ := l.today.Date()
		w.date = min(day.Of(y+int(rel.n), 1, 1)+day.Date(part.n*12-12), l.today)
	case l.period(at+1) == aYear:
		w.date = spell{months: -12 * int(rel.n)}.before(l.today)
	case l.is(at+1, isMonthName):
		m, _ := l.tokens[at+1].has(isMonthName)
		w.date, _ = l.latest(int(m.n), 1)
	default:
		return when{}, false
	}
	return w, rel.n != 0 || parted || l.period(at+1) == aMonth || l.period(at+1) == aWeek
}
