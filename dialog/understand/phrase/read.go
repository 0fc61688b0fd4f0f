package phrase

import (
	"slices"
	"sort"
	"unicode/utf8"
)

// Read searches a text, which must be in the form that Compile's Normal makes.
func (l *Lexicon) Read(text []rune) *Text {
	s := l.scratch()
	defer l.spare.pool.Put(s)
	s.tokens = tokens(text, s.tokens[:0], l.word)
	t := &Text{topics: l.topics, findings: make([][]Finding, len(l.topics))}
	t.Tokens = l.variants.reword(s.tokens, make([]Token, 0, len(s.tokens)+8))
	if len(t.Tokens) >= longText {
		s.forget(l.phrases.Len())
	}
	l.markFillers(t.Tokens)
	t.measure()
	for at := range t.Tokens {
		l.walk(t, s, at, at, 0, 0)
	}
	s.spreadMasks()
	for _, h := range s.hits {
		l.use(t, s, h)
	}
	total := 0
	for _, found := range s.findings {
		total += len(found)
	}
	room := make([]Finding, 0, total)
	for topic, found := range s.findings {
		from := len(room)
		room = l.unmask(t, s, found, room)
		t.findings[topic] = room[from:len(room):len(room)]
	}
	t.steps = s.steps
	return t
}

// word returns the symbol of a word of the text. A word that is not known may be one with a letter doubled or two swapped.
func (l *Lexicon) word(w []rune) symbol {
	if len(w) > longestWord {
		return unknown
	}
	var buffer [longestWord * utf8.UTFMax]byte
	b := buffer[:0]
	for _, r := range w {
		b = utf8.AppendRune(b, r)
	}
	if s := l.symbol(b); s != unknown || len(b) < shortestSlip || digit(w[0]) {
		return s
	}
	return l.slipped(b)
}

// shortestSlip is the length of a word below which a slip in it is not guessed.
const shortestSlip = 4

// slipped returns the symbol of the word that b is when one letter is not doubled, or two neighbours are swapped.
func (l *Lexicon) slipped(b []byte) symbol {
	var other [longestWord * utf8.UTFMax]byte
	for i := 1; i < len(b); i++ {
		if b[i] == b[i-1] {
			if s := l.symbol(append(append(other[:0], b[:i]...), b[i+1:]...)); s != unknown {
				return s
			}
			continue
		}
		b[i], b[i-1] = b[i-1], b[i]
		s := l.symbol(b)
		b[i], b[i-1] = b[i-1], b[i]
		if s != unknown {
			return s
		}
	}
	return unknown
}

// mostSkipped is how many fillers may stand inside one phrase.
const mostSkipped = 3

// walk finds the phrases that start at a token and go on from a node of the trie with the tokens from i. A filler may belong to the
// phrase or be passed over.
func (l *Lexicon) walk(t *Text, s *scratch, at, i int, node int32, skipped int) {
	for i < len(t.Tokens) {
		token := &t.Tokens[i]
		if i > at && token.Before > Blank {
			return
		}
		if token.exact != unknown {
			if next := l.phrases.Step(node, token.exact); next != 0 {
				l.hit(t, s, next, at, i+1)
				l.walk(t, s, at, i+1, next, skipped)
			}
		}
		if i > at && token.filler > 0 && skipped < mostSkipped {
			l.walk(t, s, at, i+int(token.filler), node, skipped+1)
		}
		if node = l.phrases.Step(node, token.symbol); node == 0 {
			return
		}
		i++
		l.hit(t, s, node, at, i)
	}
}

// hit notes the phrase that ends at a node, if one does, and the masks that it is. It spans the tokens up to end.
func (l *Lexicon) hit(t *Text, s *scratch, node int32, from, end int) {
	s.steps++
	first, past := l.firstUse[node], l.firstUse[node+1]
	if first == past {
		return
	}
	for _, at := range l.usesAt[first:past] {
		u := &l.uses[at]
		if !u.mask {
			break
		}
		s.mask(l.maskOf[u.sense], from, end, len(t.Tokens))
	}
	worn := len(t.Tokens) >= longText && s.worn(node)
	s.hits = append(s.hits, hit{node, int32(from), int32(end), worn})
}

// use takes in that a phrase was found, for every part of a pattern that it is.
func (l *Lexicon) use(t *Text, s *scratch, h hit) {
	var asked, hidden uint64 // by place in hiders: whether the phrase is known to be hidden or not, and whether it is
	uses := l.usesAt[l.firstUse[h.node]:l.firstUse[h.node+1]]
	if h.worn {
		uses = l.goingOn(s, h.node, uses)
	}
	s.steps += len(uses)
	for _, at := range uses {
		if after := l.after[at]; after > 0 && !s.begun(int32(after)-1) { // most
			continue
		}
		u := &l.uses[at]
		if u.mask {
			continue
		}
		bit := uint64(1) << u.hides
		if asked&bit == 0 {
			asked |= bit
			if s.hidden(l.hiders[u.hides], int(h.start), int(h.end)) {
				hidden |= bit
			}
		}
		if hidden&bit == 0 {
			s.take(t, u, h.start, h.end)
		}
	}
}

// goingOn returns those of the uses of a node that go on with something that was begun.
func (l *Lexicon) goingOn(s *scratch, node int32, uses []uint16) []uint16 {
	known, ok := s.known[node]
	if ok && known.begun == len(s.slots) {
		return known.uses
	}
	heads := sort.Search(len(uses), func(i int) bool { return l.after[uses[i]] > 0 })
	known = goingOn{len(s.slots), known.uses[:0]}
	for _, at := range uses[heads:] {
		if s.begun(int32(l.after[at]) - 1) {
			known.uses = append(known.uses, at)
		}
	}
	s.steps += len(uses)
	s.known[node] = known
	return known.uses
}

// take takes in that a phrase was found that is a pattern's part.
func (s *scratch) take(t *Text, u *use, at, end int32) {
	found := span{start: at, end: end, open: at, close: at}
	if u.first {
		if u.start && t.weight[at] > 0 {
			return
		}
	} else {
		before, ok := s.reached(t, s.slot(u.slot-1), u.gap, int(at))
		if !ok {
			return
		}
		found.start, found.open, found.close = before.start, before.open, before.close
		if u.gap != adjacent && at-before.end >= before.close-before.open {
			found.open, found.close = before.end, at
		}
	}
	if !u.last {
		s.keep(u.slot, found)
		return
	}
	if u.end && t.weight[len(t.Tokens)] > t.weight[end] {
		return
	}
	s.find(u.topic, Finding{u.sense, int(found.start), int(end), int(found.open), int(found.close)})
}

// mostApart is how many tokens may stand between two parts of a pattern, fillers included.
const mostApart = 40

// reached returns the latest place in a slot from which at can be reached over a gap; of several that end there the one that starts first.
func (s *scratch) reached(t *Text, from *slot, g gap, at int) (best span, ok bool) {
	weight, strongest := g.reach()
	for k := uint32(1); k <= min(from.n, uint32(len(from.spans))); k++ {
		s.steps++
		found := from.spans[(from.n-k)%uint32(len(from.spans))]
		switch {
		case int(found.end) > at, int(found.end) < at-mostApart, t.weight[at]-t.weight[found.end] > weight:
		case strongest < Stop && t.last[strongest+1][at] >= found.end:
		case !ok, found.end > best.end, found.end == best.end && found.start < best.start:
			best, ok = found, true
		}
	}
	return best, ok
}

// unmask appends to out findings in order, without what lies inside something that only looks like it.
func (l *Lexicon) unmask(t *Text, s *scratch, findings, out []Finding) []Finding {
	if len(findings) == 0 {
		return out
	}
	l.order(s, findings, len(t.Tokens))
	clear(s.reach)
	for i, f := range s.sorted {
		if mask := l.maskOf[f.Sense]; mask >= 0 {
			s.reach[mask] = max(s.reach[mask], t.pastFillers(f.End))
			continue
		}
		inside := slices.ContainsFunc(l.hiders[l.hides[f.Sense]], func(mask int) bool { return s.reach[mask] >= f.End })
		if !inside && (i == 0 || f != s.sorted[i-1]) {
			out = append(out, f)
		}
	}
	return out
}
