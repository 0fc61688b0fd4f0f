package ledger

import (
	"fmt"
	"strconv"
	"strings"

	"respite/policy/day"
)

// Room is what the policy lets a borrower change without an agent.
type Room struct {
	MoveDays []int // days by which a due date can be moved
	Moves    int   // how often in a plan
	SplitGap int   // days between the two halves of a split instalment
	Splits   int   // how often in a plan
	Skips    int   // how often an instalment can go to the end of the plan
	Early    int   // days after the due date until which all this can be asked for
}

// Ways lists what can be done about instalment n without an agent: nothing once it was changed before, is paid in part, or is
// further past due than the room allows. cal moves a new date to a working day; nil: it stays.
func (l *Ledger) Ways(h History, r Room, n int, cal *day.Calendar, today day.Date) []Change {
	line, ok := l.find(n)
	if !ok || line.Open() != line.Amount || line.Was != 0 || line.Half != 0 || n == 0 || today > line.Due+day.Date(r.Early) || l.Standing == Settled || h.Held() {
		return nil
	}
	used := map[ChangeKind]int{}
	for _, c := range h.Changes {
		used[c.Kind]++
	}
	from := max(line.Due, today)
	var ways []Change
	if used[Move] < r.Moves {
		for _, days := range r.MoveDays {
			ways = append(ways, Change{Kind: Move, N: n, To: working(cal, from+day.Date(days)), On: today})
		}
	}
	if used[Split] < r.Splits && line.Amount > 1 && line.Due >= today {
		ways = append(ways, Change{Kind: Split, N: n, To: working(cal, from+day.Date(r.SplitGap)), On: today})
	}
	if used[Skip] < r.Skips {
		last := l.Lines[len(l.Lines)-1].Due
		ways = append(ways, Change{Kind: Skip, N: n, To: working(cal, max(last, today).AddMonths(1)), On: today})
	}
	return ways
}

func (l *Ledger) find(n int) (Line, bool) {
	for _, line := range l.Lines {
		if line.N == n {
			return line, true
		}
	}
	return Line{}, false
}

func working(cal *day.Calendar, d day.Date) day.Date {
	if cal == nil {
		return d
	}
	next, _ := cal.NextWorking(d)
	return next
}

// String writes a change as "move-3-20780", for a button; ParseChange reads it.
func (c Change) String() string { return fmt.Sprintf("%s-%d-%d", c.Kind, c.N, c.To) }

// ParseChange reads what String wrote, with no day of agreement; false: it is nothing of the kind.
func ParseChange(s string) (Change, bool) {
	part := strings.Split(s, "-")
	if len(part) != 3 {
		return Change{}, false
	}
	n, err := strconv.Atoi(part[1])
	if err != nil {
		return Change{}, false
	}
	to, err := strconv.ParseInt(part[2], 10, 32)
	if err != nil {
		return Change{}, false
	}
	return Change{Kind: ChangeKind(part[0]), N: n, To: day.Date(to)}, true
}
