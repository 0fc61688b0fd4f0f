package policy

import (
	"respite/policy/money"
	"respite/policy/schedule"
)

// split is what a debt is made of, as far as it is known.
type split struct {
	parts  [3]money.Fen // principal, interest, fees; 0 if unsure
	unsure [3]bool
	rest   money.Fen // what the unsure parts come to together
}

// splitFacts are the facts of a split, in the order of its parts.
var splitFacts = [3]FactID{Principal, Interest, Fees}

// split takes a debt apart. With two parts known, or all, the split is exact. Parts that are more than the whole, or all known
// and less, are not believed.
func (b *Book) split(k known, owed money.Fen) split {
	s := split{rest: owed}
	unknown, last := 0, 0
	for i, id := range splitFacts {
		v, ok := b.money(k, id)
		if !ok {
			unknown, last = unknown+1, i
			s.unsure[i] = true
			continue
		}
		s.parts[i] = v
		s.rest -= v
	}
	switch {
	case s.rest < 0, unknown == 0 && s.rest != 0:
		return split{rest: owed, unsure: [3]bool{true, true, true}}
	case unknown == 1:
		s.parts[last], s.unsure[last], s.rest = s.rest, false, 0
	}
	return s
}

// under returns the parts as a plan has to take them for its figures never to be too low: what is not known counts as the part
// of which least is given up, and of equals as principal, on which interest runs.
func (s split) under(w Waive) schedule.Parts {
	parts, to := s.parts, -1
	for i, share := range w.shares() {
		if s.unsure[i] && (to < 0 || share < w.shares()[to]) {
			to = i
		}
	}
	if to >= 0 {
		parts[to] += s.rest
	}
	return schedule.Parts{Principal: parts[0], Interest: parts[1], Fees: parts[2]}
}

// shares are the shares that are given up, in the order of a split.
func (w Waive) shares() [3]int { return [3]int{w.Principal, w.Interest, w.Fees} }

// estimate says whether the figures of a plan may change, and the declared facts that would make them exact. They do not change
// if the plan treats alike what is not told apart.
func (q *quote) estimate(plan *Plan) (wants []FactID, estimate bool) {
	shares, unsure := plan.Waive.shares(), q.parts.unsure
	apart := unsure[0] && q.rate(plan) > 0
	for i := range shares {
		for j := range i {
			apart = apart || unsure[i] && unsure[j] && shares[i] != shares[j]
		}
	}
	want := func(id FactID) {
		if _, declared := q.book.places[id]; !declared {
			return
		}
		if wants == nil {
			wants = make([]FactID, 0, len(splitFacts)+1)
		}
		wants = append(wants, id)
	}
	if apart {
		for i, id := range splitFacts {
			if unsure[i] {
				want(id)
			}
		}
	}
	typical := q.typical && plan.Rate.Product
	if typical {
		want(ProductFact)
	}
	return wants, apart || typical
}
