package dialog

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/policy/day"
)

func TestHours(t *testing.T) {
	for _, s := range []string{"", "9-18", "18:00-09:00", "09:00-09:00", "09:00-25:00", "soon"} {
		_, err := ParseHours(s)
		require.Error(t, err, s)
	}
	for _, s := range []string{"always", "09:00-18:00", "08:30-20:00 daily"} {
		h, err := ParseHours(s)
		require.NoError(t, err)
		require.Equal(t, s, h.String())
	}
}

func TestWhenAgentsAreThereNext(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	at := func(d, hour, minute int) time.Time { return time.Date(2026, 11, d, hour, minute, 0, 0, zone) }
	weekdays := func(d day.Date) bool { return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday }
	work, daily := Hours{From: 9 * 60, Until: 18 * 60}, Hours{From: 9 * 60, Until: 18 * 60, Daily: true}
	for _, c := range []struct {
		hours    Hours
		at, next time.Time
	}{
		{Hours{}, at(28, 3, 0), at(28, 3, 0)},
		{work, at(27, 8, 59), at(27, 9, 0)},
		{work, at(27, 9, 0), at(27, 9, 0)},
		{work, at(27, 17, 59), at(27, 17, 59)},
		{work, at(27, 18, 0), at(30, 9, 0)}, // Friday evening: Monday
		{daily, at(27, 18, 0), at(28, 9, 0)},
	} {
		require.Equal(t, c.next, c.hours.Next(c.at, weekdays), "%v at %v", c.hours, c.at)
	}
}
