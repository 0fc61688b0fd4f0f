package phrase

// gap is how much may stand between two parts of a pattern.
type gap uint8

const (
	adjacent gap = iota
	near         // ..
	far          // ...
)

// reach returns the weight and the strongest break that g bridges.
func (g gap) reach() (weight int32, strongest Break) {
	switch g {
	case near:
		return 8, Blank
	case far:
		return 24, Comma
	}
	return 0, Blank
}

// mostApart is how many tokens may stand between two parts of a pattern, fillers included.
const mostApart = 40

// span finds out how far gaps reach in the text: by the token at which one begins, the first token from there on that may no longer stand
// behind it.
func (t *Text) span(s *scratch) {
	for g := range s.spans {
		weight, strongest := gap(g).reach()
		to, row := 0, append(s.spans[g][:0], make([]int32, len(t.Tokens)+1)...)
		for from := range row {
			to = max(to, from)
			for to < len(t.Tokens) && to <= from+mostApart && t.weight[to]-t.weight[from] <= weight && t.Tokens[to].Before <= strongest {
				to++
			}
			row[from] = int32(to)
		}
		s.spans[g] = row
	}
}
