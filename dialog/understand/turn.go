package understand

import (
	"slices"

	"respite/policy/day"
)

// turns joins the day of every month and the months whose turn was missed: 每月10号还款，这个月的没还上; Oct and Nov missed, due on the 5th.
func (l *timeline) turns(clues []clue) []clue {
	if len(clues) != 2 {
		return clues
	}
	if c, ok := l.tomorrow(clues[0], clues[1]); ok {
		return []clue{c}
	}
	if c, ok := l.billed(clues[0], clues[1]); ok {
		return []clue{c}
	}
	date, month := clues[0], clues[1]
	if month.nth {
		date, month = month, date
	}
	if !date.nth || !month.month || month.why != "approximate" || !l.recurs(date) {
		return clues
	}
	y, m, _ := l.dateOf(month).Date()
	due := inMonth(day.Of(y, m, 1), l.dayOf(date))
	if due > l.today {
		return clues
	}
	return []clue{{from: clues[0].from, to: clues[1].to, days: int(l.today - due), late: true}}
}

// recurs says whether a day of the month is said to be that of every month, or that on which something falls due.
func (l *timeline) recurs(c clue) bool {
	every := func(t token) bool { return t.is(isEvery) }
	return slices.ContainsFunc(l.tokens, every) || l.is(c.from-1, isDue) && !l.is(c.from-1, isRelative) && !l.is(c.from-2, isRelative)
}

// billed joins the day of a bill and the day of the month on which that falls due: 账单日10月1号，还款日20号.
func (l *timeline) billed(bill, due clue) (clue, bool) {
	if bill.length || bill.nth || bill.why != "" || !due.nth || !slices.ContainsFunc(l.tokens[:due.from], func(t token) bool { return t.is(isBill) }) {
		return due, false
	}
	if !l.is(due.from-1, isDue) && !l.is(due.to, isDue) {
		return due, false
	}
	d := l.dayOf(due)
	for date := l.dateOf(bill); date <= l.today; date++ {
		if _, _, dd := date.Date(); dd == d {
			return clue{from: due.from, to: due.to, days: int(l.today - date), late: true}, true
		}
	}
	return due, false
}

// tomorrow joins a length of time and the day that lies ahead on which it will be so much: it'll be 5 weeks tomorrow.
func (l *timeline) tomorrow(a, b clue) (clue, bool) {
	if a.length == b.length {
		return a, false
	}
	length, date := a, b
	if b.length {
		length, date = b, a
	}
	ahead, ok := l.tokens[date.from].has(isDay)
	if !ok || a.length && l.paused(a.to, b.from) || ahead.n <= 0 || length.days <= int(ahead.n) || l.any(isDue) || l.any(isNotLate) {
		return a, false
	}
	return clue{from: a.from, to: b.to, days: length.days - int(ahead.n), length: true, why: "approximate"}, true
}

// monthly says whether two days of clues that follow each other are the same day of two months.
func (l *timeline) monthly(a, b clue) bool {
	if a.length || b.length || a.days == b.days || a.why != "" && a.why != "range" || b.why != "" || b.from == a.to || !l.listed(a.to, b.from) {
		return false
	}
	return l.dayOf(a) == l.dayOf(b)
}

// dateOf is the day that lies as many days back as c. A clue keeps the days alone, since they are what is compared, joined and answered;
// only what joins two days of a calendar asks for a date.
func (l *timeline) dateOf(c clue) day.Date { return l.today - day.Date(c.days) }

// dayOf is the day of its month on which c falls.
func (l *timeline) dayOf(c clue) int {
	_, _, d := l.dateOf(c).Date()
	return d
}

// listed says whether what stands in tokens[from:to], between two months, only lists them: Sept's and Oct's.
func (l *timeline) listed(from, to int) bool {
	for ; from < to; from++ {
		if l.tokens[from].kind != pauseToken && !l.is(from, isAnd, isApart, isOf, isListing, isRange) {
			return false
		}
	}
	return true
}

// nthOnly says whether tokens[from:to] name a day of a month and not the month.
func (l *timeline) nthOnly(from, to int) bool {
	for ; from < to; from++ {
		if l.tokens[from].kind != figureToken && !l.is(from, isThe, isDayMark, isDayOrDays) {
			return false
		}
	}
	return true
}

// fromDay makes c, which is the later of two days of a month, begin with the earlier: between 10 and 20 Oct.
func (l *timeline) fromDay(c *clue, i int) {
	last, ok := l.integer(i, 2, 31)
	first, before := l.integer(i-2, 1, last-1)
	if ok && before && !c.nth && !l.measured(i) && l.is(i-1, isAnd, isRange) && (l.is(i-3, isBetween, isSince) || l.is(i-1, isDash)) {
		c.days += last - first
		c.why = "range"
	}
}
