package understand

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"math"
	"slices"

	"respite/dialog/understand/phrase"
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
	base     lean
	stems    *stems
	features features
	rows     [][kindsOfLean]int8 // by the number of the feature
	senses   []int               // by phrase.ID: the number of a sense among the features, -1: it leans to nothing; nil: none does
}

// loadLeanings reads a file of leanings to so many kinds. The error names the line.
func loadLeanings(name string, text []byte, kinds int) (*leanings, error) {
	lines := bytes.Count(text, []byte{'\n'})
	l := newLeanings(lines)
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

// newLeanings makes room for so many features.
func newLeanings(features int) *leanings {
	return &leanings{stems: newStems(features / 4), features: newFeatures(features), rows: make([][kindsOfLean]int8, 0, features)}
}

// add takes a feature in; false if it is there already.
func (l *leanings) add(line learned) bool {
	if !l.features.add(l.stems.feature(line.word)) {
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
		l.senses[id] = l.features.find(l.stems.feature([]byte(senseWord(s))))
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

// telling is a feature of a text that leans to something, by its number, and the tokens from one up to another that it stands for.
type telling struct{ feature, from, end int32 }

// usualTellings is how many there are in most texts, at the most.
const usualTellings = 3 * stretch

// of adds up what the words of a statement lean to.
func (l *leanings) of(s *statement) lean {
	var room [usualTellings]telling
	n := min(len(s.Tokens), mostWeighed)
	words := l.tellingWords(s, n, room[:0])
	senses := l.tellingSenses(s, n, words[len(words):])
	sum := l.sum(words, senses, 0, n, kindsOfLean)
	if n <= stretch {
		return sum
	}
	sum[toCrisis], sum[toThreat] = l.base[toCrisis], l.base[toThreat]
	for from := 0; from < n; from += stretch / 2 {
		to, past := min(from+stretch, n), 0
		for len(words) > 0 && int(words[0].end) <= from {
			words = words[1:]
		}
		for past < len(words) && int(words[past].end) <= to {
			past++
		}
		part := l.sum(words[:past], senses, from, to, toHardship)
		sum[toCrisis], sum[toThreat] = max(sum[toCrisis], part[toCrisis]), max(sum[toThreat], part[toThreat])
	}
	return sum
}

// tellingWords appends to told what leans to something among the first so many tokens of a statement, in the order in which it ends.
func (l *leanings) tellingWords(s *statement, tokens int, told []telling) []telling {
	for f, of := range s.features(l.stems, tokens, l.senses != nil) {
		if n := l.features.find(f); n >= 0 {
			told = append(told, telling{int32(n), int32(of.from), int32(of.end)})
		}
	}
	return told
}

// tellingSenses appends to told those of the senses that begin there.
func (l *leanings) tellingSenses(s *statement, tokens int, told []telling) []telling {
	if l.senses == nil {
		return told
	}
	for f := range s.leaningSenses(tokens) {
		if n := l.senses[f.Sense]; n >= 0 {
			told = append(told, telling{int32(n), int32(f.Start), int32(f.Start + 1)})
		}
	}
	return told
}

// sum adds up how far what the tokens from one up to another tell leans to the first so many kinds. In a stretch each counts once: to say it
// again and again makes it no graver.
func (l *leanings) sum(words, senses []telling, from, to, kinds int) lean {
	const parts = 512
	var room [usualTellings]int32
	var some [parts / 64]uint64 // in which parts of all features one was seen
	sum, seen := l.base, room[:0]
	for _, told := range [...][]telling{words, senses} {
		for _, t := range told {
			if int(t.from) < from || int(t.end) > to {
				continue
			}
			if to-from <= stretch {
				part, bit := &some[t.feature%parts/64], uint64(1)<<(t.feature%64)
				if *part&bit != 0 && slices.Contains(seen, t.feature) {
					continue
				}
				*part |= bit
				seen = append(seen, t.feature)
			}
			for k, n := range l.rows[t.feature][:kinds] {
				sum[k] += int(n)
			}
		}
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
