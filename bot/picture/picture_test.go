package picture

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/image/font/sfnt"

	"respite/locales"
)

var show = flag.String("show", "", "a file into which the picture of TestDraw is written, to look at it")

func decoded(t *testing.T, c Chart) image.Image {
	t.Helper()
	data, err := Draw(c)
	require.NoError(t, err)
	img, err := png.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	return img
}

func sample() Chart {
	c := Chart{Title: "分期还款（部分减免利息）", Sub: []string{"下一期：第3期，¥583.33，12月23日到期", "还剩¥2,333.32"}, Done: 2, Of: 6}
	for i, m := range []Mark{Paid, Reported, Late, Due, Partly, Moved, Waived, "coming"} {
		c.Rows = append(c.Rows, Row{Left: "第" + string(rune('1'+i)) + "期 · 12月23日周三", Right: "¥12,583.33", Status: "待確認", Mark: m})
	}
	return c
}

func TestDraw(t *testing.T) {
	data, err := Draw(sample())
	require.NoError(t, err)
	if *show != "" {
		require.NoError(t, os.WriteFile(*show, data, 0o600))
	}
	require.Less(t, len(data), 60_000, "bytes that wait in the outbox")
	img := decoded(t, sample())
	require.Equal(t, width, img.Bounds().Dx())
	fewer := sample()
	fewer.Rows = fewer.Rows[:2]
	require.Equal(t, 6*row, img.Bounds().Dy()-decoded(t, fewer).Bounds().Dy(), "each row takes its height")
}

func TestLongWordsAreWrapped(t *testing.T) {
	faces, err := load()
	require.NoError(t, err)
	p := pen{fonts: faces}
	for _, words := range []string{
		"The plan counts as broken. There is a way back: pay what is past due, or look for another plan.",
		"计划现在算中断了，还能接回来：还上过期的部分，计划就继续；也可以按今天的情况另谈一个计划。",
		strings.Repeat("x", 200), "短", "",
	} {
		lines := p.wrap(small, words, width-2*margin)
		for i, l := range lines {
			require.LessOrEqual(t, p.width(small, l), width-2*margin, l)
			if i > 0 && !strings.HasPrefix(words, "x") {
				require.False(t, unicode.IsPunct([]rune(l)[0]), "a line that begins with a sign: %q", l)
			}
		}
		require.Equal(t, strings.ReplaceAll(words, " ", ""), strings.ReplaceAll(strings.Join(lines, ""), " ", ""), "nothing is lost")
	}
	long, short := sample(), sample()
	long.Title += "，" + long.Title
	require.Greater(t, decoded(t, long).Bounds().Dy(), decoded(t, short).Bounds().Dy())
}

// count counts the pixels of a colour.
func count(img image.Image, of interface{ RGBA() (r, g, b, a uint32) }) int {
	r, g, b, _ := of.RGBA()
	n := 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := range width {
			if pr, pg, pb, _ := img.At(x, y).RGBA(); pr == r && pg == g && pb == b {
				n++
			}
		}
	}
	return n
}

func TestTheBarGrows(t *testing.T) {
	at := func(done, of int64) int { return count(decoded(t, Chart{Done: done, Of: of}), green) }
	require.Zero(t, at(0, 4))
	require.Zero(t, at(1, 0))
	require.Equal(t, (width-2*margin)*14, at(4, 4))
	require.Equal(t, at(4, 4), 2*at(2, 4))
	require.Equal(t, at(4, 4), at(9, 4), "more than all is all")
}

func TestEachMarkHasItsColour(t *testing.T) {
	for _, m := range []Mark{Paid, Reported, Late, Due, Partly, Moved, Waived, "coming"} {
		img := decoded(t, Chart{Rows: []Row{{Left: "1", Mark: m}}})
		require.Positive(t, count(img, hue(m)), m)
	}
	require.NotEqual(t, hue(Paid), hue(Late))
	require.NotEqual(t, hue("coming"), hue(Due))
}

// TestTheFontsHaveWhatIsWritten looks for every character of the texts: one that is missing would be an empty box.
func TestTheFontsHaveWhatIsWritten(t *testing.T) {
	all, err := load()
	require.NoError(t, err)
	words, err := locales.Load()
	require.NoError(t, err)
	var buf sfnt.Buffer
	for _, tag := range words.Tags() {
		s := words.In(tag)
		for _, key := range words.Keys() {
			said, err := s.Say(key, nil)
			if err != nil {
				continue // it has gaps; its characters stand elsewhere too
			}
			for _, r := range said {
				if !unicode.Is(unicode.Han, r) {
					continue
				}
				n, err := all[1].GlyphIndex(&buf, r)
				require.NoError(t, err)
				require.NotZero(t, n, "%q of %s in %q", r, key, tag)
			}
		}
	}
	for _, r := range "¥·0123456789第期還周" {
		a, _ := all[0].GlyphIndex(&buf, r)
		b, _ := all[1].GlyphIndex(&buf, r)
		require.NotZero(t, a+b, "%q", r)
	}
}

func BenchmarkDraw(b *testing.B) {
	for b.Loop() {
		if _, err := Draw(sample()); err != nil {
			b.Fatal(err)
		}
	}
}
