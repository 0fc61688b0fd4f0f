package rule

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSearch(t *testing.T) {
	l := language(t)
	both := Found{true, true, true}
	for expr, want := range map[string]Found{
		"days_late <= days(14)":                                             both,
		"days_late >= days(0)":                                              {true, false, true},
		"days_late > days(3650)":                                            {false, true, true},
		"days_late == days(3650)":                                           both,
		"days_late > days(10) && days_late < days(11)":                      {false, true, true},
		"days_late >= days(10) && days_late < days(11)":                     both,
		"days_late > days(10) || days_late <= days(10)":                     {true, false, true},
		"owed <= percent(40, credit_limit)":                                 both,
		"owed <= percent(0, credit_limit)":                                  {false, true, true},
		"owed > yuan(5) && owed <= percent(1, credit_limit)":                both,
		"hardship.any()":                                                    both,
		`hardship.any() || !("illness" in hardship)`:                        {true, false, true},
		`"illness" in hardship && !hardship.any(["illness", "accident"])`:   {false, true, true},
		`!("illness" in hardship) && hardship.any(["illness", "accident"])`: both,
		`product == "card" && product == "loan"`:                            {false, true, true},
		`product != "card" || product != "loan"`:                            {true, false, true},
		"warned && !warned":                                                 {false, true, true},
		"left > yuan(0)":                                                    both,
		"left > income":                                                     {false, true, false}, // income stands in it twice
		"left > yuan(0) && left < yuan(0)":                                  {false, true, false}, // two comparisons of several facts
		"owed == credit_limit":                                              {true, true, false},  // equality of two facts is not monotone
		"living_cost(dependants) >= yuan(10)":                               {true, false, true},
		"living_cost(dependants) >= yuan(25)":                               both,
		"income < yuan(1) && left > yuan(100)":                              {false, true, true},
	} {
		require.Equal(t, want, Search(compiled(t, l, expr)), expr)
	}
	require.Equal(t, Found{false, true, true}, Search(compiled(t, l, "days_late > days(14)"), compiled(t, l, "days_late < days(14)")))
}

// What a complete search does not find is not there: over small ranges every combination of values is tried.
func TestSearchIsComplete(t *testing.T) {
	l, _, err := New([]Var{
		{Name: "a", Type: Money, Min: 0, Max: 12},
		{Name: "b", Type: Money, Min: -3, Max: 9},
		{Name: "d", Type: Days, Min: 0, Max: 6},
		{Name: "s", Type: Set, Choices: []string{"x", "y", "z"}},
	}, nil)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		r, problems := l.Compile(small(t, 3))
		if problems != nil {
			t.Skip("both sides of a comparison are literals")
		}
		found := Search(r)
		if !found.Complete {
			t.Skip("makes no claim")
		}
		var holds, fails bool
		for n := range 13 * 13 * 7 * 8 {
			s := l.State()
			s.Set(0, int64(n%13))
			s.Set(1, int64(n/13%13)-3)
			s.Set(2, int64(n/169%7))
			s.Set(3, int64(n/1183))
			truth, _ := r.Eval(s)
			holds, fails = holds || truth == True, fails || truth == False
		}
		require.Equal(t, Found{holds, fails, true}, found)
	})
}

func small(t *rapid.T, depth int) string {
	if depth > 0 && rapid.Bool().Draw(t, "compound") {
		a, b := small(t, depth-1), small(t, depth-1)
		return rapid.SampledFrom([]string{"!(" + a + ")", a + " && " + b, "(" + a + " || " + b + ")"}).Draw(t, "logic")
	}
	op := rapid.SampledFrom([]string{"<", "<=", ">", ">=", "==", "!="}).Draw(t, "op")
	n := rapid.IntRange(-4, 13).Draw(t, "n")
	return rapid.SampledFrom([]string{
		fmt.Sprintf("a %s fen(%d)", op, n), fmt.Sprintf("fen(%d) %s b", n, op), fmt.Sprintf("d %s days(%d)", op, n),
		fmt.Sprintf("a %s percent(%d, b)", op, 30*max(n, 0)), fmt.Sprintf("a - b %s fen(%d)", op, n),
		`"x" in s`, `s.any(["x", "y"])`, "s.any()",
	}).Draw(t, "atom")
}
