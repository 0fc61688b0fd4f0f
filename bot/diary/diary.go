// Package diary writes the due dates of a plan as an iCalendar file (RFC 5545), which phones' calendars take.
package diary

import (
	"fmt"
	"time"

	ics "github.com/arran4/golang-ical"

	"respite/policy/day"
)

// Calendar is a plan's dates.
type Calendar struct {
	Plan    int64     // names the plan; a file of the same plan replaces the entries of an older one
	Version int       // higher than that of the file before
	Stamp   time.Time // when the file is made
	Entries []Entry
}

// Entry is a due date: an event of the whole day, with an alarm at nine in the morning, by the phone's own clock.
type Entry struct {
	Key  string // unique in the plan
	On   day.Date
	What string
}

// Bytes writes the file.
func (c Calendar) Bytes() []byte {
	cal := ics.NewCalendarFor("respite")
	cal.SetMethod(ics.MethodPublish)
	for _, e := range c.Entries {
		event := cal.AddEvent(fmt.Sprintf("%d-%s@respite", c.Plan, e.Key))
		event.SetDtStampTime(c.Stamp.UTC())
		event.SetSequence(c.Version)
		event.SetAllDayStartAt(e.On.Time())
		event.SetAllDayEndAt((e.On + 1).Time())
		event.SetSummary(e.What)
		event.SetTimeTransparency(ics.TransparencyTransparent)
		alarm := event.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetProperty(ics.ComponentPropertyDescription, e.What)
		alarm.SetTrigger("PT9H")
	}
	return []byte(cal.Serialize(ics.WithNewLineWindows))
}
