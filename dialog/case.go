package dialog

import (
	"slices"
	"strconv"

	"respite/policy"
)

// The agents' buttons. Their data is "verb.argument": they stand in the case's topic, so the case is known.
const (
	approve     Verb = "approve"
	declineMenu Verb = "decline"
	declineFor  Verb = "declined" // declined.<reason>
	moreMenu    Verb = "more"
	moreOf      Verb = "needs" // needs.<document>
	finish      Verb = "finish"
	calm        Verb = "calm"
	confirmPaid Verb = "got" // got.<instalment>
	cardMenu    Verb = "card"
)

// refusals are the reasons that an agent can decline with.
var refusals = []string{"capacity", "evidence", "conditions", "terms"}

// talking says whether a person has the conversation.
func (t *turn) talking() bool { return t.c.Case != nil && t.c.Case.Talking }

func (t *turn) tagged(tag string) bool {
	return t.c.Case != nil && slices.Contains(t.c.Case.Tags, tag)
}

// open makes sure that there is a case, tags it and brings its card up to date.
func (t *turn) open(tag string) {
	if t.c.Case == nil {
		t.c.Case = &Case{Since: t.e.At.Unix()}
		t.note("case opened")
	}
	if !t.tagged(tag) {
		t.c.Case.Tags = append(t.c.Case.Tags, tag)
	}
	t.card(true)
}

// callHuman hands the conversation to a person; whatever was asked stays where it is.
func (t *turn) callHuman(tag string) {
	if t.c.Consent == 0 && t.c.State != Closed {
		t.again(T("human.consent_first"))
		return
	}
	if tag == "" {
		tag = "human"
	}
	if !t.m.Agents {
		t.note("person wanted, none to be reached")
		t.again(T("human.none"))
		return
	}
	already := t.talking()
	t.open(tag)
	t.c.Case.Talking = true
	if !already {
		t.card(true)
		t.note("handed to a person")
		t.emit(Effect{Do: Tell, Urgency: Agents, Alert: true, Body: []Text{T("desk.wants_human", "Why", T("tag."+tag))}})
	}
	t.say([][]Key{{lasting(label(robot), robot, "")}}, T("human.coming"))
}

// backToBot ends the talk with a person at the borrower's wish and goes on where it was.
func (t *turn) backToBot(string) {
	if t.talking() {
		t.c.Case.Talking = false
		t.card(false)
		t.tell(T("desk.back_to_bot"))
	}
	t.again(T("human.back"))
}

// attached puts a photo or document with the case.
func (t *turn) attached() {
	if t.c.State == Fresh || t.c.Consent == 0 {
		t.lead = append(t.lead, T("file.consent_first"))
		if t.c.State == Fresh {
			t.begin()
			return
		}
		t.enter()
		return
	}
	talking := t.talking()
	t.open("documents")
	t.c.Case.Files++
	t.card(false)
	t.emit(Effect{Do: Copy, Message: t.e.Message, Urgency: Agents})
	t.note("file received")
	if !talking {
		t.again(T("file.thanks"))
	}
}

// tell writes into the case's topic.
func (t *turn) tell(body ...Text) {
	t.emit(Effect{Do: Tell, Urgency: Agents, Body: body})
}

// card brings the case's card up to date. Of several in one step only the last is kept.
func (t *turn) card(alert bool) {
	if t.c.Case == nil {
		return
	}
	for i, e := range t.out {
		if e.Do == Card {
			alert = alert || e.Alert
			t.out = slices.Delete(t.out, i, i+1)
			break
		}
	}
	t.emit(Effect{Do: Card, Urgency: Agents, Alert: alert, Title: t.title(), Body: t.cardBody(), Rows: t.cardRows()})
}

// title is the topic's name: how the case stands, never who or how much. The desk puts the case's number in front.
func (t *turn) title() Text {
	switch {
	case t.c.Crisis:
		return T("title.crisis")
	case t.talking():
		return T("title.talking")
	case t.c.Request != nil:
		return T("title.review")
	case t.c.Plan != nil:
		return T("title.running")
	}
	return T("title.open")
}

func (t *turn) cardBody() []Text {
	body := []Text{t.title()}
	for _, tag := range t.c.Case.Tags {
		body = append(body, T("card.tag", "Tag", T("tag."+tag)))
	}
	for _, id := range t.c.Asked {
		body = append(body, T("card.fact", "Name", T("fact."+string(id)), "Value", shown(id, t.c.Facts[id])))
	}
	if p := t.c.Pending; p != nil && t.c.State == Confirming {
		body = append(body, T("card.uncertain", "Name", T("fact."+string(p.Fact)), "Value", shown(p.Fact, p.Value)))
	}
	if t.c.Story != "" {
		body = append(body, T("card.story"), Plain(t.c.Story))
	}
	if t.c.Case.Files > 0 {
		body = append(body, T("card.files", "Count", t.c.Case.Files))
	}
	if t.c.Facts.has(policy.Owed) && t.c.Facts.has(policy.DaysLate) && t.c.Facts.has(policy.Hardship) {
		body = append(append(body, T("card.programmes")), verdicts(t.assess())...)
	}
	return append(body, t.cardPlan()...)
}

// cardPlan shows what is asked for, or what runs.
func (t *turn) cardPlan() []Text {
	switch {
	case t.c.Request != nil:
		o, ok := t.built(t.c.Request.Proposed)
		if !ok {
			return nil
		}
		r := t.c.Request
		body := []Text{T("card.request", "Name", programme(r.Programme), "From", r.From, "Until", r.Until)}
		return append(append(body, listing(o.Schedule)...), totals(o)...)
	case t.c.Plan != nil:
		s := t.schedule()
		left := t.c.Plan.open(s, t.today)
		return []Text{T("card.plan", "Name", programme(t.c.Plan.Programme), "Done", len(s.Instalments)-len(left), "Count", len(s.Instalments), "Left", sum(left))}
	}
	return nil
}

func (t *turn) cardRows() [][]Key {
	var rows [][]Key
	if t.c.Request != nil {
		rows = append(rows, []Key{deskKey(approve, ""), deskKey(declineMenu, ""), deskKey(moreMenu, "")})
	}
	var last []Key
	if t.c.Crisis {
		last = append(last, deskKey(calm, ""))
	}
	if t.talking() {
		last = append(last, deskKey(finish, ""))
	}
	if last != nil {
		rows = append(rows, last)
	}
	return rows
}

func deskKey(v Verb, arg string) Key {
	return Key{Label: T("button.desk_" + string(v)), Data: string(v) + "." + arg}
}

// agentSpoke passes an agent's words or file on to the borrower.
func (t *turn) agentSpoke() {
	if t.c.State == Fresh {
		return
	}
	if t.c.Blocked {
		t.tell(T("desk.blocked"))
		return
	}
	if t.c.Case != nil && !t.c.Case.Talking {
		t.c.Case.Talking = true
		t.note("an agent began to talk")
		t.card(false)
	}
	if t.e.Kind == AgentSent {
		t.emit(Effect{Do: Pass, Message: t.e.Message})
		return
	}
	t.say([][]Key{{lasting(label(robot), robot, "")}}, T("agent.says"), Plain(t.e.Text))
}

// agentPressed carries out an agent's decision. A press that no longer fits is answered with how the case stands.
func (t *turn) agentPressed() {
	verb, arg := deskVerb(t.e.Press)
	toast := len(t.out)
	t.emit(Effect{Do: Toast, Query: t.e.Query, Urgency: Agents})
	do, ok := map[Verb]func(string) bool{
		approve: t.approved, declineMenu: t.refusalMenu, declineFor: t.refused, moreMenu: t.documentMenu, moreOf: t.wantsDocument,
		finish: t.finished, calm: t.calmed, confirmPaid: t.gotPayment, cardMenu: func(string) bool { t.card(false); return true },
	}[verb]
	if !ok || !do(arg) {
		t.out[toast].Body = []Text{T("toast.desk_stale", "Now", t.title())}
	}
}

// approved lets the requested plan run, or asks the borrower once more if its first date has passed meanwhile.
func (t *turn) approved(string) bool {
	r := t.c.Request
	if r == nil {
		return false
	}
	t.note("approved " + r.Programme + " by " + t.e.Agent)
	t.tell(T("desk.approved", "Agent", Plain(t.e.Agent)))
	o, ok := t.built(r.Proposed)
	if !ok || o.Schedule.Instalments[0].Due <= t.today {
		t.c.Request = nil
		t.c.clear(ReviewAlarm)
		t.lead = append(t.lead, T("review.approved_late"))
		t.refresh()
		t.card(false)
		return true
	}
	t.lead = append(t.lead, T("review.approved"))
	t.start(r.Proposed)
	return true
}

func (t *turn) refusalMenu(string) bool {
	return t.menu(declineFor, "refusal_short.", refusals)
}

func (t *turn) documentMenu(string) bool {
	return t.menu(moreOf, "document.", t.documents())
}

// documents are what the programme asked for may want to see.
func (t *turn) documents() []string {
	if t.c.Request == nil {
		return nil
	}
	p, _ := t.book().Programme(t.c.Request.Programme)
	return p.Documents
}

// menu puts choices under the card of a request.
func (t *turn) menu(v Verb, prefix string, names []string) bool {
	if t.c.Request == nil || len(names) == 0 {
		return false
	}
	var keys []Key
	for _, n := range names {
		keys = append(keys, Key{Label: T(prefix + n), Data: string(v) + "." + n})
	}
	t.card(false)
	t.out[len(t.out)-1].Rows = append(columns(1, keys...), []Key{deskKey(cardMenu, "")})
	return true
}

// refused tells the borrower why, and what can be done next.
func (t *turn) refused(why string) bool {
	if t.c.Request == nil || !slices.Contains(refusals, why) {
		return false
	}
	t.c.Request = nil
	t.c.clear(ReviewAlarm)
	t.note("declined for " + why + " by " + t.e.Agent)
	t.tell(T("desk.declined", "Agent", Plain(t.e.Agent)))
	t.card(false)
	t.lead = append(t.lead, T("review.declined", "Why", T("refusal."+why)))
	t.to(Offering)
	return true
}

func (t *turn) wantsDocument(what string) bool {
	if !slices.Contains(t.documents(), what) {
		return false
	}
	t.note("asked for " + what)
	t.card(false)
	t.say([][]Key{{lasting(label(human), human, "")}}, T("review.needs", "What", T("document."+what)))
	return true
}

// finished ends the talk with a person at the agent's wish.
func (t *turn) finished(string) bool {
	if !t.talking() {
		return false
	}
	t.c.Case.Talking = false
	t.note("talk ended by " + t.e.Agent)
	t.card(false)
	t.again(T("human.ended"))
	return true
}

// calmed ends the pause after words of crisis.
func (t *turn) calmed(string) bool {
	if !t.c.Crisis {
		return false
	}
	t.c.Crisis = false
	t.note("crisis pause ended by " + t.e.Agent)
	t.remindNext()
	t.card(false)
	return true
}

// gotPayment confirms a reported payment.
func (t *turn) gotPayment(arg string) bool {
	n, err := strconv.Atoi(arg)
	if err != nil || t.c.Plan == nil {
		return false
	}
	found := false
	for i := range t.c.Plan.Payments {
		if p := &t.c.Plan.Payments[i]; p.N == n && !p.Confirmed {
			p.Confirmed, found = true, true
		}
	}
	if !found {
		return false
	}
	t.note("payment confirmed by " + t.e.Agent)
	t.card(false)
	if t.c.Plan.settled(t.schedule(), t.today) {
		t.c.clear(RemindAlarm)
		t.note("settled")
		t.lead = append(t.lead, T("plan.settled"))
		t.to(Settled)
		return true
	}
	t.say(nil, T("paid.confirmed", "N", n))
	return true
}

func deskVerb(data string) (Verb, string) {
	_, v, arg := parse("." + data)
	return v, arg
}
