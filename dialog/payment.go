package dialog

import (
	"slices"
	"strconv"
	"strings"

	"respite/dialog/understand"
	"respite/policy/ledger"
	"respite/policy/money"
)

// reportPaid notes that the borrower says an instalment is paid, or an amount of it. The agents confirm it.
func (t *turn) reportPaid(arg string) {
	if t.c.Plan == nil {
		t.again(T("plan.none"))
		return
	}
	number, fen, partly := strings.Cut(arg, "-")
	n, _ := strconv.Atoi(number)
	l := t.ledger()
	var amount money.Fen
	for _, line := range l.Lines {
		if line.N == n && amount == 0 {
			amount = line.Open()
		}
	}
	if partly && amount > 0 {
		v, err := strconv.ParseInt(fen, 10, 64)
		if err != nil || v <= 0 {
			return
		}
		amount = money.Fen(v)
	}
	id := "b" + strconv.FormatInt(t.e.ID, 10)
	if amount == 0 || !t.c.Plan.Report(ledger.Payment{ID: id, N: n, Amount: amount, On: t.today}) {
		t.lead = append(t.lead, T("paid.already", "N", n))
		t.showPlan()
		return
	}
	t.note("payment reported")
	t.remindNext()
	t.open("payment")
	t.emit(Effect{Do: Tell, Urgency: Agents, Body: []Text{T("desk.reported", "N", n, "Amount", amount)},
		Rows: [][]Key{{{Label: label(confirmPaid), Data: string(confirmPaid) + "." + id}, {Label: label(denyPaid), Data: string(denyPaid) + "." + id}}}})
	t.lead = append(t.lead, T("paid.thanks", "N", n, "Amount", amount))
	t.showPlan()
}

// saysPaid takes "I have paid" in words, with an amount or without: the next instalment, if a plan runs.
func (t *turn) saysPaid() {
	if t.c.Plan == nil {
		t.open("payment")
		t.tell(T("desk.says_paid"), Plain(clip(t.e.Text)))
		t.again(T("paid.no_plan"))
		return
	}
	t.askWhichPaid(t.says(t.e.Text).Payment())
}

// askWhichPaid asks whether the next instalment is meant, and the amount if one was named. Nothing is noted before a press.
func (t *turn) askWhichPaid(a understand.Amount) {
	l := t.ledger()
	next, ok := l.Next()
	if !ok {
		t.lead = append(t.lead, T("plan.all_reported"))
		t.showPlan()
		return
	}
	n := strconv.Itoa(next.N)
	rows := [][]Key{{lasting(T("button.paid", "N", next.N), paid, n)}}
	if usable(a.Status) && a.Fen > 0 && a.Fen != next.Open() && (a.Currency == "" || a.Currency == "CNY") {
		part := lasting(T("button.paid_amount", "Amount", a.Fen), paid, n+"-"+strconv.FormatInt(int64(a.Fen), 10))
		rows = append([][]Key{{part}}, rows...)
	}
	t.say(append(rows, t.foot()), T("paid.which", "N", next.N, "Due", next.Due, "Amount", next.Open()))
}

// typedRunning takes what is written of a running plan: an amount that was paid, or what more a month would do.
func (t *turn) typedRunning(text string) bool {
	if t.says(text).Topic() == understand.PayMore {
		t.asksMore(text)
		return true
	}
	a := t.says(text).Payment()
	if !usable(a.Status) {
		return false
	}
	t.askWhichPaid(a)
	return true
}

// thankForFile thanks for a photo or document. While a plan runs it is most often a receipt: of the payment that was reported, or of one
// that is still to be.
func (t *turn) thankForFile() {
	l := ledger.Ledger{}
	if t.bound() {
		l = t.ledger()
	}
	switch next, ok := l.Next(); {
	case l.Said > 0:
		t.say([][]Key{{lasting(label(terms), terms, "")}}, T("paid.receipt", "Amount", l.Said))
	case ok:
		rows := [][]Key{{lasting(T("button.paid", "N", next.N), paid, strconv.Itoa(next.N))}, {lasting(label(terms), terms, "")}}
		t.say(rows, T("file.thanks"), T("paid.which", "N", next.N, "Due", next.Due, "Amount", next.Open()))
	default:
		t.again(T("file.thanks"))
	}
}

// gotPayment confirms a reported payment.
func (t *turn) gotPayment(id string) bool {
	if t.c.Plan == nil {
		return false
	}
	was := t.ledger().Standing
	if !t.c.Plan.Confirm(id) {
		return false
	}
	t.note("payment confirmed by " + t.e.Agent)
	t.thank(was)
	return true
}

// lostPayment says that the money of a report did not arrive.
func (t *turn) lostPayment(id string) bool {
	if t.c.Plan == nil || !t.c.Plan.Deny(id) {
		return false
	}
	t.note("payment not found by " + t.e.Agent)
	t.c.Plan.Spoken = t.today
	t.remindNext()
	t.card(false)
	t.say([][]Key{{lasting(label(human), human, "")}, {lasting(label(terms), terms, "")}}, T("paid.not_found"))
	return true
}

// cameIn notes that the next instalment arrived without a report. arg carries how many payments there were when the button was
// made, so that two agents who press it count one payment.
func (t *turn) cameIn(arg string) bool {
	if t.c.Plan == nil || arg != strconv.Itoa(len(t.c.Plan.Payments)) {
		return false
	}
	l := t.ledger()
	next, ok := l.Next()
	if !ok {
		return false
	}
	t.note("payment entered by " + t.e.Agent)
	t.c.Plan.Arrive(ledger.Payment{ID: "a" + strconv.FormatInt(t.e.ID, 10), N: next.N, Amount: next.Open(), On: t.today})
	t.thank(l.Standing)
	return true
}

// entered notes an amount that an agent says has arrived. It confirms a report of the same amount.
func (t *turn) entered(arg string) Text {
	if t.c.Plan == nil {
		return t.stale()
	}
	amount, err := money.Parse(strings.TrimSpace(arg))
	if err != nil || amount <= 0 || amount > mostEntered {
		return T("desk.help_paid")
	}
	was := t.ledger().Standing
	t.c.Plan.Arrive(ledger.Payment{ID: "a" + strconv.FormatInt(t.e.ID, 10), Amount: amount, On: t.today})
	t.note("payment entered by " + t.by())
	t.tell(T("desk.entered", "Amount", amount, "Agent", Plain(t.e.Agent)))
	t.thank(was)
	return Text{}
}

// mostEntered is the largest payment that an agent can enter: more is a slip of the hand.
const mostEntered = money.Fen(100_000_000_00)

// arrived takes the lender's word that money has arrived. A repeat of its id changes nothing.
func (t *turn) arrived() {
	p := t.c.Plan
	if p == nil || t.e.Ref == "" || t.e.Amount <= 0 {
		return
	}
	id := "l" + t.e.Ref
	was := t.ledger().Standing
	if slices.Contains(p.Before, id) || !p.Arrive(ledger.Payment{ID: id, Amount: t.e.Amount, On: t.today}) {
		return
	}
	t.note("payment arrived")
	t.thank(was)
}

// thank tells the borrower and the agents what a confirmed payment leads to.
func (t *turn) thank(was ledger.Standing) {
	l := t.ledger()
	t.mend()
	t.card(false)
	if l.Surplus > 0 {
		t.open("payment")
		t.emit(Effect{Do: Tell, Urgency: Agents, Alert: true, Body: []Text{T("desk.surplus", "Amount", l.Surplus)}})
	}
	switch {
	case l.Standing == ledger.Settled && was != ledger.Settled:
		t.c.clear(RemindAlarm)
		t.c.Renewing = false
		t.note("settled")
		t.lead = append(t.lead, T("plan.settled"))
		t.to(Settled)
		t.card(false)
	case t.talking() || t.c.Crisis:
		// The agent says so, or the talk of money rests.
	case l.Surplus > 0:
		t.say([][]Key{{lasting(label(terms), terms, "")}}, T("paid.surplus", "Amount", l.Surplus))
	default:
		t.say([][]Key{{lasting(label(terms), terms, "")}}, T("paid.confirmed"), T("chart.left", "Left", l.Open()))
	}
}

// mend sets the next reminder after a confirmed payment, and tells the agents if a plan that was broken runs again by it. A report alone
// mends nothing.
func (t *turn) mend() {
	t.remindNext()
	p, l := t.c.Plan, t.ledger()
	if p.Broke == 0 || l.Standing == ledger.Broken {
		return
	}
	for _, line := range l.Lines {
		if line.Due <= p.Broke && line.Paid.Sum() < line.Amount {
			return
		}
	}
	p.Broke = 0
	t.open("payment")
	t.tell(T("desk.mended"))
}
