package schedule

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestValidate(t *testing.T) {
	start := on(t, "2026-11-22")
	good := Terms{Start: start, Owed: Parts{1000, 100, 10}, Waived: Parts{0, 50, 10}, Down: 100, Method: EqualPayment, Rate: "0.12",
		Count: 3, First: on(t, "2026-12-22"), PayDay: 22, Order: "principal,fees,interest"}
	require.NoError(t, good.Validate())
	for name, c := range map[string]struct {
		spoil func(*Terms)
		want  string
	}{
		"negative part":    {func(t *Terms) { t.Owed.Interest = -1; t.Waived, t.Down = Parts{}, 0 }, "what is owed is not between 0 and 10000000000.00 in each part and in all"},
		"too much":         {func(t *Terms) { t.Owed = Parts{MaxOwed, 1, 0}; t.Waived = Parts{} }, "what is owed is not between 0 and 10000000000.00 in each part and in all"},
		"waived too much":  {func(t *Terms) { t.Waived.Fees = 11 }, "what is waived is not, part by part, within what is owed"},
		"negative waiver":  {func(t *Terms) { t.Waived.Fees = -1 }, "what is waived is not, part by part, within what is owed"},
		"all down":         {func(t *Terms) { t.Down = 1050 }, "the down payment is negative, or leaves nothing of what is owed and not waived"},
		"all waived":       {func(t *Terms) { t.Waived, t.Down = t.Owed, 0 }, "the down payment is negative, or leaves nothing of what is owed and not waived"},
		"down negative":    {func(t *Terms) { t.Down = -1 }, "the down payment is negative, or leaves nothing of what is owed and not waived"},
		"no rate":          {func(t *Terms) { t.Rate = "12%" }, `rate "12%" is not a plain decimal`},
		"huge rate":        {func(t *Terms) { t.Rate = "10.01" }, `rate "10.01" is above 10`},
		"first at once":    {func(t *Terms) { t.First = start; t.PayDay = 0 }, "first payment 2026-11-22 is not after the start, 2026-11-22"},
		"first never":      {func(t *Terms) { t.First = start + maxAhead + 1; t.PayDay = 0 }, "first payment 2076-12-30 is more than fifty years after the start, 2026-11-22"},
		"no pay day":       {func(t *Terms) { t.PayDay = 32 }, "pay day 32 is not between 1 and 31"},
		"other pay day":    {func(t *Terms) { t.PayDay = 21 }, "first payment 2026-12-22 is not on pay day 21"},
		"no instalments":   {func(t *Terms) { t.Count = 0 }, "count 0 is not between 1 and 600"},
		"many instalments": {func(t *Terms) { t.Count = 601 }, "count 601 is not between 1 and 600"},
		"no method":        {func(t *Terms) { t.Method = "balloon" }, `there is no method "balloon"`},
		"lumps":            {func(t *Terms) { t.Method = Lump }, "a lump is one payment, not 3"},
		"cut":              {func(t *Terms) { t.Cut.Count = 1 }, `method "equal_payment" has no reduced instalments`},
		"no cut":           {func(t *Terms) { t.Method = Reduced; t.Cut.Amount = 1 }, "0 of 3 instalments cannot be reduced: at least 1, and not the last"},
		"last cut":         {func(t *Terms) { t.Method = Reduced; t.Cut = Cut{Count: 3, Amount: 1} }, "3 of 3 instalments cannot be reduced: at least 1, and not the last"},
		"cut to nothing":   {func(t *Terms) { t.Method = Reduced; t.Cut = Cut{Count: 1} }, "the reduced amount is not above 0"},
		"cut too far":      {func(t *Terms) { t.Method = Reduced; t.Cut = Cut{Count: 1, Amount: 1, Over: 3} }, "the shortfall cannot be spread over 3 instalments when 1 of 3 are reduced"},
		"no such part":     {func(t *Terms) { t.Order = "fees,rent,principal" }, `order "fees,rent,principal": there is no part "rent"`},
		"part missing":     {func(t *Terms) { t.Order = "fees,fees,principal" }, `order "fees,fees,principal" does not name fees, interest and principal once each`},
		"two faults":       {func(t *Terms) { t.Count, t.PayDay = 0, 32 }, "pay day 32 is not between 1 and 31\ncount 0 is not between 1 and 600"},
	} {
		bad := good
		c.spoil(&bad)
		require.EqualError(t, bad.Validate(), c.want, name)
		_, err := bad.Schedule(nil)
		require.EqualError(t, err, "terms: "+c.want, name)
	}
}
