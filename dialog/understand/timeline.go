package understand

import (
	"slices"

	"respite/policy/day"
)

// timeline reads figures of time in a text as of a day.
type timeline struct {
	text    []rune
	tokens  []token
	senses  senseSet // of all the tokens
	today   day.Date
	steps   int  // how many tokens were looked at: what reading costs
	forward bool // days without a year lie ahead, not back
	chinese bool // the text has Chinese characters, whose writers put the year first, then the month
}

func newTimeline(text []rune, tokens []token, today day.Date) timeline {
	return timeline{text: text, tokens: tokens, senses: sensesOf(tokens), today: today, chinese: slices.ContainsFunc(text, isHan)}
}

// any says whether a word of the text has the sense s.
func (l *timeline) any(s sense) bool { return l.senses.has(s) }

// is says whether tokens[i] is a word with one of the senses.
func (l *timeline) is(i int, senses ...sense) bool {
	l.steps++
	return i >= 0 && i < len(l.tokens) && l.tokens[i].is(senses...)
}

// integer returns the whole number at tokens[i], if it lies between low and high and is not stuck to letters.
func (l *timeline) integer(i, low, high int) (int, bool) {
	l.steps++
	if i < 0 || i >= len(l.tokens) || l.tokens[i].kind != figureToken || l.tokens[i].stuck || l.tokens[i].number.is(ranged|vaguely|upward|partial) {
		return 0, false
	}
	n, ok := l.tokens[i].number.value.int()
	return n, ok && n >= low && n <= high
}

func (l *timeline) tokenAt(i int) *token {
	if i >= len(l.tokens) {
		return nil
	}
	return &l.tokens[i]
}

func (l *timeline) gapBefore(i int) int { return l.tokens[i].at - l.tokens[i-1].end }
