package phrase

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// knotty is a lexicon whose patterns meet in the same few characters as often as they can.
const knotty = `topic: t
fillers: 了 | 的 | really
variants:
  冇: 没有
words:
  kin: 妈 | 爸 | 我妈 | 我爸
senses:
  one: |
    <kin> .. 死 | 死 .. <kin> | (我|你|他) ... (死|活) | 死 .. 死 .. 死 | 死死 | 死死死 | 没 .. 工资 | 工资 .. 没 | 没有 .. 没有
    a .. a ... a | a a | really .. a
  two: |
    (死|活|没|我) .. (死|活|没|我) | (死|活|没|我) ... (死|活|没|我) ... (死|活|没|我) | <number> .. <number>
  not: 死 .. 活 | 没死
`

// steps returns how much work it is to read a text of so many runes that repeats a phrase.
func steps(l *Lexicon, phrase string, runes int) int {
	text := []rune(strings.Repeat(phrase, runes/len([]rune(phrase))+1))
	return l.Read(text[:runes]).steps
}

// Twice the text is at most about twice the work, whatever it repeats; and beyond a length repeating costs little.
func TestWorkGrowsWithTheText(t *testing.T) {
	l := compile(t, knotty)
	for _, phrase := range []string{
		"死", "我妈死", "死活", "没", "冇", "没工资", "我", "了", "的死", "a ", "really ", "a really ", "1 ", "死,", "死 ", "死。", "没死活我妈工资",
	} {
		for _, n := range []int{128, 256, 512} {
			require.LessOrEqual(t, steps(l, phrase, 2*n), 2*steps(l, phrase, n)+4*n, "%q %d", phrase, n)
		}
		require.LessOrEqual(t, steps(l, phrase, 8192), 2*steps(l, phrase, 4096)+8192, phrase)
		require.LessOrEqual(t, steps(l, phrase, 4096), 40*4096, phrase)
	}
}

// Many words of one phrase do not hide another one behind them, nor what holds it.
func TestRepeatingHidesNothing(t *testing.T) {
	l := compile(t, knotty)
	for _, text := range []string{strings.Repeat("我没工资,", 1500) + "死死死", strings.Repeat("死,", 2000) + "。我妈死", strings.Repeat("没", 5000) + " 死死"} {
		read := l.Read([]rune(text))
		last := slices.MaxFunc(read.Found("t"), func(a, b Finding) int { return a.End - b.End })
		require.Equal(t, len(read.Tokens), last.End, text[len(text)-12:])
	}
}

// The number of tokens that counts is that of what is read, which variants can make longer than what was written.
func TestVariantsMakeATextLong(t *testing.T) {
	l := compile(t, knotty)
	require.NotPanics(t, func() { l.Read([]rune(strings.Repeat("冇", longText-1))) })
	require.NotPanics(t, func() { l.Read([]rune(strings.Repeat("冇", longText/2))) })
}

func BenchmarkHostile(b *testing.B) {
	l := compile(b, knotty)
	text := []rune(strings.Repeat("没死活我妈工资", 4096/7))
	for b.Loop() {
		l.Read(text)
	}
}
