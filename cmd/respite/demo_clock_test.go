package main

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// TestTheClockStopsAtEachAlarmOnTheWay moves the clock over alarms that set each other, as reminders do.
func TestTheClockStopsAtEachAlarmOnTheWay(t *testing.T) {
	const day = 24 * time.Hour
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		clock := &demoClock{}
		alarms := []time.Time{start.Add(-time.Hour), start.Add(day), start.Add(3 * day), start.Add(8 * day)}
		var rang []time.Duration
		forward := func(by time.Duration) {
			clock.forward(by, func() (time.Time, bool) {
				if len(alarms) == 0 {
					return time.Time{}, false
				}
				return alarms[0], true
			}, func() {
				rang = append(rang, clock.Now().Sub(start))
				alarms = alarms[1:]
			})
		}
		forward(7 * day)
		require.Equal(t, []time.Duration{0, day, 3 * day}, rang, "what was due already rings now, the rest at its time")
		require.Equal(t, 7*day, clock.Now().Sub(start))
		forward(day)
		require.Equal(t, 8*day, rang[3])
		forward(time.Hour)
		require.Equal(t, 8*day+time.Hour, clock.Now().Sub(start))
	})
}

// TestAnAlarmThatDoesNotRingHoldsNothingUp moves the clock over an alarm that stays as it is.
func TestAnAlarmThatDoesNotRingHoldsNothingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start, clock, rings := time.Now(), &demoClock{}, 0
		clock.forward(time.Hour, func() (time.Time, bool) { return start.Add(time.Minute), true }, func() { rings++ })
		require.Equal(t, 1, rings)
		require.Equal(t, time.Hour, clock.Now().Sub(start))
	})
}
