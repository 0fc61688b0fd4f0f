package understand

// pace says whether the length at tokens[i] is how often a sum is paid: 500 a month, 2k a month.
func (l *timeline) pace(i int) bool {
	t := &l.tokens[i]
	const unit = 2 // a letter for thousands and a blank may stand between
	return l.priced(i-1) && t.at-l.tokens[i-1].end <= unit && l.is(i, isArticle)
}

// often says whether the length at tokens[i:to] is one in which something happens so many times: 一天打我八个电话; 5 calls a day.
func (l *timeline) often(i, to int) bool {
	if near(l.tokens, i, -1).is(isLate) {
		return false
	}
	if near(l.tokens, i, -1).is(isEach) {
		return true
	}
	if near(l.tokens, i, -1).is(isCounter) && i > 1 && l.tokens[i-2].kind == figureToken {
		return true
	}
	if near(l.tokens, to-1, 1).is(isHound) && !l.any(isLate) && !l.is(to, isAbout, isOver) {
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
		if l.tokens[i].kind == figureToken && l.is(i+1, isCall) {
			return true
		}
	}
	return false
}

// further says whether c is a length of time that somebody asks for: two more weeks.
func (l *timeline) further(c *clue) bool {
	if l.any(isLate) {
		return false
	}
	for i := c.from; i < c.to; i++ {
		if l.is(i, isFurther) {
			return true
		}
	}
	return false
}
