package understand

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// example is a text of the corpora, as what is learned from it.
type example struct {
	features []string
	happened [len(lean{})]bool
}

// examples returns the texts of a corpus that say what happened, and those of others that do not.
func examples(t *testing.T, r *Reader, name string) []example {
	text, err := os.ReadFile("corpus/" + name + ".jsonl")
	require.NoError(t, err)
	var out []example
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		var line struct {
			Text string
			Want struct{ Hardships []string }
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &line))
		s := r.phrases.read(r.normal.runes(line.Text))
		if name != "hardship" && len(r.phrases.facts(s)) > 0 {
			continue // it may tell of one all the same
		}
		var e example
		s.features(func(f []byte) { e.features = append(e.features, string(f)) })
		for i, id := range HardshipIDs {
			e.happened[i] = slices.Contains(line.Want.Hardships, id)
		}
		out = append(out, e)
	}
	return out
}

// The leanings are learned by logistic regression, a model for each hardship, in steps that shrink as a weight has moved (AdaGrad).
const (
	rounds  = 30
	step    = 0.3
	decay   = 0.002
	fewest  = 2    // a word must be in so many texts
	settled = 0.01 // an error below this teaches nothing
	tenths  = 10
	slight  = 4 // tenths: a word that moves nothing further is left out
)

// weight is what a model has learned of a word, and how far it has moved.
type weight struct{ w, moved float64 }

// learn returns the weights of words, by hardship, and the base under "".
func learn(from []example) map[string]*[len(lean{})]weight {
	count := make(map[string]int)
	for _, e := range from {
		for _, f := range slices.Compact(slices.Sorted(slices.Values(e.features))) {
			count[f]++
		}
	}
	weights := map[string]*[len(lean{})]weight{"": {}}
	for f, n := range count {
		if n >= fewest {
			weights[f] = new([len(lean{})]weight)
		}
	}
	order := rand.New(rand.NewSource(1))
	for range rounds {
		for _, i := range order.Perm(len(from)) {
			correct(weights, from[i])
		}
	}
	return weights
}

// correct moves the weights towards what an example says.
func correct(weights map[string]*[len(lean{})]weight, e example) {
	known := []*[len(lean{})]weight{weights[""]}
	for _, f := range e.features {
		if w, ok := weights[f]; ok {
			known = append(known, w)
		}
	}
	for k, happened := range e.happened {
		sum := 0.0
		for _, w := range known {
			sum += w[k].w
		}
		wrong := 1 / (1 + math.Exp(-sum))
		if happened {
			wrong--
		}
		if math.Abs(wrong) < settled {
			continue
		}
		for _, w := range known {
			slope := wrong + decay*w[k].w
			w[k].moved += slope * slope
			w[k].w -= step * slope / math.Sqrt(w[k].moved+1)
		}
	}
}

// TestLeaningsKnowTheCorpus also learns them anew: go test -run Leanings -update
func TestLeaningsKnowTheCorpus(t *testing.T) {
	r := reader(t)
	told := examples(t, r, "hardship")
	if *update {
		from := told
		for _, name := range []string{"intent", "amount", "lateness"} {
			from = append(from, examples(t, r, name)...)
		}
		weights := learn(from)
		var text bytes.Buffer
		for _, f := range slices.Sorted(maps.Keys(weights)) {
			line, something := f+"\t", f == ""
			for k, w := range weights[f] {
				n := int(math.Round(tenths * w.w))
				something = something || n <= -slight || n >= slight
				line += fmt.Sprintf("%d%s", n, map[bool]string{true: "\n", false: " "}[k == len(lean{})-1])
			}
			if something {
				text.WriteString(line)
			}
		}
		require.NoError(t, os.WriteFile("lexicon/leanings.txt", text.Bytes(), 0o644))
		t.Skip("learned anew: run again")
	}
	right, of := 0, 0
	for _, e := range told {
		sum := r.phrases.lean.base
		for _, f := range e.features {
			for k, w := range r.phrases.lean.words[f] {
				sum[k] += w
			}
		}
		for k, happened := range e.happened {
			if of++; happened == (sum[k] > 0) {
				right++
			}
		}
	}
	require.Greater(t, right*100, of*98)
}

func TestLeaningLineThatIsNone(t *testing.T) {
	word, weights, rest, err := leaningLine("失业\t31 -4 0 0 0 0 0 0 0 -12\nx")
	require.NoError(t, err)
	require.Equal(t, "失业", word)
	require.Equal(t, lean{31, -4, 0, 0, 0, 0, 0, 0, 0, -12}, weights)
	require.Equal(t, "x", rest)
	for _, faulty := range []string{"", "失业", "失业\t1 2", "失业\t1 2 3 4 5 6 7 8 9\n", "失业\t1 2 3 4 5 6 7 8 9 10 11\n", "失业\t1 2 3 4 5 6 7 8 9 x\n", "失业\t1  2 3 4 5 6 7 8 9 10\n"} {
		_, _, _, err := leaningLine(faulty)
		require.ErrorIs(t, err, errLeaning, faulty)
	}
}
