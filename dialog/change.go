package dialog

import (
	"strconv"
	"strings"

	"respite/dialog/understand"
	"respite/policy"
	"respite/policy/money"
	"respite/policy/schedule"
)

// Verbs by which terms are changed.
const (
	alter       Verb = "change"
	sendTerms   Verb = "send"     // send.<stamp>
	beyondTerms Verb = "beyond"   // beyond.<stamp>
	secondTerms Verb = "second"   // second.<stamp>
	dropTerms   Verb = "drop"     // drop.<stamp>
	newTerms    Verb = "newterms" // of the borrower: newterms.<yes or no>.<stamp>
)

// Change is a plan that an agent has worked out in place of what was asked for.
type Change struct {
	Proposed
	At     int64           `json:"at"`          // unix seconds; names the change
	By     Colleague       `json:"b"`           // who worked it out
	Beyond *schedule.Terms `json:"x,omitempty"` // what the agent wanted, if it lies outside the bounds
	Asked  bool            `json:"q,omitempty"` // Terms lie outside the bounds: a second agent has to approve them
	Second *Colleague      `json:"d,omitempty"` // and this one did
	Sent   bool            `json:"s,omitempty"` // the borrower has it
}

func (c *Change) stamp() string { return strconv.FormatInt(c.At, 36) }

// changes works out other terms and shows them before anything is sent: what the agent wrote if it lies inside the bounds, else
// the nearest that does, and the bound.
func (t *turn) changes(arg string) Text {
	if t.c.Plan != nil || !t.c.Facts.has(policy.Owed) {
		return t.stale()
	}
	r := t.says(arg).Proposal(t.today)
	if !usable(r.Status) {
		return T("desk.help_change")
	}
	p := means(r).proposal()
	p.Programme = t.programme()
	n := t.counterTo(p, t.today)
	if !n.Fits {
		return T("desk.change_none", "Bound", objection(n))
	}
	c := &Change{Proposed: Proposed{Programme: n.Offer.Programme, Terms: n.Offer.Terms, Estimate: n.Offer.Estimate}, At: t.e.At.Unix(), By: t.me()}
	t.c.Case.Change = c
	head := []Text{T("desk.change", "Name", programme(c.Programme))}
	keys := []Key{deskKey(sendTerms, c.stamp())}
	if !n.Accepted {
		head = append(head, T("desk.change_bound", "Bound", objection(n)))
		if terms, ok := t.beyond(n.Offer.Terms, r); ok {
			c.Beyond = &terms
			keys = append(keys, deskKey(beyondTerms, c.stamp()))
		}
	}
	t.note("terms changed by " + t.by())
	t.showChange(head, append(keys, deskKey(dropTerms, c.stamp())))
	return Text{}
}

// programme is the programme that the borrower asked for or looks at.
func (t *turn) programme() string {
	if t.c.Request != nil {
		return t.c.Request.Programme
	}
	if o, ok := t.find(t.c.Offer); ok {
		return o.Programme
	}
	return ""
}

// showChange puts the changed terms with their whole schedule into the topic.
func (t *turn) showChange(head []Text, keys []Key) {
	o, ok := t.built(t.c.Case.Change.Proposed)
	if !ok {
		t.c.Case.Change = nil
		t.tell(T("desk.help_change"))
		return
	}
	t.emit(Effect{Do: Tell, Urgency: Agents, Body: append(append(head, listing(o.Schedule)...), totals(o)...), Rows: columns(1, keys...)})
}

// mostMonths is the longest plan that agents can agree to outside the bounds.
const mostMonths = 120

// beyond are the terms as the agent wrote them, without regard to the book's bounds; false if they come to no schedule.
func (t *turn) beyond(terms schedule.Terms, r understand.Proposal) (schedule.Terms, bool) {
	terms.Cut = schedule.Cut{}
	if r.Down > 0 {
		terms.Down = r.Down
	}
	if r.Start != 0 {
		terms.First = r.Start
	}
	payable := terms.Owed.Sum() - terms.Waived.Sum() - terms.Down
	switch {
	case r.Monthly > 0:
		terms.Count = int((payable + r.Monthly - 1) / r.Monthly)
	case r.Months > 0:
		terms.Count = r.Months
	}
	if terms.Count < 1 || terms.Count > mostMonths || payable < money.Fen(terms.Count) {
		return terms, false
	}
	terms.Method = schedule.EqualPayment
	if terms.Count == 1 {
		terms.Method = schedule.Lump
	}
	s, err := terms.Schedule(t.book().Calendar())
	return terms, err == nil && len(s.Instalments) > 0
}

// changed finds the change that a button belongs to.
func (t *turn) changed(stamp string) (*Change, bool) {
	c := t.c.Case.Change
	return c, c != nil && !c.Sent && c.stamp() == stamp
}

// sendsTerms offers the borrower terms inside the bounds.
func (t *turn) sendsTerms(stamp string) Text {
	c, ok := t.changed(stamp)
	if !ok || c.Asked {
		return t.stale()
	}
	t.note("changed terms sent by " + t.by())
	t.offerTerms()
	return Text{}
}

// asksSecond asks a second agent to approve terms outside the bounds.
func (t *turn) asksSecond(stamp string) Text {
	c, ok := t.changed(stamp)
	if !ok || c.Beyond == nil {
		return t.stale()
	}
	c.Terms, c.Beyond, c.Asked, c.By = *c.Beyond, nil, true, t.me()
	t.note("terms outside the bounds proposed by " + t.by())
	t.showChange([]Text{T("desk.second_needed", "Agent", Plain(t.e.Agent), "Name", programme(c.Programme))},
		[]Key{deskKey(secondTerms, stamp), deskKey(dropTerms, stamp)})
	return Text{}
}

// seconds is the second agent's approval: four eyes.
func (t *turn) seconds(stamp string) Text {
	c, ok := t.changed(stamp)
	switch {
	case !ok || !c.Asked:
		return t.stale()
	case c.By.ID == t.e.By:
		return T("toast.desk_own")
	}
	me := t.me()
	c.Second = &me
	t.note("terms outside the bounds, proposed by " + c.By.Name + " (" + strconv.FormatInt(c.By.ID, 10) + "), approved by " + t.by())
	t.tell(T("desk.seconded", "Agent", Plain(t.e.Agent)))
	t.offerTerms()
	return Text{}
}

func (t *turn) dropsTerms(stamp string) Text {
	if _, ok := t.changed(stamp); !ok {
		return t.stale()
	}
	t.c.Case.Change = nil
	t.tell(T("desk.change_dropped", "Agent", Plain(t.e.Agent)))
	return Text{}
}

// offerTerms shows the borrower the changed terms, to be agreed to.
func (t *turn) offerTerms() {
	c := t.c.Case.Change
	o, ok := t.built(c.Proposed)
	if !ok {
		t.c.Case.Change = nil
		return
	}
	c.Sent = true
	t.happened("terms")
	t.decided()
	t.tell(T("desk.change_sent"))
	t.card(false)
	body := append([]Text{T("change.offer", "Name", programme(c.Programme)), makeup(c.Terms)}, listing(o.Schedule)...)
	body = append(append(body, totals(o)...), T("disclosure.broken"), T("disclosure.limitation"), T("disclosure.record"))
	t.say([][]Key{{lasting(label(sign), newTerms, "yes."+c.stamp())}, {lasting(T("button.terms_no"), newTerms, "no."+c.stamp())}, {lasting(label(human), human, "")}}, body...)
}

// answersTerms takes the borrower's answer to changed terms.
func (t *turn) answersTerms(arg string) {
	yes, stamp, _ := strings.Cut(arg, ".")
	if t.c.Case == nil || t.c.Case.Change == nil || !t.c.Case.Change.Sent || t.c.Case.Change.stamp() != stamp || t.c.Plan != nil {
		t.again(T("change.gone"))
		return
	}
	c := t.c.Case.Change
	t.c.Case.Change = nil
	if yes != "yes" {
		t.note("changed terms refused")
		t.happened("refused")
		t.tell(T("desk.change_refused"))
		t.again(T("change.refused"))
		return
	}
	if o, ok := t.built(c.Proposed); !ok || o.Schedule.Instalments[0].Due <= t.today {
		t.tell(T("desk.change_late"))
		t.again(T("change.gone"))
		return
	}
	t.note("changed terms agreed to")
	t.happened("agreed")
	t.tell(T("desk.change_agreed"))
	t.start(c.Proposed)
}

// fields are what a reply from the store can have in its gaps, as far as it is known.
func (t *turn) fields() Args {
	known := args("agent", Plain(t.e.Agent), "operator", t.m.Operator)
	if v, ok := t.c.Facts[policy.Owed]; ok && v.Kind == policy.Money {
		known = append(known, Arg{"owed", money.Fen(v.N)})
	}
	id := t.programme()
	if t.c.Plan != nil {
		id = t.c.Plan.Programme
	}
	if id != "" {
		known = append(known, Arg{"programme", programme(id)})
	}
	if r := t.c.Request; r != nil {
		known = append(known, Arg{"until", r.Until})
	}
	if t.c.Plan != nil {
		if next, ok := t.nextDue(); ok {
			known = append(known, Arg{"due", next.Due}, Arg{"amount", next.Open()})
		}
	}
	return known
}
