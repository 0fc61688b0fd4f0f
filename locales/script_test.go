package locales

import (
	"fmt"
	"testing"
	"unicode"

	"github.com/longbridgeapp/opencc"
	"github.com/stretchr/testify/require"
)

// converter converts single characters, so that no dictionary of phrases chooses between variants.
func converter(t *testing.T, conversion string) func(rune) string {
	t.Helper()
	c, err := opencc.New(conversion)
	require.NoError(t, err)
	return func(r rune) string {
		s, err := c.Convert(string(r))
		require.NoError(t, err)
		return s
	}
}

func TestEachScriptKeepsToItself(t *testing.T) {
	toSimplified, toTraditional := converter(t, "t2s"), converter(t, "s2tw")
	foreign := map[string]func(r rune) bool{
		Simplified:  func(r rune) bool { return toSimplified(r) != string(r) },
		Traditional: func(r rune) bool { return toTraditional(r) != string(r) && toSimplified(r) == string(r) },
	}
	require.True(t, foreign[Simplified]('還') && !foreign[Simplified]('还'))
	require.True(t, foreign[Traditional]('还') && !foreign[Traditional]('還'))
	for tag, isForeign := range foreign {
		each(t, tag, "7", func(_, words string) string {
			for _, r := range words {
				if unicode.Is(unicode.Han, r) && isForeign(r) {
					return fmt.Sprintf("%q is of the other script in %q", r, words)
				}
			}
			return ""
		})
	}
}
