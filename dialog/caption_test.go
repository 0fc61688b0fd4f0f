package dialog

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAlikeCaptions(t *testing.T) {
	for _, pair := range [][2]string{{"✓ Yes", "yes"}, {"👤 转人工", "转人工！"}, {"↩️ Back", "BACK "}, {"1, 000", "1000"}} {
		require.True(t, alike(pair[0], pair[1]), pair)
	}
	for _, pair := range [][2]string{{"Yes", "yes please"}, {"yes please", "Yes"}, {"", ""}, {"✓", "!"}, {"是", "不是"}} {
		require.False(t, alike(pair[0], pair[1]), pair)
	}
}

// Two texts are alike where what bare leaves of them is the same, and is anything.
func TestAlikeIsBare(t *testing.T) {
	text := rapid.StringOf(rapid.RuneFrom([]rune("aAbBİıß是對 .,!✓↩️👤\u00ff\ufffd")))
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		require.Equal(t, bare(a) != "" && bare(a) == bare(b), alike(a, b))
	})
}
