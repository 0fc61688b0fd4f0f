package dialog

import "cmp"

// enterCrisis stops the talk of money: a short warm text with the lines to call, an agent is alerted, reminders rest. Nothing is lost.
func (t *turn) enterCrisis() {
	first := !t.c.Crisis
	t.c.Crisis = true
	t.c.clear(RemindAlarm)
	if t.c.Consent != 0 {
		t.open("crisis")
		if first {
			t.note("crisis")
		}
		t.alertAll(T("desk.crisis"))
		t.relay()
	}
	t.say([][]Key{{lasting(label(human), human, "crisis")}, {lasting(label(resume), resume, "")}},
		t.comfort())
}

// comfort is what is said to words of despair.
func (t *turn) comfort() Text {
	l := t.lines()
	return T("crisis.text", "Line", l.Comfort, "Ambulance", l.Ambulance, "Police", l.Police)
}

// lines are the numbers to call in danger where the borrower's language is spoken.
func (t *turn) lines() Lines {
	l, all := t.m.LinesIn[t.c.Language], t.m.Lines
	return Lines{Comfort: cmp.Or(l.Comfort, all.Comfort), Ambulance: cmp.Or(l.Ambulance, all.Ambulance), Police: cmp.Or(l.Police, all.Police)}
}

// toPerson passes words on to the person who has the conversation, and the bot keeps quiet. Words of crisis wake the agents; as long as
// none of them has the case, the borrower gets the lines to call.
func (t *turn) toPerson(text string, pass func()) {
	if !t.says(text).Crisis().Crisis {
		pass()
		return
	}
	if !t.c.Crisis {
		t.c.Crisis = true
		t.c.clear(RemindAlarm)
		t.note("crisis")
	}
	t.open("crisis")
	t.alertAll(T("desk.crisis"))
	pass()
	if t.c.Case.Holder == nil {
		t.say(t.talkKeys(), t.comfort())
	}
}

// goOn asks what is at hand, unless the talk of money rests.
func (t *turn) goOn() {
	if t.c.Crisis {
		t.say([][]Key{{lasting(label(human), human, "crisis")}, {lasting(label(resume), resume, "")}}, T("crisis.here"))
		return
	}
	t.enter()
}

// threatened is for threats by collectors and violence at home: what to do, an agent is told, and the dialog goes on.
func (t *turn) threatened() {
	if t.c.Consent != 0 {
		t.open("threat")
		t.alert(T("desk.threat"))
		t.relay()
	}
	t.again(T("threat.text", "Police", t.lines().Police))
}

// inCrisis answers while the talk of money rests: what is written goes to the agents, and nothing is asked. Only the buttons at hand can
// be typed too, and a person or another language be asked for.
func (t *turn) inCrisis(text string) {
	intent := t.says(text).Intent().Intent
	switch {
	case intent == "human" || t.captions(label(human), text):
		t.callHuman("crisis")
	case t.captions(label(resume), text):
		t.m.any[resume](t, "")
	case intent == "language":
		t.askLanguage()
	default:
		t.relay()
		t.goOn()
	}
}
