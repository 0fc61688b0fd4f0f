package understand

import "slices"

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

// amend drops the figures that somebody took back: 8600，不对，是9600; 是9600不是8600; not 8600 but 9600.
func (e *estimate) amend() {
	untrue := e.any(isUntrue)
	right := slices.DeleteFunc(slices.Clone(e.sums), func(s sum) bool { return near(e.tokens, s.from, -1).is(isWrong) || untrue && e.disputed(s.to) })
	if len(right) > 0 && len(right) < len(e.sums) {
		if near(e.tokens, right[0].from, -1).is(isElse) && !e.parted(0, right[0].from) { // 不是1900就是2100
			right[0].why = "range"
		}
		right[0].inherit(e.sums[0])
		e.sums = right
	}
	for i := len(e.sums) - 1; i > 0; i-- {
		if amended(e.tokens, e.sums[i-1].to, e.sums[i].from) >= 0 {
			e.sums[i].inherit(e.sums[i-1])
			e.sums = e.sums[i:]
			return
		}
	}
}

// disputed says whether the clause of the figure before tokens[at] ends by calling it untrue: 你们说六千是骗人的; the 6,000 you say is a lie.
func (e *estimate) disputed(at int) bool {
	to := at
	for to < len(e.tokens) && e.tokens[to].kind == wordToken {
		to++
	}
	return to > at && e.tokens[to-1].is(isUntrue) && ends(e.tokens, to)
}

// denied says whether the figure tokens[from:to] is only said not to be it: 不是26000; not 26000.
func denied(tokens []token, from, to int) bool {
	return near(tokens, from, -1).is(isWrong) && !near(tokens, to-1, 1).is(isAsking)
}

// amended returns the token among tokens[from:to] that takes back what came before it; -1 if there is none. 不是 does so alone only.
func amended(tokens []token, from, to int) int {
	for i := from; i < to; i++ {
		alone := i+1 >= len(tokens) || tokens[i+1].at-tokens[i].end <= 1 && (i+1 == to || ends(tokens, i+1))
		if tokens[i].is(isAmend) || tokens[i].is(isWrong, isNo) && alone {
			return i
		}
	}
	return -1
}

// inherit gives a figure that replaces another its role, if it has none of its own.
func (s *sum) inherit(o sum) {
	if s.role == noSense && o.role != isExpense {
		s.role = o.role
	}
}
