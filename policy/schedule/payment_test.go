package schedule

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/policy/money"
)

// A payment that a float decides is the one that whole numbers give.
func TestPaymentIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := loan{
			rate: money.Rate(rapid.Int64Range(1, int64(MaxRate)).Draw(t, "rate")),
			left: Parts{Principal: money.Fen(rapid.Int64Range(1, int64(MaxOwed)).Draw(t, "principal"))},
			next: rapid.Int64Range(1, 60*aMonth).Draw(t, "next"),
		}
		n := rapid.IntRange(2, MaxCount).Draw(t, "n")
		target := money.Fen(rapid.Int64Range(0, int64(l.left.Principal)).Draw(t, "target"))
		if rapid.Bool().Draw(t, "paid off") {
			target = 0
		}
		require.Equal(t, l.exactly(target, n), l.payment(target, n))
	})
}

// Where a payment is half a fen, and where it is a hair's breadth from it, the float steps back.
func TestPaymentAtHalfAFen(t *testing.T) {
	halves := 0
	for principal := money.Fen(1); principal <= 4000; principal++ {
		l := loan{rate: 12 * money.Whole / 2, left: Parts{Principal: principal}, next: aMonth} // a half for each month
		about, off := l.roughly(0, 2)
		if frac := about - float64(int64(about)); frac >= 0.5-off && frac <= 0.5+off {
			halves++
		}
		require.Equal(t, l.exactly(0, 2), l.payment(0, 2), "principal %d", principal)
	}
	require.NotZero(t, halves)
}
