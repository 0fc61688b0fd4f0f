package ledger

import (
	"slices"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// Status is how an instalment stands.
type Status string

// Statuses of an instalment.
const (
	Coming    Status = "coming"
	DueToday  Status = "due"
	Reported  Status = "reported" // the borrower says that it is paid
	Confirmed Status = "paid"
	Partly    Status = "partly" // some of it is paid or reported, and it is not late
	Late      Status = "late"
	Moved     Status = "moved"  // coming, on another day than agreed at first
	Waived    Status = "waived" // what was open of it was given up
)

// Standing is how a plan stands.
type Standing string

// Standings of a plan. A plan that is proposed has no history yet; Stand never returns Proposed.
const (
	Proposed Standing = "proposed"
	Agreed   Standing = "agreed" // nothing was due or paid yet
	Running  Standing = "running"
	Behind   Standing = "late"
	Paused   Standing = "paused"
	Broken   Standing = "broken"
	Settled  Standing = "settled" // all is confirmed as paid, or waived
)

// Grace says when a plan counts as broken: some days after an instalment was due the borrower is told, and some days after that
// it counts, unless what is late was paid.
type Grace struct {
	Days   int // from the due date to the notice
	Notice int // from the notice to the day on which the plan counts as broken
}

// Line is an instalment as it stands.
type Line struct {
	N      int // as in the schedule; 0 is the down payment. Both halves of a split one have its number
	Half   int // 1 or 2 of a split instalment
	Due    day.Date
	Was    day.Date // the due date before it was moved; 0: as agreed
	Amount money.Fen
	Parts  schedule.Parts // what the amount is made of
	Given  money.Fen      // given up, and no longer in the amount
	Paid   schedule.Parts // confirmed, allocated by the terms' order
	Said   money.Fen      // reported and not confirmed
	Status Status
}

// Open is what nobody has paid, reported or given up.
func (l Line) Open() money.Fen { return l.Amount - l.Paid.Sum() - l.Said }

// Ledger is how a plan stands on a day.
type Ledger struct {
	Lines    []Line // by due date
	Standing Standing
	Total    money.Fen // of all lines, without what was given up
	Paid     money.Fen // confirmed, without the surplus
	Said     money.Fen // reported, without the surplus
	Late     money.Fen // open and due before today
	Surplus  money.Fen // confirmed beyond all that was due: to be given back
	Notice   day.Date  // the day from which the notice is due; 0: nothing is late
	Breaks   day.Date  // the day on which the plan counts as broken; 0: nothing is late, or no notice was given
}

// Stand works out how a plan stands. Money goes to the earliest instalment that is open, confirmed before reported, and within
// an instalment to its parts in the order of the terms:
//
//	what comes                              what becomes of it
//	reported by the borrower                reported, until it arrives or an agent denies it
//	reported again                          nothing
//	confirmed by an agent                   paid
//	arrived (lender), was reported          the report is confirmed; nothing is counted twice
//	arrived, not reported                   paid
//	arrived with an id that came before     nothing
//	less than the instalment                partly paid; late for the rest once it is past due
//	before it is due                        paid early; the next one is then next
//	more than the instalment                the rest pays the next ones: several at once, or part of one
//	the same amount twice, two ids          two payments: the second pays what comes next
//	more than the whole plan                settled, and the surplus is to be given back
//	after the plan was settled              surplus
//	after the plan broke                    counted; the plan runs again once nothing is late
//	denied by an agent                      the report is dropped, and the instalment is open again
//	while on hold                           counted as ever
func Stand(s schedule.Schedule, order schedule.Order, h History, g Grace, today day.Date) Ledger {
	l := Ledger{Lines: lines(s, order, h.Changes)}
	var sure, said money.Fen
	for _, p := range h.Payments {
		if p.Confirmed {
			sure += p.Amount
		} else {
			said += p.Amount
		}
	}
	for i := range l.Lines {
		line := &l.Lines[i]
		line.Paid = schedule.Allocate(sure, line.Parts, order)
		sure -= line.Paid.Sum()
		line.Said = min(said, line.Amount-line.Paid.Sum())
		said -= line.Said
		line.Status = line.status(today)
		l.Total, l.Paid, l.Said = l.Total+line.Amount, l.Paid+line.Paid.Sum(), l.Said+line.Said
		if line.Due < today {
			l.Late += line.Open()
		}
	}
	l.Surplus = sure
	l.deadlines(h, g, today)
	l.Standing = l.standing(h, today)
	return l
}

func (l Line) status(today day.Date) Status {
	switch {
	case l.Given > 0 && l.Paid.Sum() == l.Amount:
		return Waived
	case l.Paid.Sum() == l.Amount:
		return Confirmed
	case l.Open() == 0:
		return Reported
	case l.Due < today:
		return Late
	case l.Open() < l.Amount:
		return Partly
	case l.Due == today:
		return DueToday
	case l.Was != 0:
		return Moved
	}
	return Coming
}

// lines are the instalments after all changes, by due date.
func lines(s schedule.Schedule, order schedule.Order, changes []Change) []Line {
	out := make([]Line, 0, len(s.Instalments)+len(changes))
	for _, in := range s.Instalments {
		out = append(out, Line{N: in.N, Due: in.Due, Amount: in.Amount, Parts: in.Parts})
	}
	for _, c := range changes {
		i := slices.IndexFunc(out, func(l Line) bool { return l.N == c.N })
		if i < 0 {
			continue
		}
		switch c.Kind {
		case Move, Skip:
			out[i].Was, out[i].Due = first(out[i].Was, out[i].Due), c.To
		case Split:
			out = append(out, out[i].split(order, c.To))
		case Waive:
			out[i].Parts = out[i].Parts.Sub(schedule.Allocate(c.Fen, out[i].Parts, order))
			out[i].Given += out[i].Amount - out[i].Parts.Sum()
			out[i].Amount = out[i].Parts.Sum()
		}
	}
	slices.SortStableFunc(out, func(a, b Line) int { return int(a.Due - b.Due) })
	return out
}

// split leaves the first half in l and returns the second; an odd fen goes to the second.
func (l *Line) split(order schedule.Order, to day.Date) Line {
	whole := *l
	l.Half, l.Amount = 1, whole.Amount/2
	l.Parts = schedule.Allocate(l.Amount, whole.Parts, order)
	return Line{N: l.N, Half: 2, Due: to, Was: whole.Due, Amount: whole.Amount - l.Amount, Parts: whole.Parts.Sub(l.Parts)}
}

func first(a, b day.Date) day.Date {
	if a != 0 {
		return a
	}
	return b
}

// deadlines works out when the notice is due and when the plan counts as broken; days on hold do not count.
func (l *Ledger) deadlines(h History, g Grace, today day.Date) {
	next, ok := l.Next()
	if !ok || next.Due >= today {
		return
	}
	l.Notice = next.Due + day.Date(g.Days+h.HeldDays(next.Due, today))
	if h.Noticed > next.Due {
		l.Breaks = h.Noticed + day.Date(g.Notice+h.HeldDays(h.Noticed, today))
	}
}

func (l *Ledger) standing(h History, today day.Date) Standing {
	settled, touched := len(l.Lines) > 0, l.Paid+l.Said > 0
	for _, line := range l.Lines {
		settled = settled && (line.Status == Confirmed || line.Status == Waived)
		touched = touched || line.Due <= today
	}
	switch {
	case settled:
		return Settled
	case h.Held():
		return Paused
	case l.Breaks != 0 && today >= l.Breaks:
		return Broken
	case l.Late > 0:
		return Behind
	case touched:
		return Running
	}
	return Agreed
}

// Next returns the earliest line that is open; false if there is none.
func (l *Ledger) Next() (Line, bool) {
	for _, line := range l.Lines {
		if line.Open() > 0 {
			return line, true
		}
	}
	return Line{}, false
}

// Open is what nobody has paid, reported or given up.
func (l *Ledger) Open() money.Fen { return l.Total - l.Paid - l.Said }

// Done counts the lines with nothing open.
func (l *Ledger) Done() int {
	n := 0
	for _, line := range l.Lines {
		if line.Open() == 0 {
			n++
		}
	}
	return n
}

// Last is the day on which the last line that is open falls due; 0 if none is.
func (l *Ledger) Last() day.Date {
	var last day.Date
	for _, line := range l.Lines {
		if line.Open() > 0 {
			last = line.Due
		}
	}
	return last
}
