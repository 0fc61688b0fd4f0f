package main

import (
	"sync/atomic"
	"time"
)

// demoClock runs like the wall clock, and can be moved forward.
type demoClock struct{ ahead atomic.Int64 }

// Now is the wall clock's time and what it was moved by.
func (c *demoClock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// mostStops is how many alarms one move of the clock stops for.
const mostStops = 500

// forward moves the clock, and stops at each alarm on the way until it has rung: a week that is passed over brings the reminders of
// each of its days, as if the bot had been running.
func (c *demoClock) forward(by time.Duration, next func() (time.Time, bool), ring func()) {
	until := c.Now().Add(by)
	var last time.Time
	for range mostStops {
		at, ok := next()
		if !ok || at.After(until) || !at.After(last) {
			break
		}
		last = at
		c.ahead.Add(int64(max(at.Sub(c.Now()), 0)))
		ring()
	}
	c.ahead.Add(int64(max(until.Sub(c.Now()), 0)))
}
