package policy

import (
	"sort"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// haggle is the search for the terms of one plan that come nearest to a proposal.
type haggle struct {
	q         *quote
	programme *Programme
	plan      *Plan
	listed    int // number by which the plan's list counts these terms
	want      Proposal
	terms     schedule.Terms
	meeting
}

// meet returns a plan's answers to a proposal: one, or of a plan that reduces payments one for each number of ordinary bills. None, if
// the plan is not for a debt like this.
func (q *quote) meet(p *Programme, plan *Plan, want Proposal) []meeting {
	counts := plan.Counts
	if plan.Method != schedule.Reduced {
		counts = counts[:1]
	}
	var answers []meeting
	for _, count := range counts {
		h := haggle{q: q, programme: p, plan: plan, listed: count, want: want, terms: q.terms(plan, count)}
		if h.settle() {
			answers = append(answers, h.meeting)
		}
	}
	return answers
}

// nearest returns a plan in another number of instalments than those on its list, the nearest that keeps within the bounds and
// within what is left over; false if there is none.
func (q *quote) nearest(p *Programme, plan *Plan) (Offer, bool) {
	if plan.Method == lump || plan.Method == schedule.Reduced {
		return Offer{}, false
	}
	for _, m := range q.meet(p, plan, Proposal{}) {
		if m.fails.key == "" {
			return m.offer, true
		}
	}
	return Offer{}, false
}

// settle finds the terms and prices them; false if the plan is not for a debt like this.
func (h *haggle) settle() bool {
	h.first()
	whole := h.down()
	switch {
	case whole || h.plan.Method == lump:
	case h.plan.Method == schedule.Reduced:
		h.cut()
	case !h.count():
		return false
	}
	if h.fails.key != "" {
		return true
	}
	var fit fit
	h.offer, fit = h.q.price(h.programme, h.plan, h.terms, h.id())
	if fit == beyond {
		return h.beyond()
	}
	if h.plan.Method == lump && !whole {
		h.once()
	}
	return true
}

// id names the offer: as on the list if it could stand there.
func (h *haggle) id() string {
	if h.terms == h.q.terms(h.plan, h.listed) {
		return offerID(h.programme, h.plan, h.listed)
	}
	return ownID(h.terms)
}

// first moves the first payment to the wanted day, or as far as the plan allows.
func (h *haggle) first() {
	if h.want.Start <= h.terms.First {
		return
	}
	latest, wanted := h.plan.Latest.After(h.q.today), h.want.Start
	if pay := h.terms.PayDay; pay > 0 {
		wanted = wanted.NextPayDay(pay)
		latest = lastPayDay(latest, pay)
	}
	latest = max(latest, h.terms.First)
	if wanted > latest {
		h.miss(wishStart, int64(h.want.Start-latest), bound{key: boundFirst, count: int(latest - h.q.today)})
		wanted = latest
	}
	h.terms.First = wanted
}

// lastPayDay returns the last pay day dd on or before d.
func lastPayDay(d day.Date, dd int) day.Date {
	y, m, _ := d.Date()
	if this := day.PayDay(y, m, dd); this <= d {
		return this
	}
	return day.PayDay(y, m-1, dd)
}

// down takes the wanted down payment, or the least that the plan asks for. True if all is paid at once.
func (h *haggle) down() bool {
	payable := h.terms.Owed.Sub(h.terms.Waived).Sum()
	switch {
	case h.want.Down >= payable:
		// The amount goes in one instalment, not down: what runs until its day, if anything does, is due with it.
		h.terms.Method, h.terms.Count, h.terms.Cut, h.terms.Down = lump, 1, schedule.Cut{}, 0
		return true
	case h.plan.Method == lump:
		return false
	case h.want.Down < h.terms.Down:
		h.miss(wishDown, int64(h.terms.Down-h.want.Down), bound{key: boundDown, amount: h.terms.Down})
	default:
		h.terms.Down = h.want.Down
	}
	return false
}

// once notes which wishes a single payment does not meet.
func (h *haggle) once() {
	total := h.offer.Schedule.Total
	why := bound{key: boundOnce, amount: total}
	if able := h.able(); able > 0 && able < total {
		h.miss(wishMonthly, int64(total-able), why)
	} else if h.want.Down > 0 {
		h.miss(wishDown, int64(total-h.want.Down), why)
	}
	if h.want.Months > 1 {
		h.miss(wishMonths, int64(h.want.Months-1), why)
	}
}

// able returns what the borrower can pay a month, as far as it was said: a number of months alone says that an equal part
// can be paid. 0 if nothing was said of it.
func (h *haggle) able() money.Fen {
	if h.want.Monthly > 0 || h.want.Months <= 1 {
		return h.want.Monthly
	}
	return (h.terms.Owed.Sub(h.terms.Waived).Sum() - h.terms.Down) / money.Fen(h.want.Months)
}

// count chooses the number of instalments; false if the debt is too small for the fewest that the plan allows.
func (h *haggle) count() bool {
	n := h.plan.Least
	most := h.most()
	if most < n {
		return false
	}
	// What binds where more instalments are needed.
	limit := bound{key: boundMost, count: most, amount: h.highest(most)}
	if most < h.plan.Most {
		limit = bound{key: boundSmallest, count: most, amount: h.plan.Smallest}
	}
	switch wanted := h.want.Months; {
	case wanted > most:
		n = most
		h.miss(wishMonths, int64(wanted-most), limit)
		if h.want.Monthly == 0 {
			h.miss(wishMonthly, int64(h.highest(most)-h.able()), limit)
		}
	case wanted >= n:
		n = wanted
	case wanted > 0:
		h.miss(wishMonths, int64(n-wanted), bound{key: boundLeast, count: n})
	case h.want.Monthly == 0:
		n = min(h.plan.Counts[0], most)
	}
	if wanted := h.want.Monthly; wanted > 0 && h.highest(n) > wanted {
		longer := h.within(n, most, wanted)
		switch {
		case longer > most:
			longer = most
			h.miss(wishMonthly, int64(h.highest(most)-wanted), limit)
		case h.want.Months > 0:
			h.miss(wishMonths, int64(longer-n), bound{key: boundLonger, amount: wanted, count: longer})
		}
		n = longer
	}
	if left := h.q.left; left.Known && h.highest(n) > left.Fen {
		longer := h.within(n, most, left.Fen)
		if longer > most {
			h.need = h.highest(most)
			h.fails = bound{key: beyondLeft, amount: h.need, left: left}
			return true
		}
		h.miss(wishMonths, int64(longer-n), bound{key: boundLeft, amount: left.Fen, count: longer})
		n = longer
	}
	h.terms.Count, h.listed = n, n
	return true
}

// most returns the highest number of instalments, none of them too small.
func (h *haggle) most() int {
	least, span := h.plan.Least, h.plan.Most-h.plan.Least+1
	return least - 1 + sort.Search(span, func(i int) bool {
		s, err := h.with(least + i)
		return err != nil || lowest(s) < h.plan.Smallest
	})
}

// within returns the smallest number of instalments from n to most of which none is above limit, or most+1.
func (h *haggle) within(n, most int, limit money.Fen) int {
	return n + sort.Search(most-n+1, func(i int) bool { return h.highest(n+i) <= limit })
}

// highest returns the highest of so many instalments, of a number for which there are terms.
func (h *haggle) highest(n int) money.Fen {
	s, err := h.with(n)
	if err != nil {
		return schedule.MaxOwed
	}
	return highest(s)
}

func (h *haggle) with(n int) (schedule.Schedule, error) {
	t := h.terms
	t.Count = n
	return t.Schedule(h.q.book.calendar)
}

// cut sets the reduced payments. A proposal that names the programme speaks of them alone; any other speaks of the whole plan.
func (h *haggle) cut() {
	cut := &h.terms.Cut
	switch wanted := h.want.Monthly; {
	case wanted == 0:
	case wanted < cut.Amount:
		h.miss(wishMonthly, int64(cut.Amount-wanted), bound{key: boundCutLeast, amount: cut.Amount})
	default:
		cut.Amount = wanted
	}
	if h.want.Programme == h.programme.ID {
		h.cutCount()
		return
	}
	s, err := h.terms.Schedule(h.q.book.calendar)
	if err != nil {
		return
	}
	later := bound{key: boundCutLater, count: cut.Count, amount: highest(s)}
	if h.want.Monthly > 0 && later.amount > h.want.Monthly {
		h.miss(wishMonthly, int64(later.amount-max(h.want.Monthly, cut.Amount)), later)
	}
	if n := h.want.Months; n > 0 && n != h.terms.Count {
		h.miss(wishMonths, max(int64(n-h.terms.Count), int64(h.terms.Count-n)), bound{key: boundMost, count: h.terms.Count, amount: later.amount})
	}
}

// cutCount sets the number of reduced payments.
func (h *haggle) cutCount() {
	cut := &h.terms.Cut
	switch wanted := h.want.Months; {
	case wanted == 0:
	case wanted > cut.Count:
		h.miss(wishMonths, int64(wanted-cut.Count), bound{key: boundCutCount, count: cut.Count})
	default:
		if cut.Over == 0 {
			h.terms.Count -= cut.Count - wanted
		}
		cut.Count = wanted
	}
}

// beyond says why a plan that cannot be kept is none; false if it is not a plan at all.
func (h *haggle) beyond() bool {
	s, err := h.terms.Schedule(h.q.book.calendar)
	if err != nil || lowest(s) < h.plan.Smallest {
		return false
	}
	switch hand := h.q.hand; {
	case h.terms.Method == lump:
		h.need = s.Total
		h.fails = bound{key: beyondOnce, amount: h.need}
	case hand.Known && h.terms.Down > hand.Fen:
		h.need = h.terms.Down
		h.fails = bound{key: beyondOnce, amount: h.need}
	default:
		h.need = highest(s)
		h.fails = bound{key: beyondLeft, amount: h.need, left: h.q.left}
	}
	return true
}
