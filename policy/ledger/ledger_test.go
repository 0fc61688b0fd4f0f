package ledger

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

var (
	begin    = day.Of(2026, 11, 23)
	firstDue = day.Of(2026, 12, 10) // then 10 January and 10 February
	grace    = Grace{Days: 10, Notice: 7}
)

// three is a plan of three instalments of 100.00.
func three(t require.TestingT) schedule.Schedule {
	s, err := schedule.Terms{Start: begin, Owed: schedule.Parts{Principal: 20000, Interest: 6000, Fees: 4000}, Method: schedule.EqualPayment, Count: 3, First: firstDue}.Schedule(nil)
	require.NoError(t, err)
	return s
}

// act is one thing that happens to a plan, on the day before the standing is asked for.
type act func(*History) bool

func reports(id string, n int, amount money.Fen) act {
	return func(h *History) bool { return h.Report(Payment{ID: id, N: n, Amount: amount, On: begin}) }
}

func arrives(id string, amount money.Fen) act {
	return func(h *History) bool { return h.Arrive(Payment{ID: id, Amount: amount, On: begin}) }
}

func noticed(on day.Date) act { return func(h *History) bool { h.Noticed = on; return true } }

// again is an act that must change nothing.
func again(a act) act {
	return func(h *History) bool { return !a(h) }
}

// TestStand is the table above Stand, row by row.
func TestStand(t *testing.T) {
	before, after := firstDue-5, firstDue+1
	for _, c := range []struct {
		name     string
		today    day.Date
		acts     []act
		statuses [3]Status
		standing Standing
		paid     money.Fen
		said     money.Fen
		surplus  money.Fen
	}{
		{"nothing yet", before, nil, [3]Status{Coming, Coming, Coming}, Agreed, 0, 0, 0},
		{"due today", firstDue, nil, [3]Status{DueToday, Coming, Coming}, Running, 0, 0, 0},
		{"late", after, nil, [3]Status{Late, Coming, Coming}, Behind, 0, 0, 0},
		{"reported", after, []act{reports("b1", 1, 10000)}, [3]Status{Reported, Coming, Coming}, Running, 0, 10000, 0},
		{"reported again", after, []act{reports("b1", 1, 10000), again(reports("b1", 1, 10000)), again(reports("b2", 1, 10000))}, [3]Status{Reported, Coming, Coming}, Running, 0, 10000, 0},
		{"confirmed by an agent", after, []act{reports("b1", 1, 10000), func(h *History) bool { return h.Confirm("b1") }, again(func(h *History) bool { return h.Confirm("b1") })},
			[3]Status{Confirmed, Coming, Coming}, Running, 10000, 0, 0},
		{"arrived, was reported", after, []act{reports("b1", 1, 10000), arrives("l1", 10000), again(arrives("l1", 10000))}, [3]Status{Confirmed, Coming, Coming}, Running, 10000, 0, 0},
		{"arrived, not reported", after, []act{arrives("l1", 10000)}, [3]Status{Confirmed, Coming, Coming}, Running, 10000, 0, 0},
		{"repeated id", after, []act{arrives("l1", 10000), again(arrives("l1", 10000))}, [3]Status{Confirmed, Coming, Coming}, Running, 10000, 0, 0},
		{"partial, before", before, []act{arrives("l1", 4000)}, [3]Status{Partly, Coming, Coming}, Running, 4000, 0, 0},
		{"partial, past due", after, []act{arrives("l1", 4000)}, [3]Status{Late, Coming, Coming}, Behind, 4000, 0, 0},
		{"partial and the rest reported", after, []act{arrives("l1", 4000), reports("b1", 1, 6000)}, [3]Status{Reported, Coming, Coming}, Running, 4000, 6000, 0},
		{"early", before, []act{arrives("l1", 10000)}, [3]Status{Confirmed, Coming, Coming}, Running, 10000, 0, 0},
		{"over", after, []act{arrives("l1", 12500)}, [3]Status{Confirmed, Partly, Coming}, Running, 12500, 0, 0},
		{"several at once", before, []act{arrives("l1", 20000)}, [3]Status{Confirmed, Confirmed, Coming}, Running, 20000, 0, 0},
		{"double", after, []act{arrives("l1", 10000), arrives("l2", 10000)}, [3]Status{Confirmed, Confirmed, Coming}, Running, 20000, 0, 0},
		{"more than the plan", after, []act{arrives("l1", 31000)}, [3]Status{Confirmed, Confirmed, Confirmed}, Settled, 30000, 0, 1000},
		{"all reported is not settled", after, []act{reports("b1", 0, 30000)}, [3]Status{Reported, Reported, Reported}, Running, 0, 30000, 0},
		{"after it was settled", after, []act{arrives("l1", 30000), arrives("l2", 500)}, [3]Status{Confirmed, Confirmed, Confirmed}, Settled, 30000, 0, 500},
		{"broken", firstDue + 18, []act{noticed(firstDue + 11)}, [3]Status{Late, Coming, Coming}, Broken, 0, 0, 0},
		{"in the notice period", firstDue + 17, []act{noticed(firstDue + 11)}, [3]Status{Late, Coming, Coming}, Behind, 0, 0, 0},
		{"never broken without a notice", firstDue + 300, nil, [3]Status{Late, Late, Late}, Behind, 0, 0, 0},
		{"paid after it broke", firstDue + 18, []act{noticed(firstDue + 11), arrives("l1", 10000)}, [3]Status{Confirmed, Coming, Coming}, Running, 10000, 0, 0},
		{"partly paid after it broke", firstDue + 18, []act{noticed(firstDue + 11), arrives("l1", 9999)}, [3]Status{Late, Coming, Coming}, Broken, 9999, 0, 0},
		{"an old notice says nothing of a new delay", firstDue.AddMonths(1) + 1, []act{noticed(firstDue + 11), arrives("l1", 10000)}, [3]Status{Confirmed, Late, Coming}, Behind, 10000, 0, 0},
		{"denied", after, []act{reports("b1", 1, 10000), func(h *History) bool { return h.Deny("b1") }, again(func(h *History) bool { return h.Deny("b1") })},
			[3]Status{Late, Coming, Coming}, Behind, 0, 0, 0},
		{"on hold", after, []act{func(h *History) bool { return h.Pause(firstDue, "dispute") }, again(func(h *History) bool { return h.Pause(firstDue, "dispute") })},
			[3]Status{Late, Coming, Coming}, Paused, 0, 0, 0},
		{"paid while on hold", after, []act{func(h *History) bool { return h.Pause(firstDue, "dispute") }, arrives("l1", 10000)}, [3]Status{Confirmed, Coming, Coming}, Paused, 10000, 0, 0},
		{"days on hold do not count", firstDue + 25, []act{noticed(firstDue + 11), func(h *History) bool { return h.Pause(firstDue+12, "dispute") }, func(h *History) bool { return h.Resume(firstDue + 20) }},
			[3]Status{Late, Coming, Coming}, Behind, 0, 0, 0},
		{"waived", after, []act{arrives("l1", 4000), func(h *History) bool { h.Changes = []Change{{Kind: Waive, N: 1, Fen: 6000}}; return true }},
			[3]Status{Waived, Coming, Coming}, Running, 4000, 0, 0},
		{"waived, and money comes later", after, []act{func(h *History) bool { h.Changes = []Change{{Kind: Waive, N: 1, Fen: 10000}}; return true }, arrives("l1", 5000)},
			[3]Status{Waived, Partly, Coming}, Running, 5000, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var h History
			for i, a := range c.acts {
				require.True(t, a(&h), "act %d", i+1)
			}
			l := Stand(three(t), "", h, grace, c.today)
			require.Equal(t, c.statuses, [3]Status{l.Lines[0].Status, l.Lines[1].Status, l.Lines[2].Status})
			require.Equal(t, c.standing, l.Standing)
			require.Equal(t, c.paid, l.Paid, "paid")
			require.Equal(t, c.said, l.Said, "reported")
			require.Equal(t, c.surplus, l.Surplus, "surplus")
		})
	}
}

func TestPaymentsAreAllocatedByTheOrder(t *testing.T) {
	s := three(t)
	h := History{Payments: []Payment{{ID: "l1", Amount: 2000, Confirmed: true}}}
	l := Stand(s, "", h, grace, begin)
	require.Equal(t, schedule.Allocate(2000, s.Instalments[0].Parts, ""), l.Lines[0].Paid)
	l = Stand(s, "principal,interest,fees", h, grace, begin)
	require.Equal(t, schedule.Parts{Principal: 2000}, l.Lines[0].Paid)
}

// TestNoFenIsLost holds any history to its sums.
func TestNoFenIsLost(t *testing.T) {
	s := three(t)
	rapid.Check(t, func(t *rapid.T) {
		var h History
		var in money.Fen
		for i := range rapid.IntRange(0, 12).Draw(t, "payments") {
			amount := money.Fen(rapid.IntRange(1, 15000).Draw(t, "amount"))
			in += amount
			h.Payments = append(h.Payments, Payment{ID: string(rune('a' + i)), Amount: amount, Confirmed: rapid.Bool().Draw(t, "confirmed")})
		}
		today := begin + day.Date(rapid.IntRange(0, 120).Draw(t, "day"))
		ledger := Stand(s, "", h, grace, today)
		for _, w := range ledger.Ways(h, room, rapid.IntRange(0, 4).Draw(t, "n"), nil, today) {
			if rapid.Bool().Draw(t, "take it") {
				h.Changes = append(h.Changes, w)
				break
			}
		}
		l := Stand(s, "", h, grace, today)
		require.Equal(t, s.Total, l.Total)
		var sum, open money.Fen
		for i, line := range l.Lines {
			require.Equal(t, line.Amount, line.Parts.Sum())
			require.GreaterOrEqual(t, line.Open(), money.Fen(0))
			require.True(t, i == 0 || l.Lines[i-1].Due <= line.Due)
			sum, open = sum+line.Amount, open+line.Open()
		}
		require.Equal(t, s.Total, sum)
		require.Equal(t, open, l.Open())
		require.LessOrEqual(t, l.Paid+l.Said+l.Surplus, in)
		require.Equal(t, in >= s.Total, l.Open() == 0)
	})
}
