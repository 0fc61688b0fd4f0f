package understand

import (
	"slices"
	"strings"

	"respite/policy/day"
)

// clue is a figure of time in a text.
type clue struct {
	from, to int
	days     int
	why      string
	coming   bool // lies ahead, or may
	length   bool // is a length of time, not a day
	late     bool // words near it say that it is how late, or when it was due
	due      bool // they say when it is due
	event    bool // they say that something else happened then
	weak     bool // it comes every month, or is today
	month    bool // is a month
	nth      bool // is the day of a month that is not named
	since    bool // words near it say that something began then
	done     bool // they say that it is over
}

// clues finds the figures of time, in order.
func (l *timeline) clues() []clue {
	var out []clue
	for i := 0; i < len(l.tokens) && len(out) < mostFigures; {
		c, ok := l.clueAt(i)
		if !ok {
			i++
			continue
		}
		if !c.length && near(l.tokens, i, -1).is(isLunar) {
			i = c.to
			continue
		}
		if n := len(out); n > 0 && out[n-1].month && c.month && l.listed(out[n-1].to, c.from) { // 8月9月10月: since the first
			out[n-1].to, out[n-1].days = c.to, max(out[n-1].days, c.days)
		} else {
			out = append(out, c)
		}
		i = c.to
	}
	return out
}

func (l *timeline) clueAt(i int) (clue, bool) {
	if w, ok := l.whenAt(i); ok {
		c := clue{from: i, to: w.to, days: int(l.today - w.date), why: w.why, coming: w.coming}
		c.weak = c.days == 0 && l.tokens[i].is(isDay)
		c.month = w.to == i+2 && l.unit(i+1, "月", "月份") || l.is(i, isMonthName, isMonth) && (w.to == i+1 || w.to == i+2 && l.unit(i+1, "的"))
		c.month = c.month || l.is(i, isRelative) && w.to == i+2 && l.unit(i+1, "month", "month's")
		c.nth = l.nthOnly(i, w.to)
		l.fromDay(&c, i)
		return c, true
	}
	if l.unit(i, "day") && ends(l.tokens, i-1) { // day 20 today
		if n, ok := l.integer(i+1, 1, mostBare); ok && !l.measured(i+1) {
			return clue{from: i, to: i + 2, days: n, length: true}, true
		}
	}
	if n, ok := l.integer(i, 1, mostBare); ok && l.tokens[i].number.is(ordinal) && l.unit(i+1, "day") { // 25th day
		return clue{from: i, to: i + 2, days: n, length: true}, true
	}
	if l.tokens[i].kind != figureToken && !l.begins(i) && !l.alone(i) {
		return clue{}, false
	}
	s, ok := l.lengthAt(i)
	if !ok || s.why == "vague" && near(l.tokens, i, -1).is(isForgotten) || l.pace(i) || l.often(i, s.to) { // 不知道几天
		return clue{}, false
	}
	c := clue{from: i, to: s.to, days: int(l.today - s.before(l.today)), why: s.why, length: true}
	if n, ok := l.integer(i-2, 2, c.days-1); ok && n > 1 && c.why == "" && l.tokens[i-1].kind == pauseToken { // 20, 25 days
		c.why = "range"
	}
	return c, !l.shared(i)
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

// pace says whether the length at tokens[i] is how often a sum is paid: 500 a month, 2k a month.
func (l *timeline) pace(i int) bool {
	t := &l.tokens[i]
	const unit = 2 // a letter for thousands and a blank may stand between
	return l.priced(i-1) && t.at-l.tokens[i-1].end <= unit && string(l.text[t.at:t.end]) == "a"
}

// often says whether the length at tokens[i:to] is one in which something happens so many times: 一天打我八个电话; 5 calls a day.
func (l *timeline) often(i, to int) bool {
	if near(l.tokens, i, -1).is(isLate) {
		return false
	}
	if before := string(l.text[max(0, l.tokens[i].at-6):l.tokens[i].at]); strings.HasSuffix(before, "every ") || strings.HasSuffix(before, "每") || strings.HasSuffix(before, "每隔") {
		return true
	}
	if near(l.tokens, i, -1).is(isCounter) && i > 1 && l.tokens[i-2].kind == figureToken {
		return true
	}
	if end := l.tokens[to-1].end; end < len(l.text) && strings.ContainsRune("打催骂轰", l.text[end]) && !l.any(isLate) && !l.is(to, isAbout, isOver) {
		return true
	}
	if l.tokens[i].kind != figureToken || l.tokens[i].number.value != whole(1) {
		return false
	}
	for ; to < len(l.tokens) && !ends(l.tokens, to) && !l.is(to, isLate); to++ {
		if l.tokens[to].kind == figureToken {
			return near(l.tokens, to, 1).is(isCounter)
		}
	}
	return false
}

// lengthAt reads a length of time or a range of two: 20到30天, 2-3 weeks.
func (l *timeline) lengthAt(i int) (spell, bool) {
	s, ok := l.spellAt(i)
	to := s.to
	if !ok {
		if _, isNumber := l.integer(i, 0, 10_000); !isNumber {
			return s, false
		}
		to = i + 1
	}
	if !l.is(to, isRange, isListing) && (!l.is(to, isAnd) || !l.is(i-1, isBetween)) {
		return s, ok
	}
	upper, up := l.spellAt(to + 1)
	if n, more := l.integer(to+1, 2, 100); ok && !up && more && (to == i+2 || l.alone(i)) { // a week or two
		unit := l.tokens[to-1]
		if m, isMonth := unit.has(isMonths); isMonth {
			upper, up = spell{to: to + 2, months: n * int(m.n)}, true
		} else if d, isDay := unit.has(isDays); isDay {
			upper, up = spell{to: to + 2, days: n * int(d.n)}, true
		}
	}
	if !up || l.tokens[to+1].kind != figureToken {
		return s, ok
	}
	upper.from, upper.why = i, "range"
	return upper, true
}

// context keeps what the words around each clue say it is: those before it in its sentence, and those after it in its clause, the
// nearer first.
func (l *timeline) context(clues []clue) {
	for i := range clues {
		c := &clues[i]
		from, to := 0, len(l.tokens)
		if i > 0 {
			from = clues[i-1].to
		}
		if i+1 < len(clues) {
			to = clues[i+1].from
		}
		l.before(c, from)
		c.event = c.event || l.called(c) || c.length && l.further(c)
		l.after(c, to)
		if c.why == "" && doubted(l.tokens, from, c.from, c.to, to, guesses) {
			c.why = "approximate"
		}
		l.settle(c)
	}
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
		if l.tokens[from].kind != figureToken && !l.is(from, isThe, isDayMark) && !l.unit(from, "日") {
			return false
		}
	}
	return true
}

// called says whether the clause of c tells how often somebody called, and of nothing that is late: 昨天打了14次; 7 calls in one day.
func (l *timeline) called(c *clue) bool {
	if l.any(isLate) || l.any(isDue) {
		return false
	}
	from, to := c.from, c.to
	for from > 0 && !ends(l.tokens, from-1) {
		from--
	}
	for to < len(l.tokens) && !ends(l.tokens, to) {
		to++
	}
	for i := from; i < to; i++ {
		if l.tokens[i].kind == figureToken && l.unit(i+1, "次", "遍", "条", "通", "个电话", "times", "calls", "texts", "messages", "emails", "sms", "phone calls", "voicemails", "letters", "visits", "missed calls") {
			return true
		}
	}
	return false
}

// further says whether c is a length of time that somebody asks for: two more weeks.
func (l *timeline) further(c *clue) bool {
	return !l.any(isLate) && slices.ContainsFunc(l.tokens[c.from:c.to], func(t token) bool { return string(l.text[t.at:t.end]) == "more" })
}

// turns joins the day of every month and the months whose turn was missed: 每月10号还款，这个月的没还上; Oct and Nov missed, due on the 5th.
func (l *timeline) turns(clues []clue) []clue {
	if len(clues) != 2 {
		return clues
	}
	if c, ok := l.tomorrow(clues[0], clues[1]); ok {
		return []clue{c}
	}
	date, month := clues[0], clues[1]
	if month.nth {
		date, month = month, date
	}
	if !date.nth || !month.month || month.why != "approximate" || !l.recurs(date) {
		return clues
	}
	y, m, _ := (l.today - day.Date(month.days)).Date()
	_, _, d := (l.today - day.Date(date.days)).Date()
	due := inMonth(day.Of(y, m, 1), d)
	if due > l.today {
		return clues
	}
	return []clue{{from: clues[0].from, to: clues[1].to, days: int(l.today - due), late: true}}
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
	if !ok || ahead.n <= 0 || length.days <= int(ahead.n) || l.any(isDue) || l.any(isNotLate) {
		return a, false
	}
	return clue{from: a.from, to: b.to, days: length.days - int(ahead.n), length: true, why: "approximate"}, true
}

// recurs says whether a day of the month is said to be that of every month, or that on which something falls due.
func (l *timeline) recurs(c clue) bool {
	every := func(t token) bool { return t.is(isEvery) }
	return slices.ContainsFunc(l.tokens[:c.from], every) || l.is(c.from-1, isDue) && !l.is(c.from-1, isRelative) && !l.is(c.from-2, isRelative)
}

// settle decides whether a day that comes again soon is meant to be due then: only if it is said to be due, and nothing to be late.
func (l *timeline) settle(c *clue) {
	if !c.coming || c.days <= 0 {
		return
	}
	c.coming = c.due && !c.done && !l.any(isLate)
	if c.coming {
		c.days, c.why = 0, "ambiguous_date"
	}
}

func (l *timeline) before(c *clue, from int) {
	paused := false
	for i := c.from - 1; i >= from && l.tokens[i].kind != stopToken; i-- {
		t := &l.tokens[i]
		paused = paused || t.kind == pauseToken
		switch {
		case t.is(isLate) && (!c.length || !t.is(isRelative)):
			c.late = true
			return
		case t.is(isDue) && t.is(isRelative):
			c.due, c.days, c.coming = true, 0, true
			return
		case t.is(isDue):
			c.due, c.late = true, true
			c.done = c.done || t.is(isDone) || l.is(i-1, isDone)
			return
		case t.is(isEvent) && !paused && l.begun(i, from):
			c.late, c.since, c.why = true, true, "event"
			return
		case t.is(isEvent) && !paused:
			c.event = true
			return
		case t.is(isEvery) && !c.length:
			c.weak = true
			if c.why == "" && !c.late { // of which month is not said
				c.why = "approximate"
			}
		case t.is(isLeft, isIn) && c.length && c.from-i <= 2:
			c.coming, c.days = true, 0
		case t.is(isSince):
			c.late, c.since = true, true
		}
	}
}

// begun says whether a word for since stands before the event tokens[i], in its clause, with nothing but words between: since I lost my
// job on Oct 12.
func (l *timeline) begun(i, from int) bool {
	for i--; i >= from && l.tokens[i].kind == wordToken; i-- {
		if l.is(i, isSince) {
			return true
		}
	}
	return false
}

func (l *timeline) after(c *clue, to int) {
	for i := c.to; i < to && l.tokens[i].kind != stopToken && l.tokens[i].kind != pauseToken; i++ {
		t := &l.tokens[i]
		if to < len(l.tokens) && l.tokens[to].at-t.end <= t.at-l.tokens[c.to-1].end {
			return // nearer to the next clue
		}
		switch {
		case t.is(isLeft, isLater) && c.length && i == c.to && !t.is(isAgo):
			c.coming, c.days = true, 0
		case t.is(isLate):
			if c.event {
				c.event, c.why = false, "event"
			}
			c.late = true
			return
		case t.is(isDue):
			c.due, c.late = true, true
			c.done = c.done || l.is(i+1, isDone)
			return
		case t.is(isSince):
			c.late, c.since = true, true
			if _, ok := l.integer(i+1, 1900, 2100); ok && c.length {
				c.coming, c.why = false, "unclear" // two years since 2011
			}
		case t.is(isEvent) && c.since && !c.length && l.is(c.from-1, isSince):
			c.why = "event"
		case t.is(isEvent) && (!c.late || c.since && (i == c.to || i == c.to+1 && near(l.tokens, i, -1).is(isSince))):
			c.event = true
		}
	}
}
