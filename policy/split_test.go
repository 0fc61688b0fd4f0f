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
	unsure := [3]bool{true, true, true}
	for facts, want := range map[string]split{
		"":                                    {rest: 1000, unsure: unsure},
		"principal=700":                       {parts: [3]money.Fen{700, 0, 0}, rest: 300, unsure: [3]bool{false, true, true}},
		"interest=100":                        {parts: [3]money.Fen{0, 100, 0}, rest: 900, unsure: [3]bool{true, false, true}},
		"fees=100":                            {parts: [3]money.Fen{0, 0, 100}, rest: 900, unsure: [3]bool{true, true, false}},
		"principal=700 interest=100":          {parts: [3]money.Fen{700, 100, 200}},
		"principal=700 fees=100":              {parts: [3]money.Fen{700, 200, 100}},
		"interest=200 fees=100":               {parts: [3]money.Fen{700, 200, 100}},
		"principal=700 interest=200 fees=100": {parts: [3]money.Fen{700, 200, 100}},
		"principal=700 interest=200 fees=99":  {rest: 1000, unsure: unsure},
		"principal=700 interest=301":          {rest: 1000, unsure: unsure},
		"principal=1001":                      {rest: 1000, unsure: unsure},
		"principal=1000":                      {parts: [3]money.Fen{1000, 0, 0}, unsure: [3]bool{false, true, true}},
	} {
		for i := range want.parts {
			want.parts[i] *= 100
		}
		want.rest *= 100
		require.Equal(t, want, b.split(b.know(told(t, b, facts)), money.Yuan(1000)), facts)
	}
}

func TestWhatIsNotKnownCountsWhereLeastIsGivenUp(t *testing.T) {
	open := split{rest: 10, unsure: [3]bool{true, true, true}}
	require.Equal(t, schedule.Parts{Principal: 10}, open.under(Waive{}))
	require.Equal(t, schedule.Parts{Principal: 10}, open.under(Waive{Fees: 50}))
	require.Equal(t, schedule.Parts{Interest: 10}, open.under(Waive{Principal: 30, Interest: 20, Fees: 20}))
	some := split{parts: [3]money.Fen{7, 0, 0}, rest: 3, unsure: [3]bool{false, true, true}}
	require.Equal(t, schedule.Parts{Principal: 7, Interest: 3}, some.under(Waive{Interest: 50, Fees: 50}))
	require.Equal(t, schedule.Parts{Principal: 7, Fees: 3}, some.under(Waive{Interest: 50}))
	require.Equal(t, schedule.Parts{Principal: 7}, split{parts: [3]money.Fen{7, 0, 0}}.under(Waive{}))
}

func TestEstimate(t *testing.T) {
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
		wants, estimate := q.estimate(&test.plan)
		require.Equal(t, test.want, wants, "%s with %+v", test.facts, test.plan)
		require.Equal(t, test.want != nil, estimate)
	}
}

// A figure that is called exact stays as it is when the split is told, and an estimate is never too low, but for a fen of
// rounding in each instalment.
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
					require.GreaterOrEqual(t, o.Schedule.Total+money.Fen(o.Terms.Count), exact.Schedule.Total, o.ID)
				}
			}
		}
	})
}
