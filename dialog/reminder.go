package dialog

import (
	"slices"
	"strconv"
	"time"

	"respite/policy"
	"respite/policy/day"
	"respite/policy/ledger"
	"respite/policy/money"
)

// errand is something to be said of the plan unasked.
type errand struct {
	on   day.Date // the day from which it is to be said
	duty duty
}

// duty is what the agreement obliges to say, also to those who want no reminders.
type duty uint8

const (
	none   duty = iota
	notice      // the plan may count as broken from a day on
	broken      // and does now
)

// errands lists what is to be said of the plan from now on and has not been said.
func (t *turn) errands(l ledger.Ledger) []errand {
	next, ok := l.Next()
	if !ok {
		return nil
	}
	p, care := t.c.Plan, t.book().Aftercare()
	var all []errand
	switch {
	case p.Broke == next.Due:
		return nil // everything was said; what helps now is a way back, not one more reminder
	case p.Noticed > next.Due:
		all = append(all, errand{max(l.Breaks, p.Noticed+day.Date(care.Grace.Notice)), broken})
	default:
		all = append(all, errand{max(l.Notice, next.Due+day.Date(care.Grace.Days)), notice})
	}
	if t.c.Silent {
		return all
	}
	for _, line := range l.Lines {
		if line.Open() == 0 {
			continue
		}
		for _, days := range t.calendar(care, line) {
			if on := t.due(line) + day.Date(days); on > p.Spoken {
				all = append(all, errand{on: on})
			}
		}
	}
	return all
}

// calendar is on which days an instalment is spoken of, counted from its due date.
func (t *turn) calendar(care policy.Aftercare, line ledger.Line) []int {
	c := map[Level]policy.Calendar{Normal: care.Normal, Fewer: care.Fewer, More: care.More}[t.c.Wish.Level]
	var days []int
	for _, d := range c.Before {
		days = append(days, -d)
	}
	if t.relief(care, line) {
		for _, d := range care.ReliefEnds {
			days = append(days, -d)
		}
	}
	if c.OnDay {
		days = append(days, 0)
	}
	return append(days, c.After...)
}

// due is the day from which an instalment's delay counts: days on hold after its due date do not.
func (t *turn) due(line ledger.Line) day.Date {
	return line.Due + day.Date(t.c.Plan.HeldDays(line.Due, t.today))
}

// relief says whether a time without payments ends with this instalment.
func (t *turn) relief(care policy.Aftercare, line ledger.Line) bool {
	return line.N == 1 && int(line.Due-t.c.Plan.Terms.Start) >= care.ReliefDays
}

// nextErrand finds what is to be said first, and when: not before now if it is late. false: nothing.
func (t *turn) nextErrand(l ledger.Ledger) (errand, time.Time, bool) {
	var first errand
	var when time.Time
	for _, w := range t.errands(l) {
		at := t.at(l, t.allowed(w), w)
		if at.Before(t.e.At) {
			at = t.e.At
		}
		if when.IsZero() || at.Before(when) || at.Equal(when) && w.duty > first.duty {
			first, when = w, at
		}
	}
	return first, when, !when.IsZero()
}

// allowed is the first day, from today on, on which something may be said: a person who talks with the borrower and the most in a day
// and a week go before, and for what is no duty the borrower's pause.
func (t *turn) allowed(w errand) day.Date {
	care := t.book().Aftercare()
	d := max(w.on, t.today)
	if t.talking() {
		d = max(d, t.today+1)
	}
	if w.duty == none {
		d = max(d, t.c.Wish.Until)
	}
	for t.sent(d, d) >= care.Day || w.duty == none && t.sent(d-6, d) >= care.Week && care.Week > 0 {
		d++
	}
	return d
}

// sent counts the reminders of a span of days.
func (t *turn) sent(from, until day.Date) int {
	n := 0
	for _, d := range t.c.Plan.Sent {
		if d >= from && d <= until {
			n++
		}
	}
	return n
}

// at is the moment of a day at which something is said: the hour that the borrower chose, or one of the policy's, the chats
// spread over it so that they do not all wait for Telegram at once.
func (t *turn) at(l ledger.Ledger, d day.Date, w errand) time.Time {
	band := t.band(l, d, w)
	width := (band.Until - band.From) * 60
	start := band.From
	if h := t.c.Wish.Hour; h > 0 {
		start, width = (h-1)*60, 15*60
	}
	at := d.In(t.m.Zone, start/60, start%60)
	at = at.Add(time.Duration(spread(t.e.Chat)%uint64(width)) * time.Second)
	if t.m.Quiet.Within(at) {
		at = d.In(t.m.Zone, t.m.Quiet.Until/60, t.m.Quiet.Until%60)
	}
	return at
}

// band is in which hours something is said: what is due on the day or late goes before what is due later.
func (t *turn) band(l ledger.Ledger, d day.Date, w errand) policy.Band {
	care := t.book().Aftercare()
	if next, ok := l.Next(); w.duty != none || ok && next.Due <= d {
		return care.Urgent
	}
	return care.Other
}

// belated is when something is said whose alarm rings late, because nothing rang for a while: what is urgent now, the rest spread over
// what is left of its hours, so that all who were missed are not written to at once and the urgent ones do not wait for the others.
func (t *turn) belated(l ledger.Ledger, w errand, late time.Duration) time.Time {
	const onTime = 30 * time.Minute
	band := t.band(l, t.today, w)
	if late < onTime || band == t.book().Aftercare().Urgent {
		return t.e.At
	}
	left := t.today.In(t.m.Zone, band.Until/60, band.Until%60).Sub(t.e.At)
	if left < onTime {
		return t.e.At
	}
	return t.e.At.Add(time.Duration(spread(t.e.Chat)%uint64(left/time.Second)) * time.Second)
}

// spread turns a chat's id into a number that is even over all chats and always the same for one.
func spread(chat int64) uint64 {
	x := uint64(chat)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// setRight forgets what was noted on days that have not come: the clock was wrong and was set back.
func (p *Plan) setRight(today day.Date) {
	if p.Spoken > today || p.Noticed > today {
		p.Spoken, p.Noticed, p.Broke = min(p.Spoken, today), 0, 0
		p.Sent = slices.DeleteFunc(p.Sent, func(d day.Date) bool { return d > today })
	}
}

// remindNext sets the alarm for what is to be said next.
func (t *turn) remindNext() {
	t.c.clear(RemindAlarm)
	if !t.mayRemind() {
		return
	}
	t.c.Plan.setRight(t.today)
	if _, at, ok := t.nextErrand(t.ledger()); ok {
		t.c.set(RemindAlarm, at)
	}
}

func (t *turn) mayRemind() bool {
	return t.c.Plan != nil && !t.c.Plan.Held() && !t.c.Blocked && !t.c.Crisis
}

// remind says what is to be said by how things stand now; whatever came together meanwhile becomes one message. late is how late the
// alarm rings.
func (t *turn) remind(late time.Duration) {
	if !t.mayRemind() {
		return
	}
	p, l := t.c.Plan, t.ledger()
	w, at, ok := t.nextErrand(l)
	if !ok {
		return
	}
	if !at.After(t.e.At) {
		at = t.belated(l, w, late)
	}
	if at.After(t.e.At) || t.m.Quiet.Within(t.e.At.In(t.m.Zone)) {
		t.c.set(RemindAlarm, t.m.Quiet.After(at.In(t.m.Zone)))
		return
	}
	p.Spoken = t.today
	p.Sent = append(slices.DeleteFunc(p.Sent, func(d day.Date) bool { return d <= t.today-7 }), t.today)
	next, _ := l.Next()
	switch w.duty {
	case notice:
		p.Noticed = t.today
		t.giveNotice(l, next)
	case broken:
		p.Broke = next.Due
		t.sayBroken(l, next)
	default:
		t.speak(l, next)
	}
	t.remindNext()
}

// speak reminds of the next instalment, in the tone of the day, and of others that fall together with it.
func (t *turn) speak(l ledger.Ledger, next ledger.Line) {
	care := t.book().Aftercare()
	body := []Text{T(t.tone(care, next), "N", next.N, "Due", next.Due, "Amount", next.Open())}
	var others []Text
	for _, line := range l.Lines {
		if line.Open() > 0 && line.Due <= t.today+7 && (line.N != next.N || line.Half != next.Half) {
			others = append(others, T("remind.line", "N", line.N, "Due", line.Due, "Amount", line.Open()))
		}
	}
	if others != nil {
		body = append(append(body, T("remind.also")), others...)
	}
	t.unasked(next, body...)
}

// tone names the wording for a distance from the due date.
func (t *turn) tone(care policy.Aftercare, line ledger.Line) string {
	switch days := t.due(line) - t.today; {
	case t.relief(care, line) && (days > 7 || days >= 2 && days <= 4): // in between and after it is like any other
		return "remind.relief"
	case days >= 5:
		return "remind.week"
	case days >= 2:
		return "remind.soon"
	case days == 1:
		return "remind.tomorrow"
	case days == 0:
		return "remind.today"
	case days >= -2:
		return "remind.late_first"
	case days >= -6:
		return "remind.late_second"
	}
	return "remind.late_last"
}

// unasked sends a message that nobody waits for, with what can be done about the instalment.
func (t *turn) unasked(next ledger.Line, body ...Text) {
	n := strconv.Itoa(next.N)
	t.emit(Effect{Do: Say, Urgency: Reminder, Body: body, Rows: [][]Key{
		{lasting(T("button.paid", "N", next.N), paid, n), lasting(label(cannot), cannot, n)}, {lasting(label(terms), terms, ""), lasting(label(remind), remind, "")}}})
}

// giveNotice tells the borrower and the agents from when on the plan would count as broken.
func (t *turn) giveNotice(l ledger.Ledger, next ledger.Line) {
	on := t.today + day.Date(t.book().Aftercare().Grace.Notice)
	t.note("notice given")
	t.open("trouble")
	t.tell(T("desk.notice", "Amount", l.Late, "On", on))
	t.unasked(next, T("remind.notice", "Amount", l.Late, "On", on))
}

// sayBroken tells the borrower and the agents that the plan counts as broken, and what the ways back are.
func (t *turn) sayBroken(l ledger.Ledger, next ledger.Line) {
	t.note("plan broken")
	t.open("trouble")
	t.emit(Effect{Do: Tell, Urgency: Agents, Alert: true, Body: []Text{T("desk.broken", "Amount", l.Late)}})
	t.emit(Effect{Do: Say, Urgency: Reminder, Body: []Text{T("remind.broken", "Amount", l.Late)}, Rows: [][]Key{
		{lasting(T("button.paid", "N", next.N), paid, strconv.Itoa(next.N))}, {lasting(label(renew), renew, "")}, {lasting(label(human), human, "trouble")}}})
}

// dueIn sums what is open and due until the end of a month that today lies in.
func dueIn(l ledger.Ledger, today day.Date) money.Fen {
	y, m, _ := today.Date()
	end := day.Of(y, m+1, 1)
	var sum money.Fen
	for _, line := range l.Lines {
		if line.Due < end {
			sum += line.Open()
		}
	}
	return sum
}
