package phrase

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A long text is read in two pieces as it is read in one.
func TestPiecesFindWhatTheWholeHas(t *testing.T) {
	l := compile(t, crowd()+"  three: 病 ... 钱 ... 家\n  not: 病 ... rent\n")
	word := rapid.SampledFrom(slices.Concat(crowdWords, slices.Repeat([]string{"天"}, 100), []string{"x", " "}, slices.Repeat([]string{","}, 8)))
	cut, wanted := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		said := make(map[string]int)
		for range longText/50 + 1 {
			for _, w := range rapid.SliceOfN(word, 60, 70).Draw(t, "words") {
				if said[w]++; said[w] > mostHeard/2 && slices.Contains(crowdWords, w) {
					w = "天"
				}
				text.WriteString(w)
			}
			text.WriteString(rapid.SampledFrom([]string{"天", "天", "。"}).Draw(t, "end"))
		}
		read := l.Read([]rune(text.String()))
		require.GreaterOrEqual(t, len(read.Tokens), longText)
		if first, _ := l.pieces(read); first.of == 2 {
			cut++
		}
		s := l.scratch()
		l.searchPiece(read, s, piece{past: len(read.Tokens), of: 1})
		want := l.unmask(read, s, s.findings[0], nil)
		wanted += len(want)
		require.Equal(t, want, read.Found("t"))
	})
	require.NotZero(t, cut)
	require.NotZero(t, wanted)
}

// A pattern is found where a text is cut in the middle of it, as wide as it may be.
func TestPiecesShareWhatReachesOverTheCut(t *testing.T) {
	l := compile(t, "topic: t\nfillers: 的\nsenses:\n  yes: 病 ... 钱 ... 家\n  not: 没有病\n")
	gap := strings.Repeat("天", 24) + strings.Repeat("的", 16)
	filling := strings.Repeat("天", longText)
	for text, want := range map[string]int{
		"病" + gap + "钱" + gap + ",家":    1,
		"病" + gap + "钱," + gap + "家":    1,
		"病," + gap + "钱" + gap + "家":    1,
		"没有病" + gap + "钱" + gap + ",家":  0,
		"病" + gap + "钱" + gap + "天,家":   0,
		"病。" + gap + "钱" + gap + "家":    0,
		"病" + gap + "钱" + gap + "家,病,钱": 1,
	} {
		read := l.Read([]rune(filling + text + filling[:len(filling)*7/8]))
		first, _ := l.pieces(read)
		require.Equal(t, 2, first.of)
		require.Len(t, read.Found("t"), want, text)
	}
}

// What can be enough is found as often as that in a text, and not much oftener; what comes behind it of other topics is found all the same.
func TestEnough(t *testing.T) {
	const most = 100
	l := compile(t, "topic: t\nenough: 100\nsenses:\n  ill: 病 | 我 .. 病\n", "topic: u\nsenses:\n  end: 我 .. 死\n")
	for _, times := range []int{most / 2, 3 * most, 2 * longText} {
		read := l.Read([]rune(strings.Repeat("病了,", times) + "我要死"))
		require.Len(t, read.Found("t"), min(times, most), times)
		require.Len(t, read.Found("u"), 1)
	}
	read := l.Read([]rune(strings.Repeat("我很病,", 2*longText)))
	require.InDelta(t, most, len(read.Found("t")), 4)
}
