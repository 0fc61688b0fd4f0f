package understand

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// glossary holds words by their first character, the longest first, with what each stands for. No word stands twice.
type glossary map[rune][]worded

type worded struct{ word, sense string }

// glossary turns words by sense round; an error names a word that has two.
func (n *normaliser) glossary(in map[string][]string) (glossary, error) {
	out, seen := glossary{}, map[string]string{}
	for sense, words := range in {
		for _, w := range words {
			word := n.apply(w)
			if other, ok := seen[word]; word == "" || ok {
				return nil, fmt.Errorf("%q, %q in normal form, is both %q and %q, or nothing", w, word, other, sense)
			}
			seen[word] = sense
			first, _ := utf8.DecodeRuneInString(word)
			out[first] = append(out[first], worded{word, sense})
		}
	}
	for _, words := range out {
		slices.SortFunc(words, func(a, b worded) int {
			return cmp.Or(len(b.word)-len(a.word), strings.Compare(a.word, b.word))
		})
	}
	return out, nil
}

// longestOption is how many bytes of an answer are looked through.
const longestOption = 300

// in finds the words of a text in normal form from left to right, at each place the longest. A word of letters or digits counts only
// as a whole. rest is what lies between the words.
func (s glossary) in(text string) (found []string, rest string) {
	text = strings.ToValidUTF8(text[:min(len(text), longestOption)], "")
	var between strings.Builder
	for i := 0; i < len(text); {
		w := s.at(text, i)
		if w.word == "" {
			_, size := utf8.DecodeRuneInString(text[i:])
			between.WriteString(text[i : i+size])
			i += size
			continue
		}
		found = append(found, w.sense)
		i += len(w.word)
	}
	return found, between.String()
}

// at returns the longest word that begins at text[i].
func (s glossary) at(text string, i int) worded {
	first, _ := utf8.DecodeRuneInString(text[i:])
	if joined(text, i) {
		return worded{}
	}
	for _, w := range s[first] {
		if strings.HasPrefix(text[i:], w.word) && !joined(text, i+len(w.word)) {
			return w
		}
	}
	return worded{}
}

// joined says whether text[i] goes on with the word, or the number, before it.
func joined(text string, i int) bool {
	if i == 0 || i >= len(text) {
		return false
	}
	if latin(text[i-1]) && latin(text[i]) {
		return true
	}
	point := func(at int) bool { return text[at] == '.' || text[at] == ',' }
	figure := func(at int) bool { return at >= 0 && at < len(text) && text[at] >= '0' && text[at] <= '9' }
	return figure(i-1) && (figure(i) || point(i) && figure(i+1)) || figure(i-2) && point(i-1) && figure(i)
}

func latin(b byte) bool { return b >= 'a' && b <= 'z' }

// one returns the sense of the words of a text if all have the same, and "" otherwise.
func (s glossary) one(text string) string {
	found, _ := s.in(text)
	if slices.Sort(found); len(found) == 0 || found[0] != found[len(found)-1] {
		return ""
	}
	return found[0]
}
