package phrase

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// compile makes a lexicon of files.
func compile(t testing.TB, texts ...string) *Lexicon {
	t.Helper()
	l, err := compileFiles(texts...)
	require.NoError(t, err)
	return l
}

func compileFiles(texts ...string) (*Lexicon, error) {
	files, names := fstest.MapFS{}, []string{"one.yaml", "two.yaml"}[:len(texts)]
	for i, text := range texts {
		files[names[i]] = &fstest.MapFile{Data: []byte(text)}
	}
	return Compile(files, names, func(out []rune, s string) []rune { return append(out, []rune(strings.TrimRight(s, "\n"))...) })
}

// found lists what l finds in text, each as its sense and the words that it spans.
func found(l *Lexicon, topic, text string) []string {
	runes := []rune(text)
	read := l.Read(runes)
	var out []string
	for _, f := range read.Found(topic) {
		sense := l.Senses()[f.Sense]
		name := sense.Name
		if sense.Weak {
			name += "?"
		}
		out = append(out, name+": "+string(runes[read.Tokens[f.Start].At:read.Tokens[f.End-1].End]))
	}
	return out
}

// Each pattern is the only one of its lexicon: the texts that it is found in, and those that it is not.
func TestGrammarOfPatterns(t *testing.T) {
	for _, c := range []struct {
		pattern string
		in, out []string
	}{
		{"失业", []string{"我失业了", "失业", "失 业"}, []string{"事业", "失,业"}},
		{"lost my job", []string{"i lost my job", "lost  my-job"}, []string{"lost my jobs", "lost, my job"}},
		{"失业 | 下岗", []string{"下岗", "失业"}, []string{"上岗"}},
		{"被 (裁|优化) 了", []string{"被裁了", "被优化了"}, []string{"被了", "裁了"}},
		{"没 (有|) 钱", []string{"没有钱", "没钱"}, []string{"没了钱"}},
		{"(a (b|c)|d) e", []string{"a b e", "a c e", "d e"}, []string{"a e", "b e"}},
		{"<firm> 倒闭", []string{"公司倒闭", "厂里倒闭"}, []string{"店里倒闭"}},
		{"<firm> .. 倒闭", []string{"公司上个月倒闭", "厂里 倒闭"}, []string{"公司一二三四五六七八九倒闭", "公司,倒闭", "倒闭公司"}},
		{"job .. gone", []string{"job is now really gone", "job gone"}, []string{"job a b c d e gone", "job. gone"}},
		{"公司 ... 倒闭", []string{"公司一二三四五六七八九倒闭", "公司,后来倒闭"}, []string{"公司。倒闭"}},
		{"^ 取消", []string{"取消吧"}, []string{"不取消"}},
		{"取消 $", []string{"请取消"}, []string{"取消吗"}},
		{"^ 取消 $", []string{"取消", "取消。"}, []string{"请取消", "取消吗"}},
		{"<number> 天", []string{"20天", "1,000.5天"}, []string{"两天"}},
		{"0 天", []string{"7天"}, []string{"天"}},
	} {
		l := compile(t, "topic: t\nwords:\n  firm: 公司 | 厂里\nsenses:\n  yes: |\n    "+c.pattern+"\n")
		for _, text := range c.in {
			require.NotEmpty(t, found(l, "t", text), "%s in %q", c.pattern, text)
		}
		for _, text := range c.out {
			require.Empty(t, found(l, "t", text), "%s in %q", c.pattern, text)
		}
	}
}

func TestBracketsSpanLines(t *testing.T) {
	l := compile(t, "topic: t\nsenses:\n  yes: |\n    # a comment (\n    被 (裁|\n      优化|\n      开) 了 | 失业\n\n    下岗\n")
	require.Equal(t, []string{"yes: 被开了"}, found(l, "t", "被开了"))
	require.Equal(t, []string{"yes: 失业", "yes: 下岗"}, found(l, "t", "失业,下岗"))
}

func TestFillersAndVariants(t *testing.T) {
	l := compile(t, `topic: t
fillers: 真的 | 了 | really
variants:
  冇: 没有
  cant: can not
senses:
  yes: |
    没有工作 | can not pay | 累 .. 死
`)
	require.Equal(t, []string{"yes: 没真的有工作"}, found(l, "t", "没真的有工作"), "a filler may stand inside")
	require.Equal(t, []string{"yes: can not really pay"}, found(l, "t", "can not really pay"))
	require.Empty(t, found(l, "t", "没真的真的真的真的有工作"), "but not any number of them")
	require.Equal(t, []string{"yes: 冇工作"}, found(l, "t", "冇工作"), "a variant is read as what it means")
	require.Equal(t, []string{"yes: cant pay"}, found(l, "t", "i cant pay"))
	require.Equal(t, []string{"yes: 累真的真的真的真的真的死"}, found(l, "t", "累真的真的真的真的真的死"), "fillers weigh nothing in a gap")
}

func TestWeakSensesAndMasks(t *testing.T) {
	l := compile(t, `topic: t
senses:
  job: 失业 | 工作
  job?: 要失业
  ill: 生病 | 病
  not: 失业率 | 病 .. 院长
  not job: 工作日
`)
	require.Equal(t, []string{"job?: 要失业", "job: 失业"}, found(l, "t", "要失业"))
	require.Empty(t, found(l, "t", "失业率"), "what lies inside a mask is not reported")
	require.Equal(t, []string{"job: 失业"}, found(l, "t", "失业率高我失业"))
	require.Empty(t, found(l, "t", "工作日"))
	require.Equal(t, []string{"ill: 生病"}, found(l, "t", "工作日生病"), "a mask of one sense leaves the others")
	require.Equal(t, []string{"ill: 生病"}, found(l, "t", "生病了找院长"), "a mask with a gap hides what begins in it")
}

func TestFindings(t *testing.T) {
	l := compile(t, "topic: t\nsenses:\n  yes: 公司 .. 没 .. 工资 | 没发\n  no: 没\n")
	read := l.Read([]rune("公司三个月没发工资"))
	names := l.Senses()
	require.Equal(t, []Sense{{Topic: "t", Name: "no"}, {Topic: "t", Name: "yes"}}, names)
	require.Equal(t, []Finding{
		{Sense: 1, Start: 0, End: 9, Open: 2, Close: 5}, // the widest gap
		{Sense: 1, Start: 5, End: 7, Open: 5, Close: 5},
		{Sense: 0, Start: 5, End: 6, Open: 5, Close: 5},
	}, read.Found("t"))
	require.Nil(t, read.Found("another"))
	whole := read.Found("t")[0]
	require.True(t, whole.Holds(Finding{Start: 5, End: 7}))
	require.False(t, whole.Holds(Finding{Start: 2, End: 4}), "what stands in the gap need not belong to it")
	require.False(t, whole.Holds(Finding{Start: 8, End: 10}))
}

func TestBetween(t *testing.T) {
	l := compile(t, "topic: t\nfillers: 了\nsenses:\n  yes: 病\n")
	read := l.Read([]rune("我病了 很久,job lost. 完"))
	require.Equal(t, 4, read.Between(0, 5), "a character weighs 1, a filler nothing")
	require.Equal(t, 4, read.Between(5, 7), "a word 2")
	for to, want := range map[int]Break{2: Joined, 3: Blank, 4: Blank, 5: Comma, 6: Comma, 7: Stop} {
		require.Equal(t, want, read.BreakBetween(1, to), to)
	}
	require.Equal(t, Joined, read.BreakBetween(6, 6))
	require.Equal(t, Stop, read.BreakBetween(0, 0), "a text begins after a stop")
	require.False(t, read.Only(read.Found("t")...))
	alone := l.Read([]rune("病了!"))
	require.True(t, alone.Only(alone.Found("t")...))
}

func TestSlips(t *testing.T) {
	l := compile(t, "topic: t\nsenses:\n  yes: hospital | bill\n")
	for _, text := range []string{"hosspital", "hosptial", "hospital"} { //nolint:misspell // meant
		require.NotEmpty(t, found(l, "t", text), text)
	}
	for _, text := range []string{"hospitl", "horspital", "bll", "blilx"} {
		require.Empty(t, found(l, "t", text), text)
	}
	require.Empty(t, found(l, "t", strings.Repeat("l", 200)+"hospital"), "one word of many letters")
}

func TestReadingAtOnce(t *testing.T) {
	l := compile(t, "topic: t\nsenses:\n  yes: 公司 .. 倒闭\n")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				if len(found(l, "t", "公司上个月倒闭")) != 1 || len(found(l, "t", "公司")) != 0 {
					t.Error("one reading disturbs another")
				}
			}
		})
	}
	wg.Wait()
}
