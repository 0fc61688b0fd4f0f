package dialog

import (
	"respite/dialog/understand"
	"respite/policy"
	"respite/policy/day"
	"respite/policy/money"
)

// proposed takes a choice from the list, a change of the plan that is shown, or what the borrower says is possible.
func (t *turn) proposed(text string) bool {
	if n := t.says(text).Pick(mostOffers); n > 0 {
		if offers := t.offers(); n <= len(offers) {
			t.look(offers[n-1].ID)
			return true
		}
	}
	if t.whatIf(text) {
		return true
	}
	r := t.says(text).Proposal(t.today)
	if !usable(r.Status) {
		return t.takesOffer(text)
	}
	p := means(r).proposal()
	if o, ok := t.find(t.c.Offer); ok {
		p.Programme = o.Programme
	}
	t.negotiate(p)
	return true
}

// takesOffer takes a yes or a no to the plan that is shown.
func (t *turn) takesOffer(text string) bool {
	if t.c.State != Looking {
		return false
	}
	switch t.says(text).YesNo() {
	case understand.Yes:
		t.take(t.c.Offer)
	case understand.No:
		t.toOffers("")
	default:
		return false
	}
	return true
}

// negotiate answers a proposal with the plan it makes, or the nearest one inside the bounds and the bound that binds. No
// offer goes away because another was tried.
func (t *turn) negotiate(p policy.Proposal) {
	n := t.counterTo(p, t.assessed())
	if !n.Fits {
		words := []Text{T("negotiate.none")}
		if n.Key != "" {
			words = append(words, objection(n))
		}
		t.again(words...)
		return
	}
	t.counter(n)
}

// counterTo is the book's answer to a proposal as of a day: within the programme that it names, or else within any.
func (t *turn) counterTo(p policy.Proposal, on day.Date) policy.Counter {
	n := t.book().Negotiate(t.c.Facts.known(), on, p)
	if !n.Fits && p.Programme != "" {
		p.Programme = ""
		n = t.book().Negotiate(t.c.Facts.known(), on, p)
	}
	return n
}

// counter shows the plan that answers a proposal, and which bound binds if it is not what was proposed.
func (t *turn) counter(n policy.Counter) {
	t.c.Custom = new(asProposed(n.Offer))
	t.c.Offer = custom
	if n.Accepted {
		t.lead = append(t.lead, T("negotiate.accepted"))
	} else {
		t.lead = append(t.lead, T("negotiate.nearest", "Bound", objection(n)))
	}
	t.to(Looking)
}

// whatIf takes a typed change of the plan that is shown: more or less a month, fewer months, a later start. A change that names the
// new months or the new day is a proposal.
func (t *turn) whatIf(text string) bool {
	if t.c.State != Looking {
		return false
	}
	o, ok := t.find(t.c.Offer)
	change := t.says(text).Change()
	if !ok || change == "" {
		return false
	}
	said := t.says(text).Proposal(t.today)
	if said.Down > 0 || change == understand.Fewer && said.Months > 0 || change == understand.Later && said.Start > 0 {
		return false
	}
	t.vary(o, changes(o, said.Monthly)[change])
	return true
}

// asksWhether takes "what if I pay 300 a month?" as the proposal that it is; false: the question names no amount.
func (t *turn) asksWhether(text string) bool {
	if t.c.State != Offering && t.c.State != Looking {
		return false
	}
	r := t.says(text).Proposal(t.today)
	if r.Status != understand.Value || r.Monthly == 0 && r.Down == 0 {
		return false
	}
	t.c.Misses = 0
	return t.proposed(text)
}

// tryOut answers a pressed what-if.
func (t *turn) tryOut(what string) {
	o, ok := t.looked()
	if !ok {
		return
	}
	p, ok := changes(o, 0)[what]
	if !ok {
		t.enter()
		return
	}
	t.vary(o, p)
}

// changes are what can be changed of an offer, by so much a month where it is said.
func changes(o policy.Offer, by money.Fen) map[string]policy.Proposal {
	return map[string]policy.Proposal{understand.More: o.More(by), understand.Less: o.Less(by), understand.Fewer: o.Fewer(), understand.Later: o.Later()}
}

// vary answers what becomes of an offer with a change.
func (t *turn) vary(o policy.Offer, change policy.Proposal) {
	w := t.book().WhatIf(t.c.Facts.known(), t.assessed(), o, change)
	if !w.Fits {
		t.again(T("negotiate.none"), objection(w.Counter))
		return
	}
	t.lead = append(t.lead, difference(w)...)
	t.counter(w.Counter)
}

// difference says what a change would mean: when the plan ends, and what is paid in all.
func difference(w policy.WhatIf) []Text {
	ends, total := T("whatif.ends_same"), T("whatif.total_same")
	switch {
	case w.Days > 0:
		ends = T("whatif.ends_later", "Count", w.Days)
	case w.Days < 0:
		ends = T("whatif.ends_earlier", "Count", -w.Days)
	}
	switch {
	case w.Total > 0:
		total = T("whatif.total_more", "Amount", w.Total)
	case w.Total < 0:
		total = T("whatif.total_less", "Amount", -w.Total)
	}
	return []Text{ends, total}
}
