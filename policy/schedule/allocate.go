package schedule

import (
	"fmt"
	"strings"

	"respite/policy/money"
)

// Order is the order in which a payment that does not cover all that is due is allocated: the names "fees", "interest" and
// "principal", separated by commas. Empty is DefaultOrder.
type Order string

// DefaultOrder is costs, then interest, then principal, which holds unless something else is agreed: Civil Code of the PRC,
// Art. 561.
const DefaultOrder Order = "fees,interest,principal"

// Validate says whether the order names each part once.
func (o Order) Validate() error {
	if o == "" {
		return nil
	}
	var fees, interest, principal int
	for name := range strings.SplitSeq(string(o), ",") {
		switch name {
		case "fees":
			fees++
		case "interest":
			interest++
		case "principal":
			principal++
		default:
			return fmt.Errorf("order %q: there is no part %q", string(o), name)
		}
	}
	if fees != 1 || interest != 1 || principal != 1 {
		return fmt.Errorf("order %q does not name fees, interest and principal once each", string(o))
	}
	return nil
}

// Allocate splits a payment over what is owed, part after part in the given order, which must be valid. What is paid beyond
// the whole is not allocated: the sum of the result is the smaller of amount and
// owed.Sum(), and nothing for an amount that is not above 0.
func Allocate(amount money.Fen, owed Parts, o Order) Parts {
	var paid Parts
	if amount <= 0 {
		return paid
	}
	if o == "" {
		o = DefaultOrder
	}
	for name := range strings.SplitSeq(string(o), ",") {
		from, to := owed.part(name), paid.part(name)
		*to = min(amount, *from)
		amount -= *to
	}
	return paid
}

func (p *Parts) part(name string) *money.Fen {
	switch name {
	case "fees":
		return &p.Fees
	case "interest":
		return &p.Interest
	default:
		return &p.Principal
	}
}

// Sub returns what of p is left after q, part by part.
func (p Parts) Sub(q Parts) Parts {
	return Parts{Principal: p.Principal - q.Principal, Interest: p.Interest - q.Interest, Fees: p.Fees - q.Fees}
}
