package dialog

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestQuietHours(t *testing.T) {
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 23, hour, minute, 0, 0, time.UTC) }
	night, noon, none := Quiet{21 * 60, 8 * 60}, Quiet{12 * 60, 14 * 60}, Quiet{}
	for _, c := range []struct {
		quiet     Quiet
		at, after time.Time
	}{
		{night, at(20, 59), at(20, 59)},
		{night, at(21, 0), at(32, 0)},
		{night, at(23, 59), at(32, 0)},
		{night, at(0, 0), at(8, 0)},
		{night, at(7, 59), at(8, 0)},
		{night, at(8, 0), at(8, 0)},
		{noon, at(13, 0), at(14, 0)},
		{noon, at(11, 59), at(11, 59)},
		{none, at(3, 0), at(3, 0)},
	} {
		require.Equal(t, c.after, c.quiet.After(c.at), "%v at %v", c.quiet, c.at)
		require.Equal(t, !c.after.Equal(c.at), c.quiet.Within(c.at))
	}
}
