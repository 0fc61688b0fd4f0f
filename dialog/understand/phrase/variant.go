package phrase

// variant returns what the longest variant at the beginning of a sequence means, and how many symbols it has; 0 if there is none. next
// gives the symbol at a place below limit, and false where a variant cannot go on.
func (l *Lexicon) variant(limit int, next func(int) (symbol, bool)) (meant []symbol, n int) {
	node := int32(0)
	for k := range limit {
		s, ok := next(k)
		if !ok {
			break
		}
		if node, ok = l.variants.step(node, s); !ok {
			break
		}
		if int(node) < len(l.meant) && l.meant[node] != nil {
			meant, n = l.meant[node], k+1
		}
	}
	return meant, n
}

// reword appends to out the tokens with variants read as what they mean.
func (l *Lexicon) reword(in, out []Token) []Token {
	for i := 0; i < len(in); {
		meant, n := l.variant(len(in)-i, func(k int) (symbol, bool) { return in[i+k].symbol, k == 0 || in[i+k].Before <= Blank })
		if n == 0 {
			out = append(out, in[i])
			i++
			continue
		}
		for j, s := range meant {
			t := Token{At: in[i].At, End: in[i+n-1].End, symbol: s}
			if j == 0 {
				t.Before = in[i].Before
			}
			out = append(out, t)
		}
		i += n
	}
	return out
}

// markFillers notes at each token how long the filler is that starts there.
func (l *Lexicon) markFillers(in []Token) {
	for i := 0; i < len(in); {
		node, n := int32(0), 0
		for j := i; j < len(in) && (j == i || in[j].Before <= Joined); j++ {
			var ok bool
			if node, ok = l.fillers.step(node, in[j].symbol); !ok {
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
