package dialog

import (
	"slices"
	"strings"

	"respite/dialog/understand"
	"respite/policy"
	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// firstResult shows what the three answers make possible, once for each set of answers.
func (t *turn) firstResult() {
	if t.c.Assessed != 0 {
		return
	}
	t.c.Book, t.c.Assessed, t.cache = t.m.Books.Book("").Hash(), t.today, nil
	a := t.judge()
	body := append(make([]Text, 0, len(a.Findings)+5), T("result.intro"))
	for _, v := range []policy.Verdict{policy.Eligible, policy.Undecided, policy.Ineligible} {
		head := len(body)
		for _, f := range a.Findings {
			if f.Verdict != v {
				continue
			}
			if len(body) == head {
				body = append(body, T("result."+string(v)))
			}
			body = append(body, finding(f))
		}
	}
	body = append(body, T("result.human"))
	t.say([][]Key{{lasting(label(why), why, "")}}, body...)
	t.noteAssessment(a)
}

// finding is one programme in the first result: its name, and why not or what it hangs on.
func finding(f policy.Finding) Text {
	name := programme(f.Programme)
	switch f.Verdict {
	case policy.Eligible:
		if f.Human != "" {
			return T("result.item_person", "Name", name, "Why", T(f.Human))
		}
		return T("result.item", "Name", name)
	case policy.Undecided:
		needs := make([]Text, len(f.Needs))
		for i, id := range f.Needs {
			needs[i] = T("fact." + string(id))
		}
		return T("result.item_needs", "Name", name, "Needs", needs)
	}
	first := slices.IndexFunc(f.Outcomes, func(o policy.Outcome) bool { return o.Verdict == policy.Ineligible })
	return T("result.item_why", "Name", name, "Why", reason(f.Outcomes[first]))
}

// programme is a programme's name.
func programme(id string) Text { return T("programme." + id + ".name") }

// reason is why a condition holds or does not.
func reason(o policy.Outcome) Text { return Text{Key: o.Key, Args: values(o.Args)} }

// values turns the policy's values into what a message's gaps take.
func values(in map[string]policy.Value) Args {
	out := make(Args, 0, len(in))
	for name, v := range in {
		arg := Arg{Name: name}
		switch v.Kind {
		case policy.Money:
			arg.Value = money.Fen(v.N)
		case policy.Count:
			arg.Value = int(v.N)
		default:
			arg.Value = shown(policy.FactID(name), Value(v))
		}
		out = append(out, arg)
	}
	slices.SortFunc(out, func(a, b Arg) int { return strings.Compare(a.Name, b.Name) })
	return out
}

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

// variants are the other offers of the same programme.
func (t *turn) variants(o policy.Offer) []policy.Offer {
	for _, f := range t.assess().Findings {
		if f.Programme == o.Programme && f.Verdict == policy.Eligible {
			return slices.DeleteFunc(slices.Clone(f.Offers), func(other policy.Offer) bool { return other.ID == o.ID })
		}
	}
	return nil
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
	if t.inexact(offers) {
		rows = slices.Insert(rows, len(keys), []Key{t.key(label(exact), exact, "")})
	}
	t.edit(rows, body...)
}

// inexact says whether an answer could still make an estimate exact.
func (t *turn) inexact(offers []policy.Offer) bool {
	for _, o := range offers {
		for _, id := range o.Wants {
			if !t.c.Facts.has(id) {
				return true
			}
		}
	}
	return false
}

// noOffers says that no programme fits and that a person looks at it.
func (t *turn) noOffers() {
	rows := [][]Key{{t.key(label(review), review, "")}, {lasting(label(facts), facts, "")}, t.foot()}
	t.say(rows, T("offers.none"))
}

func estimated(offers []policy.Offer) bool {
	for _, o := range offers {
		if o.Estimate {
			return true
		}
	}
	return false
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

// look shows one offer in full.
func (t *turn) look(id string) {
	if _, ok := t.find(id); !ok {
		t.to(Offering)
		return
	}
	t.c.Offer = id
	t.to(Looking)
}

// custom is the id of the offer that came of the borrower's own proposal.
const custom = "own"

// find gives an offer by its id, worked out afresh from the facts.
func (t *turn) find(id string) (policy.Offer, bool) {
	if id == custom && t.c.Custom != nil {
		return t.built(*t.c.Custom)
	}
	for _, f := range t.assess().Findings {
		for _, o := range f.Offers {
			if o.ID == id {
				return o, true
			}
		}
	}
	return policy.Offer{}, false
}

// built works out a plan that is not on the list.
func (t *turn) built(p Proposed) (policy.Offer, bool) {
	s, err := p.Terms.Schedule(t.book().Calendar())
	if err != nil || len(s.Instalments) == 0 {
		return policy.Offer{}, false
	}
	return policy.Offer{ID: custom, Programme: p.Programme, Terms: p.Terms, Schedule: s, Estimate: p.Estimate, Agent: p.Agent,
		Last: s.Instalments[len(s.Instalments)-1].Due}, true
}

func (t *turn) showOffer() {
	o, ok := t.find(t.c.Offer)
	if !ok {
		t.to(Offering)
		return
	}
	body := []Text{programme(o.Programme), T("programme." + o.Programme + ".summary")}
	body = append(body, listing(o.Schedule)...)
	body = append(body, totals(o)...)
	rows := [][]Key{{t.key(label(choose), choose, o.ID)}}
	for _, v := range t.variants(o) {
		s := v.Schedule
		rows = append(rows, []Key{t.key(T("button.variant", "Count", len(s.Instalments), "Amount", s.Instalments[0].Amount), show, v.ID)})
	}
	if len(o.Schedule.Instalments) > 1 {
		rows = append(rows, []Key{t.key(T("button.try_more"), try, "more"), t.key(T("button.try_fewer"), try, "fewer"), t.key(T("button.try_later"), try, "later")})
	}
	rows = append(rows, []Key{t.key(label(back), back, "")}, t.foot())
	t.edit(rows, body...)
}

// listing is every instalment on a line; a long schedule shows its ends.
func listing(s schedule.Schedule) []Text {
	const whole, ends = 14, 6
	var lines []Text
	for i, in := range s.Instalments {
		if n := len(s.Instalments); n > whole && i == ends {
			lines = append(lines, T("schedule.more", "Count", n-2*ends))
		}
		if n := len(s.Instalments); n > whole && i >= ends && i < n-ends {
			continue
		}
		lines = append(lines, instalment(in))
	}
	return lines
}

func instalment(in schedule.Instalment) Text {
	if in.N == 0 {
		return T("schedule.down", "Due", in.Due, "Amount", in.Amount)
	}
	return T("schedule.line", "N", in.N, "Due", in.Due, "Amount", in.Amount)
}

// totals are the figures under a schedule: what is paid, waived, and what it costs against paying today.
func totals(o policy.Offer) []Text {
	s := o.Schedule
	lines := []Text{T("total.paid", "Amount", s.Total)}
	if s.Waived > 0 {
		lines = append(lines, T("total.waived", "Amount", s.Waived))
	}
	if s.Running > 0 {
		lines = append(lines, T("total.running", "Amount", s.Running, "Rate", s.Annual))
	} else {
		lines = append(lines, T("total.free"))
	}
	if o.Idle > s.Total {
		lines = append(lines, T("total.idle", "Amount", o.Idle))
	}
	lines = append(lines, short(o)...)
	if o.Estimate {
		lines = append(lines, T("total.estimate"))
	}
	if o.Agent {
		lines = append(lines, T("total.agent"))
	}
	return lines
}

func (t *turn) toOffers(string) {
	t.c.Offer = ""
	t.to(Offering)
}

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
	p := policy.Proposal{Monthly: r.Monthly, Down: r.Down, Months: r.Months, Start: r.Start}
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
	n := t.book().Negotiate(t.c.Facts.known(), t.assessed(), p)
	if !n.Fits && p.Programme != "" {
		p.Programme = ""
		n = t.book().Negotiate(t.c.Facts.known(), t.assessed(), p)
	}
	if !n.Fits {
		words := []Text{T("negotiate.none")}
		if n.Key != "" {
			words = append(words, Text{Key: n.Key, Args: values(n.Args)})
		}
		t.again(words...)
		return
	}
	t.counter(n)
}

// counter shows the plan that answers a proposal, and which bound binds if it is not what was proposed.
func (t *turn) counter(n policy.Counter) {
	t.c.Custom = &Proposed{Programme: n.Offer.Programme, Terms: n.Offer.Terms, Agent: n.Offer.Agent, Estimate: n.Offer.Estimate}
	t.c.Offer = custom
	if n.Accepted {
		t.lead = append(t.lead, T("negotiate.accepted"))
	} else {
		t.lead = append(t.lead, T("negotiate.nearest", "Bound", Text{Key: n.Key, Args: values(n.Args)}))
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
	o, ok := t.find(t.c.Offer)
	if !ok {
		t.to(Offering)
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
		t.again(T("negotiate.none"), Text{Key: w.Key, Args: values(w.Args)})
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

// take goes on to what agreeing means.
func (t *turn) take(id string) {
	if _, ok := t.find(id); !ok {
		t.to(Offering)
		return
	}
	t.c.Offer = id
	t.to(Disclosing)
}

// askReview hands a case for which no programme fits to the agents.
func (t *turn) askReview(string) {
	t.callHuman("review")
}

// due is the day on which a schedule ends.
func due(s schedule.Schedule) day.Date { return s.Instalments[len(s.Instalments)-1].Due }
