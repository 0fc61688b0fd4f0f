package understand

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func lexicon(t testing.TB) (*normaliser, *figures) {
	n := normal(t)
	f, err := loadFigures(n.runes)
	require.NoError(t, err)
	return n, f
}

func TestNumbers(t *testing.T) {
	n, f := lexicon(t)
	for text, want := range map[string]string{
		"两万五": "25000", "一万零五十": "10050", "1万2": "12000", "3千8": "3800", "叁仟伍佰": "3500", "2w5": "25000", "3.5k": "3500",
		"两千四百五": "2450", "三百五十万亿": "350000000000000", "1万2000": "12000", "1万500": "10500", "3万零500": "30500",
		"五兆六十二亿四万五千二": "5006200045200", "一千五万": "10050000", "百三": "130", "三千点五": "3000.5", "十五": "15",
		"一百十五": "115", "廿三": "23", "二零二五": "2025", "八六零零": "8600", "一七二零点一": "1720.1", "零点五": "0.5", "一点二五万": "12500",
		"10.1万": "101000", "5億1萬4千6百": "500014600", "2千零30万": "20300000", "三 百 五 十 二": "352",
		"三千 八百 九十六 萬 四千 九百 六十五": "38964965", "7 万5 千4 百": "75400", "8 万": "80000", "30个w": "300000", "1千零1": "1001",
		"25,000.00": "25000", "25 000": "25000", "1,20,000": "120000", "25.000.000": "25000000", "1.234,56": "1234.56",
		"233,333，333,434.344": "233333333434.344", "1'500": "1500", "１２３": "123", "392. 00": "392", ".77": "0.77", "3½": "3.5",
		"twelve hundred": "1200", "three and a half thousand": "3500", "a grand": "1000", "5 thou": "5000", "thousand and one": "1001",
		"two hundred point seventy-one": "200.71", "eighteen point three o o": "18.3", "three thousand millions": "3000000000",
		"three lakh crore": "3000000000000", "1.5 lakh": "150000", "half a million": "500000", "two and a half": "2.5", "fifteen k": "15000",
		"twenty-five thousand three hundred": "25300", "one thousand two hundred thirty-four": "1234", "3 hundred": "300",
		"eight six zero zero": "8600", "three fifty": "350", "2 thousand 500": "2500", "a hundred and fifty": "150",
		"3,5k": "3500", "quarter": "", "a couple of thousand": "2000", "万把块": "10000", "forty five million": "45000000",
	} {
		r := []rune(n.apply(text))
		got, end := f.numbers(r, forMoney).at(0)
		if want == "" {
			require.Zero(t, end, text)
			continue
		}
		require.Equal(t, want, got.value.String(), text)
		require.GreaterOrEqual(t, end, len(r)-1, text)
	}
}

func TestNumbersEndWhereTimeBegins(t *testing.T) {
	n, f := lexicon(t)
	for text, want := range map[string]string{
		"三万二十天": "30000", "八千三个月": "8000", "三千五百二十天": "3500", "八百三个月": "800", "一百二十天": "120", "八千六三个月": "8600",
		"1万20天": "10000", "5千3期": "5000", "three thousand two weeks": "3000", "one hundred twenty days": "120", "8600.20天": "8600",
		"3.5天": "3.5", "五千十月三号": "5000", "三千多二十天": "3000",
	} {
		got, _ := f.numbers([]rune(n.apply(text)), forMoney).at(0)
		require.Equal(t, want, got.value.String(), text)
	}
}

func TestDoubtfulNumbers(t *testing.T) {
	n, f := lexicon(t)
	for text, want := range map[string]struct {
		value string
		marks mark
	}{
		"三四千": {"4000", ranged | scaled}, "三五百": {"500", ranged | scaled}, "一百二三": {"130", ranged | scaled},
		"十五六万": {"160000", ranged | scaled}, "三、四千": {"4000", ranged | scaled}, "七八": {"8", ranged}, "三两": {"3", ranged},
		"三千多块": {"3000", upward | scaled}, "三十多万": {"300000", upward | scaled}, "3500余元": {"3500", upward}, "十来天": {"10", upward | scaled},
		"千把块": {"1000", upward | scaled}, "几千": {"1000", vaguely | scaled}, "十几": {"10", vaguely | scaled}, "二十几万": {"200000", vaguely | scaled},
		"数十亿": {"1000000000", vaguely | scaled}, "几天": {"3", vaguely}, "1万25": {"12500", unclear | scaled},
		"a few thousand": {"3000", vaguely | scaled}, "five six thousand": {"6000", ranged | scaled}, "two three weeks": {"3", ranged},
		"one fifty": {"150", unclear}, "thousands": {"1000", vaguely | scaled}, "twenty-third": {"23", ordinal}, "3rd": {"3", ordinal},
	} {
		got, _ := f.numbers([]rune(n.apply(text)), forMoney).at(0)
		require.Equal(t, want.value, got.value.String(), text)
		require.Equal(t, want.marks, got.marks, text)
	}
}
