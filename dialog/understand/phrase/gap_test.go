package phrase

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A gap reaches a token if no more than its weight, no stronger break and not too many tokens stand before it.
func TestHowFarGapsReach(t *testing.T) {
	l := compile(t, "topic: t\nfillers: 了 | really\nsenses:\n  yes: 病\n")
	piece := rapid.SampledFrom([]string{"我", "病", "了", "了了了了了了了了了了", "job ", "really ", " ", ",", "。", "12"})
	rapid.Check(t, func(t *rapid.T) {
		text := l.Read([]rune(strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "pieces"), "")))
		var s scratch
		text.span(&s)
		for g := adjacent; g <= far; g++ {
			weight, strongest, apart := g.reach()
			for from := range len(text.Tokens) {
				for at := from; at < len(text.Tokens); at++ {
					want := at <= from+apart && text.Between(from, at) <= int(weight) && text.BreakBetween(from, at) <= strongest
					require.Equal(t, want, at < int(s.spans[g][from]), "gap %d from %d to %d", g, from, at)
				}
			}
		}
	})
}
