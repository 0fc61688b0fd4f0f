package phrase

import (
	"math/bits"
	"unicode/utf8"
)

// Read searches a text, which must be in the form that Compile's Normal makes.
func (l *Lexicon) Read(text []rune) *Text {
	s := l.scratch()
	defer l.spare.pool.Put(s)
	s.tokens = tokens(text, s.tokens[:0], l.word)
	t := &Text{topics: l.topics, findings: make([][]Finding, len(l.topics))}
	t.Tokens = l.variants.reword(s.tokens, make([]Token, 0, len(s.tokens)+8))
	l.markFillers(t.Tokens)
	t.measure()
	l.search(t, s)
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
	at := l.means[node]
	if at == 0 {
		return
	}
	head := head(l.code[at])
	for _, mask := range l.code[at+1:][:head.masks()] {
		s.mask(int(mask), from, end, len(t.Tokens))
	}
	s.hits = append(s.hits, hit{meaning: at, start: int32(from), end: int32(end), worn: len(t.Tokens) >= longText && s.worn(head.id())})
}

// use takes in that a phrase was found, for all that it means.
func (l *Lexicon) use(t *Text, s *scratch, h *hit) {
	head, rest := head(l.code[h.meaning]), l.code[h.meaning+1:]
	rest = rest[head.masks():]
	wholes, rest := rest[:head.wholes()], rest[head.wholes():]
	opens, follows := rest[:head.opens()], rest[head.opens():][:head.follows()]
	in := meeting{start: h.start, end: h.end, masked: s.covered[h.start] >= h.end}
	if !h.worn {
		for _, w := range wholes {
			if w := whole(w); !in.masked || !l.conceals(s, &in, w.hides()) {
				s.begin(t, &in, w)
			}
		}
		l.open(s, &in, opens)
	}
	if s.chains.idle() {
		return
	}
	s.steps += len(follows)
	for _, c := range follows {
		c := cell(c)
		if states := s.chains.open[c.row()] & c.states(); states != 0 {
			l.follow(t, s, &in, c.row(), states)
		}
	}
}

// meeting is a hit on the way through what it means.
type meeting struct {
	start, end    int32
	place         int32  // of the hit in what was found, once it began something
	masked        bool   // it lies inside a mask of some sense
	asked, hidden uint64 // by place in hiders: whether it is known that it lies inside one of these masks, and whether it does
}

// span returns the hit as what begins a pattern.
func (in *meeting) span() span {
	return span{start: in.start, end: in.end, open: in.start, close: in.start}
}

// conceals says whether a hit lies inside one of some masks, by their place in hiders.
func (l *Lexicon) conceals(s *scratch, in *meeting, hides uint8) bool {
	bit := uint64(1) << hides
	if in.asked&bit == 0 {
		in.asked |= bit
		if s.hidden(l.hiders[hides], int(in.start), int(in.end)) {
			in.hidden |= bit
		}
	}
	return in.hidden&bit != 0
}

// begin takes in that a phrase was found that is all of a pattern, or what a text must begin with.
func (s *scratch) begin(t *Text, in *meeting, w whole) {
	switch {
	case w&wholeStart != 0 && t.weight[in.start] > 0:
	case w&wholeLast != 0:
		s.finish(t, in.span(), w.topic(), w.sense(), w&wholeEnd != 0)
	default:
		s.chains.add(newCell(w.next()), s.placeOf(in))
	}
}

// open takes in that a phrase was found that patterns begin with.
func (l *Lexicon) open(s *scratch, in *meeting, opens []uint64) {
	for _, c := range opens {
		c := cell(c)
		if c &^= cell(s.chains.shut[c.row()]); c.states() == 0 {
			continue
		}
		if in.masked {
			if c = l.shown(s, in, c); c.states() == 0 {
				continue
			}
		}
		s.chains.add(c, s.placeOf(in))
	}
}

// shown returns those of some states whose senses no mask conceals.
func (l *Lexicon) shown(s *scratch, in *meeting, c cell) cell {
	for states := c.states(); states != 0; states &= states - 1 {
		state := bits.TrailingZeros64(states)
		if l.conceals(s, in, l.uses[c.row()*rowStates+state].hides) {
			c &^= 1 << state
		}
	}
	return c
}

// placeOf returns the place of a hit in what was found.
func (s *scratch) placeOf(in *meeting) int32 {
	if in.place == 0 {
		in.place = s.take(in.span())
	}
	return in.place
}

// follow takes in that a phrase was found that may go on with states of a row, which are open.
func (l *Lexicon) follow(t *Text, s *scratch, in *meeting, row int, states uint64) {
	at, end := in.start, in.end
	for ; states != 0; states &= states - 1 {
		state := bits.TrailingZeros64(states)
		u := &l.uses[row*rowStates+state]
		if in.masked && l.conceals(s, in, u.hides) {
			continue
		}
		found, ok := s.before(row, 1<<state, t.reacher(u.gap, at))
		if !ok {
			continue
		}
		if u.gap != adjacent && at-found.end >= found.close-found.open {
			found.open, found.close = found.end, at
		}
		found.end = end
		if u.last {
			s.finish(t, found, u.topic, u.sense, u.end)
		} else {
			s.chains.add(newCell(int(u.next)), s.take(found))
		}
	}
}

// finish takes in that a pattern was found, which may be tied to the end of the text.
func (s *scratch) finish(t *Text, found span, topic uint8, sense ID, end bool) {
	if s.full[topic] || end && t.weight[len(t.Tokens)] > t.weight[found.end] {
		return
	}
	s.find(topic, Finding{sense, int(found.start), int(found.end), int(found.open), int(found.close)})
}

// mostBefore is how many of those that opened a state are looked at, the last ones.
const mostBefore = 3

// before returns the latest of what opened a state from which a gap reaches; of several that end there the one that starts first.
func (s *scratch) before(row int, state uint64, reaches reacher) (best span, ok bool) {
	left := mostBefore
	oldest := s.chains.oldest(row)
	for i := s.chains.last[row]; i >= oldest && left > 0; {
		s.steps++
		link := &s.chains.links[i]
		i = link.before
		if link.states&state == 0 {
			continue
		}
		left--
		found := &s.found[link.found]
		switch {
		case !reaches.from(found.end):
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
