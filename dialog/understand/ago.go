package understand

import "respite/policy/day"

// dayWord reads yesterday, 前天, tomorrow.
func (l *timeline) dayWord(i int) (when, bool) {
	m, ok := l.tokens[i].has(isDay)
	if l.is(i, isDue) && len(l.tokens) > 1 { // today is the last day
		return when{}, false
	}
	return when{to: i + 1, date: l.today + day.Date(m.n)}, ok
}

// ago reads a length of time before today, or before another day: three weeks ago, 3天前, two days before yesterday.
func (l *timeline) ago(i int) (when, bool) {
	if n, ok := l.integer(i, 1, 100); ok && l.is(i+1, isBefore) && l.is(i+1, isDay) { // two days before yesterday, mistyped
		return when{to: i + 2, date: l.today - day.Date(n+1)}, true
	}
	if !l.any(isAgo) {
		return when{}, false
	}
	s, ok := l.spellAt(i)
	if !ok || !l.is(s.to, isAgo) || l.gapBefore(s.to) > 1 {
		return when{}, false
	}
	w := when{to: s.to + 1, date: s.before(l.today), why: s.why}
	if w.to < len(l.tokens) && l.is(s.to, isBefore) {
		if from, ok := l.fullDate(w.to); ok && l.gapBefore(w.to) <= 1 {
			w.to, w.date = from.to, s.before(from.date)
		}
	}
	return w, true
}
