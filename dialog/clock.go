package dialog

// clockSet plans anew what was planned while the clock showed a later time than it does now.
func (t *turn) clockSet() {
	t.remindNext()
	now := t.e.At.Unix()
	if r := t.c.Request; r != nil && r.At > now {
		due := t.book().Promise(r.Programme, t.today)
		r.At, r.From, r.Until, r.Warns, r.Late = now, due.From, due.Until, false, false
		t.watchReview()
		t.note("review planned anew: the clock was set back")
		t.open("review")
	}
	c := t.c.Case
	if c == nil {
		return
	}
	if c.Wait != nil && c.Wait.Since > now {
		t.wait()
		t.card(false)
	}
	for _, a := range t.c.Alarms {
		if a.Kind == LeaseAlarm && a.At > t.e.At.Add(t.m.Lease).Unix() {
			t.lease()
			break
		}
	}
}
