package dialog

import (
	"time"

	"respite/policy/day"
)

// Wait is a borrower's wait for an agent's first answer.
type Wait struct {
	Since int64 `json:"s"`           // unix seconds
	By    int64 `json:"b"`           // unix seconds by which the borrower was told that somebody answers
	Stage Stage `json:"g,omitempty"` // what was done about it
}

// Stage is how far a wait has gone.
type Stage int

// Stages of a wait.
const (
	InTime Stage = iota
	Warned       // the agents were told that it is due soon
	Passed       // the agents were alerted, the borrower is still to be told when it is day
	Told         // the borrower was told
)

// wait begins a borrower's wait for an answer.
func (t *turn) wait() {
	by := t.answerBy(t.e.At)
	t.c.Case.Wait = &Wait{Since: t.e.At.Unix(), By: by.Unix()}
	t.c.set(AnswerAlarm, threeQuarters(t.e.At, by))
}

// answered ends it.
func (t *turn) answered() {
	t.c.Case.Wait = nil
	t.c.clear(AnswerAlarm)
}

// threeQuarters is the moment at which three quarters of a span are over.
func threeQuarters(from, until time.Time) time.Time { return from.Add(until.Sub(from) / 4 * 3) }

func timeOf(unix int64) time.Time { return time.Unix(unix, 0) }

// answerDue warns the agents when three quarters of a wait are over, alerts them when it is over, and then tells the borrower
// honestly, once it is day.
func (t *turn) answerDue() {
	c := t.c.Case
	if c == nil || c.Wait == nil {
		return
	}
	w := c.Wait
	if t.e.At.Unix() < w.By {
		w.Stage = Warned
		t.alert(T("desk.answer_soon", "By", timeOf(w.By)))
		t.c.set(AnswerAlarm, timeOf(w.By))
		return
	}
	if w.Stage < Passed {
		w.Stage = Passed
		t.note("answer late")
		t.alertAll(T("desk.answer_late", "By", timeOf(w.By)))
		t.card(true)
	}
	if later := t.m.Quiet.After(t.e.At.In(t.m.Zone)); later.After(t.e.At) {
		t.c.set(AnswerAlarm, later)
		return
	}
	if w.Stage < Told && !t.c.Blocked {
		w.Stage = Told
		var rows [][]Key
		if c.Talking {
			rows = t.talkKeys()
		}
		t.emit(Effect{Do: Say, Urgency: Reminder, Body: []Text{T("human.late", "By", timeOf(w.By))}, Rows: rows})
	}
}

// watchReview sets the alarm for a request: three quarters of the time until the day after the last day for a decision.
func (t *turn) watchReview() {
	t.c.set(ReviewAlarm, threeQuarters(t.e.At, t.reviewEnds()))
}

// reviewEnds is when a decision is late.
func (t *turn) reviewEnds() time.Time { return (t.c.Request.Until + day.Date(1)).In(t.m.Zone, 9, 0) }

// reviewDue warns the agents that a decision is due soon, and says honestly that it did not come in time, to the borrower
// and to the agents.
func (t *turn) reviewDue() {
	r := t.c.Request
	if r == nil {
		return
	}
	if end := t.reviewEnds(); t.e.At.Before(end) {
		r.Warns = true
		t.alert(T("desk.review_soon", "Until", r.Until))
		t.c.set(ReviewAlarm, end)
		return
	}
	if later := t.m.Quiet.After(t.e.At.In(t.m.Zone)); later.After(t.e.At) {
		t.c.set(ReviewAlarm, later)
		return
	}
	r.Late = true
	t.note("review late")
	t.alertAll(T("desk.review_late", "Until", r.Until))
	t.card(true)
	t.emit(Effect{Do: Say, Urgency: Reminder, Body: []Text{T("status.review_late", "Name", programme(r.Programme), "From", r.From, "Until", r.Until)},
		Rows: [][]Key{{lasting(label(human), human, "review")}}})
}
