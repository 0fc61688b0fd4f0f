package dialog

import (
	"fmt"
	"strings"
	"time"

	"respite/policy/day"
)

// Desk is how the agents' desk stands at the moment of an event, as the world outside knows it.
type Desk struct {
	Hours   Hours
	Waiting int // cases that wait for an agent
}

// Hours are the hours of the day in which agents answer, in minutes after midnight of the borrowers' zone: on working days, or
// every day. Equal ones mean at any time.
type Hours struct {
	From, Until int
	Daily       bool
}

// ParseHours reads "09:00-18:00" or "09:00-18:00 daily"; "always" is at any time.
func ParseHours(s string) (Hours, error) {
	s = strings.TrimSpace(s)
	if s == "always" {
		return Hours{}, nil
	}
	span, daily := strings.CutSuffix(s, " daily")
	from, until, ok := strings.Cut(span, "-")
	if !ok {
		return Hours{}, fmt.Errorf("hours %q are not of the form 09:00-18:00", s)
	}
	h := Hours{Daily: daily}
	for _, p := range []struct {
		text string
		to   *int
	}{{from, &h.From}, {until, &h.Until}} {
		at, err := time.Parse("15:04", strings.TrimSpace(p.text))
		if err != nil {
			return Hours{}, fmt.Errorf("hours %q are not of the form 09:00-18:00", s)
		}
		*p.to = at.Hour()*60 + at.Minute()
	}
	if h.From >= h.Until {
		return Hours{}, fmt.Errorf("hours %q do not end after they begin", s)
	}
	return h, nil
}

// String writes the hours as ParseHours reads them.
func (h Hours) String() string {
	if h.From == h.Until {
		return "always"
	}
	s := clock(h.From) + "-" + clock(h.Until)
	if h.Daily {
		s += " daily"
	}
	return s
}

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// Next is at, or the next moment at which agents are there. working says whether people work on a day.
func (h Hours) Next(at time.Time, working func(day.Date) bool) time.Time {
	if h.From == h.Until {
		return at
	}
	today := day.At(at)
	for d := today; d < today+400; d++ {
		if !h.Daily && !working(d) {
			continue
		}
		begin, end := d.In(at.Location(), h.From/60, h.From%60), d.In(at.Location(), h.Until/60, h.Until%60)
		switch {
		case at.Before(begin):
			return begin
		case at.Before(end):
			return at
		}
	}
	return at
}

// opens is the moment at or after which an agent is there.
func (t *turn) opens(at time.Time) time.Time {
	calendar := t.book().Calendar()
	return t.e.Desk.Hours.Next(at.In(t.m.Zone), func(d day.Date) bool { works, _ := calendar.Working(d); return works })
}

// answerBy is the moment by which somebody answers a borrower who asks at a moment: the time that the operator promises, counted
// from when agents are there. If it ends when nobody is, an hour is added from when somebody is again.
func (t *turn) answerBy(at time.Time) time.Time {
	by := t.opens(at).Add(t.m.FirstAnswer)
	if open := t.opens(by); open.After(by) {
		return open.Add(time.Hour)
	}
	return by
}
