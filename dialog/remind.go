package dialog

import (
	"strconv"
	"time"

	"respite/policy/day"
	"respite/policy/schedule"
)

// Quiet is the part of the day in which nobody is written to unasked, as the borrower's clock shows it. From may lie
// after Until: the night. Both are minutes after midnight; equal ones mean no quiet hours.
type Quiet struct{ From, Until int }

// Within says whether t, in its own zone, lies in the quiet hours.
func (q Quiet) Within(t time.Time) bool {
	m := t.Hour()*60 + t.Minute()
	if q.From <= q.Until {
		return m >= q.From && m < q.Until
	}
	return m >= q.From || m < q.Until
}

// After returns t, or the end of the quiet hours that t lies in.
func (q Quiet) After(t time.Time) time.Time {
	if !q.Within(t) {
		return t
	}
	d := day.At(t)
	if q.From > q.Until && t.Hour()*60+t.Minute() >= q.From {
		d++
	}
	return d.In(t.Location(), q.Until/60, q.Until%60)
}

// reminders are the days on which an unpaid instalment is spoken of, counted from its due date, with the hour of the day.
var reminders = []int{-3, 0, 1}

const reminderHour = 10

// rang takes an alarm. Several may be due at once after an outage: each is decided by how things stand now.
func (t *turn) rang() {
	now := t.e.At.Unix()
	for _, a := range append([]Alarm(nil), t.c.Alarms...) {
		if a.At > now {
			continue
		}
		t.c.clear(a.Kind)
		switch a.Kind {
		case RemindAlarm:
			t.remind()
		case ReviewAlarm:
			t.reviewDue()
		case AnswerAlarm:
			t.answerDue()
		case LeaseAlarm:
			t.lapsed()
		}
	}
}

// remindNext sets the alarm for the next day on which an unpaid instalment is to be spoken of.
func (t *turn) remindNext() {
	t.c.clear(RemindAlarm)
	if t.c.Plan == nil || t.c.Silent || t.c.Blocked || t.c.Crisis {
		return
	}
	var first time.Time
	for _, in := range t.c.Plan.open(t.schedule(), t.today) {
		for _, offset := range reminders {
			on := in.Due + day.Date(offset)
			at := t.m.Quiet.After(on.In(t.m.Zone, reminderHour, 0))
			if at.After(t.e.At) && on > t.c.Plan.Reminded && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
	}
	if !first.IsZero() {
		t.c.set(RemindAlarm, first)
	}
}

// remind says what is due, if something still is. It never speaks in quiet hours or while a person has the conversation.
func (t *turn) remind() {
	now := t.e.At.In(t.m.Zone)
	if t.c.Plan == nil || t.c.Silent || t.c.Blocked || t.c.Crisis {
		return
	}
	if later := t.m.Quiet.After(now); later.After(now) {
		t.c.set(RemindAlarm, later)
		return
	}
	if t.talking() {
		t.c.set(RemindAlarm, now.AddDate(0, 0, 1))
		return
	}
	t.c.Plan.Reminded = t.today
	if in, ok := t.dueSoon(); ok {
		n := strconv.Itoa(in.N)
		key := "remind.before"
		switch {
		case in.Due == t.today:
			key = "remind.today"
		case in.Due < t.today:
			key = "remind.after"
		}
		t.emit(Effect{Do: Say, Urgency: Reminder, Body: []Text{T(key, "N", in.N, "Due", in.Due, "Amount", in.Amount)},
			Rows: [][]Key{{lasting(T("button.paid", "N", in.N), paid, n), lasting(label(cannot), cannot, n)}, {lasting(label(terms), terms, ""), lasting(label(mute), mute, "")}}})
	}
	t.remindNext()
}

// dueSoon finds the first unpaid instalment if a reminder of it may be due.
func (t *turn) dueSoon() (schedule.Instalment, bool) {
	left := t.c.Plan.open(t.schedule(), t.today)
	if len(left) == 0 || left[0].Due+day.Date(reminders[0]) > t.today {
		return schedule.Instalment{}, false
	}
	return left[0], true
}

// setSilent turns reminders off or on.
func (t *turn) setSilent(silent bool) {
	t.c.Silent = silent
	t.remindNext()
	if silent {
		t.note("reminders off")
		t.say([][]Key{{lasting(label(unmute), unmute, "")}}, T("remind.off"))
		return
	}
	t.note("reminders on")
	t.say([][]Key{{lasting(label(mute), mute, "")}}, T("remind.on"))
}
