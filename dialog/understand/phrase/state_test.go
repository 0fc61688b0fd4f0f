package phrase

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// crowd is a lexicon with a sense for each two words and each gap, so that its states fill several rows, one of them with near and far gaps.
func crowd() string {
	words, senses := "words:\n", "senses:\n"
	for i, a := range crowdWords {
		words += fmt.Sprintf("  w%d: %s\n", i, a)
		for j, b := range crowdWords {
			for g, sign := range []string{adjacent: "", near: "..", far: "..."} {
				senses += fmt.Sprintf("  %s%d%s: <w%d> %s <w%d>\n", a, g, b, i, sign, j)
			}
		}
	}
	return "topic: t\n" + words + senses
}

var crowdWords = []string{"病", "钱", "家", "job", "rent", "car", "no"}

// A pattern of two parts is found wherever its gap reaches from the one to the other, however long the text, and nowhere else.
func TestStatesAreOpenAsLongAsTheirGapReaches(t *testing.T) {
	l := compile(t, crowd())
	require.Greater(t, len(l.uses), 2*rowStates)
	require.NotZero(t, l.near%rowStates, "a row has near gaps and far ones")
	piece := rapid.SampledFrom(slices.Concat(crowdWords, slices.Repeat([]string{"天"}, 40), []string{"x", " ", " ", ",", "。"}))
	rapid.Check(t, func(t *rapid.T) {
		runes := []rune(strings.Join(rapid.SliceOfN(piece, 100, 300).Draw(t, "pieces"), ""))
		text := l.Read(runes)
		words := make([]string, len(text.Tokens)) // of the crowd's; empty if it is another
		for i, token := range text.Tokens {
			if word := string(runes[token.At:token.End]); slices.Contains(crowdWords, word) {
				words[i] = word
			}
		}
		type found struct {
			sense      string
			start, end int
		}
		var want []found
		for from := range text.Tokens {
			for at := from + 1; at < len(text.Tokens); at++ {
				if words[from] == "" || words[at] == "" || slices.Contains(words[from+1:at], words[from]) {
					continue
				}
				for g := range reaches {
					if gap := text.reacher(gap(g), int32(at)); gap.from(int32(from + 1)) {
						want = append(want, found{fmt.Sprintf("%s%d%s", words[from], g, words[at]), from, at + 1})
					}
				}
			}
		}
		var got []found
		for _, f := range text.Found("t") {
			got = append(got, found{l.senses[f.Sense].Name, f.Start, f.End})
		}
		require.ElementsMatch(t, want, got)
	})
}
