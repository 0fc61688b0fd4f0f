package dialog

import (
	"strconv"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// schedule works out the plan's instalments; a plan that was agreed always has some.
func (t *turn) schedule() schedule.Schedule {
	s, err := t.c.Plan.Terms.Schedule(t.book().Calendar())
	if err != nil {
		return schedule.Schedule{}
	}
	return s
}

// Standing is how an instalment stands on a day.
type Standing string

// Standings of an instalment.
const (
	Coming    Standing = "coming"
	DueToday  Standing = "due"
	Reported  Standing = "reported"
	Confirmed Standing = "paid"
	Late      Standing = "late"
)

// Stand says how instalment in stands on a day, by the payments so far.
func (p *Plan) Stand(in schedule.Instalment, today day.Date) Standing {
	sum, sure := money.Fen(0), money.Fen(0)
	for _, pay := range p.Payments {
		if pay.N != in.N {
			continue
		}
		sum += pay.Amount
		if pay.Confirmed {
			sure += pay.Amount
		}
	}
	switch {
	case sure >= in.Amount:
		return Confirmed
	case sum >= in.Amount:
		return Reported
	case in.Due < today:
		return Late
	case in.Due == today:
		return DueToday
	}
	return Coming
}

// open gives the instalments that nobody has paid or reported, in order.
func (p *Plan) open(s schedule.Schedule, today day.Date) []schedule.Instalment {
	var left []schedule.Instalment
	for _, in := range s.Instalments {
		if st := p.Stand(in, today); st != Confirmed && st != Reported {
			left = append(left, in)
		}
	}
	return left
}

// settled says whether every instalment is confirmed as paid.
func (p *Plan) settled(s schedule.Schedule, today day.Date) bool {
	for _, in := range s.Instalments {
		if p.Stand(in, today) != Confirmed {
			return false
		}
	}
	return len(s.Instalments) > 0
}

// showPlan shows what is left and next, then the schedule.
func (t *turn) showPlan() {
	p := t.c.Plan
	if p == nil {
		t.say([][]Key{t.foot()}, T("plan.none"))
		return
	}
	s := t.schedule()
	left := p.open(s, t.today)
	body := []Text{programme(p.Programme)}
	var rows [][]Key
	if len(left) > 0 {
		next := left[0]
		body = append(body, T("plan.next", "N", next.N, "Due", next.Due, "Amount", next.Amount))
		n := strconv.Itoa(next.N)
		rows = [][]Key{{lasting(T("button.paid", "N", next.N), paid, n), lasting(label(cannot), cannot, n)}}
	} else {
		body = append(body, T("plan.all_reported"))
	}
	body = append(body, T("plan.progress", "Done", len(s.Instalments)-len(left), "Count", len(s.Instalments), "Left", sum(left)))
	for _, in := range s.Instalments {
		body = append(body, T("plan.line."+string(p.Stand(in, t.today)), "N", in.N, "Due", in.Due, "Amount", in.Amount))
	}
	mutes := lasting(label(mute), mute, "")
	if t.c.Silent {
		mutes = lasting(label(unmute), unmute, "")
	}
	t.say(append(rows, []Key{mutes}, t.foot()), body...)
}

func sum(ins []schedule.Instalment) money.Fen {
	var total money.Fen
	for _, in := range ins {
		total += in.Amount
	}
	return total
}

// reportPaid notes that the borrower says an instalment is paid. The agents confirm it.
func (t *turn) reportPaid(arg string) {
	if t.c.Plan == nil {
		t.again(T("plan.none"))
		return
	}
	n, _ := strconv.Atoi(arg)
	for _, in := range t.c.Plan.open(t.schedule(), t.today) {
		if in.N != n {
			continue
		}
		t.c.Plan.Payments = append(t.c.Plan.Payments, Payment{ID: "b" + strconv.FormatInt(t.e.ID, 10), N: n, Amount: in.Amount, On: t.today})
		t.note("payment reported")
		t.open("payment")
		t.emit(Effect{Do: Tell, Urgency: Agents, Body: []Text{T("desk.reported", "N", n, "Amount", in.Amount, "Due", in.Due)},
			Rows: [][]Key{{{Label: label(confirmPaid), Data: string(confirmPaid) + "." + arg}}}})
		t.remindNext()
		t.lead = append(t.lead, T("paid.thanks", "N", n))
		t.showPlan()
		return
	}
	t.lead = append(t.lead, T("paid.already", "N", n))
	t.showPlan()
}

// saysPaid takes "I have paid" in words: the next instalment, if a plan runs.
func (t *turn) saysPaid() {
	if t.c.Plan == nil {
		t.open("payment")
		t.tell(T("desk.says_paid"), Plain(clip(t.e.Text, 500)))
		t.again(T("paid.no_plan"))
		return
	}
	left := t.c.Plan.open(t.schedule(), t.today)
	if len(left) == 0 {
		t.lead = append(t.lead, T("plan.all_reported"))
		t.showPlan()
		return
	}
	n := strconv.Itoa(left[0].N)
	t.say([][]Key{{lasting(T("button.paid", "N", left[0].N), paid, n)}, t.foot()},
		T("paid.which", "N", left[0].N, "Due", left[0].Due, "Amount", left[0].Amount))
}

// reportTrouble is for an instalment that cannot be paid: the agents know at once, and the borrower chooses how to go on.
func (t *turn) reportTrouble(arg string) {
	if t.c.Plan == nil {
		t.again(T("plan.none"))
		return
	}
	n, _ := strconv.Atoi(arg)
	t.note("trouble reported")
	t.open("trouble")
	t.tell(T("desk.trouble", "N", n))
	t.say([][]Key{{lasting(label(human), human, "trouble")}, {lasting(label(terms), terms, "")}}, T("trouble.what"))
}

func (t *turn) saysCannotPay() bool {
	if t.c.Plan == nil {
		return false
	}
	n := 0
	if left := t.c.Plan.open(t.schedule(), t.today); len(left) > 0 {
		n = left[0].N
	}
	t.reportTrouble(strconv.Itoa(n))
	return true
}
