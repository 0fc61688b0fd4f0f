package policy

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

var today = day.Of(2026, 11, 22)

// bookOf is the shipped book with other programmes, in the order given.
func bookOf(t require.TestingT, programmes ...*Programme) *Book {
	b, err := Default()
	require.NoError(t, err)
	own := *b
	own.programmes, own.conditions = programmes, 0
	own.settings.Working, own.settings.Remainder = false, Shortfall
	for _, p := range programmes {
		for i := range p.Conditions {
			c := &p.Conditions[i]
			r, problems := own.lang.Compile(c.If)
			require.Empty(t, problems, c.If)
			c.rule = r
		}
		for i := range p.Plans {
			plan := &p.Plans[i]
			for _, count := range plan.Counts {
				plan.ids = append(plan.ids, offerID(p, plan, count))
			}
		}
		own.conditions += len(p.Conditions)
	}
	return &own
}

func when(condition string, p *Programme) *Programme {
	p.Conditions = []Condition{{ID: "when", If: condition}}
	return p
}

// monthly offers 3 to 36 instalments of at least 100 yuan, the first within 90 days.
func monthly() *Programme {
	return &Programme{ID: "monthly", Decides: ByBook, Plans: []Plan{{ID: "m", Method: schedule.EqualPayment, Counts: []int{6, 12}, Least: 3, Most: 36,
		First: Wait{Days: 30}, Latest: Wait{Days: 90}, Smallest: money.Yuan(100)}}}
}

// later is one payment, put off by up to six months.
func later() *Programme {
	return &Programme{ID: "later", Decides: ByBook, Plans: []Plan{{ID: "whole", Method: lump, Counts: []int{1}, Least: 1, Most: 1,
		First: Wait{Months: 1}, Latest: Wait{Months: 6}}}}
}

// lower halves three of twelve bills.
func lower() *Programme {
	return &Programme{ID: "lower", Decides: ByAgent, Plans: []Plan{{ID: "half", Method: schedule.Reduced, Counts: []int{12}, Least: 9, Most: 24,
		First: Wait{Months: 1}, Latest: Wait{Months: 2}, Cut: CutPlan{Count: 3, Percent: 50, Over: 6}}}}
}

func yuan(n int64) Value { return Value{Kind: Money, N: n * 100} }

func owing(n int64) Facts { return Facts{Owed: yuan(n)} }

// spare adds a budget of which so much is left over each month.
func (f Facts) spare(n int64) Facts {
	f["income"], f["housing"], f["food"], f["travel"], f["other_debts"] = yuan(9000+n), yuan(9000), yuan(0), yuan(0), yuan(0)
	f["dependants"] = Value{Kind: Count, N: 0}
	return f
}

// args are a counter's arguments as text.
func args(c Counter) map[string]string {
	list := map[string]string{}
	for name, v := range c.Args {
		list[name] = money.Fen(v.N).String()
		if v.Kind == Count {
			list[name] = money.Fen(v.N * 100).String()[:len(money.Fen(v.N*100).String())-3]
		}
	}
	return list
}

func first(o Offer) string {
	for _, i := range o.Schedule.Instalments {
		if i.N == 1 {
			return i.Due.String() + " " + i.Amount.String()
		}
	}
	return ""
}

func TestNegotiate(t *testing.T) {
	const none = ""
	for name, c := range map[string]struct {
		facts  Facts
		want   Proposal
		key    string
		args   map[string]string
		count  int
		first  string
		charge money.Fen // down payment
	}{
		"what fits is accepted, in as few instalments as it takes": {
			owing(14850), Proposal{Monthly: money.Yuan(500)}, none, nil, 30, "2026-12-22 495.00", 0},
		"more a month than there is need for": {
			owing(14850), Proposal{Monthly: money.Yuan(9000)}, none, nil, 3, "2026-12-22 4950.00", 0},
		"so many months": {
			owing(14850), Proposal{Months: 10}, none, nil, 10, "2026-12-22 1485.00", 0},
		"nothing in particular": {
			owing(14850), Proposal{}, none, nil, 6, "2026-12-22 2475.00", 0},
		"a later start": {
			owing(14850), Proposal{Months: 10, Start: day.Of(2027, 1, 10)}, none, nil, 10, "2027-01-10 1485.00", 0},
		"a start before the first possible day is no wish to be met": {
			owing(14850), Proposal{Months: 10, Start: day.Of(2026, 11, 25)}, none, nil, 10, "2026-12-22 1485.00", 0},
		"something at once": {
			owing(14850), Proposal{Down: money.Yuan(2000), Monthly: money.Yuan(400)}, none, nil, 33, "2026-12-22 389.39", money.Yuan(2000)},
		"everything at once": {
			owing(14850), Proposal{Down: money.Yuan(14850)}, none, nil, 1, "2026-12-22 14850.00", 0},
		"the most instalments bind": {
			owing(14850), Proposal{Monthly: money.Yuan(300)}, "negotiate.count_most",
			map[string]string{"Count": "36", "Amount": "412.50"}, 36, "2026-12-22 412.50", 0},
		"too many months": {
			owing(14850), Proposal{Months: 48}, "negotiate.count_most",
			map[string]string{"Count": "36", "Amount": "412.50"}, 36, "2026-12-22 412.50", 0},
		"too few months": {
			owing(14850), Proposal{Months: 2}, "negotiate.count_least", map[string]string{"Count": "3"}, 3, "2026-12-22 4950.00", 0},
		"what can be paid a month counts more than how long": {
			owing(14850), Proposal{Monthly: money.Yuan(500), Months: 12}, "negotiate.longer",
			map[string]string{"Amount": "500.00", "Count": "30"}, 30, "2026-12-22 495.00", 0},
		"the smallest instalment binds": {
			owing(2000), Proposal{Monthly: money.Yuan(50)}, "negotiate.smallest",
			map[string]string{"Amount": "100.00", "Count": "20"}, 20, "2026-12-22 100.00", 0},
		"the smallest instalment binds the months": {
			owing(2050), Proposal{Months: 30}, "negotiate.smallest",
			map[string]string{"Amount": "100.00", "Count": "20"}, 20, "2026-12-22 102.50", 0},
		"the latest start binds": {
			owing(14850), Proposal{Months: 10, Start: day.Of(2027, 6, 1)}, "negotiate.first_latest",
			map[string]string{"Count": "90"}, 10, "2027-02-20 1485.00", 0},
		"of two bounds the one on the month's payment is named": {
			owing(14850), Proposal{Monthly: money.Yuan(300), Start: day.Of(2027, 6, 1)}, "negotiate.count_most",
			map[string]string{"Count": "36", "Amount": "412.50"}, 36, "2027-02-20 412.50", 0},
		"no more than is left over": {
			owing(14850).spare(1500), Proposal{Monthly: money.Yuan(2000)}, "negotiate.left_over",
			map[string]string{"Amount": "1500.00", "Count": "10"}, 10, "2026-12-22 1485.00", 0},
		"no more than is left over, whatever was said of months": {
			owing(14850).spare(450), Proposal{Months: 6}, "negotiate.left_over",
			map[string]string{"Amount": "450.00", "Count": "33"}, 33, "2026-12-22 450.00", 0},
		"within what is left over": {
			owing(14850).spare(2000), Proposal{Monthly: money.Yuan(1900)}, none, nil, 8, "2026-12-22 1856.25", 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := bookOf(t, monthly()).Negotiate(c.facts, today, c.want)
			require.True(t, got.Fits)
			require.Equal(t, c.key == none, got.Accepted)
			require.Equal(t, c.key, got.Key)
			if c.key != none {
				require.Equal(t, c.args, args(got))
			}
			require.Equal(t, c.count, got.Offer.Terms.Count)
			require.Equal(t, c.first, first(got.Offer))
			require.Equal(t, c.charge, got.Offer.Terms.Down)
			require.Equal(t, "monthly", got.Offer.Programme)
			require.NotEmpty(t, got.Offer.ID)
			require.LessOrEqual(t, len(got.Offer.ID), maxOfferID)
		})
	}
}

func TestNegotiateDownPayment(t *testing.T) {
	p := monthly()
	p.Plans[0].Down = 20
	b := bookOf(t, p)
	got := b.Negotiate(owing(10000), today, Proposal{Down: money.Yuan(500), Months: 10})
	require.Equal(t, "negotiate.down_least", got.Key)
	require.Equal(t, map[string]string{"Amount": "2000.00"}, args(got))
	require.Equal(t, money.Yuan(2000), got.Offer.Terms.Down)
	require.Equal(t, "2026-12-22 800.00", first(got.Offer))
	require.True(t, b.Negotiate(owing(10000), today, Proposal{Down: money.Yuan(2000), Months: 10}).Accepted)

	facts := owing(10000).spare(5000)
	facts[AtHand] = yuan(100)
	got = b.Negotiate(facts, today, Proposal{Months: 10})
	require.Equal(t, "negotiate.beyond_once", got.Key)
	require.Equal(t, map[string]string{"Amount": "2000.00"}, args(got))
	require.True(t, b.Negotiate(facts, today, Proposal{Down: money.Yuan(2000), Months: 10}).Accepted, "what is said now counts")
}

func TestNegotiateOnePayment(t *testing.T) {
	b := bookOf(t, later())
	got := b.Negotiate(owing(5000), today, Proposal{Start: day.Of(2027, 2, 22)})
	require.True(t, got.Accepted)
	require.Equal(t, "2027-02-22 5000.00", first(got.Offer))
	require.Equal(t, "negotiate.first_latest", b.Negotiate(owing(5000), today, Proposal{Start: day.Of(2027, 5, 23)}).Key)
	require.True(t, b.Negotiate(owing(5000), today, Proposal{Down: money.Yuan(5000)}).Accepted)
	for _, p := range []Proposal{{Monthly: money.Yuan(500)}, {Months: 3}, {Down: money.Yuan(100)}} {
		got := b.Negotiate(owing(5000), today, p)
		require.Equal(t, "negotiate.once", got.Key)
		require.Equal(t, map[string]string{"Amount": "5000.00"}, args(got))
		require.Equal(t, "later.whole", got.Offer.ID, "the plan is the one on the list")
	}
	facts := owing(5000).spare(100)
	facts[AtHand] = yuan(1000)
	got = b.Negotiate(facts, today, Proposal{Start: day.Of(2027, 2, 22)})
	require.False(t, got.Fits)
	require.Equal(t, "negotiate.beyond_once", got.Key)
	require.Equal(t, map[string]string{"Amount": "5000.00"}, args(got))
}

// Zhang names the lower payment himself.
func TestNegotiateReduced(t *testing.T) {
	b := bookOf(t, lower())
	zhang := Proposal{Programme: "lower", Monthly: money.Yuan(500)}
	got := b.Negotiate(owing(12000), today, zhang)
	require.True(t, got.Accepted)
	require.True(t, got.Offer.Agent)
	require.Equal(t, "lower.half12", got.Offer.ID)
	require.Equal(t, schedule.Cut{Count: 3, Amount: 50000, Over: 6}, got.Offer.Terms.Cut)
	require.Equal(t, money.Yuan(1250), highest(got.Offer.Schedule))

	zhang.Months = 2
	got = b.Negotiate(owing(12000), today, zhang)
	require.True(t, got.Accepted)
	require.Equal(t, schedule.Cut{Count: 2, Amount: 50000, Over: 6}, got.Offer.Terms.Cut)

	zhang.Months = 4
	got = b.Negotiate(owing(12000), today, zhang)
	require.Equal(t, "negotiate.cut_count", got.Key)
	require.Equal(t, map[string]string{"Count": "3"}, args(got))

	got = b.Negotiate(owing(12000), today, Proposal{Programme: "lower", Monthly: money.Yuan(400)})
	require.Equal(t, "negotiate.cut_least", got.Key)
	require.Equal(t, map[string]string{"Amount": "500.00"}, args(got))

	got = b.Negotiate(owing(12000), today, Proposal{Programme: "lower", Monthly: money.Yuan(700)})
	require.True(t, got.Accepted)
	require.Equal(t, money.Yuan(700), got.Offer.Terms.Cut.Amount)

	got = b.Negotiate(owing(12000), today, Proposal{Monthly: money.Yuan(500)})
	require.Equal(t, "negotiate.cut_later", got.Key, "500 a month at most is not kept by later bills of 1250")
	require.Equal(t, map[string]string{"Count": "3", "Amount": "1250.00"}, args(got))

	require.Equal(t, "negotiate.nothing_open", b.Negotiate(owing(12000), today, Proposal{Programme: "lower", Monthly: money.Yuan(1000)}).Key,
		"whoever can pay the ordinary bill needs no lower one")

	b.settings.Remainder = Balance
	got = b.Negotiate(owing(12000), today, Proposal{Programme: "lower", Monthly: money.Yuan(500), Months: 2})
	require.True(t, got.Accepted)
	require.Equal(t, 8, got.Offer.Terms.Count)
	require.Equal(t, schedule.Cut{Count: 2, Amount: 50000}, got.Offer.Terms.Cut)
	require.Equal(t, "2027-02-22 1833.33", got.Offer.Schedule.Instalments[2].Due.String()+" "+got.Offer.Schedule.Instalments[2].Amount.String())
}

func TestNegotiateFindsTheNearestProgramme(t *testing.T) {
	cheap := monthly()
	cheap.ID, cheap.Plans[0].Most, cheap.Plans[0].Waive = "cheap", 12, Waive{Principal: 10}
	b := bookOf(t, later(), monthly(), cheap, lower())
	facts := owing(12000)
	facts[Principal] = yuan(12000)
	for _, c := range []struct {
		want      Proposal
		programme string
		accepted  bool
	}{
		{Proposal{Monthly: money.Yuan(1200)}, "cheap", true},               // both would do, this one costs less
		{Proposal{Monthly: money.Yuan(500)}, "monthly", true},              // only the longer one would do
		{Proposal{Monthly: money.Yuan(100)}, "monthly", false},             // the least too much a month
		{Proposal{Start: day.Of(2027, 4, 1)}, "later", true},               // only the deferral is so late
		{Proposal{Start: day.Of(2027, 4, 1), Months: 6}, "cheap", false},   // months give way last, the start before them
		{Proposal{Programme: "later", Monthly: 50000}, "later", false},     // the borrower keeps to this way
		{Proposal{Programme: "monthly", Monthly: 120000}, "monthly", true}, // the same where it would cost less elsewhere
	} {
		got := b.Negotiate(facts, today, c.want)
		require.Equal(t, c.programme, got.Offer.Programme, "%+v", c.want)
		require.Equal(t, c.accepted, got.Accepted, "%+v", c.want)
	}
}

func TestNegotiateOnlyWhereAProgrammeApplies(t *testing.T) {
	late := Value{Kind: Count, N: 91}
	b := bookOf(t, when("days_late <= days(90)", monthly()))
	p := Proposal{Months: 10}
	require.Equal(t, "negotiate.owed_unknown", b.Negotiate(Facts{}, today, p).Key)
	require.Equal(t, "negotiate.nothing_open", b.Negotiate(Facts{Owed: yuan(5000), DaysLate: late}, today, p).Key)
	require.Equal(t, "negotiate.nothing_open", b.Negotiate(owing(5000), today, p).Key, "it may apply, but that is open")
	require.Equal(t, "negotiate.nothing_open", b.Negotiate(owing(200), today, p).Key)
	p.Programme = "monthly"
	require.True(t, b.Negotiate(owing(5000), today, p).Accepted, "it may apply, and the borrower looks at it")
	require.Equal(t, "negotiate.nothing_open", b.Negotiate(Facts{Owed: yuan(5000), DaysLate: late}, today, p).Key)
}

func TestNegotiateBeyondMeans(t *testing.T) {
	got := bookOf(t, later(), monthly()).Negotiate(owing(14850).spare(300), today, Proposal{Programme: "monthly", Monthly: money.Yuan(300)})
	require.Equal(t, Counter{Key: "negotiate.beyond_left", Args: map[string]Value{
		"Amount": {Kind: Money, N: 41250}, "Left": {Kind: Money, N: 30000}}}, got)
	got = bookOf(t, lower(), monthly()).Negotiate(owing(14850).spare(-200), today, Proposal{Monthly: money.Yuan(300)})
	require.Equal(t, map[string]string{"Amount": "412.50", "Left": "-200.00"}, args(got), "the way that asks least")
}

// What is on the table can be kept too: in more instalments than are listed where those are too high, in fewer where they are too
// small.
func TestOffersKeepWithinMeans(t *testing.T) {
	b := bookOf(t, monthly(), later(), lower())
	offered := func(f Facts) []string {
		a := b.Assess(f, today)
		ids := []string{}
		for _, o := range a.Findings[0].Offers {
			ids = append(ids, o.ID+" "+first(o))
			if a.Left.Known {
				require.LessOrEqual(t, highest(o.Schedule), a.Left.Fen)
				require.False(t, a.Unfit)
			}
		}
		return ids
	}
	require.Equal(t, []string{"monthly.m6 2026-12-22 2000.00", "monthly.m12 2026-12-22 1000.00"}, offered(owing(12000).spare(2000)))
	require.Equal(t, []string{"monthly.m12 2026-12-22 1000.00"}, offered(owing(12000).spare(1999)))
	require.Equal(t, []string{"monthly.m15 2026-12-22 800.00"}, offered(owing(12000).spare(800)))
	require.Equal(t, []string{"monthly.m4 2026-12-22 112.50"}, offered(owing(450)))
	require.Empty(t, offered(owing(290)))
	require.Empty(t, offered(owing(12000).spare(333)))
	require.True(t, b.Assess(owing(12000).spare(333), today).Unfit)
}

func TestNegotiatePayDay(t *testing.T) {
	b := bookOf(t, monthly())
	b.settings.PayDay = 31
	got := b.Negotiate(owing(6000), today, Proposal{Months: 3, Start: day.Of(2027, 1, 5)})
	require.True(t, got.Accepted)
	require.Equal(t, "2027-01-31 2000.00", first(got.Offer))
	got = b.Negotiate(owing(6000), today, Proposal{Months: 3, Start: day.Of(2027, 2, 1)})
	require.Equal(t, "negotiate.first_latest", got.Key, "the 28th is more than 90 days away")
	require.Equal(t, "2027-01-31 2000.00", first(got.Offer))
	require.Equal(t, map[string]string{"Count": "70"}, args(got))
	b.settings.PayDay = 10
	require.Equal(t, "2027-02-10 2000.00", first(b.Negotiate(owing(6000), today, Proposal{Months: 3, Start: day.Of(2027, 3, 1)}).Offer))
}

func TestNegotiateKeepsTheNamesOfTheList(t *testing.T) {
	b := bookOf(t, monthly())
	facts := owing(12000)
	listed := b.Assess(facts, today).Findings[0].Offers
	require.Len(t, listed, 2)
	require.Equal(t, listed[1], b.Negotiate(facts, today, Proposal{Months: 12}).Offer)
	own := b.Negotiate(facts, today, Proposal{Months: 12, Start: day.Of(2027, 1, 10)}).Offer
	require.NotEqual(t, listed[1].ID, own.ID)
	require.Equal(t, own, b.Negotiate(facts, today, Proposal{Months: 12, Start: day.Of(2027, 1, 10)}).Offer, "nothing depends on what was asked before")
}

func TestWhatIf(t *testing.T) {
	b := bookOf(t, monthly())
	facts := owing(12000)
	offer := b.Negotiate(facts, today, Proposal{Months: 12}).Offer

	more := b.WhatIf(facts, today, offer, Proposal{Monthly: money.Yuan(1500)})
	require.True(t, more.Accepted)
	require.Equal(t, 8, more.Offer.Terms.Count)
	require.Equal(t, money.Yuan(500), more.Monthly)
	require.Equal(t, int(day.Of(2027, 7, 22)-day.Of(2027, 11, 22)), more.Days)
	require.Zero(t, more.Total)

	down := b.WhatIf(facts, today, offer, Proposal{Down: money.Yuan(3000)})
	require.Equal(t, -money.Yuan(250), down.Monthly)
	require.Equal(t, 0, down.Days)

	fewer := b.WhatIf(facts, today, offer, offer.Fewer())
	require.Equal(t, 9, fewer.Offer.Terms.Count)
	require.Equal(t, b.WhatIf(facts, today, offer, Proposal{Months: 9}), fewer)
	require.Equal(t, 10, b.WhatIf(facts, today, offer, offer.More(0)).Offer.Terms.Count)

	require.Equal(t, Proposal{Monthly: highest(offer.Schedule) + 5000}, offer.More(5000))
	require.Equal(t, Proposal{Monthly: highest(offer.Schedule) - 5000}, offer.Less(5000))
	require.Equal(t, offer.Less(0), offer.Less(money.Yuan(1_000_000)), "more than there is")
	require.Less(t, highest(b.WhatIf(facts, today, offer, offer.Less(0)).Offer.Schedule), highest(offer.Schedule))

	starts := b.WhatIf(facts, today, offer, offer.Later())
	require.Equal(t, 30, starts.Days)
	require.Equal(t, 12, starts.Offer.Terms.Count)
	twice := b.WhatIf(facts, today, starts.Offer, Proposal{Months: 6})
	require.Equal(t, starts.Offer.Terms.First, twice.Offer.Terms.First, "what was changed before stays")

	none := b.WhatIf(owing(100), today, offer, Proposal{Months: 6})
	require.False(t, none.Fits)
	require.Zero(t, none.Total)
}

func TestWhatIfWithInterest(t *testing.T) {
	p := monthly()
	p.Plans[0].Rate.Annual = 120_000_000
	b := bookOf(t, p)
	offer := b.Negotiate(owing(12000), today, Proposal{Months: 12}).Offer
	require.Equal(t, "2026-12-22 1066.19", first(offer))
	fewer := b.WhatIf(owing(12000), today, offer, Proposal{Months: 6})
	require.Negative(t, int64(fewer.Total), "less interest runs")
	longer := b.WhatIf(owing(12000), today, offer, Proposal{Monthly: money.Yuan(600)})
	require.Positive(t, int64(longer.Total))
	require.LessOrEqual(t, highest(longer.Offer.Schedule), money.Yuan(600))
}

func TestWhatIfReduced(t *testing.T) {
	b := bookOf(t, lower())
	offer := b.Negotiate(owing(12000), today, Proposal{Programme: "lower"}).Offer
	starts := b.WhatIf(owing(12000), today, offer, Proposal{Start: day.Of(2027, 1, 10)})
	require.True(t, starts.Accepted)
	require.Equal(t, offer.Terms.Cut, starts.Offer.Terms.Cut)
	require.Equal(t, 18, starts.Days)
}
