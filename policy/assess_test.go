package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// told reads facts such as "owed=4000 hardship=own_illness,accident" for a book.
func told(t require.TestingT, b *Book, text string) Facts {
	facts := Facts{}
	for one := range strings.FieldsSeq(text) {
		id, value, _ := strings.Cut(one, "=")
		v, message := b.Parse(FactID(id), value)
		require.Empty(t, message, text)
		facts[FactID(id)] = v
	}
	return facts
}

// of returns the finding on a programme.
func of(t require.TestingT, a Assessment, programme string) Finding {
	i := slices.IndexFunc(a.Findings, func(f Finding) bool { return f.Programme == programme })
	require.GreaterOrEqual(t, i, 0, programme)
	return a.Findings[i]
}

// verdictsOf lists the programmes by verdict.
func verdictsOf(a Assessment) map[Verdict]string {
	list := map[Verdict]string{}
	for _, f := range a.Findings {
		list[f.Verdict] = strings.TrimSpace(list[f.Verdict] + " " + f.Programme)
	}
	return list
}

func TestThreeFacts(t *testing.T) {
	a := shipped(t).Assess(threeFacts, monday)
	require.Equal(t, map[Verdict]string{
		Eligible:   "waive-fees larger-support deferral longer-term stop-collection",
		Undecided:  "settle-principal instalments-interest-waived card-instalments repeated-default",
		Ineligible: "student-settlement reduced-payments principal-reduction",
	}, verdictsOf(a))
	require.Equal(t, CreditLimit, a.Next)
	require.False(t, a.Left.Known)
	require.False(t, a.Unfit)

	settle := of(t, a, "settle-principal")
	require.Equal(t, []FactID{CreditLimit}, settle.Needs)
	require.Empty(t, settle.Offers, "a programme that may not apply makes no offer")
	require.Equal(t, Outcome{
		ID: "share", Verdict: Undecided, Key: "programme.settle-principal.share.open",
		Args:  map[string]Value{"owed": threeFacts[Owed], "days_late": threeFacts[DaysLate], "hardship": threeFacts[Hardship]},
		Facts: []FactID{Owed, CreditLimit}, Needs: []FactID{CreditLimit}, Source: "s3",
	}, settle.Outcomes[0])
	require.Equal(t, "programme.settle-principal.early.yes", settle.Outcomes[1].Key)
	require.Equal(t, []FactID{ProductFact, Budget}, of(t, a, "card-instalments").Needs, "a group stands for its members")
}

func TestJudgeIsAssessWithoutOffers(t *testing.T) {
	b := shipped(t)
	a := b.Assess(threeFacts, monday)
	for i := range a.Findings {
		a.Findings[i].Offers = nil
	}
	require.Equal(t, a, b.Judge(threeFacts))
}

func TestNothingIsRefusedByTheMachineAlone(t *testing.T) {
	b := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		for _, f := range b.Judge(drawFacts(t, b)).Findings {
			if f.Verdict == Ineligible {
				require.NotEmpty(t, f.Human)
				require.Contains(t, b.Words("en"), f.Human)
			}
		}
	})
}

func TestWhatCannotBeIsUnknown(t *testing.T) {
	b := shipped(t)
	for name, v := range map[string]Value{
		"of another kind":         {Kind: Count, N: 400_000},
		"outside the range":       {Kind: Money, N: 0},
		"far outside the range":   {Kind: Money, N: 1 << 62},
		"nothing at all":          {},
		"of the kind of a group":  {Kind: Group},
		"of a kind that is not":   {Kind: "colour"},
		"a choice, not an amount": {Kind: Choice, Names: []string{"own_illness"}},
	} {
		facts := Facts{Owed: v, CreditLimit: {Kind: Money, N: 1_000_000}, DaysLate: {Kind: Count, N: 3}}
		f := of(t, b.Assess(facts, monday), "settle-principal")
		require.Equal(t, Undecided, f.Verdict, name)
		require.Equal(t, []FactID{Owed}, f.Needs, name)
		require.NotContains(t, f.Outcomes[0].Args, "owed", name)
	}
	a := b.Assess(Facts{Hardship: {Kind: Set, Names: []string{"flu"}}, "mood": {Kind: YesNo, N: 1}, "late_before": {Kind: Choice}}, monday)
	require.Equal(t, []FactID{Hardship}, of(t, a, "larger-support").Needs)
	require.Equal(t, []FactID{"late_before"}, of(t, a, "repeated-default").Needs)
}

func TestRefusedAnswers(t *testing.T) {
	b := shipped(t)
	a := b.Judge(told(t, b, "owed=4000 days_late=10 hardship=own_illness credit_limit=skipped budget=skipped"))
	settle := of(t, a, "settle-principal")
	require.Equal(t, Undecided, settle.Verdict)
	require.Equal(t, []FactID{CreditLimit}, settle.Needs, "it still hangs on it")
	require.Equal(t, skippedKey, settle.Human, "so a person decides")
	require.Empty(t, of(t, a, "card-instalments").Human, "the product can still decide this one")
	require.Equal(t, FactID("late_before"), a.Next)
	require.Empty(t, of(t, a, "deferral").Human)

	a = b.Assess(told(t, b, "owed=4000 days_late=10 hardship=own_illness late_before=skipped"), monday)
	require.Equal(t, skippedKey, of(t, a, "deferral").Human, "keeping it back is no way round the person who looks at repeated default")
	require.True(t, of(t, a, "deferral").Offers[0].Agent)

	a = b.Judge(told(t, b, "owed=4000 days_late=100 hardship=accident credit_limit=1 late_before=never product=bank_card income=5000 housing=skipped"))
	require.Equal(t, skippedKey, of(t, a, "principal-reduction").Human, "one number kept back leaves the form useless")
	require.Empty(t, a.Next, "so the rest of it is not asked for")

	a = b.Judge(told(t, b, "days_late=100 hardship=accident budget=skipped income=5000 housing=1 food=1 travel=1 dependants=0 other_debts=0"))
	require.True(t, a.Left.Known, "what was told counts though the form was skipped")
}

func TestAPersonTakesTheWholeCase(t *testing.T) {
	b := shipped(t)
	a := b.Assess(told(t, b, "owed=4000 days_late=10 hardship=unpaid_wages,student credit_limit=10000"), monday)
	for _, f := range a.Findings {
		want := "programme.student-settlement.person"
		if f.Verdict == Ineligible {
			want = reviewKey
		}
		require.Equal(t, want, f.Human, f.Programme)
		for _, o := range f.Offers {
			require.True(t, o.Agent, o.ID)
		}
	}
	require.False(t, of(t, b.Assess(threeFacts, monday), "deferral").Offers[0].Agent, "without that, the book itself may grant it")
}

func TestProductsThatAProgrammeIsFor(t *testing.T) {
	products := `products:
  - {id: card, interest: {daily: 0.0005}, penalty: {daily: 0.0005}, programmes: all, source: operator}
  - {id: loan, interest: {annual: 0.12}, penalty: {daily: 0.0003}, programmes: [second], source: operator}
`
	second := `order: 2
decides: book
review: {first: 1, from: 1, until: 1, source: law}
when: [{id: early, if: days_late <= days(14), source: law}]
words: {en: {name: Second, summary: Another., early: {yes: "Yes", no: "No", open: It depends}}}
`
	b, err := Load(small(t, map[string]string{"products.yaml": products, "second.yaml": second,
		"second_test.yaml": "- {name: one, facts: {days_late: 3}, verdict: eligible}"}), Options{})
	require.NoError(t, err)
	facts := told(t, b, "owed=100 credit_limit=1000 days_late=3")

	a := b.Judge(facts)
	relief := of(t, a, "relief")
	require.Equal(t, Undecided, relief.Verdict)
	require.Equal(t, ProductFact, a.Next)
	require.Equal(t, Outcome{ID: "product", Verdict: Undecided, Key: "policy.product.open", Args: relief.Outcomes[0].Args,
		Facts: []FactID{ProductFact}, Needs: []FactID{ProductFact}, Source: "products.yaml"}, relief.Outcomes[0])
	require.Equal(t, Eligible, of(t, a, "second").Verdict, "this one is for both products")

	facts[ProductFact] = Value{Kind: Choice, Names: []string{"card"}}
	require.Equal(t, Eligible, of(t, b.Judge(facts), "relief").Verdict)
	facts[ProductFact] = Value{Kind: Choice, Names: []string{"loan"}}
	relief = of(t, b.Judge(facts), "relief")
	require.Equal(t, Ineligible, relief.Verdict)
	require.Equal(t, "policy.product.no", relief.Outcomes[0].Key)
}

// A verdict that is reached with some facts unknown stays whatever they turn out to be.
func TestVerdictsOnlyGrow(t *testing.T) {
	b := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		all := drawFacts(t, b)
		some := Facts{}
		for id, v := range all {
			if rapid.Bool().Draw(t, string(id)+" known early") {
				some[id] = v
			}
		}
		early, late := b.Judge(some), b.Judge(all)
		for i, f := range early.Findings {
			if f.Verdict != Undecided {
				require.Equal(t, f.Verdict, late.Findings[i].Verdict, f.Programme)
			}
			require.Equal(t, f.Verdict == Undecided, len(f.Needs) > 0)
		}
	})
}

// Whatever is known: the texts of every outcome can be filled in.
func TestReasonsNameOnlyWhatIsKnown(t *testing.T) {
	b := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		for _, f := range b.Judge(drawFacts(t, b)).Findings {
			for _, o := range f.Outcomes {
				for _, lang := range b.Languages() {
					text, ok := b.Words(lang)[o.Key]
					require.True(t, ok, o.Key)
					for _, name := range fieldsOf(text) {
						require.Contains(t, o.Args, name, "%s in %s", o.Key, lang)
					}
				}
			}
		}
	})
}

// Whatever is known: offers keep within the means, come out to the fen, and have names of their own.
func TestOffersAddUp(t *testing.T) {
	b := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		facts := drawFacts(t, b)
		a := b.Assess(facts, monday)
		ids := map[string]bool{}
		for _, f := range a.Findings {
			require.True(t, f.Verdict == Eligible || f.Offers == nil)
			for _, o := range f.Offers {
				require.LessOrEqual(t, len(o.ID), maxOfferID)
				require.False(t, ids[o.ID], o.ID)
				ids[o.ID] = true
				require.Equal(t, len(o.Wants) > 0, o.Estimate)
				require.EqualValues(t, facts[Owed].N, o.Terms.Owed.Sum())
				addsUp(t, o)
				if a.Left.Known && o.Terms.Method != schedule.Lump {
					require.LessOrEqual(t, highest(o.Schedule), a.Left.Fen)
				}
				require.GreaterOrEqual(t, o.Idle, o.Terms.Owed.Sum())
			}
		}
	})
}

func addsUp(t require.TestingT, o Offer) {
	s := o.Schedule
	require.Equal(t, o.Terms.Owed.Sum()-s.Waived+s.Running, s.Total)
	left, last := s.Total, o.Terms.Start
	for _, i := range s.Instalments {
		left -= i.Amount
		require.Positive(t, i.Amount)
		require.Equal(t, left, i.Left)
		require.Equal(t, i.Amount, i.Parts.Sum())
		require.Greater(t, i.Due, last)
		last = i.Due
	}
	require.Zero(t, left)
	require.Equal(t, last, o.Last)
}

func TestLargerWaiversNeverRaiseTheTotal(t *testing.T) {
	b := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		facts := drawFacts(t, b)
		q, ok := b.quote(b.know(facts), monday)
		require.True(t, ok)
		plan := Plan{Method: schedule.EqualPayment, First: Wait{Months: 1}}
		plan.Rate.Product = rapid.Bool().Draw(t, "interest runs")
		plan.Waive = Waive{rapid.IntRange(0, 98).Draw(t, "principal"), rapid.IntRange(0, 99).Draw(t, "interest"), rapid.IntRange(0, 99).Draw(t, "fees")}
		more := plan
		more.Waive.Principal++
		more.Waive.Interest++
		more.Waive.Fees++
		count := rapid.IntRange(1, 36).Draw(t, "count")
		less, err1 := q.terms(&plan, count).Schedule(b.calendar)
		even, err2 := q.terms(&more, count).Schedule(b.calendar)
		if err1 != nil || err2 != nil {
			t.Skip("too little for so many instalments")
		}
		require.LessOrEqual(t, even.Total, less.Total)
	})
}

func TestRateCeiling(t *testing.T) {
	b := shipped(t)
	facts := told(t, b, "owed=12000 days_late=20 hardship=other product=bank_card")
	rate := func(on day.Date) string { return of(t, b.Assess(facts, on), "longer-term").Offers[0].Terms.Rate }
	require.Equal(t, "0.1825", rate(day.Of(2027, 12, 30)), "0.0005 a day")
	require.Equal(t, "0.12", rate(day.Of(2027, 12, 31)), "the ceiling is lower from this day on")
	require.Equal(t, "0.1825", rate(day.Of(2019, 12, 31)), "none is laid down for this day")
}

func TestASumDueAtOnceIsSaidToBeMoreThanIsLeftOver(t *testing.T) {
	b := bookOf(t, later())
	offered := func(f Facts) []Offer { return b.Assess(f, today).Findings[0].Offers }

	require.Equal(t, money.Yuan(4600), offered(owing(5000).spare(400))[0].Short)
	require.Equal(t, money.Yuan(5000), offered(owing(5000).spare(-300))[0].Short)
	require.Zero(t, offered(owing(5000).spare(5000))[0].Short)
	require.Zero(t, offered(owing(5000))[0].Short, "what is left over is not known")

	rich, poor := owing(5000).spare(400), owing(5000).spare(400)
	rich[AtHand], poor[AtHand] = yuan(4600), yuan(4599)
	require.Zero(t, offered(rich)[0].Short)
	require.Empty(t, offered(poor), "the money at hand is known not to do")
}
