package dialog

import (
	"strings"

	"respite/dialog/understand"
	"respite/policy"
)

// explained are doubts of a reading that are said before it is confirmed. Others need no words: the figure itself is the question.
var explained = map[string]bool{"ambiguous_date": true, "instalments": true, "absurd": true, "several": true, "sum": true, "future": true, "no_such_day": true, "range": true, "event": true}

// confirm asks whether a reading is right.
func (t *turn) confirm(p Pending, why string) {
	t.c.Pending = &p
	if explained[why] && p.Fact != policy.Hardship {
		t.lead = append(t.lead, T("why."+why))
	}
	t.to(Confirming)
}

// askSure asks for a yes to the reading that waits.
func (t *turn) askSure() {
	p := t.c.Pending
	if p == nil {
		return
	}
	rows := [][]Key{{t.key(T("button.right"), yes, ""), t.key(label(change), change, "")}}
	t.say(append(rows, t.foot()), T("sure."+kindOf(p.Fact), "Value", shown(p.Fact, p.Value)))
}

// kindOf names the wording with which a fact is confirmed.
func kindOf(id policy.FactID) string {
	if first(id) {
		return string(id)
	}
	return "other"
}

// typedSure takes a yes, a no, or a better answer.
func (t *turn) typedSure(text string) bool {
	said := t.says(text).YesNo()
	if said == understand.Yes {
		t.sure("")
		return true
	}
	r := t.reading(t.c.Pending.Fact, text)
	better := usable(r.status) && (said != understand.No || strings.ContainsAny(strings.TrimSpace(text), " ,，。"))
	switch {
	case better:
		t.weigh(r, text)
	case said == understand.No, r.why == "denied": // "not 26,000"
		t.unsure("")
	default:
		return t.keepsMeans(text) || t.inPassing(text)
	}
	return true
}

// inPassing takes what answers another question than the one that waits for a yes, and asks for the yes again.
func (t *turn) inPassing(text string) bool {
	p := t.c.Pending
	if !t.others(p.Fact, text) {
		late := t.reading(policy.DaysLate, text) // "three weeks" alone says what it answers only where a date is asked for
		if p.Fact != policy.Owed || late.status != understand.Value || t.c.Facts.has(policy.DaysLate) {
			return false
		}
		t.store(policy.DaysLate, late.value, t.e.Message)
	}
	t.c.Pending = p
	t.again()
	return true
}

// waiting takes the reading that waits for a yes. Where there is none, the talk goes on.
func (t *turn) waiting() (Pending, bool) {
	p := t.c.Pending
	t.c.Pending = nil
	if p == nil {
		t.to(Onward)
		return Pending{}, false
	}
	return *p, true
}

// sure accepts the reading that waits.
func (t *turn) sure(string) {
	if p, ok := t.waiting(); ok {
		t.accept(p)
	}
}

// unsure asks the same question again.
func (t *turn) unsure(string) {
	if p, ok := t.waiting(); ok {
		t.put(p.Fact, T("sure.again"))
	}
}
