package understand

import "respite/dialog/understand/trie"

// dictionary finds the longest word or phrase that starts at a place in a text, in time linear in the phrase. A phrase that begins or
// ends with a Latin letter only matches where that letter begins or ends a word: "paid" is not found in "unpaid".
type dictionary struct{ trie trie.Trie }

// longest returns what the longest phrase at text[at] stands for, by the node in which it ends, and how many runes it has; 0 if there is
// none. Only phrases that stand for something count.
func (d *dictionary) longest(values []uint16, text []rune, at int) (value uint16, length int) {
	if at >= len(text) || insideWord(text, at) {
		return 0, 0
	}
	node := int32(0)
	for i := at; i < len(text); i++ {
		if node = d.trie.Step(node, text[i]); node == 0 {
			break
		}
		if v := values[node]; v != 0 && !insideWord(text, i+1) {
			value, length = v, i+1-at
		}
	}
	return value, length
}

// placed returns values by node of a builder as values by node of the trie that it made.
func placed(values []uint16, places []int32) []uint16 {
	out := make([]uint16, len(places))
	for node, v := range values {
		out[places[node]] = v
	}
	return out
}

// insideWord says whether the runes on both sides of text[at] are Latin letters.
func insideWord(text []rune, at int) bool {
	return at > 0 && at < len(text) && isLetter(text[at-1]) && isLetter(text[at])
}

// isHan says whether r is a Chinese character of the common block.
func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' }
