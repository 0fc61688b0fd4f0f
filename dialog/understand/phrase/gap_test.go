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
		for g, r := range reaches {
			for from := 1; from < len(text.Tokens); from++ {
				for at := from; at < len(text.Tokens); at++ {
					want := at <= from+int(r.tokens) && text.Between(from, at) <= int(r.weight) && text.BreakBetween(from, at) < r.stopped
					got := text.reacher(gap(g), int32(at))
					require.Equal(t, want, got.from(int32(from)), "gap %d from %d to %d", g, from, at)
				}
			}
		}
	})
}
