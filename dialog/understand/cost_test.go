package understand

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// longestMessage is the greatest length of a message in Telegram, in characters.
const longestMessage = 4096

// filled returns piece, repeated to the greatest length of a message.
func filled(piece string, length int) string {
	return strings.Repeat(piece, length/max(1, utf8.RuneCountInString(piece)))
}

// hostile are pieces that, repeated, tempt a reader to look at the same text again and again.
var hostile = []string{"欠", "欠3000", "逾期20天", "一", "一二", "万", "零", "几", "十", "九十九", "一千零", "三分之", "三分之二", "3、4千", "个半", "半个", "多", "分",
	"8600.20天", "还了3000", "每月1200", "本金5000利息", "不是8600是", "15号", "10月3号", "上个月15号", "1年2个月3天", "8月9月10月", "两期没还", "下个月10号开始",
	"1,", "1.", "1'", "-", "3-", "1 2 3 4", "8 6 0 0 ", "123 ", "123,", "1,23,", "1.234,", "2025-", "10/11 ", "1/2/3/", "20251001", "1块2毛3分", "1¥", "$",
	"13800138000 ", "138 0013 8000 ", "尾号1234 ", "order number 1 ", "a8600", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1", "a ", "and ", "one ", "two hundred ",
	"one hundred and ", "thousand ", "point five ", "half a ", "the ", "the first ", "end of the ", "last ", "friday ", "monday the ", "1 day before ",
	"days ", "two weeks and three days ", "1 or ", "between 3 and ", "since oct 3 2025, ", "oct 3 ", "3 oct ", "𝟑", "\n", "，", "overduee ", "愈期", "兩萬"}

// Reading is linear: whatever a message is filled with, each of its characters is looked at a few times.
func TestCostGrowsWithTheLength(t *testing.T) {
	_, f := lexicon(t)
	for _, piece := range hostile {
		requireLinear(t, f, piece)
	}
}

func TestCostOfAnyRepetition(t *testing.T) {
	_, f := lexicon(t)
	piece := rapid.OneOf(rapid.SampledFrom(hostile), rapid.SampledFrom(strings.Fields(strings.Join(hostile, " "))), rapid.StringN(1, 3, -1))
	rapid.Check(t, func(t *rapid.T) {
		requireLinear(t, f, strings.Join(rapid.SliceOfN(piece, 1, 4).Draw(t, "pieces"), rapid.SampledFrom([]string{"", " ", ",", "-"}).Draw(t, "between")))
	})
}

// mostSteps is how many times each character may be looked at, in all readings for one question.
const mostSteps = 25

func requireLinear(t require.TestingT, f *figures, piece string) {
	text := []rune(filled(piece, longestMessage))
	for _, u := range []use{forMoney, forTime} {
		r := f.numbers(text, u)
		r.tokens()
		require.LessOrEqual(t, r.steps, mostSteps*len(text), "cutting %q up", piece)
	}
	l := newTimeline(text, f.numbers(text, forTime).tokens(), today)
	l.lateness()
	require.LessOrEqual(t, l.steps, mostSteps*len(text), "lateness of %q", piece)
	l = newTimeline(text, f.numbers(text, forTime).tokens(), today)
	l.forward = true
	l.plan(&Proposal{})
	require.LessOrEqual(t, l.steps, mostSteps*len(text), "a plan of %q", piece)
}

func BenchmarkAmount(b *testing.B) {
	r := reader(b)
	for b.Loop() {
		r.Amount("借了2万，现在还欠8600没还，每个月要还1200")
	}
}

func BenchmarkAmountEnglish(b *testing.B) {
	r := reader(b)
	for b.Loop() {
		r.Amount("I borrowed 20000 last year and still owe about eight thousand six hundred")
	}
}

func BenchmarkLateness(b *testing.B) {
	r := reader(b)
	for b.Loop() {
		r.Lateness("我8月份失业，上个月15号到期的，到现在三个多礼拜了", today)
	}
}

func BenchmarkLatenessEnglish(b *testing.B) {
	r := reader(b)
	for b.Loop() {
		r.Lateness("lost my job in july, haven't paid since the 5th of october", today)
	}
}

func BenchmarkFiguresLoad(b *testing.B) {
	n := normal(b)
	for b.Loop() {
		_, _ = loadFigures(n.runes)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		_, _ = New()
	}
}

func BenchmarkLongest(b *testing.B) {
	r := reader(b)
	text := strings.Repeat("欠了三千五百块，逾期二十天，", 4096/14)
	for b.Loop() {
		r.Amount(text)
		r.Lateness(text, today)
	}
}

// BenchmarkHostile reads the longest messages that cost most.
func BenchmarkHostile(b *testing.B) {
	r := reader(b)
	for _, piece := range []string{"欠", "个半", "十", "123 ", "1¥", "a ", "1 day before ", "𝟑"} {
		text := filled(piece, longestMessage)
		b.Run("amount "+piece, func(b *testing.B) {
			for b.Loop() {
				r.Amount(text)
			}
		})
		b.Run("lateness "+piece, func(b *testing.B) {
			for b.Loop() {
				r.Lateness(text, today)
			}
		})
	}
}

func BenchmarkProposal(b *testing.B) {
	r := reader(b)
	for b.Loop() {
		r.Text("先还2000，剩下每个月800，下个月10号开始").Proposal(today)
	}
}

func BenchmarkMessage(b *testing.B) {
	r := reader(b)
	for b.Loop() {
		r.Message("欠8600，逾期20天，失业了", today)
	}
}
