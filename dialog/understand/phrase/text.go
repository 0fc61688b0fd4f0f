package phrase

import "slices"

// Text is a text that was searched.
type Text struct {
	Tokens   []Token
	findings [][]Finding // by topic, in order of Start
	topics   []string
	weight   []int32 // weight[i]: of all tokens before i, fillers left out
	last     [Stop + 1][]int32
	steps    int // how much work the reading was
}

// Found returns what was found of a topic, ordered by where it starts, the longest first.
func (t *Text) Found(topic string) []Finding {
	if i := slices.Index(t.topics, topic); i >= 0 {
		return t.findings[i]
	}
	return nil
}

// Between returns how much stands between the tokens before from and the token at to: a Chinese character weighs 1, a word or number 2,
// a filler nothing.
func (t *Text) Between(from, to int) int { return int(t.weight[to] - t.weight[from]) }

// BreakBetween returns the strongest break between the token before from and the token at to.
func (t *Text) BreakBetween(from, to int) Break {
	for b := Stop; b > Joined; b-- {
		if t.last[b][to] >= int32(from) {
			return b
		}
	}
	return Joined
}

// Only says whether nothing but the findings given and fillers stand in the text.
func (t *Text) Only(findings ...Finding) bool {
	at := 0
	findings = slices.SortedFunc(slices.Values(findings), func(a, b Finding) int { return a.Start - b.Start })
	for _, f := range findings {
		if f.Start > at && t.Between(at, f.Start) > 0 {
			return false
		}
		at = max(at, f.End)
	}
	return t.Between(at, len(t.Tokens)) == 0
}

// measure sums up weights and breaks.
func (t *Text) measure() {
	n := len(t.Tokens)
	rows := make([]int32, (n+1)*(1+int(Stop)))
	t.weight = rows[:n+1]
	for b := Blank; b <= Stop; b++ {
		t.last[b] = rows[(n+1)*int(b):][:n+1]
	}
	fillerEnd, weight := 0, int32(0)
	var last [Stop + 1]int32
	for i := range t.Tokens {
		token := &t.Tokens[i]
		fillerEnd = max(fillerEnd, i+int(token.filler))
		if i >= fillerEnd {
			weight += token.weight()
		}
		t.weight[i+1] = weight
		for b := Blank; b <= token.Before; b++ {
			last[b] = int32(i)
		}
		t.last[Blank][i], t.last[Comma][i], t.last[Stop][i] = last[Blank], last[Comma], last[Stop]
	}
	for b := Blank; b <= Stop; b++ {
		t.last[b][n] = int32(n) // the end of the text is a stop
	}
}

// pastFillers returns the first place from i on where no filler starts.
func (t *Text) pastFillers(i int) int {
	for i < len(t.Tokens) && t.Tokens[i].filler > 0 && t.Tokens[i].Before == Joined {
		i += int(t.Tokens[i].filler)
	}
	return i
}
