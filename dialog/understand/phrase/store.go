package phrase

// words are the symbols of a phrase, by their place in a store.
type words struct{ from, to int32 }

func (w words) empty() bool { return w.from == w.to }

// store keeps the phrases of a file, side by side in one piece of memory.
type store struct{ symbols []symbol }

// of returns the symbols of a phrase. They hold until the next is kept.
func (s *store) of(w words) []symbol { return s.symbols[w.from:w.to] }

// since returns the phrase that was appended from a place on.
func (s *store) since(from int) words { return words{int32(from), int32(len(s.symbols))} }

// join keeps two phrases as one.
func (s *store) join(head, tail words) words {
	if head.empty() {
		return tail
	}
	if tail.empty() {
		return head
	}
	from := len(s.symbols)
	s.symbols = append(append(s.symbols, s.of(head)...), s.of(tail)...)
	return s.since(from)
}
