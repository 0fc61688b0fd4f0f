package phrase

// words are the symbols of a phrase, by their place in a store.
type words struct {
	from, to int32
	varied   bool // a variant may be in them
}

func (w words) empty() bool { return w.from == w.to }

// store keeps the phrases of a file, side by side in one piece of memory, and lists of them while a pattern is compiled.
type store struct {
	symbols []symbol
	lists   []words
}

// of returns the symbols of a phrase. They hold until the next is kept.
func (s *store) of(w words) []symbol { return s.symbols[w.from:w.to] }

// since returns the phrase that was appended from a place on.
func (s *store) since(from int, varied bool) words {
	return words{int32(from), int32(len(s.symbols)), varied}
}

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
	return s.since(from, head.varied || tail.varied)
}

// list keeps a list of phrases, until the lists are cleared.
func (s *store) list(phrases ...words) []words {
	if len(s.lists)+len(phrases) > cap(s.lists) {
		s.lists = make([]words, 0, max(listRoom, len(phrases)))
	}
	from := len(s.lists)
	s.lists = append(s.lists, phrases...)
	return s.lists[from:len(s.lists):len(s.lists)]
}

// clearLists makes room for other lists.
func (s *store) clearLists() { s.lists = s.lists[:0] }

// listRoom is for how many phrases room is made at once.
const listRoom = 1024
