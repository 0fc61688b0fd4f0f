// Package wordlist numbers words, in half of the memory that a map would take.
package wordlist

import "hash/maphash"

// List gives words numbers from 0, in the order in which they came. All of them are one text, and the table has no pointers. It may be
// read by several goroutines at once while nobody adds to it.
type List struct {
	seed  maphash.Seed
	text  []byte
	ends  []int32 // in text: where the words end; a nought before them
	table []int32 // the words, from 1, by their hashes, open addressing; 0: free
}

// smallest is the size of the table of a list with few words. It is a power of two, as every size.
const smallest = 256

// New returns an empty list with room for so many words, and so many bytes of them, so that adding them costs less.
func New(words, bytes int) *List {
	l := &List{seed: maphash.MakeSeed(), text: make([]byte, 0, bytes), ends: make([]int32, 1, words+1)}
	size := smallest
	for size < 2*words {
		size *= 2
	}
	l.table = make([]int32, size)
	return l
}

// Len returns how many words there are.
func (l *List) Len() int { return len(l.ends) - 1 }

// Add returns the number of a word, which is taken in if it is new.
func (l *List) Add(word []byte) int {
	place := l.place(word)
	if *place == 0 {
		if 2*l.Len() >= len(l.table) {
			l.grow()
			place = l.place(word)
		}
		l.text = append(l.text, word...)
		l.ends = append(l.ends, int32(len(l.text)))
		*place = int32(l.Len())
	}
	return int(*place) - 1
}

// Find returns the number of a word; -1 if there is none.
func (l *List) Find(word []byte) int { return int(*l.place(word)) - 1 }

// place returns where in the table a word is, or would be.
func (l *List) place(word []byte) *int32 {
	mask := uint64(len(l.table) - 1)
	for i := maphash.Bytes(l.seed, word) & mask; ; i = (i + 1) & mask {
		at := l.table[i]
		if at == 0 || string(l.word(at)) == string(word) {
			return &l.table[i]
		}
	}
}

// word returns the word at a place of the table.
func (l *List) word(at int32) []byte { return l.text[l.ends[at-1]:l.ends[at]] }

// grow doubles the table.
func (l *List) grow() {
	l.table = make([]int32, 2*len(l.table))
	for at := range l.ends[1:] {
		*l.place(l.word(int32(at + 1))) = int32(at + 1)
	}
}
