package phrase

import "slices"

// gap is how much may stand between two parts of a pattern.
type gap uint8

const (
	adjacent gap = iota
	near         // ..
	far          // ...
)

// reach returns the weight, the strongest break and the number of tokens that g bridges.
func (g gap) reach() (weight int32, strongest Break, tokens int) {
	switch g {
	case near:
		return 8, Blank, nearApart
	case far:
		return 24, Comma, farApart
	}
	return 0, Blank, nearApart
}

// How many tokens may stand between two parts of a pattern, fillers included.
const (
	nearApart = 16
	farApart  = 40
)

// span finds out how far gaps reach in the text: by the token at which one begins, the first token from there on that may no longer stand
// behind it.
func (t *Text) span(s *scratch) {
	tokens, weights := t.Tokens, t.weight[:len(t.Tokens)+1]
	for g := range s.spans {
		weight, strongest, apart := gap(g).reach()
		to, row := 0, slices.Grow(s.spans[g][:0], len(weights))[:len(weights)]
		for from, before := range weights {
			to = max(to, from)
			for to < len(tokens) && tokens[to].Before <= strongest && weights[to]-before <= weight && to <= from+apart {
				to++
			}
			row[from] = int32(to)
		}
		s.spans[g] = row
	}
}
