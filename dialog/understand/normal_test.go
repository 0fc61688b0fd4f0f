package understand

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/longbridgeapp/opencc"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the derived data anew")

func normal(t testing.TB) *normaliser {
	n, err := newNormaliser()
	require.NoError(t, err)
	return n
}

func TestNormalForm(t *testing.T) {
	n := normal(t)
	for in, want := range map[string]string{
		"欠了３５００元！":                    "欠了3500元!",
		"我欠了兩萬五千塊，臺灣、裏面":              "我欠了两万五千块,台湾、里面",
		"  OverDue\t20  Days ":        "overdue 20 days",
		"欠8600\r\n20天\n\n失业":          "欠8600\n20天\n失业",
		"8️⃣6️⃣0️⃣0️⃣":                "8600",
		"失业了😭😭没钱💰还":                   "失业了 没钱 还",
		"don’t “pay” — ever…":         "don't \"pay\" - ever…",
		"￥１，２００．５０":                   "¥1,200.50",
		"逾\u200b期\ufeff20天":           "逾期20天",
		"二〇二五年":                       "二零二五年",
		"٣٥٠٠":                        "3500",
		"𝟑𝟱𝟎":                         "350",
		"愈期20天，since Ocotber 3rd":     "逾期20天,since october 3rd", //nolint:misspell // mended
		"tommorow, the Seventh":       "tomorrow, the seventh",   //nolint:misspell // mended
		"bad \xff\xfe bytes \xe4\xb8": "bad bytes",
		"":                            "",
	} {
		require.Equal(t, want, n.apply(in), in)
	}
}

func TestNormalFormIsSettled(t *testing.T) {
	n := normal(t)
	pieces := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"愈", "期", "逾", "起", "tom", "morow", "eigth", "mond", "ay", "1", "１", //nolint:misspell // mended
		" ", "\n", "\u200d", "萬", "臺", "fourty", "octobr", "左古"})) //nolint:misspell // mended
	rapid.Check(t, func(t *rapid.T) {
		once := n.apply(strings.Join(rapid.SliceOfN(pieces, 0, 8).Draw(t, "pieces"), ""))
		require.Equal(t, once, n.apply(once))
		require.True(t, utf8.ValidString(once))
	})
}

func FuzzNormalForm(f *testing.F) {
	n := normal(f)
	f.Add("愈愈期20天，since Ocotber 3rd\r\n兩萬五 ") //nolint:misspell // mended
	f.Fuzz(func(t *testing.T, text string) {
		once := n.apply(text)
		require.Equal(t, once, n.apply(once))
	})
}

// The table of simplified characters says what OpenCC says of each character by itself; with -update it is derived anew.
func TestSimplifiedTable(t *testing.T) {
	want := openccTable(t)
	if *update {
		var b strings.Builder
		b.WriteString(tableHeader)
		column := 0
		for r := rune(0x2E80); r < 0x32000; r++ {
			if want[r] != 0 {
				fmt.Fprintf(&b, "%c%c", r, want[r])
				column++
				b.WriteByte(" \n"[min(1, column%30/29)])
			}
		}
		require.NoError(t, os.WriteFile("lexicon/simplified.txt", []byte(strings.TrimSpace(b.String())+"\n"), 0o644))
		return
	}
	table := normal(t).simplified
	for r := rune(0); r < 0x32000; r++ {
		form := want[r]
		if form == 0 {
			form = r
		}
		require.Equal(t, string(form), string(table.of(r)))
	}
}

const tableHeader = `# Traditional characters, each followed by its simplified form. Derived from the t2s and hk2s conversions of OpenCC
# (github.com/BYVoid/OpenCC, Apache-2.0) by way of github.com/longbridgeapp/opencc v0.3.13, plus 著着, 擡抬 and 舖铺. Written by
# TestSimplifiedTable with -update.
`

func openccTable(t *testing.T) map[rune]rune {
	table := map[rune]rune{'著': '着', '擡': '抬', '舖': '铺'}
	for _, conversion := range []string{"t2s", "hk2s"} {
		cc, err := opencc.New(conversion)
		require.NoError(t, err)
		for r := rune(0x2E80); r < 0x32000; r++ {
			if !unicode.Is(unicode.Han, r) || table[r] != 0 {
				continue
			}
			out, err := cc.Convert(string(r))
			require.NoError(t, err)
			if out != string(r) {
				table[r], _ = utf8.DecodeRuneInString(out)
			}
		}
	}
	for from, to := range table {
		for table[to] != 0 {
			to = table[to]
		}
		table[from] = to
	}
	return table
}

func BenchmarkNormalForm(b *testing.B) {
	n := normal(b)
	for b.Loop() {
		n.apply("我欠了兩萬五千塊，上個月十五號到期，現在還沒還 since last Friday because I lost my job")
	}
}
