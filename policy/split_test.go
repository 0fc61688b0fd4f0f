package policy

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/policy/money"
	"respite/policy/schedule"
)

func TestSplit(t *testing.T) {
	b := shipped(t)
	for _, test := range []struct {
		facts                     string
		principal, interest, fees money.Fen
		unsure                    [3]bool
	}{
		{"", money.Yuan(1000), 0, 0, [3]bool{true, true, true}},
		{"principal=700", money.Yuan(700), money.Yuan(300), 0, [3]bool{false, true, true}},
		{"interest=100", money.Yuan(900), money.Yuan(100), 0, [3]bool{true, false, true}},
		{"fees=100", money.Yuan(900), 0, money.Yuan(100), [3]bool{true, true, false}},
		{"principal=700 interest=100", money.Yuan(700), money.Yuan(100), money.Yuan(200), [3]bool{}},
		{"principal=700 fees=100", money.Yuan(700), money.Yuan(200), money.Yuan(100), [3]bool{}},
		{"interest=200 fees=100", money.Yuan(700), money.Yuan(200), money.Yuan(100), [3]bool{}},
		{"principal=700 interest=200 fees=100", money.Yuan(700), money.Yuan(200), money.Yuan(100), [3]bool{}},
		{"principal=700 interest=200 fees=99", money.Yuan(1000), 0, 0, [3]bool{true, true, true}},
		{"principal=1000.01", money.Yuan(1000), 0, 0, [3]bool{true, true, true}},
		{"principal=1000", money.Yuan(1000), 0, 0, [3]bool{false, true, true}},
	} {
		want := split{schedule.Parts{Principal: test.principal, Interest: test.interest, Fees: test.fees}, test.unsure}
		require.Equal(t, want, b.split(b.know(told(t, b, test.facts)), money.Yuan(1000)), test.facts)
	}
}

func TestWants(t *testing.T) {
	b := shipped(t)
	for _, test := range []struct {
		facts string
		plan  Plan
		want  []FactID
	}{
		{"", Plan{}, nil},
		{"", Plan{Waive: Waive{50, 50, 50}}, nil},
		{"", Plan{Waive: Waive{0, 50, 50}}, []FactID{Principal, Interest, Fees}},
		{"principal=700", Plan{Waive: Waive{0, 100, 100}}, nil},
		{"principal=700", Plan{Waive: Waive{0, 0, 100}}, []FactID{Interest, Fees}},
		{"principal=700 fees=1", Plan{Waive: Waive{0, 0, 100}}, nil},
		{"", Plan{Rate: PlanRate{Annual: money.Whole / 10}}, []FactID{Principal, Interest, Fees}},
		{"principal=700", Plan{Rate: PlanRate{Product: true}}, []FactID{ProductFact}},
		{"principal=700 product=cash_loan", Plan{Rate: PlanRate{Product: true}}, nil},
	} {
		q, ok := b.quote(b.know(told(t, b, "owed=1000 "+test.facts)), monday)
		require.True(t, ok)
		require.Equal(t, test.want, q.wants(&test.plan), "%s with %+v", test.facts, test.plan)
	}
}

// A figure that is called exact stays as it is when the split is told, and an estimate is never too low: the plans of the
// shipped book give up no more of the principal than of the rest. A fen is for rounding.
func TestEstimatesHold(t *testing.T) {
	b := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		facts := drawFacts(t, b)
		delete(facts, Principal)
		delete(facts, Interest)
		delete(facts, Fees)
		owed := facts[Owed].N
		interest := rapid.Int64Range(0, owed/2).Draw(t, "interest part")
		fees := rapid.Int64Range(0, owed/2-interest/2).Draw(t, "fees part")
		parts := map[FactID]int64{Principal: owed - interest - fees, Interest: interest, Fees: fees}
		if parts[Principal] < 0 {
			t.Skip("more parts than debt")
		}
		if rapid.Bool().Draw(t, "one part told") {
			told := rapid.SampledFrom(splitFacts[:]).Draw(t, "told")
			facts[told] = Value{Kind: Money, N: parts[told]}
		}
		before := b.Assess(facts, monday)
		for id, n := range parts {
			facts[id] = Value{Kind: Money, N: n}
		}
		after := b.Assess(facts, monday)
		for i, f := range before.Findings {
			for _, o := range f.Offers {
				for _, exact := range after.Findings[i].Offers {
					if exact.ID != o.ID || exact.Terms.Count != o.Terms.Count {
						continue
					}
					if !o.Estimate {
						require.Equal(t, exact.Schedule.Total, o.Schedule.Total, o.ID)
					}
					require.GreaterOrEqual(t, o.Schedule.Total+1, exact.Schedule.Total, o.ID)
				}
			}
		}
	})
}
