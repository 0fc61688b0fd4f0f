package dialog

import (
	"respite/dialog/understand"
	"respite/policy/schedule"
)

// disclose shows everything that agreeing to the chosen plan means, before the separate yes.
func (t *turn) disclose() {
	o, ok := t.looked()
	if !ok {
		return
	}
	body := []Text{T("disclosure.intro", "Name", programme(o.Programme)), makeup(o.Terms)}
	for _, in := range o.Schedule.Instalments {
		body = append(body, instalment(in))
	}
	body = append(body, totals(o)...)
	body = append(body, T("disclosure.broken"), T("disclosure.limitation"), T("disclosure.record"))
	t.say([][]Key{{t.key(label(read), read, "")}, {t.key(label(back), back, "")}, t.foot()}, body...)
}

// makeup is what the debt is made of, as far as it is known.
func makeup(terms schedule.Terms) Text {
	o := terms.Owed
	if o.Interest == 0 && o.Fees == 0 {
		return T("disclosure.owed", "Amount", o.Sum())
	}
	return T("disclosure.parts", "Amount", o.Sum(), "Principal", o.Principal, "Interest", o.Interest, "Fees", o.Fees)
}

func (t *turn) typedRead(text string) bool {
	return t.yesOrBack(text, t.haveRead)
}

func (t *turn) haveRead(string) { t.to(Signing) }

func (t *turn) askSign() {
	o, ok := t.looked()
	if !ok {
		return
	}
	key := "sign.ask"
	if o.Agent {
		key = "sign.ask_agent"
	}
	t.say([][]Key{{t.key(label(sign), sign, "")}, {t.key(label(back), back, "")}, t.foot()},
		T(key, "Name", programme(o.Programme), "Total", o.Schedule.Total, "Count", len(o.Schedule.Instalments), "Last", due(o.Schedule)))
}

func (t *turn) typedSign(text string) bool {
	return t.yesOrBack(text, t.signed)
}

// yesOrBack takes a typed yes as do and a typed no as a way back to the offers.
func (t *turn) yesOrBack(text string, do func(string)) bool {
	switch t.says(text).YesNo() {
	case understand.Yes:
		do("")
	case understand.No:
		t.toOffers("")
	default:
		return false
	}
	return true
}

// signed makes the plan run, or hands the request to the agents if the programme wants their decision.
func (t *turn) signed(string) {
	o, ok := t.find(t.c.Offer)
	if !ok || o.Schedule.Instalments[0].Due < t.today {
		t.refresh()
		return
	}
	p := asProposed(o)
	if !o.Agent {
		t.start(p)
		return
	}
	due := t.book().Promise(o.Programme, t.today)
	t.c.Request = &Request{Proposed: p, At: t.e.At.Unix(), From: due.From, Until: due.Until}
	t.watchReview()
	t.note("requested " + o.Programme)
	t.open("review")
	t.happened("requested")
	t.card(true)
	t.to(Reviewing)
}

// refresh works the offers out anew because their dates have passed.
func (t *turn) refresh() {
	t.c.Assessed, t.c.Custom, t.c.Offer, t.cache = t.today, nil, "", nil
	t.lead = append(t.lead, T("offers.refreshed"))
	t.to(Offering)
}

// start lets a plan run from now on.
func (t *turn) start(p Proposed) {
	t.c.Plan = t.newPlan(p)
	t.c.Request, t.c.Custom, t.c.Offer, t.c.Renewing = nil, nil, "", false
	t.c.clear(ReviewAlarm)
	t.note("agreed " + p.Programme)
	t.open("plan")
	t.lead = append(t.lead, T("plan.started"))
	t.remindNext()
	t.to(Running)
	t.sendDiary()
}

// showStatus says where the request stands.
func (t *turn) showStatus() {
	r := t.c.Request
	if r == nil {
		t.say([][]Key{t.foot()}, T("status.none"))
		return
	}
	key := "status.review"
	if r.Late {
		key = "status.review_late"
	}
	body := []Text{T(key, "Name", programme(r.Programme), "From", r.From, "Until", r.Until)}
	if names := t.documents(); len(names) > 0 {
		body = append(body, T("status.documents"))
		for _, n := range names {
			body = append(body, T("status.document_line", "What", T("document."+n)))
		}
	}
	t.say([][]Key{{t.key(label(withdraw), withdraw, "")}, t.foot()}, body...)
}

// takeBack withdraws the request.
func (t *turn) takeBack(string) {
	t.c.Request = nil
	t.c.clear(ReviewAlarm)
	t.note("request withdrawn")
	t.happened("withdrawn")
	t.card(false)
	t.tell(T("desk.withdrawn"))
	t.lead = append(t.lead, T("status.withdrawn"))
	t.to(Offering)
}
