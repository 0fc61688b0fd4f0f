package understand

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"respite/dialog/understand/phrase"
	"respite/dialog/understand/wordlist"
)

// These files hold how far words lean to what a text may speak of: a line for each word, or two that follow each other, or sense of the
// lexicon, or, for danger, word that comes first or last (beside a blank), and how many tenths it adds to the log-odds of some kinds, each
// named by its letter in the order of the kinds: "a12c-4" adds 12 to the first and takes 4 from the third. The first line, without a word, is
// what a text has to begin with. They are learned from the corpora by the test that keeps them (-update), not written by hand.
var (
	//go:embed lexicon/leanings.txt
	leaningFile []byte
	//go:embed lexicon/leanings.intent.txt
	wishLeaningFile []byte
)

// What words lean to: leanKinds are danger, and the hardships of HardshipIDs; wishKinds the intents of IntentIDs, but for none.
var (
	leanKinds = slices.Concat([]string{"crisis", "threat"}, HardshipIDs)
	wishKinds = IntentIDs[:len(IntentIDs)-1]
)

const (
	toCrisis = iota
	toThreat
	toHardship // the first of them

	kindsOfLean = toHardship + 10
)

// lean is how far a text leans to each of leanKinds, or of wishKinds, in tenths of log-odds: 0 is even, 30 is twenty to one.
type lean [kindsOfLean]int

// hardship is how far it leans to the hardship that HardshipIDs has at i.
func (l *lean) hardship(i int) int { return l[toHardship+i] }

// leanings are a second opinion on what is read by phrases. They know nothing of grammar and cannot say why; but they go by all words of
// a text, so that they are wrong in other places than the phrases of the lexicon. To danger a sense that the lexicon found leans, too, more
// or less as it was right in the corpora; to hardships it does not, or it would be asked to judge itself.
type leanings struct {
	base  lean
	words *wordlist.List
	rows  [][kindsOfLean]int8 // by the number of the word

	senses []int // by phrase.ID: the number of a sense among the words, -1: it leans to nothing; nil: none does
}

// loadLeanings reads a file of leanings to so many kinds. The error names the line.
func loadLeanings(name string, text []byte, kinds int) (*leanings, error) {
	lines := bytes.Count(text, []byte{'\n'})
	l := &leanings{words: wordlist.New(lines, len(text)/4), rows: make([][kindsOfLean]int8, 0, lines)}
	rest := text
	for n := 1; len(rest) > 0; n++ {
		line, err := leaningLine(rest, kinds)
		if err != nil {
			return nil, fmt.Errorf("lexicon/%s:%d: %w", name, n, err)
		}
		if n == 1 {
			l.base = line.lean
		} else if !l.add(line) {
			return nil, fmt.Errorf("lexicon/%s:%d: %q stands there twice", name, n, line.word)
		}
		rest = rest[line.length:]
	}
	return l, nil
}

// add takes a word in; false if it is there already.
func (l *leanings) add(line learned) bool {
	if l.words.Add(line.word) < len(l.rows) {
		return false
	}
	var row [kindsOfLean]int8
	for k, n := range line.lean {
		row[k] = int8(n)
	}
	l.rows = append(l.rows, row)
	return true
}

// know takes the senses that phrases are found under.
func (l *leanings) know(senses []phrase.Sense) {
	l.senses = make([]int, len(senses))
	for id, s := range senses {
		l.senses[id] = l.words.Find([]byte(senseWord(s)))
	}
}

// senseWord is how a sense is named among words.
func senseWord(s phrase.Sense) string { return "<" + s.Topic + " " + s.Name + ">" }

// learned is a line of the leanings.
type learned struct {
	word   []byte
	lean   lean
	length int // of the line in bytes
}

var errLeaning = errors.New("is not a word, a tab, and letters of kinds with a small number each")

// leaningLine reads the first line of a text, which leans to so many kinds.
func leaningLine(text []byte, kinds int) (line learned, err error) {
	end := bytes.IndexByte(text, '\n')
	word, numbers, ok := bytes.Cut(text[:max(end, 0)], []byte{'\t'})
	if !ok {
		return line, errLeaning
	}
	line.word, line.length = word, end+1
	for before := -1; len(numbers) > 0; {
		kind, sign, n, at := int(numbers[0])-'a', 1, 0, 1
		if at < len(numbers) && numbers[at] == '-' {
			sign = -1
			at++
		}
		for ; at < len(numbers) && '0' <= numbers[at] && numbers[at] <= '9' && n <= math.MaxInt8; at++ {
			n = n*10 + int(numbers[at]-'0')
		}
		if kind <= before || kind >= kinds || n == 0 || n > math.MaxInt8 {
			return line, errLeaning
		}
		line.lean[kind], before, numbers = sign*n, kind, numbers[at:]
	}
	return line, nil
}

// mostWeighed is how many tokens of a text are looked at for what it leans to, and stretch how many of them are taken together for danger:
// a long story around it must not hide it.
const (
	mostWeighed = 512
	stretch     = 40
)

// leaning returns what the words of a statement lean to.
func (p *phrases) leaning(s *statement) lean {
	if s.lean == nil {
		sum := p.lean.of(s)
		s.lean = &sum
	}
	return *s.lean
}

// of adds up what the words of a statement lean to.
func (l *leanings) of(s *statement) lean {
	n := min(len(s.Tokens), mostWeighed)
	if n <= stretch {
		return l.sum(s, 0, n, true)
	}
	sum := l.sum(s, 0, n, false)
	sum[toCrisis], sum[toThreat] = l.base[toCrisis], l.base[toThreat]
	for from := 0; from < n; from += stretch / 2 {
		part := l.sum(s, from, min(from+stretch, n), true)
		sum[toCrisis], sum[toThreat] = max(sum[toCrisis], part[toCrisis]), max(sum[toThreat], part[toThreat])
	}
	return sum
}

// sum adds up what the words of some of the tokens lean to; for danger with what tells of that alone, too. In a stretch each counts once: to
// say it again and again makes it no graver.
func (l *leanings) sum(s *statement, from, to int, danger bool) lean {
	const parts = 512
	var once [4 * stretch]int32
	var some [parts / 64]uint64 // the parts of all words in which one was seen
	sum, seen := l.base, once[:0]
	add := func(at int) {
		if to-from <= stretch {
			part, bit := &some[at%parts/64], uint64(1)<<(at%64)
			if *part&bit != 0 && slices.Contains(seen, int32(at)) {
				return
			}
			*part |= bit
			seen = append(seen, int32(at))
		}
		row := &l.rows[at]
		for k := range row {
			sum[k] += int(row[k])
		}
	}
	s.features(from, to, danger, func(feature []byte) {
		if at := l.words.Find(feature); at >= 0 {
			add(at)
		}
	})
	if danger {
		s.leaningSenses(from, to, func(sense phrase.ID) {
			if at := l.senses[sense]; at >= 0 {
				add(at)
			}
		})
	}
	return sum
}

// likeliest returns the place in HardshipIDs of the hardship that the words lean to most.
func (l *lean) likeliest() int { return most(l[toHardship:]) }

// most returns the place of the largest number, the first of equals.
func most(numbers []int) int {
	best := 0
	for i, n := range numbers {
		if n > numbers[best] {
			best = i
		}
	}
	return best
}

// guess is the reading of a statement in which the lexicon finds nothing: the hardship that its words lean to most, if it is likelier than not.
func (l *lean) guess() Hardship {
	best := l.likeliest()
	if l.hardship(best) < 0 {
		return Hardship{Status: Unknown}
	}
	return Hardship{Status: Confirm, Hardships: []string{HardshipIDs[best]}, Why: "unlikely"}
}

// leaningSenses yields the senses of danger and of hardship that the lexicon found among some of the tokens.
func (s *statement) leaningSenses(from, to int, yield func(phrase.ID)) {
	for _, topic := range []string{"crisis", "hardship"} {
		for _, f := range within(s.Found(topic), from, to) {
			yield(f.Sense)
		}
	}
}

// features yields the words among some of the tokens of a statement, and each pair of them with no comma between, as leanings know them: one
// of the family is "<kin>", a number "#", and English words are without their endings. If asked for, the first and the last word of the
// statement are pairs, too, that lack a word. What is yielded holds until the next.
func (s *statement) features(from, to int, ends bool, yield func([]byte)) {
	var pair []byte // the word before, a blank, and this word
	kin, last := since(s.words[isKin], from), int32(-1)
	for i := from; i < to; i++ {
		token := &s.Tokens[i]
		if token.At == last { // one of several that a short form stands for
			continue
		}
		last = token.At
		at := len(pair)
		if at > 0 || ends && from == 0 {
			pair = append(pair, ' ')
			at++
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
		yield(pair[at:])
		if at > 0 && token.Before < phrase.Comma || at == 1 {
			yield(pair)
		}
		pair = pair[:copy(pair, pair[at:])]
	}
	if ends && to == len(s.Tokens) && len(pair) > 0 {
		yield(append(pair, ' '))
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
