package phrase

import "respite/dialog/understand/trie"

// variants are words and phrases that are read as others.
type variants struct {
	from  trie.Trie
	meant [][]symbol // by node of from: what is meant instead; nil: nothing ends here
}

// newVariants lays variants out for reading. meant is by node of from.
func newVariants(from *trie.Builder, meant [][]symbol) variants {
	var v variants
	var places []int32
	v.from, places = from.Freeze()
	v.meant = make([][]symbol, len(places))
	for node, m := range meant {
		v.meant[places[node]] = m
	}
	return v
}

// at returns what the longest variant at the beginning of a phrase means, and how many symbols it has; 0 if there is none.
func (v *variants) at(phrase []symbol) (meant []symbol, n int) {
	node := int32(0)
	for k, s := range phrase {
		if node = v.from.Step(node, s); node == 0 {
			break
		}
		if v.meant[node] != nil {
			meant, n = v.meant[node], k+1
		}
	}
	return meant, n
}

// in returns the same for tokens, of which a variant spans those with no more than a blank between.
func (v *variants) in(text []Token) (meant []symbol, n int) {
	node := int32(0)
	for k := range text {
		if k > 0 && text[k].Before > Blank {
			break
		}
		if node = v.from.Step(node, text[k].symbol); node == 0 {
			break
		}
		if v.meant[node] != nil {
			meant, n = v.meant[node], k+1
		}
	}
	return meant, n
}

// mend appends to out a phrase with variants read as what they mean.
func (v *variants) mend(phrase, out []symbol) []symbol {
	for i := 0; i < len(phrase); {
		meant, n := v.at(phrase[i:])
		if n == 0 {
			meant, n = phrase[i:i+1], 1
		}
		out = append(out, meant...)
		i += n
	}
	return out
}

// reword appends to out the tokens with variants read as what they mean.
func (v *variants) reword(in, out []Token) []Token {
	done := 0
	for i := 0; i < len(in); {
		if !v.from.Begins(in[i].symbol) {
			i++
			continue
		}
		meant, n := v.in(in[i:])
		if n == 0 {
			i++
			continue
		}
		out = append(out, in[done:i]...)
		for j, s := range meant {
			t := Token{At: in[i].At, End: in[i+n-1].End, symbol: s}
			if j == 0 {
				t.Before = in[i].Before
			}
			out = append(out, t)
		}
		i += n
		done = i
	}
	return append(out, in[done:]...)
}

// markFillers notes at each token how long the filler is that starts there.
func (l *Lexicon) markFillers(in []Token) {
	for i := 0; i < len(in); {
		node, n := int32(0), 0
		for j := i; j < len(in) && (j == i || in[j].Before <= Joined); j++ {
			if node = l.fillers.Step(node, in[j].symbol); node == 0 {
				break
			}
			if l.filler[node] {
				n = j + 1 - i
			}
		}
		in[i].filler = uint8(n)
		i += max(n, 1)
	}
}
