package dialog

import (
	"slices"

	"respite/policy"
	"respite/policy/day"
	"respite/policy/schedule"
)

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
		Last: due(s)}, true
}

// looked is the offer that is looked at. If it is gone, all that are possible are shown instead.
func (t *turn) looked() (policy.Offer, bool) {
	o, ok := t.find(t.c.Offer)
	if !ok {
		t.to(Offering)
	}
	return o, ok
}

// look shows one offer in full.
func (t *turn) look(id string) { t.toOffer(id, Looking) }

// take goes on to what agreeing means.
func (t *turn) take(id string) { t.toOffer(id, Disclosing) }

// toOffer goes on to a state in which one offer is looked at. If it is gone, all that are possible are shown instead.
func (t *turn) toOffer(id string, to State) {
	if _, ok := t.find(id); !ok {
		t.to(Offering)
		return
	}
	t.c.Offer = id
	t.to(to)
}

// showOffer shows the offer that is looked at, with its whole schedule.
func (t *turn) showOffer() {
	o, ok := t.looked()
	if !ok {
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

// variants are the other offers of the same programme.
func (t *turn) variants(o policy.Offer) []policy.Offer {
	for _, f := range t.assess().Findings {
		if f.Programme == o.Programme && f.Verdict == policy.Eligible {
			return slices.DeleteFunc(slices.Clone(f.Offers), func(other policy.Offer) bool { return other.ID == o.ID })
		}
	}
	return nil
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

// due is the day on which a schedule ends.
func due(s schedule.Schedule) day.Date { return s.Instalments[len(s.Instalments)-1].Due }

// toOffers goes back from an offer to all of them.
func (t *turn) toOffers(string) {
	t.c.Offer = ""
	t.to(Offering)
}
