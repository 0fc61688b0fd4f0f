package understand

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
	weekday  bool // is a weekday, of a week that is not named
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
		c = l.short(c)
		if n := len(out); n > 0 && out[n-1].month && c.month && l.listed(out[n-1].to, c.from) { // 8月9月10月: since the first
			out[n-1].to, out[n-1].days = c.to, max(out[n-1].days, c.days)
		} else if n > 0 && l.monthly(out[n-1], c) { // 10 Sept, 10 Oct and 10 Nov
			out[n-1].to, out[n-1].days, out[n-1].why = c.to, max(out[n-1].days, c.days), "range"
		} else {
			out = append(out, c)
		}
		i = c.to
	}
	return out
}

// short returns what a length of time comes to that another one lacks, with that one: 还差3天就一个月.
func (l *timeline) short(c clue) clue {
	if !c.length || !l.is(c.from-1, isLess, isLeft) {
		return c
	}
	for i := c.to; i < len(l.tokens) && i <= c.to+1 && l.tokens[i].kind != pauseToken && l.tokens[i].kind != stopToken; i++ {
		if whole, ok := l.clueAt(i); ok {
			if whole.length && whole.days > c.days {
				return clue{from: c.from - 1, to: whole.to, days: whole.days - c.days, why: "approximate", length: true}
			}
			break
		}
	}
	return c
}

func (l *timeline) clueAt(i int) (clue, bool) {
	if w, ok := l.whenAt(i); ok {
		c := clue{from: i, to: w.to, days: int(l.today - w.date), why: w.why, coming: w.coming}
		c.weak = c.days == 0 && l.tokens[i].is(isDay)
		c.month = w.to == i+2 && l.is(i+1, isMonthMark) || l.is(i, isMonthName, isMonth) && (w.to == i+1 || w.to == i+2 && l.is(i+1, isPossessive))
		c.month = c.month || l.is(i, isRelative) && w.to == i+2 && l.period(i+1) == aMonth
		c.nth = l.nthOnly(i, w.to)
		c.weekday = w.to == i+1 && l.is(i, isWeekday)
		l.fromDay(&c, i)
		return c, true
	}
	if l.period(i) == aDay && ends(l.tokens, i-1) { // day 20 today
		if n, ok := l.integer(i+1, 1, mostBare); ok && !l.measured(i+1) {
			return clue{from: i, to: i + 2, days: n, length: true}, true
		}
	}
	if n, ok := l.integer(i, 1, mostBare); ok && l.tokens[i].number.is(ordinal) && l.period(i+1) == aDay { // 25th day
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
		case t.is(isEvent, isHounding) && !paused:
			c.event = true
			return
		case t.is(isEvery) && !c.length:
			c.weak = true
			if c.why == "" && !c.late { // of which month is not said
				c.why = "approximate"
			}
		case t.is(isIn) && near(l.tokens, i, -1).is(isLate): // haven't paid in 3 months
			c.late = true
			return
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
		if to < len(l.tokens) && l.tokens[to].at-t.end < t.at-l.tokens[c.to-1].end {
			return // nearer to the next clue
		}
		switch {
		case t.is(isLeft, isLater) && c.length && i == c.to && !t.is(isAgo):
			c.coming, c.days = true, 0
			c.event = c.event || t.is(isEvent) // 20天后还
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
