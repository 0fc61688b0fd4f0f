package understand

import (
	"time"

	"respite/policy/day"
)

// spell is a length of time, as it was typed.
type spell struct {
	from, to     int // tokens
	months, days int
	why          string // what makes it doubtful by itself
}

// before returns the day that lies s before d: months by the calendar, the last day of a month standing for those it lacks.
func (s spell) before(d day.Date) day.Date {
	y, m, dd := d.Date()
	y, m, _ = day.Of(y, m-time.Month(s.months), 1).Date()
	last := day.Of(y, m+1, 1) - 1
	return min(day.Of(y, m, dd), last) - day.Date(s.days)
}

// longest is the number of months or days above which a length of time is not believed to be meant.
const longest = 1_000_000

// spellAt reads the length of time that starts at tokens[i]: 三个礼拜, 一个半月, 一年零三个月, 2 weeks and 3 days, a fortnight.
func (l *timeline) spellAt(i int) (spell, bool) {
	s := spell{from: i, to: i}
	last := meaning{}
	for {
		at := s.to
		if at > i {
			at = l.joint(at)
		}
		part, unit, ok := l.component(at)
		if !ok || at > i && (unit == last || unit.sense == isNight || l.paused(s.to, at) && !smaller(unit, last) || l.tokens[at].at-l.tokens[at-1].end > 2) {
			break
		}
		if part.days > longest || part.months > longest {
			return s, false
		}
		if at > i && !smaller(unit, last) && l.is(i-1, isLess, isLeft) { // 还差3天一个月
			break
		}
		if at > i && at == s.to && part.halfMonth() && last.sense == isDays { // 十天半个月
			s.days, s.to, s.why = max(s.days, part.days), part.to, "range"
			break
		}
		if at > i && smaller(unit, last) && !part.under(last) { // a week, 10 days
			s.months, s.days, s.to, s.why = max(s.months, part.months), max(s.days, part.days), part.to, "range"
			break
		}
		s.months += part.months
		s.days += part.days
		s.to = part.to
		last = unit
		if s.why == "" {
			s.why = part.why
		}
	}
	for s.to > i && s.to+1 < len(l.tokens) && l.tokens[s.to].kind == figureToken && l.tokens[s.to+1].is(isNight) {
		s.to += 2
	}
	return s, s.to > i
}

// under says whether s is less than one of a larger unit, so that it can be the rest of a length of time in that.
func (s spell) under(unit meaning) bool {
	days := int(unit.n)
	if unit.sense == isMonths {
		days *= 31
	}
	return 31*s.months+s.days < days || unit.sense != isMonths && unit.sense != isDays
}

// halfMonth says whether s is half a month.
func (s spell) halfMonth() bool { return s.months == 0 && s.days == 15 }

// smaller says whether unit a is less than unit b.
func smaller(a, b meaning) bool {
	if a.sense != b.sense {
		return b.sense == isMonths
	}
	return a.n < b.n
}

// joint returns the place after a word or comma that may join two parts of a length of time.
func (l *timeline) joint(i int) int {
	if i < len(l.tokens) && (l.tokens[i].is(isAnd, isApart) || l.tokens[i].kind == pauseToken && l.text[l.tokens[i].at] == ',') {
		return i + 1
	}
	return i
}

func (l *timeline) paused(from, to int) bool {
	for _, t := range l.tokens[from:to] {
		if t.kind == pauseToken {
			return true
		}
	}
	return false
}

// component reads one number with its unit.
func (l *timeline) component(i int) (spell, meaning, bool) {
	s := spell{from: i, to: i}
	if i >= len(l.tokens) {
		return s, meaning{}, false
	}
	amount, ok := s.amount(l)
	if !ok {
		return s, meaning{}, false
	}
	unit, ok := s.unit(l)
	if !ok || l.calendar(i, s.to) {
		return s, unit, false
	}
	amount = s.half(l, amount)
	s.add(amount, unit)
	return s, unit, true
}

// amount reads how many of its unit s is: a number, a half, one for "a" and "the whole".
func (s *spell) amount(l *timeline) (decimal, bool) {
	t := &l.tokens[s.to]
	switch {
	case t.kind == figureToken && !t.stuck && !t.number.is(ordinal):
		s.to++
		s.note(*t.number)
		return l.rest(s, t.number.value), true
	case t.is(isHalf):
		s.to++
		if l.is(s.to, isArticle, isCounter) {
			s.to++
		}
		return l.rest(s, decimal{m: 5, e: 1}), true
	case t.is(isArticle, isAll) && !l.is(s.to+1, isRelative):
		s.to++
		if l.is(s.to, isHalf) {
			s.to++
			return decimal{m: 5, e: 1}, true
		}
		if l.is(s.to, isDash) {
			s.to++
		}
		return whole(1), true
	case t.is(isCounter):
		return s.counter(l)
	}
	return whole(1), l.alone(s.to)
}

// counter reads 个 without a number before it, which is one: 個半月, 个把月, 個幾月.
func (s *spell) counter(l *timeline) (decimal, bool) {
	some := l.unitAfterSome(s.to + 1)
	switch {
	case !some && !l.is(s.to+2, isMonths, isDays):
		return decimal{}, false
	case l.is(s.to+1, isHalf):
		return l.rest(s, whole(1)), true
	case l.is(s.to, isMeasure) && (some || l.is(s.to+1, isMore)):
		s.to += 2
		s.doubt("approximate")
		return whole(1), true
	}
	return decimal{}, false
}

// alone says whether tokens[i] is an English unit that stands for one without saying so: fortnight; week or two; month or so.
func (l *timeline) alone(i int) bool {
	if !l.is(i, isDays, isMonths) || i > 0 && !ends(l.tokens, i-1) || !isLetter(l.text[l.tokens[i].at]) {
		return false
	}
	_, more := l.integer(i+2, 2, 9)
	return more && l.is(i+1, isEither) || l.is(i, isStanding) || l.is(i+1, isAbout) && ends(l.tokens, i+2)
}

// rest reads what stands between a number and its unit: 三个半月, 两个多月.
func (l *timeline) rest(s *spell, v decimal) decimal {
	if l.is(s.to, isCounter) && l.is(s.to+1, isHalf, isMore) {
		s.to++
	}
	if l.is(s.to, isCounter) && l.unitAfterSome(s.to+1) { // 两个几月
		s.to += 2
		s.doubt("approximate")
		return v
	}
	if l.is(s.to, isHalf) && l.is(s.to+1, isMonths, isDays) {
		s.to++
		return v.plus(decimal{m: 5, e: 1})
	}
	switch {
	case l.is(s.to, isAll) && l.is(s.to+1, isMonths, isDays): // two whole months
		s.to++
	case l.is(s.to, isMore), l.is(s.to, isOver, isAbout) && l.is(s.to+1, isMonths, isDays): // two and a bit months
		s.to++
		s.doubt("approximate")
	}
	return v
}

// unitAfterSome says whether tokens[i] is 几 and a unit follows.
func (l *timeline) unitAfterSome(i int) bool {
	return l.someAt(i) && l.is(i+1, isMonths, isDays)
}

// someAt says whether tokens[i] is 几 alone.
func (l *timeline) someAt(i int) bool {
	l.steps++
	if i >= len(l.tokens) {
		return false
	}
	t := &l.tokens[i]
	return t.kind == figureToken && t.number.is(vaguely) && t.end-t.at == 1
}

// note keeps what is doubtful about a number.
func (s *spell) note(n number) {
	switch {
	case n.is(ranged):
		s.doubt("range")
	case n.is(vaguely):
		s.doubt("vague")
	case n.is(upward | unclear):
		s.doubt("approximate")
	}
}

func (s *spell) doubt(why string) {
	if s.why == "" {
		s.why = why
	}
}

// unit reads the unit of s, beside its number.
func (s *spell) unit(l *timeline) (meaning, bool) {
	if s.to >= len(l.tokens) || s.to > s.from && l.tokens[s.to].at-l.tokens[s.to-1].end > 1 {
		return meaning{}, false
	}
	for _, sense := range []sense{isDays, isMonths, isHours, isNight} {
		if m, ok := l.tokens[s.to].has(sense); ok {
			s.to++
			return m, true
		}
	}
	return meaning{}, false
}

// half reads what follows a unit: 一年半, a month and a half, 一个月多.
func (s *spell) half(l *timeline, v decimal) decimal {
	i := s.to
	if l.is(i, isAnd) {
		i++
	}
	if l.is(i, isArticle) {
		i++
	}
	switch {
	case i > s.to && l.is(i, isQuarter):
		s.to = i + 1
		return v.plus(decimal{m: 25, e: 2})
	case l.is(i, isHalf) && (i > s.to || l.tokens[i].at == l.tokens[i-1].end) && !l.is(i+1, isMonths, isDays, isCounter):
		s.to = i + 1
		return v.plus(decimal{m: 5, e: 1})
	case l.some(s.to - 1): // 两个礼拜几
		s.doubt("approximate")
	case l.is(s.to, isMore) && l.tokens[s.to].at == l.tokens[s.to-1].end:
		s.to++
		s.doubt("approximate")
	}
	return v
}

// some says whether 几 ends the clause right after tokens[i].
func (l *timeline) some(i int) bool {
	return l.is(i+1, isVague) && l.gapBefore(i+1) == 0 && ends(l.tokens, i+2)
}

// add puts v of a unit into months and days; what is left of a month counts thirty days to the month.
func (s *spell) add(v decimal, unit meaning) {
	switch unit.sense {
	case isMonths:
		v = v.times(unit.n)
		s.months = v.floor()
		s.days = decimal{m: v.m, e: v.e}.times(30).floor() - 30*s.months
	case isDays:
		s.days = v.times(unit.n).floor()
	case isHours:
		s.days = v.floor() * int(unit.n) / 24
		if s.days == 0 {
			s.doubt("unclear")
		}
	case isNight:
		s.days = v.floor()
	}
}

// calendar says whether the number at tokens[i] and the unit before tokens[to] name a month or a day of the month, and no length
// of time: 10月, but not 两月 or 几月.
func (l *timeline) calendar(i, to int) bool {
	t := &l.tokens[i]
	if t.kind != figureToken || to != i+2 || t.number.is(ranged|vaguely|upward|counting) {
		return false
	}
	n, ok := t.number.value.int()
	if !ok || l.tokens[i+1].end-l.tokens[i+1].at > 2 {
		return false
	}
	if l.is(i+1, isYearMark) {
		return n >= 1000
	}
	return l.is(i+1, isMonthMark) && validMonth(n)
}
