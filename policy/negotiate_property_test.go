package policy

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

func drawFacts(t *rapid.T, b *Book) Facts {
	facts := Facts{}
	for _, d := range b.facts {
		if d.Kind == Group || d.derive != "" || d.ID != Owed && rapid.Bool().Draw(t, string(d.ID)+" unknown") {
			continue
		}
		v := Value{Kind: d.Kind}
		switch d.Kind {
		case Choice:
			v.Names = []string{rapid.SampledFrom(d.Choices).Draw(t, string(d.ID))}
		case Set:
			v.Names = []string{rapid.SampledFrom(d.Choices).Draw(t, string(d.ID))}
		case Money:
			v.N = rapid.Int64Range(max(d.Min, 0), min(d.Max, 5_000_000)).Draw(t, string(d.ID))
		default:
			v.N = rapid.Int64Range(d.Min, min(d.Max, 120)).Draw(t, string(d.ID))
		}
		facts[d.ID] = v
	}
	if rapid.Bool().Draw(t, "budget") {
		facts.spare(rapid.Int64Range(-500, 8000).Draw(t, "left over"))
	}
	return facts
}

func drawProposal(t *rapid.T, b *Book) Proposal {
	programmes := []string{"", "", ""}
	for _, p := range b.programmes {
		programmes = append(programmes, p.ID)
	}
	amount := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(1, 100_000), rapid.Int64Range(1, 6_000_000))
	p := Proposal{
		Programme: rapid.SampledFrom(programmes).Draw(t, "programme"),
		Monthly:   money.Fen(amount.Draw(t, "monthly")),
		Down:      money.Fen(amount.Draw(t, "down")),
		Months:    rapid.OneOf(rapid.Just(0), rapid.IntRange(1, 80)).Draw(t, "months"),
	}
	if days := rapid.OneOf(rapid.Just(0), rapid.IntRange(1, 400)).Draw(t, "start"); days > 0 {
		p.Start = today + day.Date(days)
	}
	return p
}

// Whatever is known and proposed: an answer keeps within the book, within what is left over, and does what it says.
func TestNegotiateKeepsItsWord(t *testing.T) {
	b, err := Default()
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		facts, want := drawFacts(t, b), drawProposal(t, b)
		got := b.Negotiate(facts, today, want)
		require.Equal(t, got, b.Negotiate(facts, today, want))
		require.Equal(t, got.Accepted, got.Key == "")
		if !got.Fits {
			require.Equal(t, Offer{}, got.Offer)
			require.Contains(t, []string{beyondLeft, beyondOnce, nothingOpen}, got.Key)
			return
		}
		o := got.Offer
		again, err := o.Terms.Schedule(b.calendar)
		require.NoError(t, err)
		require.Equal(t, again, o.Schedule)
		require.Equal(t, o.Last, again.Instalments[len(again.Instalments)-1].Due)
		keeps(t, b, facts, want, o)
		if got.Accepted {
			meets(t, want, o)
		}
	})
}

// keeps checks that an offer is within the bounds of a plan of its programme, and within what is left over.
func keeps(t *rapid.T, b *Book, facts Facts, want Proposal, o Offer) {
	a := b.Assess(facts, today)
	i := slices.IndexFunc(a.Findings, func(f Finding) bool { return f.Programme == o.Programme })
	require.NotEqual(t, Ineligible, a.Findings[i].Verdict)
	require.True(t, a.Findings[i].Verdict == Eligible || want.Programme == o.Programme)
	p := b.programmes[i]
	require.Equal(t, o.Agent, p.Decides != ByBook || a.Findings[i].Human != "")
	whole := o.Terms.Method == lump
	require.True(t, slices.ContainsFunc(p.Plans, func(plan Plan) bool {
		inside := o.Terms.First <= max(plan.Latest.After(today), plan.First.After(today)) && plan.Waive.Of(o.Terms.Owed) == o.Terms.Waived
		if plan.Method == schedule.Reduced {
			return inside && (whole || o.Terms.Cut.Count <= plan.Cut.Count)
		}
		return inside && (whole || plan.Method == o.Terms.Method && plan.Least <= o.Terms.Count && o.Terms.Count <= plan.Most)
	}), "%+v is no plan of %s", o.Terms, o.Programme)
	if a.Left.Known && !whole {
		require.LessOrEqual(t, highest(o.Schedule), a.Left.Fen)
	}
}

// meets checks that a plan is what was proposed.
func meets(t *rapid.T, want Proposal, o Offer) {
	require.GreaterOrEqual(t, o.Terms.First, want.Start)
	if want.Down >= o.Schedule.Total {
		require.Equal(t, lump, o.Terms.Method)
		return
	}
	require.Equal(t, want.Down, o.Terms.Down)
	monthly, count := highest(o.Schedule), o.Terms.Count
	if o.Terms.Method == schedule.Reduced && want.Programme != "" {
		monthly, count = o.Terms.Cut.Amount, o.Terms.Cut.Count
	}
	if want.Monthly > 0 {
		require.LessOrEqual(t, monthly, want.Monthly)
	}
	if want.Months > 0 {
		require.Equal(t, want.Months, count)
	}
}

// Asking for what the answer gives is accepted: a borrower who says "then that" gets that.
func TestNegotiateEndsInAgreement(t *testing.T) {
	b, err := Default()
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		facts, want := drawFacts(t, b), drawProposal(t, b)
		got := b.Negotiate(facts, today, want)
		if !got.Fits || got.Accepted {
			t.Skip("no counter-offer")
		}
		o := got.Offer
		then := Proposal{Programme: o.Programme, Down: o.Terms.Down, Months: o.Terms.Count, Start: o.Terms.First}
		switch o.Terms.Method {
		case lump:
			then.Down, then.Months = o.Schedule.Total, 0
		case schedule.Reduced:
			then.Monthly, then.Months = o.Terms.Cut.Amount, o.Terms.Cut.Count
		}
		second := b.Negotiate(facts, today, then)
		require.True(t, second.Accepted, second.Key)
	})
}
