package phrase

// gap is how much may stand between two parts of a pattern.
type gap uint8

const (
	adjacent gap = iota
	near         // ..
	far          // ...
)

// reach is how far a gap reaches: over no more than this weight and number of tokens, fillers included, and over no break from this one on.
type reach struct {
	weight, tokens int32
	stopped        Break
}

var reaches = [...]reach{adjacent: {0, 16, Comma}, near: {8, 16, Comma}, far: {24, 40, Stop}}

// reacher tells from where a gap reaches a token.
type reacher struct {
	reach
	weights []int32 // as in Text
	at      int32   // the token
	stop    int32   // the last one up to there with a break before it over which the gap does not reach
}

// reacher returns what tells from where a gap reaches the token at.
func (t *Text) reacher(g gap, at int32) reacher {
	r := reaches[g]
	return reacher{r, t.weight, at, t.last[r.stopped][at]}
}

// from says whether the gap may begin at a token.
func (r *reacher) from(begin int32) bool {
	return r.stop < begin && begin <= r.at && r.at-begin <= r.tokens && r.weights[r.at]-r.weights[begin] <= r.weight
}
