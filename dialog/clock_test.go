package dialog

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/policy/day"
)

// jumps sets the clock on, lets the alarms of that time ring, and sets it back.
func (c *course) jumps(by time.Duration) {
	right := c.now
	c.now = right.Add(by)
	c.until(c.now.Year(), c.now.Month(), c.now.Day(), c.now.Hour())
	c.now = right
	c.said = nil
	c.step(Event{Kind: ClockSet})
}

func TestAClockThatJumpsAndIsSetBack(t *testing.T) {
	for name, by := range map[string]time.Duration{
		"an hour": time.Hour, "three days": 72 * time.Hour, "past the due date": 15 * 24 * time.Hour, "past the end": 100 * 24 * time.Hour, "ten years": 3650 * 24 * time.Hour,
	} {
		t.Run(name, func(t *testing.T) {
			c := begins(t, china, tenth, 1)
			c.until(2026, 12, 1, 12)
			c.jumps(by)
			c.until(2027, 2, 1, 0)
			c.heard(
				"2026-12-03 13:00 remind.week",
				"2026-12-07 13:00 remind.soon",
				"2026-12-09 13:00 remind.tomorrow",
				"2026-12-10 09:00 remind.today",
				"2026-12-14 09:00 remind.late_second",
				"2026-12-17 09:00 remind.late_last",
				"2026-12-25 09:00 remind.notice",
				"2027-01-01 09:00 remind.broken",
			)
			require.Empty(t, c.c.Alarms)
		})
	}
}

func TestAClockThatIsSetBackPlansTheAgentsAlarmsAnew(t *testing.T) {
	c := begins(t, china, tenth, 1)
	right := c.now
	c.now = right.AddDate(0, 6, 0)
	c.press(human, "")
	c.step(Event{Kind: AgentAsked, Press: "claim", Agent: "Zhou", By: 1})
	c.c.Case.Wait = &Wait{Since: c.now.Unix(), By: c.now.Unix() + 3600}
	c.c.Request = &Request{Proposed: Proposed{Programme: "deferral", Terms: c.c.Plan.Terms}, At: c.now.Unix(), From: day.At(c.now), Until: day.At(c.now) + 9}
	c.c.set(ReviewAlarm, c.now.AddDate(0, 0, 5))
	c.now = right
	c.step(Event{Kind: ClockSet})
	soon := right.AddDate(0, 0, 14).Unix()
	for _, a := range c.c.Alarms {
		require.True(t, a.At > right.Unix() && a.At < soon, "%s at %s", a.Kind, time.Unix(a.At, 0))
	}
	require.Len(t, c.c.Alarms, 4, "reminder, review, answer and lease")
	require.Equal(t, right.Unix(), c.c.Case.Wait.Since)
	require.Less(t, c.c.Request.Until, day.At(right)+14)
}

func TestAClockThatWasRightChangesNothing(t *testing.T) {
	c := begins(t, china, tenth, 1)
	c.until(2026, 12, 8, 12)
	before, err := Encode(c.c)
	require.NoError(t, err)
	c.step(Event{Kind: ClockSet})
	after, err := Encode(c.c)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
	require.Empty(t, c.out)
}
