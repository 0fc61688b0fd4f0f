package policy

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy/day"
)

func TestPromise(t *testing.T) {
	b := shipped(t)
	// Seven and fifteen working days from the Friday before the eight days off of October 2025, two weekends made up for.
	require.Equal(t, Promise{First: day.Of(2025, 9, 28), From: day.Of(2025, 10, 13), Until: day.Of(2025, 10, 23)},
		b.Promise("settle-principal", day.Of(2025, 9, 26)))
	require.Equal(t, Promise{First: day.Of(2026, 11, 23), From: day.Of(2026, 11, 25), Until: day.Of(2026, 12, 1)},
		b.Promise("deferral", day.Of(2026, 11, 22)), "a request on a Sunday")
	require.True(t, b.Promise("settle-principal", day.Of(2026, 12, 14)).Provisional, "it reaches into a year without data")
	require.Zero(t, b.Promise("miracle", monday))
}

// TestNothingIsDueBeforeItIsDecided holds the book to its own promises: a plan whose first day comes before an agent has to have decided
// could never be approved in time.
func TestNothingIsDueBeforeItIsDecided(t *testing.T) {
	b := shipped(t)
	for _, p := range b.Programmes() {
		for _, plan := range p.Plans {
			for d := day.Of(2025, 1, 1); p.Decides != ByBook && d < day.Of(2027, 1, 1); d++ {
				require.Greater(t, plan.First.After(d), b.Promise(p.ID, d).Until, "%s/%s, asked for on %s", p.ID, plan.ID, d)
			}
		}
	}
}
