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
	if slices.Contains(hotlines, s.fen) {
		to = len(e.text)
	} else if s.fen >= money.Yuan(100) {
		return false
	}
	at, i := 0, 0 // characters and tokens from the start
	for at < to {
		switch {
		case i < len(e.tokens) && e.tokens[i].at <= at:
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

// bracketed says whether s stands in brackets.
func (e *estimate) bracketed(s sum) bool {
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

// clean drops the numbers that are hardly figures beside others: a digit that was left out, the number of a card, so many of something;
// and a doubtful figure that is said again without a doubt.
func (e *estimate) clean() {
	if len(e.sums) < 2 {
		return
	}
	kept := slices.DeleteFunc(slices.Clone(e.sums), func(s sum) bool {
		counts := s.tied && !s.unit && s.role == noSense && s.number.value.less(whole(100)) // 两样
		again := s.why != "" && slices.ContainsFunc(e.sums, func(o sum) bool {
			return o.fen == s.fen && o.why == "" && (o.from > s.from || s.why == "unclear") || e.settles(o, s)
		})
		abroad := s.currency != "" && s.currency != "CNY" && e.sums[0].currency == "CNY" && e.bracketed(s) // 2,000 yuan (about $280)
		return abroad || s.fen == 0 || counts || again || s.bare && s.why == "absurd" || s.bare && s.number.digits == 4 && s.role == noSense && near(e.tokens, s.from, -1).is(isCard)
	})
	if len(kept) > 0 {
		e.sums = kept
	}
}
