package policy

import (
	"respite/policy/money"
	"respite/policy/schedule"
)

// split is what a debt is made of, as far as it is known.
type split struct {
	schedule.Parts
	unsure [3]bool // principal, interest, fees: the figure is not known
}

// splitFacts are the facts of a split, in the order of split.unsure.
var splitFacts = [3]FactID{Principal, Interest, Fees}

// split takes a debt apart. With two parts known, or all, the split is exact. What is not known counts as principal, of
// which least is given up, so that an estimate is never too low; parts that are more than the whole are not believed.
func (b *Book) split(k known, owed money.Fen) split {
	var parts [3]money.Fen
	var sum money.Fen
	unknown, last := 0, 0
	var s split
	for i, id := range splitFacts {
		v, ok := b.money(k, id)
		if !ok {
			unknown, last = unknown+1, i
			s.unsure[i] = true
			continue
		}
		parts[i] = v
		sum += v
	}
	switch {
	case sum > owed, unknown == 0 && sum != owed:
		return split{schedule.Parts{Principal: owed}, [3]bool{true, true, true}}
	case unknown == 0:
	case unknown == 1:
		parts[last] = owed - sum
		s.unsure = [3]bool{}
	case s.unsure[0]:
		parts[0] = owed - sum
	default:
		parts[1] = owed - sum
	}
	s.Parts = schedule.Parts{Principal: parts[0], Interest: parts[1], Fees: parts[2]}
	return s
}

// wants are the facts that would make the figures of a plan exact: none if it treats alike what is not told apart.
func (q *quote) wants(plan *Plan) []FactID {
	shares := [3]int{plan.Waive.Principal, plan.Waive.Interest, plan.Waive.Fees}
	u := q.parts.unsure
	alike := true
	for i := range shares {
		for j := range i {
			alike = alike && !(u[i] && u[j] && shares[i] != shares[j])
		}
	}
	var facts []FactID
	runs := q.rate(plan) > 0 && u[0]
	if !alike || runs {
		for i, id := range splitFacts {
			if _, declared := q.book.places[id]; u[i] && declared {
				facts = append(facts, id)
			}
		}
	}
	if q.typical && plan.Rate.Product {
		if _, declared := q.book.places[ProductFact]; declared {
			facts = append(facts, ProductFact)
		}
	}
	return facts
}
