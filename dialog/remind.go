package dialog

import (
	"time"

	"respite/policy/day"
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
			t.remind(time.Duration(now-a.At) * time.Second)
		case ReviewAlarm:
			t.reviewDue()
		case AnswerAlarm:
			t.answerDue()
		case LeaseAlarm:
			t.lapsed()
		}
	}
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
