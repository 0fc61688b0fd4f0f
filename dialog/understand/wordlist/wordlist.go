// Package wordlist numbers words, in half of the memory that a map would take.
package wordlist

import "hash/maphash"

// List gives words numbers from 0, in the order in which they came; there may be 16 million. All of them are one text, and the table has no
// pointers. It may be read by several goroutines at once while nobody adds to it.
type List struct {
	seed  maphash.Seed
	text  []byte
	ends  []int32  // in text: where the words end; a nought before them
	table []uint32 // the words, from 1, by their hashes, open addressing, each below a byte of its hash: a word of another is not looked at; 0: free
}

// numberBits are what a word's number takes of its entry in the table.
const numberBits = 24

// smallest is the size of the table of a list with few words. It is a power of two, as every size.
const smallest = 256

// New returns an empty list with room for so many words, and so many bytes of them, so that adding them costs less.
func New(words, bytes int) *List {
	l := &List{seed: maphash.MakeSeed(), text: make([]byte, 0, bytes), ends: make([]int32, 1, words+1)}
	size := smallest
	for size < 2*words {
		size *= 2
	}
	l.table = make([]uint32, size)
	return l
}

// Len returns how many words there are.
func (l *List) Len() int { return len(l.ends) - 1 }

// Add returns the number of a word, which is taken in if it is new.
func (l *List) Add(word []byte) int {
	hash := maphash.Bytes(l.seed, word)
	place := l.place(hash, word)
	if *place == 0 {
		if 2*l.Len() >= len(l.table) {
			l.grow()
			place = l.place(hash, word)
		}
		l.text = append(l.text, word...)
		l.ends = append(l.ends, int32(len(l.text)))
		*place = entry(hash, l.Len())
	}
	return number(*place)
}

// Find returns the number of a word; -1 if there is none.
func (l *List) Find(word []byte) int { return number(*l.place(maphash.Bytes(l.seed, word), word)) }

// entry is what the table holds for the word that is the nth, from 1.
func entry(hash uint64, nth int) uint32 {
	return uint32(hash>>32)>>numberBits<<numberBits | uint32(nth)
}

// number is that of the word of an entry.
func number(entry uint32) int { return int(entry&(1<<numberBits-1)) - 1 }

// place returns where in the table a word with a hash is, or would be.
func (l *List) place(hash uint64, word []byte) *uint32 {
	mask, like := uint64(len(l.table)-1), entry(hash, 0)
	for i := hash & mask; ; i = (i + 1) & mask {
		at := l.table[i]
		if at == 0 || at>>numberBits<<numberBits == like && string(l.word(number(at))) == string(word) {
			return &l.table[i]
		}
	}
}

// word returns the word with a number.
func (l *List) word(n int) []byte { return l.text[l.ends[n]:l.ends[n+1]] }

// grow doubles the table.
func (l *List) grow() {
	l.table = make([]uint32, 2*len(l.table))
	for n := range l.Len() {
		word := l.word(n)
		hash := maphash.Bytes(l.seed, word)
		*l.place(hash, word) = entry(hash, n+1)
	}
}
