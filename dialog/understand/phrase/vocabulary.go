package phrase

import (
	"hash/maphash"
	"sync"
)

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

// freeze lays the words out for looking them up.
func (v *vocabulary) freeze() wordList {
	size := 256
	for size < 2*len(v.symbols) {
		size *= 2
	}
	w := wordList{seed: maphash.MakeSeed(), table: make([]int32, size), ends: make([]int32, len(v.symbols)+1)}
	inOrder := make([]string, len(v.symbols))
	for word, s := range v.symbols {
		inOrder[firstWord-s] = word
	}
	for i, word := range inOrder {
		w.text = append(w.text, word...)
		w.ends[i+1] = int32(len(w.text))
		*w.place([]byte(word)) = int32(i + 1)
	}
	return w
}

// wordList gives the symbols of words. All words are one text, and the table has no pointers: half of what a map would take.
type wordList struct {
	seed  maphash.Seed
	text  []byte
	ends  []int32 // in text: where the words end; a nought before them
	table []int32 // the words, from 1, by their hashes, open addressing; 0: free
}

// symbol returns the symbol of a word; unknown if there is none.
func (w *wordList) symbol(word []byte) symbol {
	if at := *w.place(word); at > 0 {
		return firstWord - (at - 1)
	}
	return unknown
}

// place returns where in the table a word is, or would be.
func (w *wordList) place(word []byte) *int32 {
	mask := uint64(len(w.table) - 1)
	for i := maphash.Bytes(w.seed, word) & mask; ; i = (i + 1) & mask {
		at := w.table[i]
		if at == 0 || string(w.text[w.ends[at-1]:w.ends[at]]) == string(word) {
			return &w.table[i]
		}
	}
}
