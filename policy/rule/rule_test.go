package rule

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEval(t *testing.T) {
	l := language(t)
	none := map[string]int64{}
	for _, test := range []struct {
		expr  string
		known map[string]int64
		want  Truth
		needs []string
	}{
		{"owed <= percent(40, credit_limit)", map[string]int64{"owed": 4000, "credit_limit": 10000}, True, nil},
		{"owed <= percent(40, credit_limit)", map[string]int64{"owed": 4001, "credit_limit": 10000}, False, nil},
		{"owed <= percent(40, credit_limit)", map[string]int64{"owed": 4001, "credit_limit": 10002}, False, nil},
		{"owed <= percent(40, credit_limit)", map[string]int64{"owed": 4000}, Unknown, []string{"credit_limit"}},
		{"owed <= percent(40, credit_limit)", none, Unknown, []string{"owed", "credit_limit"}},
		{"days_late <= days(14)", map[string]int64{"days_late": 14}, True, nil},
		{"days_late < days(14)", map[string]int64{"days_late": 14}, False, nil},
		{"days_late > days(14)", map[string]int64{"days_late": 14}, False, nil},
		{"days_late >= days(14)", map[string]int64{"days_late": 14}, True, nil},
		{"days_late == days(14)", map[string]int64{"days_late": 14}, True, nil},
		{"days_late != days(14)", map[string]int64{"days_late": 14}, False, nil},
		{"owed < yuan(10) + fen(5)", map[string]int64{"owed": 1004}, True, nil},
		{"owed - credit_limit < yuan(-1)", map[string]int64{"owed": 100, "credit_limit": 201}, True, nil},
		{"percent(50, owed - credit_limit) < fen(-50)", map[string]int64{"owed": 100, "credit_limit": 201}, True, nil},
		{"smallest(owed, credit_limit) == fen(100)", map[string]int64{"owed": 100, "credit_limit": 201}, True, nil},
		{`"student" in hardship`, map[string]int64{"hardship": 4}, True, nil},
		{`"student" in hardship`, map[string]int64{"hardship": 3}, False, nil},
		{`hardship.any(["illness", "accident"])`, map[string]int64{"hardship": 6}, True, nil},
		{`hardship.any(["illness", "accident"])`, map[string]int64{"hardship": 12}, False, nil},
		{`hardship.any()`, map[string]int64{"hardship": 0}, False, nil},
		{`hardship.any()`, map[string]int64{"hardship": 8}, True, nil},
		{`product == "loan"`, map[string]int64{"product": 1}, True, nil},
		{`"loan" != product`, map[string]int64{"product": 1}, False, nil},
		{`product in ["card", "line"]`, map[string]int64{"product": 1}, False, nil},
		{`warned`, map[string]int64{"warned": 1}, True, nil},
		{`!warned`, map[string]int64{"warned": 1}, False, nil},
		{`!warned`, none, Unknown, []string{"warned"}},
		{"warned || days_late > days(3)", map[string]int64{"days_late": 4}, True, nil},
		{"warned || days_late > days(3)", map[string]int64{"days_late": 3}, Unknown, []string{"warned"}},
		{"warned && days_late > days(3)", map[string]int64{"days_late": 3}, False, nil},
		{"warned && days_late > days(3)", map[string]int64{"days_late": 4}, Unknown, []string{"warned"}},
		{"warned && days_late > days(3)", none, Unknown, []string{"days_late", "warned"}},
		{"left >= yuan(10)", map[string]int64{"income": 2000, "rent": 1000, "dependants": 0}, True, nil},
		{"left >= yuan(10)", map[string]int64{"income": 1999, "rent": 1000, "dependants": 0}, False, nil},
		{"left >= yuan(10)", map[string]int64{"income": 2000}, Unknown, []string{"dependants", "rent"}},
		{"dependants >= people(2)", map[string]int64{"dependants": 2}, True, nil},
	} {
		truth, needs := compiled(t, l, test.expr).Eval(state(t, l, test.known))
		require.Equal(t, test.want, truth, "%s with %v", test.expr, test.known)
		require.Equal(t, test.needs, l.Names(needs), "%s with %v", test.expr, test.known)
	}
}

func TestAFigureHangsOnRefusedFactsAlone(t *testing.T) {
	l := language(t)
	s := l.State()
	rent, _ := l.Place("rent")
	s.Refuse(1 << rent)
	s.Derive()

	_, needs := compiled(t, l, "left > yuan(0)").Eval(s)
	require.Equal(t, []string{"rent"}, l.Names(needs))
	_, needs = compiled(t, l, "left > yuan(0) || dependants > people(3)").Eval(s)
	require.Equal(t, []string{"dependants", "rent"}, l.Names(needs))
}

func TestCertain(t *testing.T) {
	l := language(t)
	for _, test := range []struct {
		expr     string
		yes, no_ []string
	}{
		{"owed <= percent(40, credit_limit)", []string{"owed", "credit_limit"}, []string{"owed", "credit_limit"}},
		{"warned && days_late > days(3)", []string{"days_late", "warned"}, nil},
		{"warned || days_late > days(3)", nil, []string{"days_late", "warned"}},
		{"!(warned || days_late > days(3))", []string{"days_late", "warned"}, nil},
		{"warned && days_late > days(3) || warned", []string{"warned"}, []string{"warned"}},
		{"left > yuan(0)", []string{"left"}, []string{"left"}},
	} {
		r := compiled(t, l, test.expr)
		require.Equal(t, test.yes, l.Names(r.Certain(True)), test.expr)
		require.Equal(t, test.no_, l.Names(r.Certain(False)), test.expr)
		require.Zero(t, r.Certain(Unknown))
	}
}

func TestUsesAndBase(t *testing.T) {
	l := language(t)
	r := compiled(t, l, "left > owed")
	require.Equal(t, []string{"owed", "left"}, l.Names(r.Uses()))
	require.Equal(t, []string{"owed", "dependants", "income", "rent"}, l.Names(r.Base()))
}

func BenchmarkEval(b *testing.B) {
	l := language(b)
	r := compiled(b, l, `owed <= percent(40, credit_limit) && hardship.any(["illness"]) || left < yuan(5)`)
	s := state(b, l, map[string]int64{"owed": 4000, "hardship": 1})
	b.ReportAllocs()
	for b.Loop() {
		r.Eval(s)
	}
}
