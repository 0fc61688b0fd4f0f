package understand

import (
	"slices"

	"respite/policy/money"
)

// hotlines are numbers that people name as whom they called.
var hotlines = []money.Fen{money.Yuan(110), money.Yuan(119), money.Yuan(120), money.Yuan(122), money.Yuan(911), money.Yuan(999),
	money.Yuan(12306), money.Yuan(12315), money.Yuan(12333), money.Yuan(12345), money.Yuan(12348), money.Yuan(12356), money.Yuan(12363),
	money.Yuan(12378), money.Yuan(10086), money.Yuan(10010), money.Yuan(10000), money.Yuan(96110)}

// stray says whether s is a number that nothing says to be money, in a text that may be about something else: 我26了; 110都报了.
func (e *estimate) stray(s sum) bool {
	if !s.bare || s.role != noSense {
		return false
	}
	to := e.tokens[s.from].at
	if slices.Contains(hotlines, s.fen) || s.fen < money.Yuan(20) {
		to = len(e.text)
	} else if s.fen >= money.Yuan(100) {
		return false
	}
	at, i := 0, 0 // characters and tokens from the start
	for at < to {
		switch {
		case i < len(e.tokens) && e.tokens[i].at <= at:
			if w := e.tokens[i].word; w != nil && (w.senses.within(&silent) || w.senses.has(isFormerly) || w.senses.has(isCode)) {
				return true
			}
			at = max(at+1, e.tokens[i].end)
			i++
		case isHan(e.text[at]) || isLetter(e.text[at]):
			return true
		default:
			at++
		}
	}
	return false
}

// foreign returns the currency that is named away from any figure, if there is one: a grand, in pounds.
func (e *estimate) foreign() string {
	for i := range e.tokens {
		t := &e.tokens[i]
		m, ok := t.has(isCurrency)
		beside := slices.ContainsFunc(e.sums, func(s sum) bool { return s.from <= i && i < s.to })
		if ok && !beside && t.end-t.at > 2 && len(t.word.meanings) == 1 {
			return m.name
		}
	}
	return ""
}

// bracketed says whether s stands in brackets, or is said to be what is before it in other money.
func (e *estimate) bracketed(s sum) bool {
	if slices.ContainsFunc(e.tokens[:s.from], func(t token) bool { return t.is(isConverted) }) {
		return true
	}
	for i := s.from - 1; i >= 0 && e.tokens[i].kind != figureToken; i-- {
		if e.tokens[i].kind == pauseToken && e.text[e.tokens[i].at] == '(' {
			return true
		}
	}
	return false
}

// settles says whether o says for certain what s, which is about as much, says roughly: 快一万了，9860; 八千五六，反正不到九千.
func (e *estimate) settles(o, s sum) bool {
	if s.why != "approximate" || s.role != noSense && s.role != o.role || o.role != noSense && !answers(o.role) {
		return false
	}
	if least, most := min(o.fen, s.fen), max(o.fen, s.fen); least <= 0 || most-least > most/4 {
		return false
	}
	bound := near(e.tokens, s.from, -1).is(isUnder, isOver)
	return o.why == "" && o.from > s.from || bound && o.why != "" && o.why != "approximate"
}

// counts says whether s is hardly money beside the other figures, but so many of something: 两样; kids are 4 and 6; missed 3, 1,700 each.
func (e *estimate) counts(s sum) bool {
	if s.unit || s.number.is(scaled) {
		return false
	}
	most := int64(0)
	switch {
	case s.role == isUnpaid && slices.ContainsFunc(e.sums, func(o sum) bool { return o.role == isMonthly }):
		most = 60
	case s.role == noSense && s.tied:
		most = 100
	case s.role == noSense && !near(e.tokens, s.to-1, 1).is(isTimes) && slices.ContainsFunc(e.sums, func(o sum) bool { return o.fen >= money.Yuan(100) }):
		most = 20
	}
	return s.number.value.less(whole(most))
}

// repeats says whether s is another figure again: with a doubt that the other does not leave, or in other money.
func (e *estimate) repeats(s sum) bool {
	if s.currency != "" && s.currency != "CNY" && e.sums[0].currency == "CNY" && e.bracketed(s) { // 2,000 yuan (about $280)
		return true
	}
	return s.why != "" && slices.ContainsFunc(e.sums, func(o sum) bool {
		return o.fen == s.fen && o.why == "" && (o.from > s.from || s.why == "unclear") || e.settles(o, s)
	})
}

// clean drops the numbers that are hardly figures beside others: a digit that was left out, the number of a card, so many of something;
// and a doubtful figure that is said again without a doubt.
func (e *estimate) clean() {
	if len(e.sums) < 2 {
		return
	}
	kept := slices.DeleteFunc(slices.Clone(e.sums), func(s sum) bool {
		numbered := s.bare && s.number.digits == 4 && s.role == noSense && near(e.tokens, s.from, -1).is(isCard)
		return s.fen == 0 || s.bare && s.why == "absurd" || numbered || e.counts(s) || e.repeats(s)
	})
	if len(kept) > 0 {
		e.sums = kept
	}
}
