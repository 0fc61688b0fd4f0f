package understand

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

// dated completes a day that was read from tokens[i] on. One that is said to be gone does not come again: Thursday just gone.
func (l *timeline) dated(w when, i int) when {
	w.from = i
	w.coming = w.coming || w.date > l.today
	if l.any(isGone) {
		return l.gone(w, i)
	}
	return w
}

// gone is w, read from tokens[i] on, as it is if a word beside it says that it is gone.
func (l *timeline) gone(w when, i int) when {
	after := l.is(w.to, isGone)
	if !after && !near(l.tokens, i, -1).is(isGone) {
		return w
	}
	if w.date == l.today && l.is(w.to-1, isWeekday) {
		w.date -= 7
	}
	w.coming = w.date > l.today
	if after {
		w.to++
	}
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
	if d.widths[2] == 0 && l.is(to, isDayMark, isDayOrDays) {
		return l.dayOfYear(d.parts[0], d.parts[1], to+1)
	}
	w, ok := l.numeric(d)
	w.to = to
	return w, ok
}

// measured says whether the number at tokens[i] counts something other than the day of a month.
func (l *timeline) measured(i int) bool {
	unit := near(l.tokens, i, 1)
	return unit.is(isDays, isMonths, isHours, isCounter, isInstalments, isYuan, isCurrency, isJiao, isMyriad) && !l.is(i+1, isDayOrDays)
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
