package understand

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestChoice(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"信用卡的": "bank_card", "招行信用卡": "bank_card", "it's a credit card": "bank_card", "花唄": "credit_line", "網貸": "cash_loan",
		"a payday loan": "cash_loan", "买手机分期付款": "instalment_purchase", "信用卡和网贷": "", "discard": "", "不知道": "", "": "",
	} {
		require.Equal(t, want, r.Text(text).Choice("product"), text)
	}
	for text, want := range map[string]string{
		"从来没有过": "never", "头一回": "never", "no, first time": "never", "以前有过一次": "once", "twice": "once", "好几次了": "often", "係第一次": "never",
		"a few times": "often", "一次都没有": "never", "有过，好几次": "", "know": "",
	} {
		require.Equal(t, want, r.Text(text).Choice("late_before"), text)
	}
	require.Empty(t, r.Text("信用卡").Choice("shoe_size"))
}

func TestNothing(t *testing.T) {
	r := reader(t)
	for _, text := range []string{"现在没有收入", "住家里，不用交房租", "no income right now", "I live with my parents", "just me", "就我一个人", "得我一個"} {
		require.True(t, r.Text(text).Nothing(), text)
	}
	for _, text := range []string{"3000", "房租1500", "two kids", "noneconomic", ""} {
		require.False(t, r.Text(text).Nothing(), text)
	}
}

func TestUnsure(t *testing.T) {
	r := reader(t)
	for _, text := range []string{"我不知道具体多少", "唔記得喇", "No idea, sorry", "i can’t remember", "搞不清楚"} {
		require.True(t, r.Text(text).Unsure(), text)
	}
	for _, text := range []string{"3000", "知道了", "know", ""} {
		require.False(t, r.Text(text).Unsure(), text)
	}
}

func TestPick(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]int{
		"2": 2, "２": 2, "第二个": 2, "选2": 2, "我选第三个吧": 3, "方案二": 2, "就第一种": 1, "嗰個二": 2, "最后一个": 0, "the last one": 4, "the second one": 2,
		"ok number 2": 2, "Option 3 please": 3, "#2": 2, "2.": 2, "the one": 1, "i'll take the first one": 1, "两个": 2,
		"200": 0, "2个月": 0, "every month 2": 0, "5": 0, "第一个和第二个": 0, "好": 0, "ok": 0, "": 0, "1.5": 0, "12": 0, "2 and 3": 0,
	} {
		require.Equal(t, want, r.Text(text).Pick(4), text)
	}
}

func TestChange(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]string{
		"what if i pay 200 more a month": More, "每月多还200呢": More, "每個月少還一點": Less, "that's too much": Less, "能不能快点还完": Fewer, "fewer months": Fewer,
		"晚一个月开始行吗": Later, "could I start later": Later, "more now and less later": "", "500": "", "evermore": "",
		"我每个月最多还三百": "", "at most 300 more or less": "",
	} {
		require.Equal(t, want, r.Text(text).Change(), text)
	}
}
