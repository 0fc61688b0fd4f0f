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
//	event           it is the day of something else, such as the loss of a job; Unknown, unless the debt is said to be late since
//	denied          the only figure is said not to be it; Unknown
//	future          a day that lies ahead
//	no_such_day     of a day that its month never has, such as 30 February, the last of that month
//	absurd          more than ten years
//	lunar           a day of the lunar calendar; Unknown
func (t *Text) Lateness(today day.Date) Lateness {
	a, _ := t.lateness(today)
	return a
}

// lateness is Lateness; it also says whether the text itself says that it is about being late.
func (t *Text) lateness(today day.Date) (a Lateness, said bool) {
	l := t.timeline(today)
	return l.lateness()
}

// mostDays is the number of days up to which arrears are believed.
const mostDays = 3650

// mostBare is the number up to which a number without a unit is believed to be one of days; beyond a year it is asked about.
const mostBare = 1100

// mostAhead is the number of days up to which a day that lies ahead is believed to be when something falls due.
const mostAhead = 366

func (l *timeline) lateness() (Lateness, bool) {
	clues := l.clues()
	if len(clues) == 1 && denied(l.tokens, clues[0].from, clues[0].to) {
		return Lateness{Status: Unknown, Why: "denied"}, false
	}
	clues = l.turns(l.amend(clues))
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

// strongest returns the clues that say most: those marked as late, with a length of time that the text begins with, or else those not
// marked as something else.
func strongest(clues []clue) []clue {
	var late, plain []clue
	for _, c := range clues {
		switch {
		case c.weak && len(clues) > 1:
		case c.coming && c.days <= 0:
		case c.why == "event" && slices.ContainsFunc(clues, func(o clue) bool { return o.late && !o.event && o.why != "event" }):
		case c.late && !c.event:
			late = append(late, c)
		case !c.event:
			plain = append(plain, c)
		}
	}
	switch {
	case len(late) == 0:
		return plain
	case len(plain) > 0 && plain[0].length && plain[0].from == 0: // 12天，催收14号就开始打了
		return append(late, plain[0])
	}
	return late
}

// agree makes one reading of clues: what they agree on, or the most to confirm.
func agree(clues []clue) Lateness {
	a := clues[0].lateness()
	for _, c := range clues[1:] {
		b := c.lateness()
		if b.Days == a.Days && (a.Why == "approximate" || a.Why == "ambiguous_date") && !c.length && b.Status == Value { // 元旦到期，2026年1月1号
			a = b
		}
		if c.weekday && (b.Days-a.Days)%7 == 0 { // one week ago today, it was a sunday
			continue
		}
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
	at, ranged := l.only()
	if at >= 0 && l.is(at+1, isInstalments) && !l.is(at-1, isPaidUp) && !l.shared(at) {
		return l.instalments(at), false
	}
	if at < 0 || !l.bare(at) {
		return Lateness{Status: Unknown}, false
	}
	n := *l.tokens[at].number
	days, _ := n.value.int()
	var s spell
	s.note(n)
	clues := []clue{{from: at, to: at + 1, days: days, why: s.why, length: true}}
	l.context(clues)
	switch {
	case days > 366:
		clues[0].why = "unclear"
	case ranged:
		clues[0].why = "range"
	}
	return clues[0].lateness(), false
}

// only returns the one number of the text, or the upper of the only two, if they make a range; else -1.
func (l *timeline) only() (at int, ranged bool) {
	at = -1
	for i, t := range l.tokens {
		switch {
		case t.kind != figureToken:
		case at < 0:
			at = i
		case i == at+2 && !ranged && l.is(at+1, isRange) && l.bare(at) && l.tokens[at].number.value.less(t.number.value):
			at, ranged = i, true
		default:
			return -1, false
		}
	}
	return at, ranged
}

// bare says whether the number at tokens[i] can be one of days.
func (l *timeline) bare(i int) bool {
	t := &l.tokens[i]
	n, ok := t.number.value.int()
	year := n >= 1990 && n < 2100 && t.number.digits == 4
	if !ok || t.stuck || t.tied || t.number.is(ordinal) || l.one(i) && slices.ContainsFunc(l.text[:t.at], isLetter) || n > mostBare || year || l.any(isOwes) || labelled(l.tokens, i) {
		return false
	}
	return !near(l.tokens, i, -1).is(isMoney, isCurrency, isForgotten, isPaidUp, isDays) &&
		!near(l.tokens, i, 1).is(isYuan, isMoney, isCurrency, isMyriad, isJiao, isCounter, isInstalments, isDays, isMonths, isHours, isPercent, isAge, isDayMark, isPoint)
}
