package understand

import "slices"

// Words that make a figure a guess. Of what somebody can pay a bound is the figure itself: at most 500 a month.
var (
	guesses = []sense{isAbout, isNearly, isOver, isUnder}
	offers  = []sense{isAbout, isNearly, isOver}
)

// doubts keeps what words around a sum say of its exactness.
func (e *estimate) doubts(unsure []sense) {
	for i := range e.sums {
		s := &e.sums[i]
		if s.why != "" {
			continue
		}
		from, to := e.span(i)
		if near(e.tokens, s.to-1, 1).is(isQuestion) { // 是2300吗
			s.why = "approximate"
		}
		if doubted(e.tokens, from, s.from, s.to, to, unsure) {
			s.why = "approximate"
		}
	}
}

// doubted says whether the figure tokens[at:end] is approximate, by the words from tokens[from] on and up to tokens[to] that are unsure.
// Before it any such word of its clause counts, but for one that puts right what came before, after it only those right beside it. One
// character counts right beside it only.
func doubted(tokens []token, from, at, end, to int, unsure []sense) bool {
	for i := at - 1; i >= from; i-- {
		t := &tokens[i]
		if t.kind != wordToken {
			break
		}
		if t.is(unsure...) && !puts(tokens, i, from) && (t.end-t.at > 1 || tokens[at].at-t.end <= 1) && !t.is(isApart) {
			return true
		}
	}
	if warned(tokens, from, at) {
		return true
	}
	for i := end; i < min(to, end+3); i++ {
		t := &tokens[i]
		if t.kind != wordToken || t.at-tokens[i-1].end > 1 {
			break
		}
		if t.is(isMore) || t.hedges(isAbout, isOver, isUnder) && !followed(tokens, i) {
			return true
		}
	}
	return hedged(tokens, end, to)
}

// puts says whether the word tokens[i] puts right a figure before tokens[from], or what an earlier word says was wrong.
func puts(tokens []token, i, from int) bool {
	if !tokens[i].is(isAmend) {
		return false
	}
	return from > 0 || slices.ContainsFunc(tokens[:i], func(t token) bool { return t.is(isAmend) })
}

// warned says whether a clause before the figure tokens[at], from tokens[from] on, is nothing but a word of doubt: not sure, 4500.
func warned(tokens []token, from, at int) bool {
	i := at - 2
	if i < from || !ends(tokens, at-1) || !ends(tokens, i-1) {
		return false
	}
	t := &tokens[i]
	return t.is(isAbout) && t.end-t.at > 1 && t.loose && tokens[at-1].at == t.end
}

// hedged says whether a clause after the figure, among tokens[i:to], is nothing but a word of doubt: 五千五？好像是.
func hedged(tokens []token, i, to int) bool {
	for ; i < to; i++ {
		t := &tokens[i]
		alone := i+1 == len(tokens) || i+2 == len(tokens) && (tokens[i+1].is(isAll, isOver, isUnder, isMore, isAbout) || ends(tokens, i+1)) // maybe more; (maybe)
		if t.hedges(isAbout) && t.end-t.at > 1 && ends(tokens, i-1) && tokens[i-1].end >= t.at-1 && alone {
			return true
		}
	}
	return false
}

// followed says whether a figure follows the word tokens[i] closely, so that the word is about that.
func followed(tokens []token, i int) bool {
	return i+1 < len(tokens) && tokens[i+1].kind == figureToken && tokens[i+1].at-tokens[i].end <= 1
}

// amount is the reading of one sum.
func (s sum) amount() Amount {
	a := Amount{Status: Value, Fen: s.fen, Currency: s.currency}
	if s.why != "" {
		a.doubt(s.why)
	}
	return a
}

// doubt makes a reading one to confirm.
func (a *Amount) doubt(why string) {
	a.Status = Confirm
	if a.Why == "" {
		a.Why = why
	}
}
