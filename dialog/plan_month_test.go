package dialog

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/policy"
	"respite/policy/day"
	"respite/policy/money"
)

func TestTheBudgetOfTheMonth(t *testing.T) {
	known := func(income money.Fen) Facts {
		yuan := func(n int64) Value { return Value{Kind: policy.Money, N: n * 100} }
		return Facts{policy.Owed: yuan(300), policy.DaysLate: {Kind: policy.Count, N: 10}, policy.Hardship: {Kind: policy.Set, Names: []string{"income_drop"}},
			"income": {Kind: policy.Money, N: int64(income)}, "housing": yuan(1000), "food": yuan(800), "travel": yuan(200), "dependants": {Kind: policy.Count},
			"other_debts": yuan(0)}
	}
	for name, x := range map[string]struct {
		facts Facts
		on    day.Date
		due   money.Fen
		left  string
		sum   money.Fen
	}{
		"not known":  {nil, tenth - 9, 10000, "budget.unknown", 0},
		"enough":     {known(250000), tenth - 9, 10000, "budget.left", 40000},
		"too little": {known(205000), tenth - 9, 10000, "budget.short", 5000},
		"two due":    {known(250000), day.Of(2027, 1, 3), 20000, "budget.left", 30000}, // December's was not paid
	} {
		t.Run(name, func(t *testing.T) {
			c := begins(t, china, tenth, 3)
			c.c.Facts = x.facts
			y, m, d := x.on.Date()
			c.until(y, m, d, 12)
			c.press(budget, "")
			body := c.out[len(c.out)-1].Body
			require.Equal(t, T("budget.due", "Amount", x.due), body[0])
			require.Equal(t, x.left, body[1].Key)
			if x.sum > 0 {
				sum, _ := body[1].Args.Get("Amount")
				require.Equal(t, x.sum, sum)
			}
			require.Len(t, body, 3, "one line of advice and no more")
			require.True(t, strings.HasPrefix(body[2].Key, "advice."), body[2].Key)
		})
	}
}

func TestAdviceChangesWithTheMonth(t *testing.T) {
	c := begins(t, china, tenth, 24)
	given := map[string]int{}
	for m := range 12 {
		c.now = time.Date(2027, time.Month(m+1), 2, 12, 0, 0, 0, c.now.Location())
		c.press(budget, "")
		body := c.out[len(c.out)-1].Body
		given[body[len(body)-1].Key]++
	}
	require.Equal(t, map[string]int{"advice.fund": 4, "advice.debts": 4, "advice.records": 4}, given)
}

func TestWhatIfMore(t *testing.T) {
	for text, want := range map[string]string{
		"if I pay 100 more a month": "faster.ends", "每月多还100会怎样": "faster.ends", "每月多還100會怎樣": "faster.ends", "if I pay 1 more a month": "faster.same",
		"can I pay more each month?": "faster.ask",
	} {
		c := begins(t, china, tenth, 3)
		before := c.c.Plan.clone()
		c.types(text)
		require.Equal(t, want, c.heardOf(false), text)
		require.Equal(t, before, c.c.Plan, "only a calculation")
	}
	c := begins(t, china, tenth, 3)
	for _, arg := range []string{"", "x", "-5", "99999999999999"} {
		c.press(faster, arg)
		require.Equal(t, "faster.ask", c.heardOf(false), arg)
	}
}
