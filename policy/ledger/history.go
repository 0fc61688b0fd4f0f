// Package ledger works out how a repayment plan stands, from its schedule and from what happened since.
package ledger

import (
	"respite/policy/day"
	"respite/policy/money"
)

// History is all that happened to a plan. How the plan stands follows from it and the schedule, and is kept nowhere. The JSON names
// are for years.
type History struct {
	Payments []Payment `json:"p,omitempty"`
	Changes  []Change  `json:"x,omitempty"` // in the order in which they were agreed
	Holds    []Hold    `json:"h,omitempty"` // in order; the last one may still last
	Noticed  day.Date  `json:"n,omitempty"` // the last day on which the borrower was told that the plan may count as broken
}

// Payment is money that was reported or has arrived.
type Payment struct {
	ID        string    `json:"i"`           // unique within the plan; a repeat with the same id changes nothing
	N         int       `json:"n,omitempty"` // the instalment that was named with it; where the money goes follows from Stand
	Amount    money.Fen `json:"a"`           // fen, above 0
	On        day.Date  `json:"d"`           // the day on which it was reported
	Confirmed bool      `json:"c,omitempty"` // it arrived: an agent or the lender says so
	Arrival   string    `json:"l,omitempty"` // id of the arrival that confirmed a report, so that its repeat changes nothing
}

// Change moves what was agreed at first.
type Change struct {
	Kind ChangeKind `json:"k"`
	N    int        `json:"n"`           // the instalment
	To   day.Date   `json:"t,omitempty"` // the new due date; of the second half for a split
	On   day.Date   `json:"d"`           // the day on which it was agreed
	Fen  money.Fen  `json:"a,omitempty"` // Waive: how much is given up
}

// ChangeKind says what a change does.
type ChangeKind string

// Kinds of change. None of them costs anything: interest that runs in a plan is fixed when it is agreed.
const (
	Move  ChangeKind = "move"  // the instalment is due on To
	Split ChangeKind = "split" // half of it stays due when it was, the other half is due on To
	Skip  ChangeKind = "skip"  // the instalment goes to the end of the plan, on To
	Waive ChangeKind = "waive" // Fen of the instalment are given up, its fees first; agents only
)

// Hold is a time in which nothing is asked for and no delay counts.
type Hold struct {
	From  day.Date `json:"f"`
	Until day.Date `json:"u,omitempty"` // the day on which it ended; 0: it lasts
	Why   string   `json:"w,omitempty"` // dispute, agent
}

// Held says whether the plan is on hold.
func (h *History) Held() bool { return len(h.Holds) > 0 && h.Holds[len(h.Holds)-1].Until == 0 }

// Pause puts the plan on hold; false: it is already.
func (h *History) Pause(on day.Date, why string) bool {
	if h.Held() {
		return false
	}
	h.Holds = append(h.Holds, Hold{From: on, Why: why})
	return true
}

// Resume ends the hold; false: there is none.
func (h *History) Resume(on day.Date) bool {
	if !h.Held() {
		return false
	}
	h.Holds[len(h.Holds)-1].Until = on
	return true
}

// HeldDays counts the days between two days on which the plan was on hold, from the first to the day before the second.
func (h *History) HeldDays(from, until day.Date) int {
	days := 0
	for _, x := range h.Holds {
		end := x.Until
		if end == 0 {
			end = until
		}
		days += max(0, int(min(end, until)-max(x.From, from)))
	}
	return days
}

// Report notes that the borrower says an amount was paid. A report that is known by its id, or that only says again what an
// unconfirmed one says of the same instalment, changes nothing and returns false.
func (h *History) Report(p Payment) bool {
	for _, q := range h.Payments {
		if q.ID == p.ID || !q.Confirmed && q.N == p.N && q.Amount == p.Amount && p.N != 0 {
			return false
		}
	}
	p.Confirmed = false
	h.Payments = append(h.Payments, p)
	return true
}

// Arrive notes money that has arrived. It confirms the oldest report of the same amount, because that is the same money seen from the
// other side; without one it is a payment of its own. A repeat of an id returns false and changes nothing.
func (h *History) Arrive(p Payment) bool {
	for _, q := range h.Payments {
		if q.ID == p.ID || q.Arrival == p.ID {
			return false
		}
	}
	for i := range h.Payments {
		if q := &h.Payments[i]; !q.Confirmed && q.Amount == p.Amount {
			q.Confirmed, q.Arrival = true, p.ID
			return true
		}
	}
	p.Confirmed = true
	h.Payments = append(h.Payments, p)
	return true
}

// Confirm notes that a report's money has arrived; false: there is no such report, or it is confirmed already.
func (h *History) Confirm(id string) bool {
	for i := range h.Payments {
		if q := &h.Payments[i]; q.ID == id && !q.Confirmed {
			q.Confirmed = true
			return true
		}
	}
	return false
}

// Deny drops a report whose money did not arrive; false: there is no such report, or it is confirmed.
func (h *History) Deny(id string) bool {
	for i, q := range h.Payments {
		if q.ID == id && !q.Confirmed {
			h.Payments = append(h.Payments[:i:i], h.Payments[i+1:]...)
			return true
		}
	}
	return false
}
