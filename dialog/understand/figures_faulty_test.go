package understand

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/dialog/understand/phrase"
)

// What is wrong with the words around figures is said with the line and the sense.
func TestFaultyFigures(t *testing.T) {
	l := figureLoader{figures: &figures{words: make([]word, 1)}, with: make(map[addition]uint16), normal: normal(t).runes}
	for want, e := range map[string]phrase.Entry{
		`3: there is no sense "mood"`:                                   {Section: "mood", Value: "glad", At: 3},
		`4: digit: "two" is not a number`:                               {Section: "digit", Name: "two", Value: "二", At: 4},
		`6: digit: "三 | |" has a word that is empty in its normal form`: {Section: "digit", Name: "3", Value: "\n三 | |\n", At: 5},
	} {
		require.EqualError(t, l.entry(e), want)
	}
	require.NoError(t, l.entry(phrase.Entry{Section: "digit", Name: "2", Value: "二\n\n两", At: 1}))
}
