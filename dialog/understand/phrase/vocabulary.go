package phrase

import "sync"

// vocabulary numbers the words of the files, whichever of them asks first. It is safe for concurrent use.
type vocabulary struct {
	mu      sync.Mutex
	symbols map[string]symbol
}

// learn returns the symbol of a word, given when it is first seen.
func (v *vocabulary) learn(word []byte) symbol {
	v.mu.Lock()
	defer v.mu.Unlock()
	if s, ok := v.symbols[string(word)]; ok {
		return s
	}
	if v.symbols == nil {
		v.symbols = make(map[string]symbol, 8192)
	}
	s := firstWord - symbol(len(v.symbols))
	v.symbols[string(word)] = s
	return s
}
