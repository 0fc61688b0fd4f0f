package understand

import (
	"slices"

	"respite/policy/day"
)

// Lateness reads the answer to "since when?", or "how many days late?", as of today. A bare number is an answer in days, a length of
// time is how long the debt is late, a day is the day on which it was due. Why says what is doubtful, or why Days is 0:
//
//	not_late        not overdue yet, due today or later; a Value
//	approximate     about, over, under; a month, a week or a festival without its day
//	range           one of two lengths; Days is the longer
//	vague           几天, "a few weeks": Days is a guess
//	ambiguous_date  10/11, 15日, last Wednesday said on a Thursday; also a day without a year that comes again soon
//	instalments     only the number of missed instalments was named; Days counts a month for each
//	unclear         a number without a unit that is more than a year
//	several         several lengths or days that do not agree; Days is the most
//	event           it is the day of something else, such as the loss of a job
//	future          a day that lies ahead
//	absurd          more than ten years
//	lunar           a day of the lunar calendar; Unknown
func (r *Reader) Lateness(text string, today day.Date) Lateness {
	a, _ := r.lateness(r.normal.runes(text), today)
	return a
}

// lateness is Lateness for a text in normal form; it also says whether the text itself says that it is about being late.
func (r *Reader) lateness(text []rune, today day.Date) (a Lateness, said bool) {
	l := r.figures.timeline(text, today)
	return l.lateness()
}

// mostDays is the number of days up to which arrears are believed.
const mostDays = 3650

// mostBare is the number up to which a number without a unit is believed to be one of days; beyond a year it is asked about.
const mostBare = 1100

// mostAhead is the number of days up to which a day that lies ahead is believed to be when something falls due.
const mostAhead = 366

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
	since    bool // words near it say that something began then
	done     bool // they say that it is over
}

func (l *timeline) lateness() (Lateness, bool) {
	clues := l.clues()
	if len(clues) == 1 && denied(l.tokens, clues[0].from, clues[0].to) {
		return Lateness{Status: Unknown, Why: "denied"}, false
	}
	clues = l.amend(clues)
	l.context(clues)
	if a, ok := l.notLate(clues); ok {
		return a, true
	}
	if len(clues) == 0 {
		return l.without()
	}
	best := strongest(clues)
	if len(best) == 0 {
		if n, ok := l.missed(); ok {
			return n, true
		}
		return Lateness{Status: Unknown, Why: "event"}, false
	}
	said := best[0].late || best[0].due
	if !said {
		if n, ok := l.missed(); ok {
			return n, true
		}
	}
	return agree(best), said
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
		if n := len(out); n > 0 && out[n-1].month && c.month && c.from <= out[n-1].to+1 { // 8月9月10月: since the first
			out[n-1].to, out[n-1].days = c.to, max(out[n-1].days, c.days)
		} else {
			out = append(out, c)
		}
		i = c.to
	}
	return out
}

// amend drops the figures that somebody took back: 32天，不对，是33天; not 20 days but 30; 20 days, sorry, 30.
func (l *timeline) amend(clues []clue) []clue {
	kept := slices.DeleteFunc(slices.Clone(clues), func(c clue) bool { return near(l.tokens, c.from, -1).is(isWrong) })
	if len(kept) > 0 {
		clues = kept
	}
	for i := len(clues) - 1; i >= 0; i-- {
		to := len(l.tokens)
		if i+1 < len(clues) {
			to = clues[i+1].from
		}
		word := amended(l.tokens, clues[i].to, to)
		if word < 0 && clues[i].why == "vague" { // a few days, maybe five
			word = slices.IndexFunc(l.tokens[clues[i].to:to], func(t token) bool { return t.is(isAbout) }) + clues[i].to
		}
		switch c, ok := l.again(clues[i], word+1, to); {
		case word < 0:
		case i+1 < len(clues):
			return clues[i+1:]
		case ok:
			return []clue{c}
		}
	}
	return clues
}

// again reads the number without a unit among the tokens that stands for that of c.
func (l *timeline) again(c clue, from, to int) (clue, bool) {
	for i := from; i < to && c.length; i++ {
		if n, ok := l.integer(i, 1, mostBare); ok && ends(l.tokens, i+1) && l.tokens[c.from].kind == figureToken && c.to == c.from+2 {
			if unit, isDay := l.tokens[c.from+1].has(isDays); isDay {
				return clue{from: i, to: i + 1, days: n * int(unit.n), length: true}, true
			}
			if unit, isMonth := l.tokens[c.from+1].has(isMonths); isMonth {
				return clue{from: i, to: i + 1, days: int(l.today - spell{months: n * int(unit.n)}.before(l.today)), length: true}, true
			}
		}
	}
	return c, false
}

func (l *timeline) clueAt(i int) (clue, bool) {
	if w, ok := l.whenAt(i); ok {
		c := clue{from: i, to: w.to, days: int(l.today - w.date), why: w.why, coming: w.coming}
		c.weak = c.days == 0 && l.tokens[i].is(isDay)
		c.month = w.to == i+2 && l.unit(i+1, "月", "月份") || w.to == i+1 && l.is(i, isMonthName)
		return c, true
	}
	if l.unit(i, "day") && ends(l.tokens, i-1) { // day 20 today
		if n, ok := l.integer(i+1, 1, mostBare); ok && !l.measured(i+1) {
			return clue{from: i, to: i + 2, days: n, length: true}, true
		}
	}
	if l.tokens[i].kind != figureToken && !l.begins(i) && !l.alone(i) {
		return clue{}, false
	}
	s, ok := l.lengthAt(i)
	if !ok || s.why == "vague" && near(l.tokens, i, -1).is(isForgotten) { // 不知道几天
		return clue{}, false
	}
	return clue{from: i, to: s.to, days: int(l.today - s.before(l.today)), why: s.why, length: true}, true
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
		l.after(c, to)
		if c.why == "" && doubted(l.tokens, from, c.from, c.to, to) {
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
		case t.is(isEvent) && !paused:
			c.event = true
			return
		case t.is(isEvery) && !c.length:
			c.weak = true
			if c.why == "" { // of which month is not said
				c.why = "approximate"
			}
		case t.is(isLeft, isIn) && c.length && c.from-i <= 2:
			c.coming, c.days = true, 0
		case t.is(isSince):
			c.late, c.since = true, true
		}
	}
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
		case t.is(isEvent) && (!c.late || c.since && i == c.to):
			c.event = true
		}
	}
}

// notLate answers where somebody says that nothing is overdue yet, or names only days ahead.
func (l *timeline) notLate(clues []clue) (Lateness, bool) {
	a := Lateness{Status: Value, Why: "not_late"}
	said := l.any(isNotLate) || l.notYet()
	ahead := false
	for _, c := range clues {
		switch {
		case c.event && !c.coming:
		case c.coming && !c.due && c.days < -mostAhead:
			a.Status, a.Why = Confirm, "future"
			ahead = true
		case c.coming && (c.days <= 0 || said):
			ahead = ahead || !c.event
			if c.why == "ambiguous_date" && !said {
				a.Status, a.Why = Confirm, c.why
			}
		case c.days == 0 && c.due:
			ahead = true
		case c.length && c.days == 0: // a few hours
		case said && c.length:
			return Lateness{Status: Confirm, Days: c.days, Why: "approximate"}, true
		case !said:
			return a, false
		}
	}
	return a, said || ahead
}

// notYet says whether the text says that the day on which something is due has not come: 还没到缴款日.
func (l *timeline) notYet() bool {
	for i := range l.tokens {
		if l.tokens[i].is(isNotYet) && near(l.tokens, i, 1).is(isDue) {
			return true
		}
	}
	return false
}

// strongest returns the clues that say most: those marked as late, or else those not marked as something else.
func strongest(clues []clue) []clue {
	var late, plain []clue
	for _, c := range clues {
		switch {
		case c.weak && len(clues) > 1:
		case c.coming && c.days <= 0:
		case c.late && !c.event:
			late = append(late, c)
		case !c.event:
			plain = append(plain, c)
		}
	}
	if len(late) > 0 {
		return late
	}
	return plain
}

// agree makes one reading of clues: what they agree on, or the most to confirm.
func agree(clues []clue) Lateness {
	a := clues[0].lateness()
	for _, c := range clues[1:] {
		b := c.lateness()
		if d := b.Days - a.Days; d == 0 || a.Days >= 28 && -3 <= d && d <= 3 {
			continue
		}
		a.Days = max(a.Days, b.Days)
		a.Status, a.Why = Confirm, "several"
	}
	return a
}

func (c clue) lateness() Lateness {
	a := Lateness{Status: Value, Days: c.days, Why: c.why}
	switch {
	case c.days > mostDays:
		a.Status, a.Why = Confirm, "absurd"
	case c.why != "":
		a.Status = Confirm
	}
	return a
}

// without answers where no figure of time was found: instalments, a bare number, or nothing.
func (l *timeline) without() (Lateness, bool) {
	if n, ok := l.missed(); ok {
		return n, true
	}
	if l.any(isLunar) {
		return Lateness{Status: Unknown, Why: "lunar"}, false
	}
	at := -1
	for i, t := range l.tokens {
		if t.kind == figureToken {
			if at >= 0 {
				return Lateness{Status: Unknown}, false
			}
			at = i
		}
	}
	if at >= 0 && l.is(at+1, isInstalments) && !l.is(at-1, isPaidUp) && !l.shared(at) {
		return l.instalments(at), false
	}
	if at < 0 || !l.bare(at) {
		return Lateness{Status: Unknown}, false
	}
	n := l.tokens[at].number
	days, _ := n.value.int()
	var s spell
	s.note(n)
	clues := []clue{{from: at, to: at + 1, days: days, why: s.why, length: true}}
	l.context(clues)
	if days > 366 {
		clues[0].why = "unclear"
	}
	return clues[0].lateness(), false
}

// shared says whether the number at tokens[i] is into how many parts something is to be cut: 分12期.
func (l *timeline) shared(i int) bool {
	at := l.tokens[i].at
	return at > 0 && (l.text[at-1] == '分' || l.text[at-1] == '成') || l.unit(i+2, "plan")
}

// bare says whether the number at tokens[i] can be one of days.
func (l *timeline) bare(i int) bool {
	t := &l.tokens[i]
	n, ok := t.number.value.int()
	if !ok || t.stuck || t.tied || n > mostBare || l.any(isOwes) || n >= 1990 && n < 2100 && t.number.digits == 4 || labelled(l.tokens, i) {
		return false
	}
	return !near(l.tokens, i, -1).is(isForgotten) && !near(l.tokens, i, 1).is(isYuan, isMoney, isCurrency, isMyriad, isJiao, isCounter, isInstalments, isPercent, isAge) &&
		!near(l.tokens, i, -1).is(isMoney, isCurrency)
}

// missed reads a number of instalments that were missed: 两期没还, missed 2 payments.
func (l *timeline) missed() (Lateness, bool) {
	for i := range l.tokens {
		n, ok := l.integer(i, 1, 60)
		if l.is(i, isArticle) { // missed a payment
			n, ok = 1, true
		}
		if !ok || !near(l.tokens, i, 1).is(isInstalments) {
			continue
		}
		before := near(l.tokens, i, -1)
		after := near(l.tokens, i+1, 1)
		if before.is(isPaidUp) || !before.is(isMissed) && !after.is(isMissed) && !l.marked(i, isMissed) {
			continue
		}
		return l.instalments(i), n > 0
	}
	return Lateness{}, false
}

// instalments counts a month for each of the instalments whose number is tokens[i].
func (l *timeline) instalments(i int) Lateness {
	n, ok := l.integer(i, 1, 60)
	if l.is(i, isArticle) {
		n, ok = 1, true
	}
	if !ok {
		return Lateness{Status: Unknown}
	}
	return Lateness{Status: Confirm, Days: int(l.today - spell{months: n}.before(l.today)), Why: "instalments"}
}

// marked says whether a word of the sense stands in the clause of tokens[i], with no other figure between.
func (l *timeline) marked(i int, s sense) bool {
	for _, step := range []int{-1, 1} {
		for j := i + step; j >= 0 && j < len(l.tokens) && l.tokens[j].kind == wordToken; j += step {
			if l.tokens[j].is(s) {
				return true
			}
		}
	}
	return false
}
