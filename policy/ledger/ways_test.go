package ledger

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy/day"
	"respite/policy/money"
)

var room = Room{MoveDays: []int{7, 14}, Moves: 1, SplitGap: 15, Splits: 1, Skips: 1, Early: 3}

func TestWays(t *testing.T) {
	s := three(t)
	l := Stand(s, "", History{}, grace, begin)
	ways := l.Ways(History{}, room, 1, nil, begin)
	require.Equal(t, []Change{
		{Kind: Move, N: 1, To: firstDue + 7, On: begin}, {Kind: Move, N: 1, To: firstDue + 14, On: begin},
		{Kind: Split, N: 1, To: firstDue + 15, On: begin}, {Kind: Skip, N: 1, To: firstDue.AddMonths(3), On: begin},
	}, ways)

	moved := Stand(s, "", History{Changes: ways[:1]}, grace, begin)
	require.Equal(t, Line{N: 1, Due: firstDue + 7, Was: firstDue, Amount: 10000, Parts: l.Lines[0].Parts, Status: Moved}, moved.Lines[0])
	require.Empty(t, moved.Ways(History{Changes: ways[:1]}, room, 1, nil, begin), "one change for each instalment")
	var kinds []ChangeKind
	for _, w := range moved.Ways(History{Changes: ways[:1]}, room, 2, nil, begin) {
		kinds = append(kinds, w.Kind)
	}
	require.Equal(t, []ChangeKind{Split, Skip}, kinds, "the one move is used up")

	split := Stand(s, "", History{Changes: ways[2:3]}, grace, begin)
	require.Len(t, split.Lines, 4)
	require.Equal(t, []money.Fen{5000, 5000}, []money.Fen{split.Lines[0].Amount, split.Lines[1].Amount})
	require.Equal(t, []day.Date{firstDue, firstDue + 15}, []day.Date{split.Lines[0].Due, split.Lines[1].Due})

	skipped := Stand(s, "", History{Changes: ways[3:]}, grace, begin)
	require.Equal(t, []int{2, 3, 1}, []int{skipped.Lines[0].N, skipped.Lines[1].N, skipped.Lines[2].N})
	require.Equal(t, s.Total, skipped.Total)
}

func TestWaysEnd(t *testing.T) {
	s := three(t)
	for name, c := range map[string]struct {
		h     History
		n     int
		today day.Date
	}{
		"too late":     {History{}, 1, firstDue + 4},
		"paid in part": {History{Payments: []Payment{{ID: "l", Amount: 1, Confirmed: true}}}, 1, begin},
		"on hold":      {History{Holds: []Hold{{From: begin}}}, 1, begin},
		"no such one":  {History{}, 9, begin},
		"down payment": {History{}, 0, begin},
	} {
		l := Stand(s, "", c.h, grace, c.today)
		require.Empty(t, l.Ways(c.h, room, c.n, nil, c.today), name)
	}
	l := Stand(s, "", History{}, grace, firstDue+2)
	for _, w := range l.Ways(History{}, room, 1, nil, firstDue+2) {
		require.NotEqual(t, Split, w.Kind, "half of it would be late at once")
		require.Greater(t, w.To, firstDue+2)
	}
}

func TestNewDatesAreWorkingDays(t *testing.T) {
	cal, err := day.China()
	require.NoError(t, err)
	l := Stand(three(t), "", History{}, grace, begin)
	r := room
	r.MoveDays = []int{9} // 19 December 2026 is a Saturday
	require.Equal(t, day.Of(2026, 12, 21), l.Ways(History{}, r, 1, cal, begin)[0].To)
}

func TestChangesSurviveTheButton(t *testing.T) {
	for _, c := range []Change{{Kind: Move, N: 3, To: 20780}, {Kind: Skip, N: 12, To: 1}} {
		back, ok := ParseChange(c.String())
		require.True(t, ok)
		require.Equal(t, c, back)
	}
	for _, s := range []string{"", "move", "move-x-1", "move-1-x", "move-1-2-3", "move-1-99999999999"} {
		_, ok := ParseChange(s)
		require.False(t, ok, s)
	}
}
