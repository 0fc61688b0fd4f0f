package understand

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// The corpora of what is said in phrases, and the least share of each that is read as it should be. A line that was once read rightly
// should stay so.
func TestCorpusOfPhrases(t *testing.T) {
	r := reader(t)
	for name, least := range map[string]float64{"hardship": 0.99, "crisis": 0.99, "intent": 0.99} {
		text, err := os.ReadFile("corpus/" + name + ".jsonl")
		require.NoError(t, err)
		s, err := r.Score(name+".jsonl", bytes.NewReader(text))
		require.NoError(t, err)
		require.GreaterOrEqual(t, s.Cases, 700, name)
		require.GreaterOrEqual(t, float64(s.Exact)/float64(s.Cases), least, "%s: %v", name, s.Misses)
	}
}

func FuzzPhrases(f *testing.F) {
	for _, text := range []string{"公司裁员了，我妈又住院", "not sick, just forgot", "没失业或者生病", "I can't go on", "不是3500，是4500", "can't'n't''s", "((<|", "\xff没"} {
		f.Add(text)
	}
	r, err := New()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text string) {
		h, again := r.Hardship(text), r.Hardship(r.normal.apply(text))
		require.Equal(t, h, again)
		require.Equal(t, r.Intent(text), r.Intent(r.normal.apply(text)))
		require.Equal(t, r.Crisis(text), r.Crisis(r.normal.apply(text)))
	})
}
