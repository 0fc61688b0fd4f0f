package dialog

import "strconv"

// gotPayment confirms a reported payment; false: there is none.
func (t *turn) gotPayment(arg string) bool {
	n, err := strconv.Atoi(arg)
	if err != nil || t.c.Plan == nil {
		return false
	}
	found := false
	for i := range t.c.Plan.Payments {
		if p := &t.c.Plan.Payments[i]; p.N == n && !p.Confirmed {
			p.Confirmed, found = true, true
		}
	}
	if !found {
		return false
	}
	t.note("payment confirmed by " + t.by())
	t.card(false)
	if t.c.Plan.settled(t.schedule(), t.today) {
		t.c.clear(RemindAlarm)
		t.note("settled")
		t.lead = append(t.lead, T("plan.settled"))
		t.to(Settled)
		return true
	}
	t.say(nil, T("paid.confirmed", "N", n))
	return true
}

// fits answers a deed that did not fit with how the case stands.
func fits(do func(*turn, string) bool) func(*turn, string) Text {
	return func(t *turn, arg string) Text {
		if !do(t, arg) {
			return t.stale()
		}
		return Text{}
	}
}
