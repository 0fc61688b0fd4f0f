package dialog

import (
	"cmp"
	"slices"
	"strconv"

	"respite/policy/day"
	"respite/policy/ledger"
	"respite/policy/money"
	"respite/policy/schedule"
)

// Plan is an agreed plan: its terms, and what happened since. How it stands follows from these two, see ledger.Stand.
type Plan struct {
	Programme string         `json:"g"`
	Terms     schedule.Terms `json:"t"`
	Agreed    int64          `json:"at"` // unix seconds
	ledger.History
	Spoken day.Date   `json:"r,omitempty"` // the last day on which the plan was spoken of: what was to be said until then is not said any more
	Sent   []day.Date `json:"s,omitempty"` // the days on which reminders were sent within a week, oldest first
	Broke  day.Date   `json:"b,omitempty"` // the due date of the delay over which the borrower was told that the plan is broken

	Weighed money.Fen `json:"w,omitempty"` // what had arrived when another plan was last looked for: the new one's terms know of it
	Before  []string  `json:"o,omitempty"` // ids of payments that plans before this one have counted, the latest last
}

func (p *Plan) clone() *Plan {
	if p = copied(p); p == nil {
		return nil
	}
	p.Payments, p.Changes = slices.Clone(p.Payments), slices.Clone(p.Changes)
	p.Holds, p.Sent, p.Before = slices.Clone(p.Holds), slices.Clone(p.Sent), slices.Clone(p.Before)
	return p
}

// newPlan is the plan that begins now. Of one that it replaces, it takes over the reports that nobody has confirmed, what has arrived
// since its terms were worked out, and which payments were counted.
func (t *turn) newPlan(p Proposed) *Plan {
	plan := &Plan{Programme: p.Programme, Terms: p.Terms, Agreed: t.e.At.Unix(), Spoken: t.today}
	old := t.c.Plan
	if old == nil {
		return plan
	}
	plan.Before = old.counted()
	if !t.c.Renewing {
		return plan
	}
	for _, q := range old.Payments {
		if !q.Confirmed {
			q.N = 0
			plan.Payments = append(plan.Payments, q)
		}
	}
	if since := old.arrived() - old.Weighed; since > 0 {
		id := "p" + strconv.FormatInt(old.Agreed, 10)
		plan.Payments = append(plan.Payments, ledger.Payment{ID: id, Amount: since, On: t.today, Confirmed: true})
	}
	return plan
}

// arrived sums the payments that were confirmed.
func (p *Plan) arrived() money.Fen {
	var sum money.Fen
	for _, q := range p.Payments {
		if q.Confirmed {
			sum += q.Amount
		}
	}
	return sum
}

// counted lists the ids of the payments that were confirmed in this plan and those before it, the latest last.
func (p *Plan) counted() []string {
	const most = 12
	ids := slices.Clone(p.Before)
	for _, q := range p.Payments {
		if q.Confirmed {
			ids = append(ids, cmp.Or(q.Arrival, q.ID))
		}
	}
	return ids[max(0, len(ids)-most):]
}

// bound says whether a plan runs and no other is looked for.
func (t *turn) bound() bool { return t.c.Plan != nil && !t.c.Renewing }

// schedule works out the plan's instalments as agreed at first; a plan that was agreed always has some.
func (t *turn) schedule() schedule.Schedule {
	s, err := t.c.Plan.Terms.Schedule(t.book().Calendar())
	if err != nil {
		return schedule.Schedule{}
	}
	return s
}

// ledger works out how the plan stands today.
func (t *turn) ledger() ledger.Ledger {
	p := t.c.Plan
	return ledger.Stand(t.schedule(), p.Terms.Order, p.History, t.book().Aftercare().Grace, t.today)
}

// nextDue is the earliest instalment that is open; false: none is.
func (t *turn) nextDue() (ledger.Line, bool) {
	l := t.ledger()
	return l.Next()
}

// drawPlan shows the plan in words and as a picture.
func (t *turn) drawPlan() {
	t.showPlan()
	if t.c.Plan != nil {
		t.emit(Effect{Do: Send, File: &File{Name: "plan.png", Chart: t.chart(t.ledger())}})
	}
}

// showPlan shows what is left and next, then the schedule.
func (t *turn) showPlan() {
	if t.c.Plan == nil {
		t.say([][]Key{t.foot()}, T("plan.none"))
		return
	}
	l := t.ledger()
	t.say(t.planKeys(l), t.planText(l)...)
}

// planText is the plan in words: what is next and left, the bar, then every instalment.
func (t *turn) planText(l ledger.Ledger) []Text {
	body := []Text{programme(t.c.Plan.Programme)}
	body = append(body, planHead(l)...)
	body = append(body, T("plan.progress", "Bar", bar(l.Total-l.Open(), l.Total), "Done", l.Done(), "Count", len(l.Lines), "Left", l.Open()))
	if l.Surplus > 0 {
		body = append(body, T("plan.surplus", "Amount", l.Surplus))
	}
	return append(body, planLines(l.Lines)...)
}

// planHead says how the plan stands and what is next.
func planHead(l ledger.Ledger) []Text {
	var body []Text
	switch l.Standing {
	case ledger.Behind, ledger.Broken:
		body = append(body, T("standing."+string(l.Standing)), T("plan.late", "Amount", l.Late))
	case ledger.Paused:
		body = append(body, T("standing."+string(l.Standing)))
	}
	next, ok := l.Next()
	switch {
	case ok:
		body = append(body, T("plan.next", "N", next.N, "Due", next.Due, "Amount", next.Open()))
	case l.Standing == ledger.Settled:
		body = append(body, T("standing.settled"))
	default:
		body = append(body, T("plan.all_reported"))
	}
	return body
}

// planLines lists instalments; of many, those that are done are only counted and the far ones too.
func planLines(lines []ledger.Line) []Text {
	const most = 14
	var body []Text
	if len(lines) > most {
		done := 0
		for done < len(lines)-most && lines[done].Open() == 0 {
			done++
		}
		if done > 0 {
			body = append(body, T("plan.line.before", "Count", done))
		}
		lines = lines[done:]
	}
	for i, line := range lines {
		if i == most {
			body = append(body, T("plan.line.after", "Count", len(lines)-most))
			break
		}
		body = append(body, planLine(line))
	}
	return body
}

func planLine(l ledger.Line) Text {
	amount := l.Amount
	if l.Status == ledger.Late || l.Status == ledger.Partly {
		amount = l.Open()
	}
	return T("plan.line."+string(l.Status), "N", l.N, "Due", l.Due, "Amount", amount)
}

// bar draws how much of a whole is done, in ten parts.
func bar(done, whole money.Fen) string {
	const parts = 10
	n := 0
	if whole > 0 {
		n = int(done.ShareDown(parts, int64(whole)))
	}
	b := make([]rune, parts)
	for i := range b {
		b[i] = '□'
		if i < n {
			b[i] = '■'
		}
	}
	return string(b)
}

// planKeys are the buttons under the plan.
func (t *turn) planKeys(l ledger.Ledger) [][]Key {
	var rows [][]Key
	if next, ok := l.Next(); ok {
		n := strconv.Itoa(next.N)
		rows = [][]Key{{lasting(T("button.paid", "N", next.N), paid, n), lasting(label(cannot), cannot, n)},
			{lasting(label(budget), budget, ""), lasting(label(faster), faster, "")},
			{lasting(label(remind), remind, ""), lasting(label(diary), diary, "")}}
		if !t.c.Plan.Held() {
			rows = append(rows, []Key{lasting(label(dispute), dispute, "")})
		}
	}
	return append(rows, t.foot())
}

// cardLedger is the plan on the agents' card.
func (t *turn) cardLedger() []Text {
	l := t.ledger()
	return []Text{T("card.plan", "Name", programme(t.c.Plan.Programme), "Done", l.Done(), "Count", len(l.Lines), "Left", l.Open()),
		T("card.standing", "Now", T("standing."+string(l.Standing)), "Late", l.Late)}
}
