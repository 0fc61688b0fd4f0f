package understand

import (
	"bytes"
	"iter"
	"math/bits"
	"unicode/utf8"

	"respite/dialog/understand/phrase"
	"respite/dialog/understand/wordlist"
)

// feature is what leanings know a text by: a word, or two of them, by their numbers among the stems, and how they stand. 0 is none.
type feature uint64

// How the words of a feature stand. A lexicon writes the blanks that are named here.
const (
	alone     feature = iota << (2 * stemBits) // 活
	following                                  // 活 着: one follows the other
	atFirst                                    //  我: the text begins with it, after a blank
	atLast                                     // 了 : the text ends with it, before a blank
)

// stemBits are what the number of a stem takes of a feature.
const stemBits = 24

func newFeature(stands feature, one, other int32) feature {
	return stands | feature(one)<<stemBits | feature(other)
}

// features numbers features, from 0.
type features struct {
	list  []feature
	table []uint32 // their numbers, from 1, with some bits of their hashes above, by other bits of these, open addressing; 0: free
}

// numberMask covers what the number of a feature takes of a place in the table.
const numberMask = 1<<20 - 1

// newFeatures makes room for so many.
func newFeatures(most int) features {
	return features{list: make([]feature, 0, most), table: make([]uint32, 1<<bits.Len(uint(most+most/3)))}
}

// add takes a feature in, for which there is room; false if it is there already.
func (t *features) add(f feature) bool {
	at, sum := t.place(f)
	if *at > 0 {
		return false
	}
	t.list = append(t.list, f)
	*at = sum | uint32(len(t.list))
	return true
}

// find returns the number of a feature; -1 if there is none.
func (t *features) find(f feature) int {
	at, _ := t.place(f)
	return int(*at&numberMask) - 1
}

// place returns where in the table a feature is, or would be, and what of its hash stands there with its number.
func (t *features) place(f feature) (at *uint32, sum uint32) {
	hash, mask := uint64(f)*0x9E3779B97F4A7C15, uint64(len(t.table)-1)
	sum = uint32(hash>>32) &^ numberMask
	for i := hash >> 24 & mask; ; i = (i + 1) & mask {
		at = &t.table[i]
		if *at == 0 || *at&^numberMask == sum && t.list[*at&numberMask-1] == f {
			return at, sum
		}
	}
}

// stems numbers words, from 1, without the endings of English ones. One of the family is "<kin>", and a number "#".
type stems struct {
	list *wordlist.List
	han  []uint16 // by the common characters: the number of the word that each is
	kin  int32
}

// newStems makes room for about so many.
func newStems(usual int) *stems {
	s := &stems{list: wordlist.New(usual, 4*usual), han: make([]uint16, lastCommon-firstCommon)}
	s.kin = s.number([]byte("<kin>"))
	return s
}

// number returns the number of a stem, which is taken in if it is new.
func (s *stems) number(stem []byte) int32 {
	n := int32(s.list.Add(stem)) + 1
	if r, size := utf8.DecodeRune(stem); size == len(stem) && common(r) {
		s.han[r-firstCommon] = uint16(n)
	}
	return n
}

// of returns the number of the stem of a word of a text; 0 if there is none.
func (s *stems) of(word []rune) int32 {
	if r := word[0]; len(word) == 1 && common(r) {
		return int32(s.han[r-firstCommon])
	}
	var room [64]byte
	return int32(s.list.Find(appendStem(room[:0], word))) + 1
}

// feature returns what is written for a feature, taking in its stems.
func (s *stems) feature(written []byte) feature {
	blank := bytes.IndexByte(written, ' ')
	sense := bytes.HasPrefix(written, []byte("<")) && bytes.IndexByte(written, '>') == len(written)-1 // whose name may have a blank
	switch {
	case blank < 0, sense:
		return newFeature(alone, s.number(written), 0)
	case blank == 0:
		return newFeature(atFirst, s.number(written[1:]), 0)
	case blank == len(written)-1:
		return newFeature(atLast, s.number(written[:blank]), 0)
	}
	return newFeature(following, s.number(written[:blank]), s.number(written[blank+1:]))
}

// extent is where something stands: the tokens from one up to another.
type extent struct{ from, end int }

// features yields those of the words among the first so many tokens of a statement, as far as the stems are known: each word, and each two
// with no comma between that follow each other; and if asked for the first and the last word of the statement.
func (s *statement) features(known *stems, tokens int, ends bool) iter.Seq2[feature, extent] {
	return func(yield func(feature, extent) bool) {
		var last stemAt // the word before this one
		for word := range s.stemsAt(known, tokens) {
			if word.stem > 0 {
				if !yield(newFeature(alone, word.stem, 0), word.extent) {
					return
				}
				joined := last.stem > 0 && s.Tokens[word.from].Before < phrase.Comma
				if joined && !yield(newFeature(following, last.stem, word.stem), extent{last.from, word.end}) {
					return
				}
				if ends && last.end == 0 && !yield(newFeature(atFirst, word.stem, 0), word.extent) {
					return
				}
			}
			last = word
		}
		if ends && last.stem > 0 && tokens == len(s.Tokens) {
			yield(newFeature(atLast, last.stem, 0), last.extent)
		}
	}
}

// stemAt is a word of a statement by the number of its stem, 0 if that is not known, and where it stands.
type stemAt struct {
	stem int32
	extent
}

// stemsAt yields the words among the first so many tokens.
func (s *statement) stemsAt(known *stems, tokens int) iter.Seq[stemAt] {
	return func(yield func(stemAt) bool) {
		kin, last := s.words[isKin], int32(-1)
		for i := 0; i < tokens; i++ {
			token := &s.Tokens[i]
			if token.At == last { // one of several that a short form stands for
				continue
			}
			word := stemAt{extent: extent{i, i + 1}}
			for len(kin) > 0 && kin[0].Start < i {
				kin = kin[1:]
			}
			if len(kin) > 0 && kin[0].Start == i {
				word.stem, word.end = known.kin, kin[0].End
				i = word.end - 1
			} else {
				word.stem = known.of(s.runes[token.At:token.End])
			}
			last = s.Tokens[i].At
			if !yield(word) {
				return
			}
		}
	}
}

// leaningSenses yields what the lexicon found of danger and of hardship from one of the first so many tokens on.
func (s *statement) leaningSenses(tokens int) iter.Seq[phrase.Finding] {
	return func(yield func(phrase.Finding) bool) {
		for _, topic := range []string{"crisis", "hardship"} {
			for _, f := range within(s.Found(topic), 0, tokens) {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// endings are what English words are without, if enough is left.
var endings = []string{"ing", "ed", "es", "s", "ly"}

// shortestStem is how many letters are left of a word at least.
const shortestStem = 3

// appendStem appends a word without its ending, or "#" for a number.
func appendStem(to []byte, word []rune) []byte {
	if isDigitRune(word[0]) {
		return append(to, '#')
	}
	from := len(to)
	for _, r := range word {
		to = utf8.AppendRune(to, r)
	}
	if !isLetter(word[0]) || len(to)-from <= shortestStem+1 {
		return to
	}
	for _, ending := range endings {
		if stem := len(to) - len(ending); stem-from >= shortestStem && string(to[stem:]) == ending {
			to = to[:stem]
			break
		}
	}
	return bytes.TrimSuffix(to, []byte("e"))
}
