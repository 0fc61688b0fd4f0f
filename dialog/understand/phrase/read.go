package phrase

import (
	"cmp"
	"slices"
	"sync"
	"unicode/utf8"
)

// scratch is what one reading needs besides its result.
type scratch struct {
	reading uint32
	slots   []slot
	tokens  []Token
	hits    []hit
	reach   []int     // by sense that masks: how far the masks reach that were passed
	masked  [][]int32 // by sense that masks, and token: how far the masks reach that start there or before; nil for other senses
}

// hit is a phrase that was found, by its node in the trie.
type hit struct{ node, start, end int32 }

// cover makes room for the masks of a text.
func (s *scratch) cover(isMask []bool, tokens int) {
	if s.masked == nil {
		s.masked = make([][]int32, len(isMask))
	}
	for id, mask := range isMask {
		if !mask {
			continue
		}
		if cap(s.masked[id]) < tokens {
			s.masked[id] = make([]int32, tokens+tokens/2)
		}
		s.masked[id] = s.masked[id][:tokens]
		clear(s.masked[id])
	}
}

// slot keeps the latest places where a pattern was found up to one of its parts.
type slot struct {
	reading uint32 // the reading that these belong to
	n       uint32 // how many were found
	spans   [3]span
}

// span is a pattern as far as it was found, and its widest gap.
type span struct{ start, end, open, close int32 }

func (s *slot) keep(reading uint32, found span) {
	if s.reading != reading {
		s.reading, s.n = reading, 0
	}
	s.spans[s.n%uint32(len(s.spans))] = found
	s.n++
}

type scratches struct{ pool sync.Pool }

func (l *Lexicon) scratch() *scratch {
	s, _ := l.spare.pool.Get().(*scratch)
	if s == nil || len(s.slots) != l.slots {
		s = &scratch{slots: make([]slot, l.slots), reach: make([]int, len(l.senses))}
	}
	s.reading++
	if s.reading == 0 { // after four billion readings the marks start over
		clear(s.slots)
		s.reading = 1
	}
	return s
}

// Read searches a text, which must be in the form that Compile's normal makes.
func (l *Lexicon) Read(text []rune) *Text {
	s := l.scratch()
	defer l.spare.pool.Put(s)
	s.tokens = tokens(text, s.tokens[:0], l.word)
	t := &Text{topics: l.topics, findings: make([][]Finding, len(l.topics))}
	t.Tokens = l.mend(s.tokens, make([]Token, 0, len(s.tokens)+8))
	l.markFillers(t.Tokens)
	t.measure()
	s.cover(l.isMask, len(t.Tokens))
	s.hits = s.hits[:0]
	for at := range t.Tokens {
		l.from(t, s, at)
	}
	for _, h := range s.hits {
		uses := l.uses(h.node)
		for i := range uses {
			l.use(t, s, &uses[i], int(h.start), int(h.end))
		}
	}
	for topic := range t.findings {
		t.findings[topic] = l.unmask(t, s, t.findings[topic])
	}
	return t
}

// word returns the symbol of a word of the text. A word that is not known may be one with a letter doubled or two swapped.
func (l *Lexicon) word(w []rune) symbol {
	if len(w) > longestWord {
		return unknown
	}
	var buffer, other [longestWord * utf8.UTFMax]byte
	b := buffer[:0]
	for _, r := range w {
		b = utf8.AppendRune(b, r)
	}
	if s, ok := l.vocab[string(b)]; ok || len(b) < shortestSlip || digit(w[0]) {
		return s
	}
	for i := 1; i < len(b); i++ {
		if b[i] == b[i-1] {
			if s, ok := l.vocab[string(append(append(other[:0], b[:i]...), b[i+1:]...))]; ok {
				return s
			}
			continue
		}
		b[i], b[i-1] = b[i-1], b[i]
		s, ok := l.vocab[string(b)]
		b[i], b[i-1] = b[i-1], b[i]
		if ok {
			return s
		}
	}
	return unknown
}

// shortestSlip is the length of a word below which a slip in it is not guessed.
const shortestSlip = 4

// mend appends to out the tokens with variants read as what they mean.
func (l *Lexicon) mend(in, out []Token) []Token {
	for i := 0; i < len(in); {
		meant, n := l.variant(in, i)
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

// variant returns what the longest variant at in[i] means and how many tokens it has; 0 if there is none.
func (l *Lexicon) variant(in []Token, i int) (meant []symbol, n int) {
	var node int32
	for j := i; j < len(in) && (j == i || in[j].Before <= Blank); j++ {
		var ok bool
		if node, ok = l.variants.step(node, in[j].symbol); !ok {
			break
		}
		if int(node) < len(l.meant) && l.meant[node] != nil {
			meant, n = l.meant[node], j+1-i
		}
	}
	return meant, n
}

func (l *Lexicon) markFillers(in []Token) {
	for i := 0; i < len(in); {
		var node int32
		n := 0
		for j := i; j < len(in) && (j == i || in[j].Before <= Joined); j++ {
			var ok bool
			if node, ok = l.fillers.step(node, in[j].symbol); !ok {
				break
			}
			if l.filler[node] {
				n = j + 1 - i
			}
		}
		in[i].filler = n
		i += max(n, 1)
	}
}

// measure sums up weights and breaks.
func (t *Text) measure() {
	n := len(t.Tokens)
	rows := make([]int32, (n+1)*(1+int(Stop)))
	t.weight = rows[:n+1]
	for b := Blank; b <= Stop; b++ {
		t.last[b] = rows[(n+1)*int(b):][:n+1]
	}
	fillerEnd := 0
	for i, token := range t.Tokens {
		fillerEnd = max(fillerEnd, i+token.filler)
		t.weight[i+1] = t.weight[i]
		if i >= fillerEnd {
			t.weight[i+1] += token.weight()
		}
		for b := Blank; b <= Stop; b++ {
			switch {
			case token.Before >= b:
				t.last[b][i] = int32(i)
			case i > 0:
				t.last[b][i] = t.last[b][i-1]
			}
		}
	}
	for b := Blank; b <= Stop; b++ {
		t.last[b][n] = int32(n) // the end of the text is a stop
	}
}

func (t Token) weight() int32 {
	if t.symbol > 0x2E80 && t.symbol < number {
		return 1
	}
	return 2
}

// mostSkipped is how many fillers may stand inside one phrase.
const mostSkipped = 3

// from finds the phrases that start at a token.
func (l *Lexicon) from(t *Text, s *scratch, at int) {
	if at > 0 {
		for id := range s.masked {
			if l.isMask[id] {
				s.masked[id][at] = s.masked[id][at-1]
			}
		}
	}
	l.walk(t, s, at, at, 0, 0)
}

// walk finds the phrases that go on from a node of the trie with the tokens from i. A filler may belong to the phrase or be passed over.
func (l *Lexicon) walk(t *Text, s *scratch, at, i int, node int32, skipped int) {
	for i < len(t.Tokens) {
		token := &t.Tokens[i]
		if i > at && token.Before > Blank {
			return
		}
		if token.exact != unknown {
			if next, ok := l.phrases.step(node, token.exact); ok {
				l.reach(s, next, at, i+1)
				l.walk(t, s, at, i+1, next, skipped)
			}
		}
		if i > at && token.filler > 0 && skipped < mostSkipped {
			l.walk(t, s, at, i+token.filler, node, skipped+1)
		}
		next, ok := l.phrases.step(node, token.symbol)
		if !ok {
			return
		}
		node = next
		i++
		l.reach(s, node, at, i)
	}
}

// reach notes the phrase from at to end that ends at a node, if one does.
func (l *Lexicon) reach(s *scratch, node int32, at, end int) {
	uses := l.uses(node)
	if len(uses) == 0 {
		return
	}
	s.hits = append(s.hits, hit{node, int32(at), int32(end)})
	for k := range uses {
		if u := &uses[k]; l.masks(u) {
			s.masked[u.sense][at] = max(s.masked[u.sense][at], int32(end))
		}
	}
}

// uses returns the uses of the phrase that ends at a node.
func (l *Lexicon) uses(node int32) []use { return l.allUses[l.firstUse[node]:l.firstUse[node+1]] }

// masks says whether the phrase of u by itself only looks like one of its topic.
func (l *Lexicon) masks(u *use) bool {
	return l.isMask[u.sense] && u.first && u.last && !u.start && !u.end
}

// use takes in that a phrase of a pattern's part was found.
func (l *Lexicon) use(t *Text, s *scratch, u *use, at, end int) {
	if l.masks(u) {
		return
	}
	for _, mask := range l.maskedBy[u.sense] {
		if s.masked[mask][at] >= int32(end) {
			return
		}
	}
	found := span{start: int32(at), end: int32(end), open: int32(at), close: int32(at)}
	if u.first {
		if u.start && t.weight[at] > 0 {
			return
		}
	} else {
		before, ok := t.reached(&s.slots[u.slot-1], s.reading, u.gap, at)
		if !ok {
			return
		}
		found.start, found.open, found.close = before.start, before.open, before.close
		if u.gap != adjacent && int32(at)-before.end >= before.close-before.open {
			found.open, found.close = before.end, int32(at)
		}
	}
	if !u.last {
		s.slots[u.slot].keep(s.reading, found)
		return
	}
	if u.end && t.weight[len(t.Tokens)] > t.weight[end] {
		return
	}
	topic := l.topicOf[u.sense]
	t.findings[topic] = append(t.findings[topic], Finding{u.sense, int(found.start), end, int(found.open), int(found.close)})
}

// reached returns the latest place in a slot from which at can be reached over a gap; of several that end there the one that starts first.
func (t *Text) reached(s *slot, reading uint32, g gap, at int) (best span, ok bool) {
	if s.reading != reading {
		return span{}, false
	}
	weight, strongest := g.reach()
	for k := uint32(1); k <= min(s.n, uint32(len(s.spans))); k++ {
		found := s.spans[(s.n-k)%uint32(len(s.spans))]
		switch {
		case int(found.end) > at, t.weight[at]-t.weight[found.end] > weight:
		case strongest < Stop && t.last[strongest+1][at] >= found.end:
		case !ok, found.end > best.end, found.end == best.end && found.start < best.start:
			best, ok = found, true
		}
	}
	return best, ok
}

// unmask drops what lies inside something that only looks like it, and orders the rest.
func (l *Lexicon) unmask(t *Text, s *scratch, findings []Finding) []Finding {
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(a.Start-b.Start, b.End-a.End, l.order(a.Sense)-l.order(b.Sense))
	})
	clear(s.reach)
	kept := findings[:0]
	for i, f := range findings {
		if l.isMask[f.Sense] {
			s.reach[f.Sense] = max(s.reach[f.Sense], t.pastFillers(f.End))
			continue
		}
		inside := slices.ContainsFunc(l.maskedBy[f.Sense], func(mask int) bool { return s.reach[mask] >= f.End })
		if !inside && (i == 0 || f != findings[i-1]) {
			kept = append(kept, f)
		}
	}
	return kept
}

// order puts masks before what they mask.
func (l *Lexicon) order(id ID) int {
	if l.isMask[id] {
		return -1
	}
	return int(id)
}

// pastFillers returns the first place from i on where no filler starts.
func (t *Text) pastFillers(i int) int {
	for i < len(t.Tokens) && t.Tokens[i].filler > 0 && t.Tokens[i].Before == Joined {
		i += t.Tokens[i].filler
	}
	return i
}
