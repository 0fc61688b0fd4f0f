package policy

import (
	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// quote is what the offers of one assessment have in common.
type quote struct {
	book    *Book
	known   known
	today   day.Date
	parts   split
	product Product
	typical bool // the product is not known
	left    Left
	hand    Left // money that could be paid at once
}

// offer adds the offers to an assessment: those of every programme that applies and that keep within what is left over. A plan none
// of whose numbers of instalments does is offered with the number that comes nearest, if one does.
func (b *Book) offer(a *Assessment, k known, today day.Date) {
	q, ok := b.quote(k, today)
	if !ok {
		return
	}
	plans, kept := false, false
	for i, p := range b.programmes {
		f := &a.Findings[i]
		if f.Verdict != Eligible {
			continue
		}
		plans = plans || len(p.Plans) > 0
		f.Offers = make([]Offer, 0, p.offers)
		for n := range p.Plans {
			plan := &p.Plans[n]
			before := len(f.Offers)
			for j, count := range plan.Counts {
				o, fit := q.price(p, plan, q.terms(plan, count), plan.ids[j])
				if fit == beyond {
					continue
				}
				kept = kept || fit == within
				f.Offers = append(f.Offers, o)
			}
			if len(f.Offers) > before {
				continue
			}
			if o, ok := q.nearest(p, plan); ok {
				kept = kept || q.left.Known
				f.Offers = append(f.Offers, o)
			}
		}
		for j := range f.Offers {
			f.Offers[j].Agent = f.Offers[j].Agent || f.Human != ""
		}
	}
	a.Unfit = q.left.Known && plans && !kept
}

// quote prepares the offers of an assessment; false if what is owed is not known.
func (b *Book) quote(k known, today day.Date) (quote, bool) {
	q := quote{book: b, known: k, today: today}
	owed, ok := b.money(k, Owed)
	if !ok || owed <= 0 {
		return q, false
	}
	q.parts = b.split(k, owed)
	q.left.Fen, q.left.Known = b.money(k, Surplus)
	q.hand.Fen, q.hand.Known = b.money(k, AtHand)
	id := b.settings.Typical
	if v, ok := k.args[string(ProductFact)]; ok {
		id = v.Names[0]
	} else {
		q.typical = true
	}
	q.product, _ = b.Product(id)
	return q, true
}

// fit says whether a plan keeps within what is left over.
type fit uint8

const (
	beyond fit = iota // it does not
	open              // not known: what is left over, or whether a sum is at hand
	within            // it does
)

// price makes an offer of terms. It is beyond reach also if they do not come out in whole fen, or in instalments that the plan
// does not allow.
func (q *quote) price(p *Programme, plan *Plan, terms schedule.Terms, id string) (Offer, fit) {
	s, err := terms.Schedule(q.book.calendar)
	if err != nil || lowest(s) < plan.Smallest {
		return Offer{}, beyond
	}
	fit := q.fits(terms, s)
	if fit == beyond {
		return Offer{}, beyond
	}
	o := Offer{ID: id, Programme: p.ID, Terms: terms, Schedule: s, Agent: p.Decides != ByBook}
	o.Last = s.Instalments[len(s.Instalments)-1].Due
	o.Idle = schedule.Idle(terms.Owed, q.product.Penalty, int(o.Last-q.today))
	o.Wants, o.Estimate = q.estimate(plan)
	if fit == open && q.left.Known {
		o.Short = max(0, s.Total-q.until(terms.First))
	}
	return o, fit
}

// terms are those of a plan with so many instalments, from its earliest day.
func (q *quote) terms(plan *Plan, count int) schedule.Terms {
	s := &q.book.settings
	owed := q.parts.under(plan.Waive)
	t := schedule.Terms{
		Start: q.today, Owed: owed, Waived: plan.Waive.Of(owed), Method: plan.Method, Count: count,
		First: plan.First.After(q.today), PayDay: s.PayDay, Working: s.Working, Order: s.Order,
	}
	if s.PayDay > 0 {
		t.First = t.First.NextPayDay(s.PayDay)
	}
	t.Down = t.Owed.Sub(t.Waived).Sum().Share(int64(plan.Down), 100)
	if rate := q.rate(plan); rate > 0 {
		t.Rate = rate.String()
	}
	if plan.Method == schedule.Reduced {
		q.reduce(plan, &t)
	}
	return t
}

// rate is the annual rate that runs in a plan, no higher than the ceiling of the day.
func (q *quote) rate(plan *Plan) money.Rate {
	rate := plan.Rate.Annual
	if plan.Rate.Product {
		rate = q.product.Annual
	}
	if most, ok := q.book.settings.ceiling(q.today); ok {
		rate = min(rate, most)
	}
	return rate
}

// reduce sets the lower payments of a plan. The ordinary bill is the known one, else an equal part of what is to be paid.
func (q *quote) reduce(plan *Plan, t *schedule.Terms) {
	payable := t.Owed.Sub(t.Waived).Sum() - t.Down
	bill := payable.DivUp(t.Count)
	if known, ok := q.book.money(q.known, MonthlyPayment); ok && known > 0 {
		bill = known
		t.Count = int(min(max((payable+bill-1)/bill, money.Fen(plan.Least)), money.Fen(plan.Most)))
	}
	cut := schedule.Cut{Count: plan.Cut.Count, Amount: bill.ShareDown(int64(plan.Cut.Percent), 100), Over: plan.Cut.Over}
	if q.book.settings.Remainder == Balance {
		t.Count, cut.Over = cut.Count+cut.Over, 0
	}
	t.Cut = cut
}

// soon is the longest time, in days, in which a sum counts as paid at once.
const soon = 31

// until is what is left over by a day, if the whole of it is put by.
func (q *quote) until(d day.Date) money.Fen {
	months, _ := q.today.MonthsUntil(d)
	return max(0, q.left.Fen) * money.Fen(months)
}

// fits says whether every payment keeps within what is left over each month. The form does not ask for savings, so a sum
// that is paid at once is bounded only if the money at hand was named, and otherwise said to be Short; a later one by what is left
// over until then besides.
func (q *quote) fits(t schedule.Terms, s schedule.Schedule) fit {
	if !q.left.Known {
		return open
	}
	if t.Method == lump {
		if !q.hand.Known && t.First-t.Start <= soon {
			return open
		}
		return fitting(s.Total, q.hand.Fen+q.until(t.First))
	}
	if q.hand.Known && t.Down > q.hand.Fen || highest(s) > q.left.Fen {
		return beyond
	}
	return within
}

func fitting(amount, bound money.Fen) fit {
	if amount > bound {
		return beyond
	}
	return within
}
