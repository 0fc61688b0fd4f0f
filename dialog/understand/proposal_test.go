package understand

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy/day"
	"respite/policy/money"
)

func TestProposals(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]Proposal{
		"每个月还500":                       {Status: Value, Monthly: money.Yuan(500)},
		"每月最多800":                       {Status: Value, Monthly: money.Yuan(800)},
		"我每个月能还1000":                    {Status: Value, Monthly: money.Yuan(1000)},
		"先还2000，剩下每个月800":               {Status: Value, Monthly: money.Yuan(800), Down: money.Yuan(2000)},
		"分12期":                          {Status: Value, Months: 12},
		"想分二十四个月还":                      {Status: Value, Months: 24},
		"一年还清":                          {Status: Value, Months: 12},
		"每月500，分半年":                     {Status: Value, Monthly: money.Yuan(500), Months: 6},
		"下个月10号开始，每月还600":               {Status: Value, Monthly: money.Yuan(600), Start: day.Of(2026, 12, 10)},
		"三个月后再还":                        {Status: Value, Start: day.Of(2027, 2, 22)},
		"1月15号之后每月1千":                   {Status: Value, Monthly: money.Yuan(1000), Start: day.Of(2027, 1, 15)},
		"大概每月500":                       {Status: Confirm, Monthly: money.Yuan(500)},
		"只能还500":                        {Status: Confirm, Monthly: money.Yuan(500)},
		"每個月還五百蚊":                       {Status: Unknown},
		"500 a month":                   {Status: Value, Monthly: money.Yuan(500)},
		"I can pay 500 a month":         {Status: Value, Monthly: money.Yuan(500)},
		"2000 down and 500 per month":   {Status: Value, Monthly: money.Yuan(500), Down: money.Yuan(2000)},
		"12 instalments":                {Status: Value, Months: 12},
		"over 6 months":                 {Status: Value, Months: 6},
		"I can pay at most 600 a month": {Status: Value, Monthly: money.Yuan(600)},
		"每个月最多还500":                     {Status: Value, Monthly: money.Yuan(500)},
		"500 monthly starting Dec 15":   {Status: Value, Monthly: money.Yuan(500), Start: day.Of(2026, 12, 15)},
		"便宜点行吗":                         {Status: Unknown},
		"":                              {Status: Unknown},
	} {
		require.Equal(t, want, r.Text(text).Proposal(today), text)
	}
}

func TestAmountOfAPart(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]struct {
		part Part
		yuan int64
	}{
		"额度5万，欠了3万":                     {PartLimit, 50000},
		"5万":                            {PartLimit, 50000},
		"limit is 30k but I owe 28,000": {PartLimit, 30000},
		"本金5000，利息800":                  {PartPrincipal, 5000},
		"principal 5000, interest 800":  {PartInterest, 800},
		"利息800，违约金50":                   {PartFees, 50},
		"工资6000，房租2000":                 {PartIncome, 6000},
		"工资6000，房租每月2000":               {PartIncome, 6000},
		"3000 a month":                  {PartIncome, 3000},
		"每月5000":                        {PartIncome, 5000},
		"i earn 6000, rent is 2000":     {PartExpense, 2000},
	} {
		a := r.Text(text).AmountOf(want.part)
		require.Equal(t, Amount{Status: Value, Fen: money.Yuan(want.yuan)}, a, text)
	}
}

// Why says what is doubtful: ids that the dialog and its words rely on.
func TestWhyAReadingIsDoubtful(t *testing.T) {
	r := reader(t)
	for text, why := range map[string]string{
		"大概8600": "approximate", "3000-4000": "range", "几千块": "vague", "1万25": "unclear", "500美元": "foreign", "0": "zero", "-500": "negative",
		"一千亿": "absurd", "招行5000，建行3000": "several", "本金5000利息800": "sum", "每期1200，两期没还": "product", "刷了2万": "borrowed",
		"每月还1200，这个月没还": "monthly", "最低还款300": "minimum", "本金5000": "principal", "没欠钱": "zero",
		"got 200 left owe 1800": "several", "5千学费8千信用卡": "several", "3 late payments": "unclear",
	} {
		a := r.Amount(text)
		require.Equal(t, Confirm, a.Status, text)
		require.Equal(t, why, a.Why, text)
	}
	for text, why := range map[string]string{"额度5万": "limit", "工资6000": "income", "房租1200": "expense", "我能还500": "offer", "还了3000": "paid",
		"借了2万": "borrowed", "每月还1200": "monthly"} {
		require.Equal(t, Amount{Status: Unknown, Why: why}, r.Amount(text), text)
	}
	for text, why := range map[string]string{
		"大概20天": "approximate", "两三天": "range", "几天": "vague", "10/11": "ambiguous_date", "两期没还": "instalments",
		"自从8月8号失业就没还过": "event", "2099年1月1号": "future", "2月30号": "no_such_day", "1999年1月1号": "absurd", "上个月": "approximate", "500": "unclear",
		"花呗逾期20天 借呗逾期35天": "several",
	} {
		l := r.Lateness(text, today)
		require.Equal(t, Confirm, l.Status, text)
		require.Equal(t, why, l.Why, text)
	}
	require.Equal(t, Lateness{Status: Value, Why: "not_late"}, r.Lateness("还没逾期", today))
	require.Equal(t, Lateness{Status: Unknown, Why: "event"}, r.Lateness("失业三个月了", today))
	require.Equal(t, Lateness{Status: Unknown, Why: "lunar"}, r.Lateness("农历八月十五", today))
}
