package dialog

import (
	"slices"
	"strconv"
	"strings"

	"respite/policy"
	"respite/policy/ledger"
)

// reportTrouble is for an instalment that cannot be paid: the agents know at once, and the borrower chooses among what the policy
// allows without them, another plan, or a person. arg is the instalment; with "-again" behind it the agents were told before.
func (t *turn) reportTrouble(arg string) {
	if t.c.Plan == nil {
		t.again(T("plan.none"))
		return
	}
	number, again, _ := strings.Cut(arg, "-")
	n, _ := strconv.Atoi(number)
	if again != "" {
		t.showWays(t.edit, n)
		return
	}
	t.note("trouble reported")
	t.c.Plan.Spoken = t.today
	t.remindNext()
	t.open("trouble")
	t.emit(Effect{Do: Tell, Urgency: Agents, Body: []Text{T("desk.trouble", "N", n)}, Rows: [][]Key{{{Label: label(giveUp), Data: string(giveUp) + "." + number}}}})
	t.showWays(t.say, n)
}

// showWays lists what can be done about instalment n.
func (t *turn) showWays(show func([][]Key, ...Text), n int) {
	var rows [][]Key
	for _, w := range t.ways(n) {
		rows = append(rows, []Key{lasting(T("button.way_"+string(w.Kind), "To", w.To), way, w.String())})
	}
	key := "trouble.what"
	if rows != nil {
		key = "trouble.ways"
	}
	rows = append(rows, []Key{lasting(label(renew), renew, "")}, []Key{lasting(label(human), human, "trouble"), lasting(label(terms), terms, "")})
	show(rows, T(key, "N", n))
}

func (t *turn) ways(n int) []ledger.Change {
	l := t.ledger()
	return l.Ways(t.c.Plan.History, t.book().Aftercare().Room, n, t.book().Calendar(), t.today)
}

// saysCannotPay takes "I cannot pay" in words.
func (t *turn) saysCannotPay() bool {
	if !t.bound() {
		return false
	}
	next, _ := t.nextDue()
	t.reportTrouble(strconv.Itoa(next.N))
	return true
}

// possible finds the change of a button among those that are possible now. If it is none of them any more, the plan is shown instead.
func (t *turn) possible(arg string) (ledger.Change, bool) {
	if c, ok := ledger.ParseChange(arg); ok && t.c.Plan != nil {
		for _, w := range t.ways(c.N) {
			if w.Kind == c.Kind && w.To == c.To {
				return w, true
			}
		}
	}
	t.lead = append(t.lead, T("trouble.gone"))
	t.showPlan()
	return ledger.Change{}, false
}

// showWay shows the schedule that a change leads to, before it is agreed to.
func (t *turn) showWay(arg string) {
	c, ok := t.possible(arg)
	if !ok {
		return
	}
	t.c.Plan.Changes = append(t.c.Plan.Changes, c)
	l := t.ledger()
	t.c.Plan.Changes = slices.Delete(t.c.Plan.Changes, len(t.c.Plan.Changes)-1, len(t.c.Plan.Changes))
	body := append([]Text{T("trouble.show")}, planLines(l.Lines)...)
	body = append(body, T("trouble.free"))
	t.edit([][]Key{{lasting(label(agreeWay), agreeWay, arg)}, {lasting(T("button.back"), cannot, strconv.Itoa(c.N)+"-again")}}, body...)
}

// takeWay changes the plan.
func (t *turn) takeWay(arg string) {
	c, ok := t.possible(arg)
	if !ok {
		return
	}
	t.c.Plan.Changes = append(t.c.Plan.Changes, c)
	t.note("instalment " + strconv.Itoa(c.N) + ": " + string(c.Kind))
	t.c.Plan.Spoken = t.today
	t.remindNext()
	t.open("trouble")
	said := "desk.changed"
	if c.Kind == ledger.Split {
		said = "desk.split"
	}
	t.tell(T(said, "N", c.N, "To", c.To))
	t.lead = append(t.lead, T("trouble.changed"))
	t.showPlan()
	t.sendDiary()
}

// renewPlan looks for another plan by today's facts. The present one holds until another is agreed.
func (t *turn) renewPlan() {
	if t.c.Plan == nil || t.c.Request != nil {
		t.again()
		return
	}
	l := t.ledger()
	next, ok := l.Next()
	if !ok {
		t.showPlan()
		return
	}
	owed := l.Open() + l.Said // a report counts once it is confirmed, in this plan or in the next
	t.c.Plan.Weighed = t.c.Plan.arrived()
	kept := Facts{policy.Owed: {Kind: policy.Money, N: int64(owed)}, policy.DaysLate: {Kind: policy.Count, N: int64(max(0, t.today-next.Due))}}
	for _, id := range []policy.FactID{policy.CreditLimit, "product"} {
		if v, ok := t.c.Facts[id]; ok {
			kept[id] = v
		}
	}
	t.c.Renewing = true
	t.c.Facts, t.c.Asked, t.c.Answers, t.c.Pending, t.c.Custom, t.cache = kept, []policy.FactID{policy.Owed, policy.DaysLate}, nil, nil, nil, nil
	t.c.Story, t.c.Offer, t.c.Assessed, t.c.Book = "", "", 0, ""
	t.note("looks for another plan")
	t.lead = append(t.lead, T("trouble.renew", "Amount", owed))
	t.to(Onward)
}

// keepPlan stops looking for another plan.
func (t *turn) keepPlan() {
	t.c.Renewing, t.c.Custom, t.c.Offer = false, nil, ""
	t.note("keeps the plan")
	t.lead = append(t.lead, T("trouble.kept"))
	t.to(Onward)
}

// disputed puts the plan on hold because the borrower says that this is not what is owed.
func (t *turn) disputed(string) {
	p := t.c.Plan
	if p == nil || !p.Pause(t.today, "dispute") {
		t.showPlan()
		return
	}
	t.note("disputed, on hold")
	t.remindNext()
	t.open("dispute")
	t.emit(Effect{Do: Tell, Urgency: Agents, Alert: true, Body: []Text{T("desk.dispute")}})
	t.say([][]Key{{lasting(label(human), human, "dispute")}, {lasting(label(terms), terms, "")}}, T("trouble.dispute"))
}

// letGo ends a hold at an agent's wish.
func (t *turn) letGo(string) bool {
	if t.c.Plan == nil || !t.c.Plan.Resume(t.today) {
		return false
	}
	t.note("hold ended by " + t.e.Agent)
	t.c.Plan.Spoken = t.today
	t.remindNext()
	t.card(false)
	if !t.talking() && !t.c.Crisis {
		t.lead = append(t.lead, T("trouble.resumed"))
		t.showPlan()
	}
	return true
}

// gaveUp waives what is open of an instalment at an agent's wish.
func (t *turn) gaveUp(arg string) bool {
	n, err := strconv.Atoi(arg)
	if err != nil || t.c.Plan == nil {
		return false
	}
	l := t.ledger()
	for _, line := range l.Lines {
		if line.N == n && line.Open() > 0 {
			t.c.Plan.Changes = append(t.c.Plan.Changes, ledger.Change{Kind: ledger.Waive, N: n, On: t.today, Fen: line.Open()})
			t.note("instalment " + arg + " waived by " + t.e.Agent)
			t.thank(l.Standing)
			return true
		}
	}
	return false
}

// planRows are the agents' buttons for a plan that runs.
func (t *turn) planRows() []Key {
	if t.c.Plan == nil {
		return nil
	}
	l := t.ledger()
	var keys []Key
	if next, ok := l.Next(); ok {
		keys = append(keys, Key{Label: T("button.desk_came", "N", next.N), Data: string(came) + "." + strconv.Itoa(len(t.c.Plan.Payments))})
	}
	if t.c.Plan.Held() {
		keys = append(keys, Key{Label: T("button.desk_letgo"), Data: string(unhold) + "."})
	}
	return keys
}
