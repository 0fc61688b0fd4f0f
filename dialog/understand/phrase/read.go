package phrase

import (
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
	t.span(s)
	s.cover(len(t.Tokens))
	for at := range t.Tokens {
		s.hits = s.hits[:0]
		l.walk(t, s, at, at, 0, 0) // masks that hide what starts here have been found then
		for i := range s.hits {
			l.use(t, s, &s.hits[i])
		}
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
		if int(at) < l.unmasking {
			break
		}
		s.mask(l.maskOf[l.uses[at].sense], from, end, len(t.Tokens))
	}
	h := hit{node: node, start: int32(from), end: int32(end)}
	if len(t.Tokens) >= longText {
		h.worn = s.worn(node)
	}
	s.hits = append(s.hits, h)
}

// use takes in that a phrase was found, for every part of a pattern that it is.
func (l *Lexicon) use(t *Text, s *scratch, h *hit) {
	uses := l.usesAt[l.firstUse[h.node]:l.firstUse[h.node+1]]
	if h.worn > 0 {
		uses = l.goingOn(s, h, uses)
	}
	s.steps += len(uses)
	in := meeting{start: h.start, end: h.end, masked: s.covered[h.start] >= h.end}
	for i, at := range uses {
		if int(at) < l.followers {
			l.follow(t, s, &in, uses[i:])
			return
		}
		if int(at) < l.unmasking {
			if u := &l.uses[at]; !in.masked || !l.conceals(s, &in, u) {
				s.begin(t, &in, u)
			}
		}
	}
}

// meeting is a hit on the way through its uses.
type meeting struct {
	start, end    int32
	place         int32  // of the hit in what was found, once it began something
	masked        bool   // it lies inside a mask of some sense
	asked, hidden uint64 // by place in hiders: whether it is known that it lies inside one of these masks, and whether it does
}

// conceals says whether a hit lies inside a mask of the sense of a use.
func (l *Lexicon) conceals(s *scratch, in *meeting, u *use) bool {
	bit := uint64(1) << u.hides
	if in.asked&bit == 0 {
		in.asked |= bit
		if s.hidden(l.hiders[u.hides], int(in.start), int(in.end)) {
			in.hidden |= bit
		}
	}
	return in.hidden&bit != 0
}

// begin takes in that the first part of a pattern was found.
func (s *scratch) begin(t *Text, in *meeting, u *use) {
	at, end := in.start, in.end
	found := span{start: at, end: end, open: at, close: at}
	switch {
	case u.start && t.weight[at] > 0:
	case u.last:
		s.finish(t, u, found)
	default:
		if in.place == 0 {
			in.place = s.take(found)
		}
		s.keep(u.next, in.place, s.spans[u.after][end])
	}
}

// follow takes in that a phrase was found for those of its uses that go on with what was found before.
func (l *Lexicon) follow(t *Text, s *scratch, in *meeting, uses []uint16) {
	at, end := in.start, in.end
	for _, use := range uses {
		if s.past[use] <= at { // most
			continue
		}
		u := &l.uses[use]
		if in.masked && l.conceals(s, in, u) {
			continue
		}
		found, ok := s.before(&s.latest[s.places[use]-1], s.spans[u.gap], at)
		if !ok {
			continue
		}
		if u.gap != adjacent && at-found.end >= found.close-found.open {
			found.open, found.close = found.end, at
		}
		found.end = end
		if u.last {
			s.finish(t, u, found)
		} else {
			s.keep(u.next, s.take(found), s.spans[u.after][end])
		}
	}
}

// goingOn returns those of the uses of a worn hit's node that may go on with something.
func (l *Lexicon) goingOn(s *scratch, h *hit, uses []uint16) []uint16 {
	var known *goingOn
	if h.worn > wornOnly {
		if known = &s.known[h.worn-wornOnly-1]; known.begun == len(s.latest) {
			return known.uses
		}
	}
	heads := sort.Search(len(uses), func(i int) bool { return int(uses[i]) < l.followers })
	s.steps += len(uses)
	if known == nil {
		return uses[heads:]
	}
	known.begun, known.uses = len(s.latest), known.uses[:0]
	for _, at := range uses[heads:] {
		if s.past[at] > 0 {
			known.uses = append(known.uses, at)
		}
	}
	return known.uses
}

// finish takes in that a pattern was found.
func (s *scratch) finish(t *Text, u *use, found span) {
	if u.end && t.weight[len(t.Tokens)] > t.weight[found.end] {
		return
	}
	s.find(u.topic, Finding{u.sense, int(found.start), int(found.end), int(found.open), int(found.close)})
}

// before returns the latest of what was found from which the token at can be reached, by the first token that is too far from each; of
// several that end there the one that starts first.
func (s *scratch) before(from *latest, past []int32, at int32) (best span, ok bool) {
	for _, place := range from.found {
		if place == 0 {
			break
		}
		s.steps++
		found := &s.found[place]
		switch {
		case found.end > at, past[found.end] <= at:
		case !ok, found.end > best.end, found.end == best.end && found.start < best.start:
			best, ok = *found, true
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
	var last *Finding
	for _, i := range s.sorted {
		f := &findings[i]
		if mask := l.maskOf[f.Sense]; mask >= 0 {
			s.reach[mask] = max(s.reach[mask], t.pastFillers(f.End))
		} else if (last == nil || *f != *last) && !s.passed(l.hiders[l.hides[f.Sense]], f.End) {
			out = append(out, *f)
		}
		last = f
	}
	return out
}
