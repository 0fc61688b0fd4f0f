package trie

import (
	"math/bits"
	"slices"
)

// roots tells the children of node 0 by their labels: a bit for each label, and before each word of them how many bits came before. The
// children are numbered from 1 in the order of their labels. It fits into a processor's nearest memory, where a list by label would not.
type roots struct {
	low    rune // the label of the first bit, a multiple of 64
	labels []uint64
	before []uint16
	all    bool // there are no others
}

// lastCommon is the label from which on the children of node 0 are searched: few sequences begin beyond the Chinese characters.
const lastCommon = 0xA000

// newRoots takes the labels of the children of node 0, in order.
func newRoots(labels []rune) roots {
	past, _ := slices.BinarySearch(labels, lastCommon)
	all := past == len(labels)
	labels = labels[:past]
	if len(labels) == 0 || len(labels) > 1<<16-1 {
		return roots{}
	}
	low := labels[0] &^ 63 // so that no word goes beyond lastCommon, which is a multiple too
	words := int(labels[len(labels)-1]-low)/64 + 1
	r := roots{low: low, labels: make([]uint64, words), before: make([]uint16, words), all: all}
	for _, label := range labels {
		i := label - r.low
		r.labels[i>>6] |= 1 << (i & 63)
	}
	for i := 1; i < words; i++ {
		r.before[i] = r.before[i-1] + uint16(bits.OnesCount64(r.labels[i-1]))
	}
	return r
}

// know says whether a label lies where r can tell.
func (r *roots) know(label rune) bool { return uint(int(label)-int(r.low))>>6 < uint(len(r.labels)) }

// have says whether there is a child with a label that r knows.
func (r *roots) have(label rune) bool {
	i := uint(int(label) - int(r.low))
	return r.labels[i>>6]>>(i&63)&1 != 0
}

// child returns the child with a label that r knows; 0 if there is none.
func (r *roots) child(label rune) int32 {
	i := uint(int(label) - int(r.low))
	word, bit := r.labels[i>>6], uint64(1)<<(i&63)
	if word&bit == 0 {
		return 0
	}
	return 1 + int32(r.before[i>>6]) + int32(bits.OnesCount64(word&(bit-1)))
}
