package understand

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"math/rand"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// example is a text of the corpora, as what is learned from it: of which kinds it speaks, of those that it was asked about.
type example struct {
	words     []string
	telling   []string // of dangers alone: senses found in it, the words at its ends
	is, asked [kindsOfLean]bool
}

// once returns what yields does, each once.
func once(yields func(yield func(string))) []string {
	var out []string
	yields(func(f string) { out = append(out, f) })
	slices.Sort(out)
	return slices.Compact(out)
}

// labelledLine is what a line of a corpus should be understood as.
type labelledLine struct {
	Text string
	Want struct {
		Crisis, Threat bool
		Hardships      []string
		Intent         string
	}
}

// metStems are those that were met in the corpora, and how each is written.
type metStems struct {
	*stems
	texts map[int32]string
}

func newMetStems() metStems {
	m := metStems{newStems(0), map[int32]string{}}
	m.number([]byte("<kin>"))
	return m
}

func (m metStems) number(stem []byte) { m.texts[m.stems.number(stem)] = string(stem) }

// written returns how a lexicon writes a feature.
func (m metStems) written(f feature) string {
	one, other := m.texts[int32(f>>stemBits)&(1<<stemBits-1)], m.texts[int32(f)&(1<<stemBits-1)]
	switch f >> (2 * stemBits) << (2 * stemBits) {
	case following:
		return one + " " + other
	case atFirst:
		return " " + one
	case atLast:
		return one + " "
	}
	return one
}

// lesson is what one file of leanings is learned from: what each line of a corpus says of its kinds.
type lesson struct {
	file    string
	kinds   []string
	dangers int     // how many of them, from the first, are dangers: senses lean to them, too
	leftOut float64 // of what is known of an example, each time that it is looked at
	table   func(*Reader) *leanings
	label   func(e *example, corpus string, l *labelledLine, t *Text)
	corpora map[string][]string // which kinds are answered by the leanings alone, at least so often
}

var lessons = []lesson{
	{"leanings.txt", leanKinds, toHardship, 0.3, func(r *Reader) *leanings { return r.phrases.lean }, labelTold, map[string][]string{
		"hardship": leanKinds[toHardship:], "crisis": leanKinds[:toHardship]}},
	{"leanings.intent.txt", wishKinds, 0, 0, func(r *Reader) *leanings { return r.phrases.wishLean }, labelWanted, map[string][]string{"intent": wishKinds}},
}

// labelTold says of which danger and which hardships a text speaks.
func labelTold(e *example, corpus string, l *labelledLine, t *Text) {
	e.is[toCrisis], e.is[toThreat] = l.Want.Crisis, l.Want.Threat
	e.asked[toCrisis], e.asked[toThreat] = true, true
	told := corpus == "hardship" || corpus == "intent" && len(t.r.phrases.facts(t.statement())) == 0 // any other may tell of one, or stands beside one
	for i, id := range HardshipIDs {
		e.is[toHardship+i], e.asked[toHardship+i] = slices.Contains(l.Want.Hardships, id), told
	}
}

// labelWanted says what is wanted with a text.
func labelWanted(e *example, corpus string, l *labelledLine, t *Text) {
	told := corpus == "intent" || (corpus != "crisis" || l.Want.Crisis || l.Want.Threat) && t.intent().Intent == "none" // any other may want something
	for i, id := range wishKinds {
		e.is[i], e.asked[i] = l.Want.Intent == id, told
	}
}

// examples returns the texts of a corpus.
func (l *lesson) examples(t *testing.T, r *Reader, met metStems, corpus string) []example {
	text, err := os.ReadFile("corpus/" + corpus + ".jsonl")
	require.NoError(t, err)
	var out []example
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		var line labelledLine
		require.NoError(t, json.Unmarshal(lines.Bytes(), &line))
		text := r.Text(line.Text)
		s := text.statement()
		for _, token := range s.Tokens {
			met.number(appendStem(nil, s.runes[token.At:token.End]))
		}
		e := example{
			words: once(func(yield func(string)) {
				for f := range s.features(met.stems, len(s.Tokens), false) {
					yield(met.written(f))
				}
			}),
			telling: once(func(yield func(string)) {
				for f := range s.features(met.stems, len(s.Tokens), true) {
					yield(met.written(f))
				}
				for f := range s.leaningSenses(len(s.Tokens)) {
					yield(senseWord(r.phrases.senses[f.Sense]))
				}
			}),
		}
		e.telling = slices.DeleteFunc(e.telling, func(word string) bool { return slices.Contains(e.words, word) })
		l.label(&e, corpus, &line, text)
		out = append(out, e)
	}
	return out
}

// The leanings are learned by logistic regression, a model for each kind, in steps that shrink as a weight has moved (AdaGrad). Each time
// that an example is looked at, some of what is known of it is left out, so that nothing is trusted to be there. What chance does in one
// course, the mean of several does not.
const (
	courses       = 4
	rounds        = 60
	step          = 0.2
	decay         = 0.001
	fewest        = 2    // a word must be in so many texts
	fewestTelling = 3    // and what tells of dangers alone in so many
	settled       = 0.01 // an error below this teaches nothing
	missed        = 2    // a danger that is missed weighs so much more than a false alarm
	tenths        = 10
	little        = 4 // tenths: a word that leans less to every kind is left out
	trifle        = 1 // tenths: what leans no further to a kind is not written
)

// weight is what a model has learned of a word or sense, and how far it has moved.
type weight struct{ w, moved float64 }

// weights are those of a word or sense, by kind.
type weights [kindsOfLean]weight

// learn returns the weights of words and senses for the lesson's kinds, and the base under "": their mean after some courses.
func (l *lesson) learn(from []example) map[string]*weights {
	mean := l.course(from, 1)
	for n := int64(2); n <= courses; n++ {
		for f, learned := range l.course(from, n) {
			for k := range learned {
				mean[f][k].w += (learned[k].w - mean[f][k].w) / float64(n)
			}
		}
	}
	return mean
}

// course is one course of learning, in an order by chance.
func (l *lesson) course(from []example, seed int64) map[string]*weights {
	learned := map[string]*weights{"": {}}
	take := func(features func(e *example) []string, fewest int) {
		count := make(map[string]int)
		for _, e := range from {
			for _, f := range features(&e) {
				if count[f]++; count[f] == fewest {
					learned[f] = new(weights)
				}
			}
		}
	}
	take(func(e *example) []string { return e.words }, fewest)
	take(func(e *example) []string { return e.telling }, fewestTelling)
	known := func(features []string) (out []*weights) {
		for _, f := range features {
			if w, ok := learned[f]; ok {
				out = append(out, w)
			}
		}
		return out
	}
	words, telling := make([][]*weights, len(from)), make([][]*weights, len(from))
	for i, e := range from {
		words[i], telling[i] = known(e.words), known(e.telling)
	}
	chance := rand.New(rand.NewSource(seed))
	some := func(of []*weights) []*weights {
		return slices.DeleteFunc(slices.Clone(of), func(*weights) bool { return chance.Float64() < l.leftOut })
	}
	for range rounds {
		for _, i := range chance.Perm(len(from)) {
			seen := some(words[i])
			from[i].teach(learned[""], seen, l.dangers, len(l.kinds), 1-l.leftOut, 1)
			if l.dangers > 0 {
				from[i].teach(learned[""], append(seen, some(telling[i])...), 0, l.dangers, 1-l.leftOut, missed)
			}
		}
	}
	return learned
}

// teach moves the base and what was seen of an example towards what it says of some kinds; a miss weighs more than a false alarm.
func (e *example) teach(base *weights, seen []*weights, fromKind, toKind int, share, miss float64) {
	for k := fromKind; k < toKind; k++ {
		sum := 0.0
		for _, w := range seen {
			sum += w[k].w
		}
		wrong := 1 / (1 + math.Exp(-base[k].w-sum/share))
		if e.is[k] {
			wrong = miss * (wrong - 1)
		}
		if !e.asked[k] || math.Abs(wrong) < settled {
			continue
		}
		base[k].move(wrong)
		for _, w := range seen {
			w[k].move(wrong)
		}
	}
}

// move moves a weight against an error.
func (w *weight) move(wrong float64) {
	slope := wrong + decay*w.w
	w.moved += slope * slope
	w.w -= step * slope / math.Sqrt(w.moved+1)
}

// written is a line of the leanings to so many kinds; something says whether it is worth one.
func written(word string, learned *weights, kinds int) (line string, something bool) {
	var text strings.Builder
	text.WriteString(word + "\t")
	for k, w := range learned[:kinds] {
		n := min(max(int(math.Round(tenths*w.w)), -math.MaxInt8), math.MaxInt8)
		something = something || n <= -little || n >= little
		if n < -trifle || n > trifle {
			text.WriteString(string(rune('a'+k)) + strconv.Itoa(n))
		}
	}
	return text.String() + "\n", something || word == ""
}

// TestGoldenLeanings also learns them anew: go test -run Leanings -update
func TestGoldenLeanings(t *testing.T) {
	r := reader(t)
	met := newMetStems()
	for _, l := range lessons {
		told := map[string][]example{}
		var from []example
		for _, name := range []string{"hardship", "crisis", "intent", "amount", "lateness"} {
			told[name] = l.examples(t, r, met, name)
			from = append(from, told[name]...)
		}
		if *update {
			weights := l.learn(from)
			var text bytes.Buffer
			for _, f := range slices.Sorted(maps.Keys(weights)) {
				if line, something := written(f, weights[f], len(l.kinds)); something {
					text.WriteString(line)
				}
			}
			require.NoError(t, os.WriteFile("lexicon/"+l.file, text.Bytes(), 0o644))
			continue
		}
		for name, kinds := range l.corpora {
			right, of := l.right(r, told[name], kinds)
			require.Greater(t, right*100, of*97, name)
		}
	}
	if *update {
		t.Skip("learned anew: run again")
	}
}

// right says how many of so many answers about some kinds the leanings alone give rightly.
func (l *lesson) right(r *Reader, told []example, kinds []string) (right, of int) {
	table := l.table(r)
	for _, e := range told {
		sum := table.base
		for _, f := range slices.Concat(e.words, e.telling) {
			if at := table.features.find(table.stems.feature([]byte(f))); at >= 0 {
				for k, n := range table.rows[at] {
					sum[k] += int(n)
				}
			}
		}
		for k, kind := range l.kinds {
			if !slices.Contains(kinds, kind) {
				continue
			}
			if of++; e.is[k] == (sum[k] > 0) {
				right++
			}
		}
	}
	return right, of
}

func TestLeaningLineThatIsNone(t *testing.T) {
	line, err := leaningLine([]byte("失业\ta-50c31d-4l127\nx"), 12)
	require.NoError(t, err)
	require.Equal(t, learned{[]byte("失业"), lean{-50, 0, 31, -4, 0, 0, 0, 0, 0, 0, 0, 127}, 22}, line)
	for _, faulty := range []string{
		"", "失业", "失业\n", "失业\nx\ta1\n", "失业\ta1", "失业\ta\n", "失业\ta-\n", "失业\t1\n", "失业\tm1\n", "失业\ta1a2\n", "失业\tb1a2\n", "失业\ta1 b2\n",
		"失业\ta128\n", "失业\ta-128\n", "失业\ta0\n", "失业\ta1-\n",
	} {
		_, err := leaningLine([]byte(faulty), 12)
		require.ErrorIs(t, err, errLeaning, faulty)
	}
}

func TestNoWordLeansTwice(t *testing.T) {
	l := newLeanings(3)
	require.True(t, l.add(learned{word: []byte("失业")}))
	require.True(t, l.add(learned{word: []byte("job")}))
	require.False(t, l.add(learned{word: []byte("失业")}))
	require.Len(t, l.rows, 2)
}
