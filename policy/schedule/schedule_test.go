package schedule

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy/day"
	"respite/policy/money"
)

func on(t require.TestingT, s string) day.Date {
	d, err := day.Parse(s)
	require.NoError(t, err)
	return d
}

func china(t require.TestingT) *day.Calendar {
	c, err := day.China()
	require.NoError(t, err)
	return c
}

func work(t require.TestingT, terms Terms) Schedule {
	s, err := terms.Schedule(china(t))
	require.NoError(t, err)
	return s
}

// payments are the instalments as text, date and amount.
func payments(s Schedule) []string {
	var list []string
	for _, i := range s.Instalments {
		list = append(list, i.Due.String()+" "+i.Amount.String())
	}
	return list
}

// testdata/reference.py says how the reference was worked out, in other ways than here.
func TestReference(t *testing.T) {
	text, err := os.ReadFile("testdata/reference.json")
	require.NoError(t, err)
	var reference []struct {
		Method                    Method
		Principal, Interest, Down money.Fen
		Rate                      string
		Count                     int
		Start, First, Last        day.Date
		Amounts                   []money.Fen
		Annual                    string
	}
	require.NoError(t, json.Unmarshal(text, &reference))
	require.Len(t, reference, 19)
	for _, r := range reference {
		s := work(t, Terms{Start: r.Start, Owed: Parts{Principal: r.Principal, Interest: r.Interest}, Down: r.Down,
			Method: r.Method, Rate: r.Rate, Count: r.Count, First: r.First})
		var amounts []money.Fen
		for _, i := range s.Instalments {
			if i.N > 0 {
				amounts = append(amounts, i.Amount)
			}
		}
		require.Equal(t, r.Amounts, amounts, r)
		require.Equal(t, r.Annual, s.Annual, r)
		require.Equal(t, r.Last, s.Instalments[len(s.Instalments)-1].Due, r)
	}
}

// Li: a sudden medical cost in the family, three months without payments and without interest.
func TestDeferral(t *testing.T) {
	terms := Terms{Start: on(t, "2026-11-23"), Owed: Parts{450000, 40000, 10000}, Method: Lump, Count: 1,
		First: on(t, "2026-11-23").AddMonths(3), Working: true}
	s := work(t, terms)
	require.Equal(t, []string{"2027-02-23 5000.00"}, payments(s))
	require.Equal(t, terms.Owed, s.Instalments[0].Parts)
	require.Equal(t, "0.00", s.Annual)
	require.True(t, s.Provisional)

	terms.Rate = "0.12" // interest runs on the principal: 4500.00 * 1% * 3
	s = work(t, terms)
	require.Equal(t, []string{"2027-02-23 5135.00"}, payments(s))
	require.Equal(t, money.Fen(13500), s.Running)
	require.Equal(t, Parts{450000, 53500, 10000}, s.Instalments[0].Parts)

	// In instalments: 1530.10 of an ordinary loan, and a third each of what was owed in interest and fees, 500.00, and of what
	// runs in the two months before the last, 90.00.
	terms.Method, terms.Count = EqualPayment, 3
	s = work(t, terms)
	require.Equal(t, []string{"2027-02-23 1726.76", "2027-03-23 1726.76", "2027-04-23 1726.78"}, payments(s))
	require.Equal(t, Parts{148510, 4500 + 16333, 3333}, s.Instalments[0].Parts)
	require.Equal(t, money.Fen(9000+9030), s.Running)
}

// Zhang: the payment halved for three months, the remainder spread over the next six bills. "The remainder" has two readings.
func TestReduced(t *testing.T) {
	owed := Parts{Principal: 1200000}
	t.Run("the shortfall, on top of the ordinary bills", func(t *testing.T) {
		s := work(t, Terms{Start: on(t, "2026-11-22"), Owed: owed, Method: Reduced, Count: 12, First: on(t, "2026-12-15"),
			Cut: Cut{Count: 3, Amount: 50000, Over: 6}})
		require.Equal(t, []string{
			"2026-12-15 500.00", "2027-01-15 500.00", "2027-02-15 500.00",
			"2027-03-15 1250.00", "2027-04-15 1250.00", "2027-05-15 1250.00",
			"2027-06-15 1250.00", "2027-07-15 1250.00", "2027-08-15 1250.00",
			"2027-09-15 1000.00", "2027-10-15 1000.00", "2027-11-15 1000.00",
		}, payments(s))
		require.Equal(t, money.Fen(1200000), s.Total)
	})
	t.Run("the whole balance", func(t *testing.T) {
		s := work(t, Terms{Start: on(t, "2026-11-22"), Owed: owed, Method: Reduced, Count: 9, First: on(t, "2026-12-15"),
			Cut: Cut{Count: 3, Amount: 50000}})
		require.Equal(t, []string{
			"2026-12-15 500.00", "2027-01-15 500.00", "2027-02-15 500.00",
			"2027-03-15 1750.00", "2027-04-15 1750.00", "2027-05-15 1750.00",
			"2027-06-15 1750.00", "2027-07-15 1750.00", "2027-08-15 1750.00",
		}, payments(s))
		require.Equal(t, money.Fen(1200000), s.Total)
	})
	t.Run("with interest the plan comes back to the ordinary bills", func(t *testing.T) {
		terms := Terms{Start: on(t, "2026-11-22"), Owed: Parts{1200000, 6000, 3000}, Method: EqualPayment, Rate: "0.12", Count: 12,
			First: on(t, "2026-12-22")}
		ordinary := work(t, terms)
		terms.Method, terms.Cut = Reduced, Cut{Count: 3, Amount: 53000, Over: 6}
		s := work(t, terms)
		for k, i := range s.Instalments {
			switch {
			case k < 3:
				require.Equal(t, money.Fen(53000), i.Amount)
			case k < 8:
				require.Equal(t, s.Instalments[3].Amount, i.Amount)
				require.Greater(t, i.Amount, ordinary.Instalments[k].Amount)
			case k > 8:
				require.Equal(t, ordinary.Instalments[k], i)
			}
		}
		require.Greater(t, s.Running, ordinary.Running)
	})
}

// Wang, a student: interest waived and a discount for paying at once.
func TestSettlement(t *testing.T) {
	s := work(t, Terms{Start: on(t, "2026-11-22"), Owed: Parts{300000, 20000, 5000}, Waived: Parts{30000, 20000, 5000},
		Method: Lump, Count: 1, First: on(t, "2026-11-28"), Working: true})
	require.Equal(t, []string{"2026-11-30 2700.00"}, payments(s)) // the 28th is a Saturday
	require.Equal(t, money.Fen(55000), s.Waived)
	require.Equal(t, money.Fen(270000), s.Total)
	require.Equal(t, Parts{Principal: 270000}, s.Instalments[0].Parts)
	require.False(t, s.Provisional)
}

func TestDownPaymentIsAllocatedInOrder(t *testing.T) {
	terms := Terms{Start: on(t, "2026-11-22"), Owed: Parts{100000, 20000, 5000}, Waived: Parts{Fees: 2000}, Down: 10000,
		Method: EqualPayment, Count: 2, First: on(t, "2026-12-22")}
	s := work(t, terms)
	require.Equal(t, Instalment{Due: terms.Start, Parts: Parts{0, 7000, 3000}, Amount: 10000, Left: 113000}, s.Instalments[0])
	require.Equal(t, Parts{50000, 6500, 0}, s.Instalments[1].Parts)
	terms.Order = "principal,fees,interest"
	require.Equal(t, Parts{Principal: 10000}, work(t, terms).Instalments[0].Parts)
}

func TestDueDates(t *testing.T) {
	dates := func(terms Terms) (list []string) {
		terms.Owed, terms.Method, terms.Start = Parts{Principal: 100000}, EqualPayment, on(t, "2026-01-01")
		for _, i := range work(t, terms).Instalments {
			list = append(list, i.Due.String())
		}
		return list
	}
	require.Equal(t, []string{"2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"},
		dates(Terms{Count: 4, First: on(t, "2026-01-31")}), "as the first, or the month's end")
	require.Equal(t, []string{"2026-02-28", "2026-03-28"}, dates(Terms{Count: 2, First: on(t, "2026-02-28")}))
	require.Equal(t, []string{"2026-02-28", "2026-03-31"}, dates(Terms{Count: 2, First: on(t, "2026-02-28"), PayDay: 31}),
		"31 is every month's end")
	require.Equal(t, []string{"2026-02-02", "2026-02-28", "2026-03-31", "2026-04-30"},
		dates(Terms{Count: 4, First: on(t, "2026-01-31"), Working: true}), "28 February is a Saturday on which people work")
	require.Equal(t, []string{"2026-10-08", "2026-11-02", "2026-12-01"}, dates(Terms{Count: 3, First: on(t, "2026-10-01"), Working: true}))
}

func TestMovedDueDatesCostNothing(t *testing.T) {
	terms := Terms{Start: on(t, "2026-08-30"), Owed: Parts{Principal: 1000000}, Method: EqualPayment, Rate: "0.12", Count: 3, First: on(t, "2026-10-01")}
	still := work(t, terms)
	terms.Working = true
	moved := work(t, terms)
	require.NotEqual(t, still.Instalments[0].Due, moved.Instalments[0].Due)
	require.Equal(t, still.Total, moved.Total)
	require.Less(t, moved.Annual, still.Annual, "the same money, paid later")
}

func TestProvisionalOnlyIfWorkingDaysDecide(t *testing.T) {
	terms := Terms{Start: on(t, "2026-11-22"), Owed: Parts{Principal: 100000}, Method: EqualPayment, Count: 2, First: on(t, "2026-12-22")}
	require.False(t, work(t, terms).Provisional)
	terms.Working = true
	require.True(t, work(t, terms).Provisional)
	terms.Count = 1
	require.False(t, work(t, terms).Provisional)
}

func TestAnnual(t *testing.T) {
	terms := Terms{Start: on(t, "2026-01-01"), Owed: Parts{Principal: 100000}, Method: Lump, Count: 1, Rate: "0.12", First: on(t, "2027-01-01")}
	require.Equal(t, "12.00", work(t, terms).Annual, "one year, one payment")
	terms.Rate = "0.0001"
	require.Equal(t, "0.01", work(t, terms).Annual)
	terms.Rate = "10"
	require.Equal(t, "1000.00", work(t, terms).Annual)
	terms.Owed, terms.First = Parts{Principal: 1000}, on(t, "2026-01-02")
	require.Empty(t, work(t, terms).Annual, "27 fen for a day on 1000 are more than can be said as a rate")
	terms.Owed.Principal--
	require.Equal(t, "0.00", work(t, terms).Annual, "on less than ten yuan nothing runs")
}

func TestScheduleRefuses(t *testing.T) {
	terms := Terms{Start: on(t, "2026-11-22"), Owed: Parts{Principal: 100}, Method: EqualPayment, Count: 101, First: on(t, "2026-12-22")}
	_, err := terms.Schedule(nil)
	require.ErrorIs(t, err, ErrTooSmall)
	terms.Count, terms.Rate, terms.Owed.Principal = 600, "0.24", 60000
	_, err = terms.Schedule(nil)
	require.ErrorIs(t, err, ErrTooSmall, "the principal would shrink by less than a fen")
	terms.Owed.Principal = 100
	terms.Count, terms.Rate, terms.Working = 10, "", true
	_, err = terms.Schedule(nil)
	require.EqualError(t, err, "terms: working days need a calendar")
	terms.Working, terms.Method, terms.Cut = false, Reduced, Cut{Count: 3, Amount: 10}
	_, err = terms.Schedule(nil)
	require.ErrorIs(t, err, ErrNotReduced)
	terms.Cut.Amount = 9
	_, err = terms.Schedule(nil)
	require.NoError(t, err)
}

func TestTermsAreKeptAsTheyAre(t *testing.T) {
	for _, terms := range []Terms{
		{Start: on(t, "2026-11-22"), Owed: Parts{Principal: 100}, Method: Lump, Count: 1, First: on(t, "2026-12-22")},
		{Start: on(t, "2026-11-22"), Owed: Parts{3, 2, 1}, Waived: Parts{1, 1, 1}, Down: 1, Method: Reduced, Rate: "0.12", Count: 9,
			First: on(t, "2026-12-31"), PayDay: 31, Working: true, Order: "principal,interest,fees", Cut: Cut{Count: 3, Amount: 5, Over: 2}},
	} {
		text, err := json.Marshal(terms)
		require.NoError(t, err)
		var back Terms
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, terms, back)
	}
	text, err := json.Marshal(Terms{Start: on(t, "2026-11-22"), Owed: Parts{Principal: 500000, Interest: 100}, Method: EqualPayment, Count: 6,
		First: on(t, "2026-12-22")})
	require.NoError(t, err)
	require.JSONEq(t, `{"s":"2026-11-22","o":{"p":500000,"i":100},"w":{},"m":"equal_payment","n":6,"f":"2026-12-22"}`, string(text),
		"cases on disk hold this form")
}
