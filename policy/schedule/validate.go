package schedule

import (
	"errors"
	"fmt"

	"respite/policy/money"
)

// Limits of what a schedule is made for.
const (
	MaxCount = 600              // instalments: fifty years
	MaxOwed  = money.Fen(1e12)  // ten billion yuan
	MaxRate  = 10 * money.Whole // 1000 percent a year
	maxAhead = 50 * 366         // days from Start to First
)

// Validate says everything that is wrong with the terms by themselves, without naming a borrower's amounts. That the
// instalments come out positive is only known when they are worked out: see Schedule.
func (t Terms) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	t.validateAmounts(fault)
	if rate, err := t.rate(); err != nil {
		faults = append(faults, err)
	} else if rate > MaxRate {
		fault("rate %q is above %v", t.Rate, MaxRate)
	}
	t.validateDates(fault)
	t.validateMethod(fault)
	if err := t.Order.Validate(); err != nil {
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

func (t Terms) validateAmounts(fault func(string, ...any)) {
	if !t.Owed.within(Parts{MaxOwed, MaxOwed, MaxOwed}) || t.Owed.Sum() > MaxOwed {
		fault("what is owed is not between 0 and %v in each part and in all", MaxOwed)
	} else if !t.Waived.within(t.Owed) {
		fault("what is waived is not, part by part, within what is owed")
	}
	if left := t.Owed.Sub(t.Waived).Sum(); t.Down < 0 || t.Down >= left {
		fault("the down payment is negative, or leaves nothing of what is owed and not waived")
	}
}

func (t Terms) validateDates(fault func(string, ...any)) {
	if t.First <= t.Start {
		fault("first payment %v is not after the start, %v", t.First, t.Start)
	} else if t.First > t.Start.AddDays(maxAhead) {
		fault("first payment %v is more than fifty years after the start, %v", t.First, t.Start)
	}
	if t.PayDay < 0 || t.PayDay > 31 {
		fault("pay day %d is not between 1 and 31", t.PayDay)
	} else if t.PayDay > 0 && t.First.NextPayDay(t.PayDay) != t.First {
		fault("first payment %v is not on pay day %d", t.First, t.PayDay)
	}
}

func (t Terms) validateMethod(fault func(string, ...any)) {
	if t.Count < 1 || t.Count > MaxCount {
		fault("count %d is not between 1 and %d", t.Count, MaxCount)
	}
	switch t.Method {
	case Lump:
		if t.Count != 1 {
			fault("a lump is one payment, not %d", t.Count)
		}
	case EqualPayment, EqualPrincipal:
	case Reduced:
		t.Cut.validate(t.Count, fault)
	default:
		fault("there is no method %q", string(t.Method))
	}
	if t.Method != Reduced && t.Cut != (Cut{}) {
		fault("method %q has no reduced instalments", string(t.Method))
	}
}

func (c Cut) validate(count int, fault func(string, ...any)) {
	if c.Count < 1 || c.Count >= count {
		fault("%d of %d instalments cannot be reduced: at least 1, and not the last", c.Count, count)
	}
	if c.Amount < 1 {
		fault("the reduced amount is not above 0")
	}
	if c.Over < 0 || c.Over > max(0, count-c.Count) {
		fault("the shortfall cannot be spread over %d instalments when %d of %d are reduced", c.Over, c.Count, count)
	}
}

// within says whether p is, part by part, between nothing and q.
func (p Parts) within(q Parts) bool {
	return 0 <= p.Principal && p.Principal <= q.Principal &&
		0 <= p.Interest && p.Interest <= q.Interest &&
		0 <= p.Fees && p.Fees <= q.Fees
}

func (t Terms) rate() (money.Rate, error) {
	if t.Rate == "" {
		return 0, nil
	}
	return money.ParseRate(t.Rate)
}
