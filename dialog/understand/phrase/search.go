package phrase

import "respite/dialog/understand/aside"

// piece is the tokens of a text from one up to another, and before them where to begin reading so that what goes on in them is known. Each
// piece is searched by itself: a text is read alike whoever searches which of them, and when.
type piece struct {
	begin, from, past int
	of                int // how many pieces the text has
}

// pieces cuts a text: a long one in two, at a break somewhat behind its middle, since whoever helps with the second begins later. Of any other
// the second piece is nothing. Only far gaps reach over a break that is no blank, and nothing reaches over a stop.
func (l *Lexicon) pieces(t *Text) (first, second piece) {
	n := len(t.Tokens)
	if n >= longText {
		at := 5 * n / 8
		stop, comma := int(t.last[Stop][at]), int(t.last[Comma][at])
		switch {
		case stop > n/2:
			return piece{past: stop, of: 2}, piece{begin: stop, from: stop, past: n, of: 2}
		case comma > n/2:
			return piece{past: comma, of: 2}, piece{begin: max(stop, comma-l.lookback), from: comma, past: n, of: 2}
		}
	}
	return piece{past: n, of: 1}, piece{}
}

// search finds the patterns that end in a text, by topic. The pieces of a long one are searched beside each other.
func (l *Lexicon) search(t *Text, s *scratch) {
	first, second := l.pieces(t)
	if first.of == 1 {
		l.searchPiece(t, s, first)
		return
	}
	behind := aside.Go(func() *scratch {
		other := l.scratch()
		l.searchPiece(t, other, second)
		return other
	})
	l.searchPiece(t, s, first)
	other := behind.Wait()
	for topic, found := range other.findings {
		s.findings[topic] = append(s.findings[topic], found...)
	}
	s.steps += other.steps
	l.spare.pool.Put(other)
}

// searchPiece finds the patterns that end in a piece of a text, by topic.
func (l *Lexicon) searchPiece(t *Text, s *scratch, p piece) {
	if len(t.Tokens) >= longText {
		s.forget(l.meanings, mostHeard/p.of)
	}
	s.cover(len(t.Tokens))
	for at := p.begin; at < p.past; at++ {
		if at == p.from {
			s.drop()
		}
		s.chains.reach(at, t.Tokens[at].Before)
		s.hits = s.hits[:0]
		l.walk(t, s, at, at, 0, 0) // masks that hide what starts here have been found then
		for i := range s.hits {
			l.use(t, s, &s.hits[i])
		}
		l.suffice(s, p.of)
	}
}

// suffice goes on without the topics of which enough was found, for one of so many pieces.
func (l *Lexicon) suffice(s *scratch, pieces int) {
	for i := range l.limits {
		if limit := &l.limits[i]; !s.full[limit.topic] && len(s.findings[limit.topic]) >= limit.enough/pieces {
			s.full[limit.topic] = true
			s.chains.close(limit.states)
		}
	}
}
