package schedule

import (
	"errors"
	"fmt"
	"time"

	"respite/policy/day"
)

// ErrTooSmall says that the amounts are too small for so many instalments: one would be nothing, or nothing but interest.
var ErrTooSmall = errors.New("the amounts are too small for so many instalments")

// ErrNotReduced says that the reduced amount is not below what the instalment would be without it.
var ErrNotReduced = errors.New("the reduced amount is not below the ordinary instalment")

// Schedule works the terms out. cal is needed where Working is set, and may be nil otherwise.
//
// Amounts are whole fen, rounded half up, and what roundings leave goes to the last instalment. The interest of a month is a
// twelfth of the annual rate, however long the month is and wherever its due date was moved; odd days before the first payment
// count a 365th each. Interest runs on principal alone, so nothing compounds, and not on less than ten yuan of it: what runs
// through a deferral is spread evenly over the instalments, like the interest and fees that were owed at the start.
//
// The parts of an instalment are what falls due with it. How a payment that does not cover them is allocated is
// Order's business, and so are the down payment and the payments of a Reduced plan that are lower than what is due.
func (t Terms) Schedule(cal *day.Calendar) (Schedule, error) {
	if err := t.Validate(); err != nil {
		return Schedule{}, fmt.Errorf("terms: %w", err)
	}
	if t.Working && cal == nil {
		return Schedule{}, errors.New("terms: working days need a calendar")
	}
	payable := t.Owed.Sub(t.Waived)
	down := Allocate(t.Down, payable, t.Order)
	var room [60]due // enough for most plans, and off the heap
	dues := room[:min(t.Count, len(room))]
	if t.Count > len(room) {
		dues = make([]due, t.Count)
	}
	if err := t.spread(payable.Sub(down), dues); err != nil {
		return Schedule{}, fmt.Errorf("terms: %w", err)
	}
	s := Schedule{Total: t.Down, Waived: t.Waived.Sum(), Instalments: make([]Instalment, 0, len(dues)+1)}
	for i := range dues {
		s.Total += dues[i].Sum()
	}
	s.Running = s.Total - payable.Sum()
	left := s.Total
	if t.Down > 0 {
		left -= t.Down
		s.Instalments = append(s.Instalments, Instalment{Due: t.Start, Parts: down, Amount: t.Down, Left: left})
	}
	y, m, dd := t.First.Date()
	if t.PayDay > 0 {
		dd = t.PayDay
	}
	for k := range dues {
		d := &dues[k]
		due := day.PayDay(y, m+time.Month(k), dd)
		if t.Working {
			next, provisional := cal.NextWorking(due)
			due, s.Provisional = next, s.Provisional || provisional
		}
		left -= d.Sum()
		s.Instalments = append(s.Instalments, Instalment{N: k + 1, Due: due, Parts: d.Parts, Amount: d.Sum(), Left: left})
	}
	s.Annual = annual(payable.Sum()-t.Down, t.Start, s.Instalments)
	return s, nil
}
