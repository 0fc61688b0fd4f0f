package understand

import "slices"

// former makes figures of what was owed once, where what is owed now is named too, figures of what was borrowed: 475, was 1900 in
// spring; 一万八千九 去年还是两万六; 说好只还1000，现在滚到1250.
func (e *estimate) former() {
	owed := func(s sum) bool { return s.role == noSense || answers(s.role) }
	last := -1 // what it has grown into
	for i := range e.sums {
		if from, _ := e.span(i); slices.ContainsFunc(e.tokens[from:e.sums[i].from], func(t token) bool { return t.is(isGrown) }) {
			last = i
		}
	}
	for i := range e.sums {
		s := &e.sums[i]
		was := i < last && !s.lender || e.was(i)
		if was && owed(*s) && slices.ContainsFunc(e.sums, func(o sum) bool { return o.from != s.from && owed(o) && o.fen > 0 }) {
			s.role = isBorrowed
		}
	}
}

// was says whether words right before sum i say that it was so once.
func (e *estimate) was(i int) bool {
	from, _ := e.span(i)
	s := &e.sums[i]
	for j := s.from - 1; j >= from && e.tokens[j].kind == wordToken; j-- {
		if m, ok := e.tokens[j].has(isYear); ok && m.n < 0 || e.past(&e.tokens[j]) && e.still(j+1, s.from) {
			return true
		}
	}
	t := e.beforeThe(s)
	switch {
	case !t.is(isFormerly):
		return false
	case i > 0:
		return true
	}
	return t.is(isCopula) && (t.at == 0 || slices.Contains([]sense{isOwedNow, isOverdue}, e.sums[len(e.sums)-1].role)) // was 7400, 6900 now
}

// beforeThe returns the word before s, with nothing but an article between; nil if there is none.
func (e *estimate) beforeThe(s *sum) *token {
	const article = 5 // the word and its blanks
	i := s.from - 1
	if i < 0 || e.tokens[i].kind != wordToken || e.tokens[s.from].at-e.tokens[i].end > article {
		return nil
	}
	return &e.tokens[i]
}

// past says whether a word names a day, week or month before this one.
func (e *estimate) past(t *token) bool {
	for _, sense := range []sense{isDay, isWeek, isMonth} {
		if m, ok := t.has(sense); ok && m.n < 0 {
			return true
		}
	}
	return false
}

// still says whether a word among tokens[from:to] says that it still was so then: 昨天看还是4127.
func (e *estimate) still(from, to int) bool {
	return slices.ContainsFunc(e.tokens[from:to], func(t token) bool { return t.is(isStill) })
}

// remains says whether s is what there still is after a payment: 还了1600，还有2400.
func (e *estimate) remains(s *sum) bool {
	return near(e.tokens, s.from, -1).is(isRest) && slices.ContainsFunc(e.sums, func(o sum) bool { return o.from < s.from && o.role == isPaid })
}

// whole says whether s is what a sentence begins to tell of a part of: of the 14,000, 1,060 is overdue.
func (e *estimate) whole(s *sum) bool {
	return e.beforeThe(s).is(isWholeOf) && ends(e.tokens, s.from-2) && s.from != e.sums[len(e.sums)-1].from
}
