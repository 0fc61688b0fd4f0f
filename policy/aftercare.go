package policy

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"respite/policy/ledger"
)

// Aftercare is how a borrower is accompanied while a plan runs: when reminders go out, how long a delay is borne with, and
// what can be changed without an agent.
type Aftercare struct {
	Normal, Fewer, More Calendar
	ReliefDays          int   // a plan whose first payment comes at least so many days after its start is a deferral
	ReliefEnds          []int // days before that payment on which its end is spoken of
	Urgent, Other       Band  // hours of reminders of what is due today or late, and of what is to come
	Hours               []int // full hours of the day that a borrower can choose instead
	PauseDays           int   // how long a borrower's pause of reminders lasts
	Day, Week           int   // most reminders in one day and in seven
	Grace               ledger.Grace
	Room                ledger.Room
}

// Calendar is on which days an instalment is spoken of: days before and after its due date, and 0 for the day itself.
type Calendar struct {
	Before []int // falling
	OnDay  bool
	After  []int // rising
}

// Band is a part of the day over which reminders are spread, in minutes after midnight. Until comes after From.
type Band struct{ From, Until int }

// Aftercare returns how running plans are looked after.
func (b *Book) Aftercare() Aftercare { return b.aftercare }

// DefaultAftercare is what holds where a book has no reminders.yaml, or the file does not say otherwise.
func DefaultAftercare() Aftercare {
	return Aftercare{
		Normal: Calendar{[]int{7, 3, 1}, true, []int{1, 3, 7}}, Fewer: Calendar{[]int{1}, false, []int{3}},
		More:       Calendar{[]int{7, 5, 3, 2, 1}, true, []int{1, 2, 3, 5, 7}},
		ReliefDays: 45, ReliefEnds: []int{14, 3}, Urgent: Band{9 * 60, 13 * 60}, Other: Band{13 * 60, 20*60 + 30}, Hours: []int{9, 12, 18, 20},
		PauseDays: 14, Day: 1, Week: 3, Grace: ledger.Grace{Days: 15, Notice: 7},
		Room: ledger.Room{MoveDays: []int{7, 14}, Moves: 1, SplitGap: 15, Splits: 1, Skips: 1, Early: 7},
	}
}

// aftercare reads reminders.yaml.
func (d *document) aftercare(s *Settings, a *Aftercare) {
	var source string
	d.object(d.root, "the file", fields{
		"normal": may(d.calendar(&a.Normal)), "fewer": may(d.calendar(&a.Fewer)), "more": may(d.calendar(&a.More)),
		"relief": may(func(n *yaml.Node) {
			d.object(n, "relief", fields{"from_days": must(d.number(&a.ReliefDays, 1, 366)), "ends_before": must(d.days(&a.ReliefEnds, -1))})
		}),
		"hours": may(func(n *yaml.Node) {
			d.object(n, "hours", fields{"urgent": must(d.band(&a.Urgent)), "other": must(d.band(&a.Other)), "to_choose": must(d.fullHours(&a.Hours))})
		}),
		"pause_days": may(d.number(&a.PauseDays, 1, 90)),
		"a_day":      may(d.number(&a.Day, 1, 3)),
		"broken": may(func(n *yaml.Node) {
			d.object(n, "broken", fields{"grace_days": must(d.number(&a.Grace.Days, 1, 180)), "notice_days": must(d.number(&a.Grace.Notice, 1, 90))})
		}),
		"without_agent": may(d.room(&a.Room)),
		"source":        must(d.source(s, &source)),
	})
	for _, c := range []Calendar{a.Normal, a.Fewer, a.More} {
		if k := len(c.After); k > 0 && c.After[k-1] >= a.Grace.Days {
			d.fault(d.root, "a reminder %d days after the due date comes after the notice, which is due after %d", c.After[k-1], a.Grace.Days)
		}
	}
}

func (d *document) calendar(to *Calendar) func(*yaml.Node) {
	return func(n *yaml.Node) {
		*to = Calendar{}
		d.object(n, "a calendar", fields{"before": must(d.days(&to.Before, -1)), "on_day": must(d.flag(&to.OnDay)), "after": must(d.days(&to.After, 1))})
	}
}

// days reads days that rise, or fall for a direction of -1; none is a calendar without them.
func (d *document) days(to *[]int, direction int) func(*yaml.Node) {
	return func(n *yaml.Node) {
		*to = nil
		d.list(n, func(item *yaml.Node) {
			var v int
			d.number(&v, 1, 90)(item)
			if k := len(*to); k > 0 && (v-(*to)[k-1])*direction <= 0 {
				d.fault(item, "%d is not in order after %d", v, (*to)[k-1])
			}
			*to = append(*to, v)
		})
	}
}

func (d *document) band(to *Band) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var from, until string
		d.object(n, "a part of the day", fields{"from": must(d.hour(&from)), "until": must(d.hour(&until))})
		if from == "" || until == "" {
			return
		}
		*to = Band{clock(from), clock(until)}
		if to.Until <= to.From {
			d.fault(n, "until, %s, comes after from, %s", until, from)
		}
	}
}

// clock turns "21:30" into minutes after midnight.
func clock(s string) int {
	digit := func(i int) int { return int(s[i] - '0') }
	return (digit(0)*10+digit(1))*60 + digit(3)*10 + digit(4)
}

func (d *document) fullHours(to *[]int) func(*yaml.Node) {
	return func(n *yaml.Node) {
		*to = nil
		d.list(n, func(item *yaml.Node) {
			var v int
			d.number(&v, 0, 23)(item)
			if slices.Contains(*to, v) {
				d.fault(item, "hour %d stands here twice", v)
			}
			*to = append(*to, v)
		})
		if len(*to) == 0 || len(*to) > 6 {
			d.fault(n, "here belong one to six hours")
		}
	}
}

func (d *document) room(to *ledger.Room) func(*yaml.Node) {
	return func(n *yaml.Node) {
		*to = ledger.Room{}
		d.object(n, "without_agent", fields{
			"move_days": must(d.days(&to.MoveDays, 1)), "moves": must(d.number(&to.Moves, 0, 12)), "split_gap": must(d.number(&to.SplitGap, 1, 60)),
			"splits": must(d.number(&to.Splits, 0, 12)), "skips": must(d.number(&to.Skips, 0, 12)), "until_days_late": must(d.number(&to.Early, 0, 90)),
		})
	}
}
