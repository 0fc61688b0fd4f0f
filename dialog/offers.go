package dialog

import (
	"slices"

	"respite/policy"
)

// mostOffers is how many offers are shown side by side; a phone shows no more at once.
const mostOffers = 6

// offers are the plans that can be chosen: the first of every programme before the second of any, in the book's order.
func (t *turn) offers() []policy.Offer {
	type place struct{ variant, programme int }
	places := map[string]place{}
	var all []policy.Offer
	for i, f := range t.assess().Findings {
		if f.Verdict != policy.Eligible {
			continue
		}
		for j, o := range f.Offers {
			places[o.ID] = place{j, i}
			all = append(all, o)
		}
	}
	slices.SortStableFunc(all, func(a, b policy.Offer) int { return places[a.ID].variant - places[b.ID].variant })
	all = all[:min(len(all), mostOffers)]
	slices.SortStableFunc(all, func(a, b policy.Offer) int { return places[a.ID].programme - places[b.ID].programme })
	return all
}

// showOffers sets the offers side by side, unless the borrower said before what can be paid: then that is answered.
func (t *turn) showOffers() {
	offers := t.offers()
	if len(offers) == 0 {
		t.noOffers()
		return
	}
	if m := t.c.Means; m != nil {
		t.c.Means = nil
		t.negotiate(m.proposal())
		return
	}
	body := []Text{T("offers.intro")}
	var keys []Key
	for i, o := range offers {
		body = append(append(body, summary(i+1, o)), short(o)...)
		keys = append(keys, t.key(T("button.show", "N", i+1, "Name", programme(o.Programme)), show, o.ID))
	}
	if estimated(offers) {
		body = append(body, T("offers.estimate"))
	}
	body = append(body, T("offers.propose"))
	rows := append(columns(1, keys...), []Key{lasting(label(facts), facts, "")}, t.foot())
	if wanted(offers, t.c.Facts) != "" {
		rows = slices.Insert(rows, len(keys), []Key{t.key(label(exact), exact, "")})
	}
	t.edit(rows, body...)
}

// noOffers says that no programme fits and that a person looks at it.
func (t *turn) noOffers() {
	rows := [][]Key{{t.key(label(review), review, "")}, {lasting(label(facts), facts, "")}, t.foot()}
	t.say(rows, T("offers.none"))
}

// estimated says whether the figures of any offer are estimates.
func estimated(offers []policy.Offer) bool {
	return slices.ContainsFunc(offers, func(o policy.Offer) bool { return o.Estimate })
}

// wanted is a fact that could still make one of the estimates exact; empty if there is none.
func wanted(offers []policy.Offer, known Facts) policy.FactID {
	for _, o := range offers {
		for _, id := range o.Wants {
			if !known.has(id) {
				return id
			}
		}
	}
	return ""
}

// askExact asks for what would turn the estimates into exact figures.
func (t *turn) askExact(string) {
	id := wanted(t.offers(), t.c.Facts)
	if id == "" {
		t.again(T("offers.exact_already"))
		return
	}
	t.c.Asking = id
	if t.c.Details == 0 && t.sensitive(id) {
		t.to(Details)
		return
	}
	t.to(AskMore)
}

// summary is an offer in three lines.
func summary(n int, o policy.Offer) Text {
	s := o.Schedule
	key := "offers.line"
	if len(s.Instalments) == 1 {
		key = "offers.once"
	}
	if s.Waived > 0 {
		key += "_waived"
	}
	first, last := s.Instalments[0], s.Instalments[len(s.Instalments)-1]
	return T(key, "N", n, "Name", programme(o.Programme), "Count", len(s.Instalments), "Amount", first.Amount, "Total", s.Total,
		"First", first.Due, "Last", last.Due, "Waived", s.Waived)
}

// short warns of a sum that the month does not leave over: whether it is put by, only the borrower knows.
func short(o policy.Offer) []Text {
	if o.Short == 0 {
		return nil
	}
	return []Text{T("total.short", "Amount", o.Short)}
}

// askReview hands a case for which no programme fits to the agents.
func (t *turn) askReview(string) {
	t.callHuman("review")
}
