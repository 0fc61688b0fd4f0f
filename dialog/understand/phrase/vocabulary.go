package phrase

import (
	"hash/maphash"
	"slices"
	"sync"
)

// vocabulary numbers the words of the files, whichever of them asks first. It is safe for concurrent use.
type vocabulary struct {
	mu    sync.Mutex
	words wordList
}

// usualWords is about how many words the files know: a guess that spares growing.
const usualWords = 1 << 13

// learn returns the symbol of a word, given when it is first seen.
func (v *vocabulary) learn(word []byte) symbol {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.words.table == nil {
		v.words = newWordList(usualWords)
	}
	n, _ := v.words.learn(word)
	return firstWord - n
}

// freeze returns the words in no more memory than they need.
func (v *vocabulary) freeze() wordList {
	w := &v.words
	if w.table == nil {
		*w = newWordList(0)
	}
	return wordList{seed: w.seed, text: slices.Clone(w.text), ends: slices.Clone(w.ends), table: w.table}
}

// wordList numbers words. All words are one text, and the table has no pointers: half of what a map would take.
type wordList struct {
	seed  maphash.Seed
	text  []byte
	ends  []int32 // in text: where the words end; a nought before them
	table []int32 // the words, from 1, by their hashes, open addressing; 0: free
}

// newWordList returns a list with room for so many words.
func newWordList(room int) wordList {
	size := 256
	for size < 2*room {
		size *= 2
	}
	return wordList{seed: maphash.MakeSeed(), text: make([]byte, 0, 8*room), ends: make([]int32, 1, room+1), table: make([]int32, size)}
}

// symbol returns the symbol of a word; unknown if there is none.
func (w *wordList) symbol(word []byte) symbol {
	if at := *w.place(word); at > 0 {
		return firstWord - (at - 1)
	}
	return unknown
}

// learn returns the number of a word, from 0, and whether the word is new.
func (w *wordList) learn(word []byte) (n int32, isNew bool) {
	at := w.place(word)
	if *at > 0 {
		return *at - 1, false
	}
	w.text = append(w.text, word...)
	w.ends = append(w.ends, int32(len(w.text)))
	n = int32(len(w.ends) - 1)
	*at = n
	if 2*len(w.ends) > len(w.table) {
		w.grow()
	}
	return n - 1, true
}

// grow makes the table twice as large.
func (w *wordList) grow() {
	w.table = make([]int32, 2*len(w.table))
	for n := 1; n < len(w.ends); n++ {
		*w.place(w.text[w.ends[n-1]:w.ends[n]]) = int32(n)
	}
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
