package understand

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"unicode/utf8"

	"respite/dialog/understand/phrase"
)

// leaningFile holds how far words lean to hardships: a line for each word, or two that follow each other, and how many tenths it adds to
// the log-odds of each hardship, in the order of HardshipIDs. The first line, without a word, is what a text has to begin with. It is
// learned from the corpora by the test that keeps it (-update), not written by hand.
//
//go:embed lexicon/leanings.txt
var leaningFile []byte

// lean is how far a text leans to each hardship of HardshipIDs, in tenths of log-odds: 0 is even, 30 is twenty to one.
type lean [10]int

// leanings are a second opinion on hardships. They know nothing of grammar and cannot say why; but they go by all words of a text, so
// that they are wrong in other places than the phrases of the lexicon.
type leanings struct {
	base  lean
	words map[string]lean
}

func loadLeanings() (*leanings, error) {
	l := &leanings{words: make(map[string]lean, bytes.Count(leaningFile, []byte{'\n'}))}
	text := string(leaningFile)
	for n := 1; len(text) > 0; n++ {
		word, weights, rest, err := leaningLine(text)
		if err != nil {
			return nil, fmt.Errorf("lexicon/leanings.txt:%d: %w", n, err)
		}
		if n == 1 {
			l.base = weights
		} else {
			l.words[word] = weights
		}
		text = rest
	}
	return l, nil
}

var errLeaning = errors.New("is not a word, a tab and a number for each hardship")

// leaningLine reads the first line of a text: what stands before the tab, and the numbers after it.
func leaningLine(text string) (word string, weights lean, rest string, err error) {
	at, column, sign, digits := 0, -1, 1, 0
	for ; at < len(text); at++ {
		switch c := text[at]; {
		case column < 0 && c == '\t':
			word, column = text[:at], 0
		case column < 0:
		case c == '-' && digits == 0:
			sign = -1
		case '0' <= c && c <= '9' && column < len(weights):
			weights[column] = weights[column]*10 + sign*int(c-'0')
			digits++
		case (c == ' ' || c == '\n') && digits > 0:
			column, sign, digits = column+1, 1, 0
			if c == ' ' {
				continue
			}
			if column == len(weights) {
				return word, weights, text[at+1:], nil
			}
			return "", lean{}, "", errLeaning
		default:
			return "", lean{}, "", errLeaning
		}
	}
	return "", lean{}, "", errLeaning
}

// of adds up what the words of a statement lean to.
func (l *leanings) of(s *statement) lean {
	sum := l.base
	s.features(func(feature []byte) {
		if weights, ok := l.words[string(feature)]; ok {
			for i, w := range weights {
				sum[i] += w
			}
		}
	})
	return sum
}

// guess is the reading of a statement in which the lexicon finds nothing: what its words lean to, if it is likelier than not.
func (l *leanings) guess(s *statement) Hardship {
	sum := l.of(s)
	best := 0
	for i := range sum {
		if sum[i] > sum[best] {
			best = i
		}
	}
	if sum[best] < 0 {
		return Hardship{Status: Unknown}
	}
	return Hardship{Status: Confirm, Hardships: []string{HardshipIDs[best]}, Why: "unlikely"}
}

// mostWeighed is how many tokens of a text are looked at for what it leans to.
const mostWeighed = 512

// features yields the words of a statement, and each pair of them with no comma between, as leanings know them: one of the family is
// "<kin>", a number "#", and English words are without their endings. What is yielded holds until the next.
func (s *statement) features(yield func([]byte)) {
	var pair []byte // the word before, a blank, and this word
	kin, last := s.words[isKin], int32(-1)
	for i := 0; i < min(len(s.Tokens), mostWeighed); i++ {
		token := &s.Tokens[i]
		if token.At == last { // one of several that a short form stands for
			continue
		}
		last = token.At
		from := len(pair)
		if from > 0 {
			pair = append(pair, ' ')
			from++
		}
		for len(kin) > 0 && kin[0].Start < i {
			kin = kin[1:]
		}
		if len(kin) > 0 && kin[0].Start == i {
			pair = append(pair, "<kin>"...)
			i = kin[0].End - 1
			last = s.Tokens[i].At
		} else {
			pair = appendStem(pair, s.runes[token.At:token.End])
		}
		yield(pair[from:])
		if from > 0 && token.Before < phrase.Comma {
			yield(pair)
		}
		pair = pair[:copy(pair, pair[from:])]
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
