package dialog

import (
	"respite/dialog/understand"
	"respite/policy"
)

// first takes what somebody begins with: a wish for a person is heard at once.
func (t *turn) first(text string) {
	switch i := t.says(text).Intent(); i.Intent {
	case "human", "complaint":
		t.callHuman(i.Intent)
	default:
		t.begin()
	}
}

// begin greets a newcomer and asks whether answers may be kept. What was typed before that is not kept.
func (t *turn) begin() {
	t.lead = append(t.lead, T("start.welcome", "Operator", t.m.Operator))
	t.to(Consenting)
}

func (t *turn) askConsent() {
	rows := [][]Key{{t.key(label(agree), agree, "")}, {lasting(label(privacy), privacy, ""), t.key(T("button.decline"), no, "")}, {lasting(label(language), language, ""), lasting(label(human), human, "")}}
	t.say(rows, T("start.consent"))
}

func (t *turn) typedConsent(text string) bool {
	switch t.says(text).YesNo() {
	case understand.Yes:
		t.consent("")
	case understand.No:
		t.decline("")
	default:
		// Somebody who begins to answer is told why the answer cannot be taken yet.
		t.again(T("start.consent_first"))
	}
	return true
}

func (t *turn) consent(string) {
	t.c.Consent = t.e.At.Unix()
	t.note("consent given")
	t.lead = append(t.lead, T("start.thanks"))
	if tag := t.c.Wants; tag != "" {
		t.c.Wants, t.c.State = "", t.onward()
		t.c.Turn++
		t.callHuman(tag)
		return
	}
	t.to(Onward)
}

// decline leaves without keeping anything but that.
func (t *turn) decline(string) {
	t.c.Consent, t.c.Wants = 0, ""
	t.lead = append(t.lead, T("start.declined"))
	t.to(Closed)
}

func (t *turn) askDetails() {
	words := "start.consent_sensitive"
	if t.c.Pending != nil && t.c.Pending.Fact == policy.Hardship {
		words = "start.consent_told"
	}
	t.say([][]Key{{t.key(label(agree), agree, ""), t.key(T("button.decline"), no, "")}, {lasting(label(privacy), privacy, ""), lasting(label(human), human, "")}}, T(words))
}

func (t *turn) typedDetails(text string) bool {
	switch t.says(text).YesNo() {
	case understand.Yes:
		t.allowDetails("")
	case understand.No:
		t.refuseDetails("")
	default:
		return t.keepsMeans(text)
	}
	return true
}

// allowDetails takes the waiting answer in.
func (t *turn) allowDetails(string) {
	t.c.Details, t.c.Refused = t.e.At.Unix(), false
	t.note("consent to health and finance details given")
	if p := t.c.Pending; p != nil {
		t.c.Pending = nil
		t.accept(*p)
		return
	}
	t.to(Onward)
}

// refuseDetails drops the waiting answer; the question counts as skipped and is not put again.
func (t *turn) refuseDetails(string) {
	t.c.Details, t.c.Refused = 0, true
	t.note("consent to health and finance details refused")
	t.lead = append(t.lead, T("start.details_refused"))
	if p := t.c.Pending; p != nil {
		t.c.Pending = nil
		if p.Fact == policy.Hardship {
			t.c.Story = ""
		}
		t.store(p.Fact, Value{Kind: policy.Skipped}, 0)
	}
	t.to(Onward)
}
