package understand

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"slices"
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

// costly are the pieces that, repeated, cost most of all that were tried, by the question that is asked: every word of the lexicons, every
// stretch of a pattern and every character, and thousands of pairs of the worst.
var costly = map[string][]string{
	"amount":   {"欠", "个半", "十", "123 ", "1¥", "a ", "1 day before ", "𝟑"},
	"lateness": {"欠", "个半", "十", "123 ", "1¥", "a ", "1 day before ", "𝟑"},
	"hardship": {"没扣成未出粮冇欠", "没结钱迟出粮", "扣粮敲我爸", "扣粮", "要是我没活着", "我老公没活着"},
	"crisis":   {"就没人屋企人", "就没人你们会姐夫", "小朋友奶奶", "扣粮跟前没人", "我老公没活着"},
	"message": {"欠8600，逾期20天，失业了，我妈又住院，实在还不上。", "欠了三千五百块，逾期二十天，", "没工资",
		"i owe 8600 and i'm 20 days late, lost my job and my mother is in hospital. "},
	"intent": {"给车撞死没了收入被人撞", "结清了没了收入把我的", "真的没钱给车撞死", "没活路了真的没钱", "人还是没了,想死"},
}

// BenchmarkHostile reads the longest messages that cost most, and the longest story: a message full of what borrowers tell.
func BenchmarkHostile(b *testing.B) {
	r := reader(b)
	for _, q := range []struct {
		name string
		ask  func(*Text)
	}{
		{"amount", func(t *Text) { t.Amount() }}, {"lateness", func(t *Text) { t.Lateness(today) }}, {"hardship", func(t *Text) { t.Hardship() }},
		{"crisis", func(t *Text) { t.Crisis() }}, {"intent", func(t *Text) { t.Intent() }}, {"message", func(t *Text) { t.Message(today) }},
	} {
		texts := map[string]string{"story": story(b)}
		for _, piece := range costly[q.name] {
			texts[piece] = filled(piece, longestMessage)
		}
		for _, name := range slices.Sorted(maps.Keys(texts)) {
			b.Run(q.name+" "+name, func(b *testing.B) {
				for b.Loop() {
					q.ask(r.Text(texts[name]))
				}
			})
		}
	}
}

// story returns the longest message of what borrowers say about hardship in Chinese, line after line.
func story(b *testing.B) string {
	lines, err := os.ReadFile("corpus/hardship.jsonl")
	require.NoError(b, err)
	var out []rune
	for line := range bytes.Lines(lines) {
		var q Query
		require.NoError(b, json.Unmarshal(line, &q))
		if text := []rune(q.Text); len(text) > 0 && isHan(text[0]) {
			out = append(append(out, text...), ',')
		}
	}
	require.GreaterOrEqual(b, len(out), longestMessage)
	return string(out[:longestMessage])
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
