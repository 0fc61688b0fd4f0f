package understand

// missed reads a number of instalments that were missed: 两期没还, missed 2 payments.
func (l *timeline) missed() (Lateness, bool) {
	for i := range l.tokens {
		n, ok := l.howMany(i)
		if ok && near(l.tokens, i, 1).is(isMissed, isLate) && near(l.tokens, i+1, 1).is(isInstalments) { // two missed payments
			return l.instalments(i), true
		}
		if !ok || !near(l.tokens, i, 1).is(isInstalments) || l.shared(i) {
			continue
		}
		if _, ok := l.integer(i-2, 1, n-1); ok && l.is(i-1, isWholeOf) { // 3 of 24 instalments
			return l.instalments(i - 2), true
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
	n, ok := l.howMany(i)
	if !ok {
		return Lateness{Status: Unknown}
	}
	return Lateness{Status: Confirm, Days: int(l.today - spell{months: n}.before(l.today)), Why: "instalments"}
}

// mostMissed is the number of instalments up to which they are believed to have been missed.
const mostMissed = 60

// howMany returns of how many instalments tokens[i] tells: one of "a payment", two of "a couple", the upper of 两三. 几期 asks as often as
// it tells.
func (l *timeline) howMany(i int) (int, bool) {
	t := &l.tokens[i]
	switch vague := t.number.is(vaguely); {
	case t.is(isArticle):
		return 1, true
	case t.kind != figureToken || t.stuck || t.number.is(partial) || vague && (!isLetter(l.text[t.at]) || l.any(isForgotten)):
		return 0, false
	}
	n, ok := t.number.value.int()
	return n, ok && n >= 1 && n <= mostMissed
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

// shared says whether the number at tokens[i] is into how many parts something is to be cut: 分12期.
// A length of time, 20 days in total, is not.
func (l *timeline) shared(i int) bool {
	return near(l.tokens, i, -1).is(isSplit) || l.is(i+2, isInAll) || l.is(i+1, isInstalments) && l.is(i+2, isAltogether)
}
