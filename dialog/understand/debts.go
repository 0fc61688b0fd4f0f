package understand

import "slices"

// pair takes figures for several debts, of which each is said to be for, on or with something of its own, or of another kind, or of another
// month: 1,200 on the phone and 2,700 on the car; 600 here and 900 there; 8k loan, 3k card; 九月640十月640.
func (e *estimate) pair() {
	for i := 1; i < len(e.sums); i++ {
		s, o := &e.sums[i-1], &e.sums[i]
		switch place, side := e.preposition(s), e.side(s); {
		case place != 0 && place == e.preposition(o) && (s.role == noSense || answers(s.role)) && slices.Contains([]sense{s.role, noSense, isBorrowed}, o.role):
			o.role = s.role
		case side != 0 && side == e.side(o):
			s.role, o.role = noSense, noSense
		case s.fen == o.fen && s.role == o.role && e.ofMonth(i-1) && e.ofMonth(i):
		default:
			continue
		}
		s.lender, o.lender = true, true
	}
}

// preposition returns which of the words that say of which debt a figure is stands right after s; 0: none.
func (e *estimate) preposition(s *sum) int64 {
	m, _ := near(e.tokens, s.to-1, 1).has(isAt)
	return m.n
}

// side says on which side of s the word for a kind of debt stands, to which alone it belongs: -1 before, 1 after; 0: none does.
func (e *estimate) side(s *sum) int {
	if s.role != noSense && s.role != isBorrowed {
		return 0
	}
	const letter = 3 // loan B, with its blanks
	var before *token
	if i := s.from - 1; i > 0 && e.tokens[i].is(isArticle) {
		before = &e.tokens[i-1]
	} else if i >= 0 && e.tokens[s.from].at-e.tokens[i].end <= letter {
		before = &e.tokens[i]
	}
	after := near(e.tokens, s.to-1, 1)
	switch {
	case before.is(isLender) && before.role() == s.role:
		return -1
	case after.is(isLender) && after.role() == s.role:
		return 1
	}
	return 0
}

// ofMonth says whether a month or instalment, or an earlier turn, is named before sum i.
func (e *estimate) ofMonth(i int) bool {
	from, _ := e.span(i)
	return slices.ContainsFunc(e.tokens[from:e.sums[i].from], func(t token) bool { return t.is(isMonth, isMonthName, isMonths, isInstalments, isEarlier) })
}

// others sets aside what is owed to others, where something is not.
func (e *estimate) others() {
	ours := func(s sum) bool { return !s.others && (s.role == noSense || answers(s.role)) && s.fen > 0 }
	if !slices.ContainsFunc(e.sums, ours) {
		return
	}
	for i := range e.sums {
		if s := &e.sums[i]; s.others && (s.role == noSense || answers(s.role)) {
			s.role = isExpense
		}
	}
}
