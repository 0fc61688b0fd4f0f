package schedule

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/policy/day"
	"respite/policy/money"
)

func drawParts(t *rapid.T, most money.Fen) Parts {
	part := func(name string, most money.Fen) money.Fen {
		return money.Fen(rapid.Int64Range(0, int64(most)).Draw(t, name))
	}
	return Parts{part("principal", most), part("interest", most/5), part("fees", most/10)}
}

func drawWaived(t *rapid.T, owed Parts) Parts {
	of := func(name string, part money.Fen) money.Fen {
		return part.ShareDown(rapid.Int64Range(0, 10).Draw(t, name), 10)
	}
	return Parts{of("principal waived", owed.Principal), of("interest waived", owed.Interest), of("fees waived", owed.Fees)}
}

// drawTerms draws terms of every method; those that leave nothing to be paid are drawn again.
func drawTerms(t *rapid.T) Terms {
	terms := Terms{
		Start:   day.Of(2024, 1, 1) + day.Date(rapid.IntRange(0, 1500).Draw(t, "start")),
		Owed:    drawParts(t, 100_000_000),
		Method:  rapid.SampledFrom([]Method{Lump, EqualPayment, EqualPrincipal, Reduced}).Draw(t, "method"),
		Rate:    rapid.SampledFrom([]string{"", "", "0", "0.0001", "0.0435", "0.12", "0.1825", "0.36"}).Draw(t, "rate"),
		Count:   1,
		Working: rapid.Bool().Draw(t, "working"),
		Order:   rapid.SampledFrom([]Order{"", DefaultOrder, "principal,interest,fees", "interest,principal,fees"}).Draw(t, "order"),
	}
	terms.First = terms.Start + day.Date(rapid.IntRange(1, 400).Draw(t, "first"))
	terms.Waived = drawWaived(t, terms.Owed)
	left := terms.Owed.Sub(terms.Waived).Sum()
	if left == 0 {
		t.Skip("nothing to pay")
	}
	terms.Down = left.ShareDown(rapid.Int64Range(0, 9).Draw(t, "down"), 10)
	if dd := rapid.IntRange(0, 31).Draw(t, "pay day"); dd > 0 {
		terms.PayDay, terms.First = dd, terms.First.NextPayDay(dd)
	}
	if terms.Method != Lump {
		terms.Count = rapid.IntRange(2, 60).Draw(t, "count")
	}
	if terms.Method == Reduced {
		n := rapid.IntRange(1, terms.Count-1).Draw(t, "reduced")
		terms.Cut = Cut{Count: n, Amount: max(1, (left-terms.Down).ShareDown(rapid.Int64Range(1, 9).Draw(t, "cut"), 10*int64(terms.Count))),
			Over: rapid.IntRange(0, terms.Count-n).Draw(t, "over")}
	}
	return terms
}

// drawSchedule draws terms that come out, with their schedule.
func drawSchedule(t *rapid.T, c *day.Calendar) (Terms, Schedule) {
	terms := drawTerms(t)
	s, err := terms.Schedule(c)
	if err != nil {
		require.True(t, errors.Is(err, ErrTooSmall) || errors.Is(err, ErrNotReduced), "%v", err)
		payable := terms.Owed.Sub(terms.Waived)
		trifle := payable.Sum()-terms.Down < 10*money.Fen(terms.Count) || terms.Rate != "" && payable.Principal-terms.Down < money.Yuan(100)
		require.True(t, trifle, "only trifles fail to come out")
		t.Skip("a trifle")
	}
	return terms, s
}

func TestScheduleAddsUp(t *testing.T) {
	c := china(t)
	rapid.Check(t, func(t *rapid.T) {
		terms, s := drawSchedule(t, c)
		require.Len(t, s.Instalments, terms.Count+min(1, int(terms.Down)))
		var parts Parts
		left, last := s.Total, terms.Start-1
		for _, i := range s.Instalments {
			require.Greater(t, i.Amount, money.Fen(0))
			require.True(t, i.Parts.within(Parts{MaxOwed, MaxOwed, MaxOwed}), "%v has a negative part", i.Parts)
			require.Equal(t, i.Amount, i.Parts.Sum())
			left -= i.Amount
			require.Equal(t, left, i.Left)
			require.Greater(t, i.Due, last)
			last = i.Due
			parts = Parts{parts.Principal + i.Parts.Principal, parts.Interest + i.Parts.Interest, parts.Fees + i.Parts.Fees}
		}
		payable := terms.Owed.Sub(terms.Waived)
		payable.Interest += s.Running
		require.Equal(t, payable, parts, "what is paid is what is owed, part by part, and the interest that ran")
		require.Zero(t, left)
		require.Equal(t, terms.Owed.Sum(), s.Total-s.Running+s.Waived)
		require.Equal(t, terms.Waived.Sum(), s.Waived)
		require.GreaterOrEqual(t, s.Running, money.Fen(0))
		if rate, err := terms.rate(); err == nil && rate == 0 {
			require.Zero(t, s.Running)
			require.Equal(t, "0.00", s.Annual)
		}
	})
}

func TestInstalmentsAreEqual(t *testing.T) {
	c := china(t)
	rapid.Check(t, func(t *rapid.T) {
		terms := drawTerms(t)
		terms.Method, terms.Cut = EqualPayment, Cut{}
		s, err := terms.Schedule(c)
		if err != nil {
			t.Skip("a trifle")
		}
		paid := s.Instalments[len(s.Instalments)-terms.Count:]
		last := paid[len(paid)-1].Amount
		for _, i := range paid[:len(paid)-1] {
			require.Equal(t, paid[0].Amount, i.Amount)
			if terms.Rate == "" {
				require.Less(t, max(last-i.Amount, i.Amount-last), money.Fen(terms.Count))
			}
		}
	})
}

func TestALongerTermNeverRaisesTheInstalment(t *testing.T) {
	c := china(t)
	rapid.Check(t, func(t *rapid.T) {
		terms := drawTerms(t)
		terms.Method, terms.Cut = EqualPayment, Cut{}
		longer := terms
		longer.Count += rapid.IntRange(1, 60).Draw(t, "more")
		s, err := terms.Schedule(c)
		l, errLonger := longer.Schedule(c)
		if err != nil || errLonger != nil {
			t.Skip("a trifle")
		}
		first := len(s.Instalments) - terms.Count
		require.LessOrEqual(t, l.Instalments[first].Amount, s.Instalments[first].Amount)
		require.GreaterOrEqual(t, l.Running, s.Running-money.Fen(longer.Count), "but costs no less, roundings aside")
	})
}

func TestALargerWaiverNeverRaisesTheTotal(t *testing.T) {
	c := china(t)
	rapid.Check(t, func(t *rapid.T) {
		terms, s := drawSchedule(t, c)
		larger := terms
		left := terms.Owed.Sub(terms.Waived)
		more := drawWaived(t, left)
		if s.Running > 0 && more.Sum() < money.Yuan(5) {
			t.Skip("a fen less of principal can round the instalment down, and so cost more interest than that fen")
		}
		larger.Waived = Parts{terms.Waived.Principal + more.Principal, terms.Waived.Interest + more.Interest, terms.Waived.Fees + more.Fees}
		l, err := larger.Schedule(c)
		if err != nil {
			t.Skip("too little is left")
		}
		require.LessOrEqual(t, l.Total, s.Total)
	})
}

// Whatever the terms are, they come out or are refused; they never break the arithmetic.
func TestAnyTermsAreAnswered(t *testing.T) {
	c := china(t)
	amount := rapid.OneOf(rapid.Int64Range(-2, 1000), rapid.Int64Range(0, int64(MaxOwed)+1), rapid.Int64())
	small := rapid.OneOf(rapid.IntRange(-2, 40), rapid.IntRange(0, MaxCount+1), rapid.Int())
	rapid.Check(t, func(t *rapid.T) {
		fen := func(name string) money.Fen { return money.Fen(amount.Draw(t, name)) }
		parts := func(name string) Parts { return Parts{fen(name + " p"), fen(name + " i"), fen(name + " f")} }
		start := day.Date(rapid.Int32Range(-100000, 100000).Draw(t, "start"))
		terms := Terms{
			Start: start, Owed: parts("owed"), Down: fen("down"),
			Method: rapid.SampledFrom([]Method{Lump, EqualPayment, EqualPrincipal, Reduced, "balloon"}).Draw(t, "method"),
			Rate:   rapid.SampledFrom([]string{"", "0", "0.12", "10", "0.000000001", "10.1", "x", "-1"}).Draw(t, "rate"),
			Count:  small.Draw(t, "count"), First: start + day.Date(rapid.Int32Range(-1, maxAhead+1).Draw(t, "first")),
			PayDay: rapid.SampledFrom([]int{0, 0, 1, 31, 32, -1}).Draw(t, "pay day"),
			Order:  rapid.SampledFrom([]Order{"", DefaultOrder, "fees"}).Draw(t, "order"),
		}
		if rapid.Bool().Draw(t, "waiver") {
			terms.Waived = parts("waived")
		}
		if terms.Method == Reduced {
			terms.Cut = Cut{small.Draw(t, "cut"), fen("amount"), small.Draw(t, "over")}
		}
		s, err := terms.Schedule(c)
		if terms.Validate() != nil {
			require.Error(t, err)
			return
		}
		if err == nil {
			require.Equal(t, terms.Owed.Sum(), s.Total-s.Running+s.Waived)
			require.True(t, slices.IsSortedFunc(s.Instalments, func(a, b Instalment) int { return int(a.Due - b.Due) }))
		}
	})
}
