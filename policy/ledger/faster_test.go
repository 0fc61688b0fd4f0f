package ledger

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy/money"
	"respite/policy/schedule"
)

func TestFaster(t *testing.T) {
	terms := schedule.Terms{Start: begin, Owed: schedule.Parts{Principal: money.Yuan(12000)}, Method: schedule.EqualPayment, Rate: "0.12", Count: 12, First: firstDue}
	s, err := terms.Schedule(nil)
	require.NoError(t, err)
	l := Stand(s, "", History{}, grace, begin)
	sooner, saves, ok := l.Faster(terms, s.Running, money.Yuan(500), nil, begin)
	require.True(t, ok)
	require.Len(t, sooner.Instalments, 8, "12,000 at about 1,566 a month")
	require.Equal(t, s.Total-sooner.Total, saves)
	require.Greater(t, saves, money.Yuan(200), "a third of some 790 of interest")
	_, _, ok = l.Faster(terms, s.Running, money.Yuan(1), nil, begin)
	require.False(t, ok, "one yuan more does not spare an instalment")

	paid := History{Payments: []Payment{{ID: "l", Amount: s.Instalments[0].Amount * 11, Confirmed: true}}}
	l = Stand(s, "", paid, grace, begin)
	_, _, ok = l.Faster(terms, s.Running, money.Yuan(500), nil, begin)
	require.False(t, ok, "one instalment is left")
}

func TestFasterWithoutInterestSavesNothing(t *testing.T) {
	s := three(t)
	l := Stand(s, "", History{}, grace, begin)
	sooner, saves, ok := l.Faster(schedule.Terms{Owed: schedule.Parts{Principal: 20000, Interest: 6000, Fees: 4000}}, 0, 5000, nil, begin)
	require.True(t, ok)
	require.Zero(t, saves)
	require.Equal(t, s.Total, sooner.Total)
	require.Len(t, sooner.Instalments, 2)
}
