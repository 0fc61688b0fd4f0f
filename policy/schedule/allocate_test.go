package schedule

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/policy/money"
)

func TestAllocate(t *testing.T) {
	owed := Parts{Principal: 100, Interest: 20, Fees: 5}
	for _, c := range []struct {
		amount money.Fen
		order  Order
		want   Parts
	}{
		{-1, "", Parts{}},
		{0, "", Parts{}},
		{4, "", Parts{Fees: 4}},
		{24, "", Parts{Interest: 19, Fees: 5}},
		{30, "", Parts{5, 20, 5}},
		{30, DefaultOrder, Parts{5, 20, 5}},
		{30, "interest,principal,fees", Parts{10, 20, 0}},
		{110, "principal,fees,interest", Parts{100, 5, 5}},
		{999, "principal,interest,fees", owed},
	} {
		require.Equal(t, c.want, Allocate(c.amount, owed, c.order), "%v by %q", c.amount, c.order)
	}
}

func TestAllocateFollowsTheOrder(t *testing.T) {
	orders := []Order{"fees,interest,principal", "fees,principal,interest", "interest,fees,principal", "interest,principal,fees",
		"principal,fees,interest", "principal,interest,fees"}
	rapid.Check(t, func(t *rapid.T) {
		owed := drawParts(t, 10000)
		order := rapid.SampledFrom(orders).Draw(t, "order")
		require.NoError(t, order.Validate())
		amount := money.Fen(rapid.Int64Range(0, 20000).Draw(t, "amount"))
		paid := Allocate(amount, owed, order)
		require.Equal(t, min(amount, owed.Sum()), paid.Sum())
		require.True(t, paid.within(owed))
		short := false
		for name := range strings.SplitSeq(string(order), ",") {
			require.False(t, short && *paid.part(name) > 0, "%s is paid before what comes first", name)
			short = short || *paid.part(name) < *owed.part(name)
		}
	})
}

func TestIdle(t *testing.T) {
	owed := Parts{Principal: 100000, Interest: 2000, Fees: 500}
	require.Equal(t, money.Fen(102500), Idle(owed, 500_000, 0))
	require.Equal(t, money.Fen(102500+4590), Idle(owed, 500_000, 90), "0.05% a day of 1,020.00 for 90 days")
	require.Equal(t, money.Fen(102500), Idle(owed, 500_000, -1))
	require.Equal(t, money.Fen(102501), Idle(owed, 5_000, 1), "0.51 fen")
}
