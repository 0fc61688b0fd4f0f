package phrase

import (
	"sync"

	"respite/dialog/understand/wordlist"
)

// vocabulary numbers the words of the files, whichever of them asks first. It is safe for concurrent use.
type vocabulary struct {
	mu   sync.Mutex
	list *wordlist.List
}

// learn returns the symbol of a word, given when it is first seen.
func (v *vocabulary) learn(word []byte) symbol {
	v.mu.Lock()
	defer v.mu.Unlock()
	return symbolOf(v.list.Add(word))
}

// symbolOf is the symbol of a word by its number in the list.
func symbolOf(number int) symbol { return firstWord - symbol(number) }

// symbol returns the symbol of a word; unknown if it is none of the vocabulary's.
func (l *Lexicon) symbol(word []byte) symbol {
	if number := l.vocab.Find(word); number >= 0 {
		return symbolOf(number)
	}
	return unknown
}
