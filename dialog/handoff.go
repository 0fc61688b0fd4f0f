package dialog

// callHuman hands the conversation to a person; whatever was asked stays where it is.
func (t *turn) callHuman(tag string) {
	if tag == "" {
		tag = "human"
	}
	if t.c.Consent == 0 {
		t.c.Wants = tag
		if t.c.State == Fresh {
			t.lead = append(t.lead, T("start.welcome", "Operator", t.m.Operator))
		}
		t.lead = append(t.lead, T("human.consent_first"))
		t.to(Consenting)
		return
	}
	if !t.m.Agents || t.c.Case != nil && t.c.Case.Muted {
		t.note("person wanted, none to be reached")
		t.again(T("human.none"))
		return
	}
	already := t.talking()
	t.open(tag)
	c := t.c.Case
	c.Talking = true
	if c.Wait == nil && !already {
		t.wait()
	}
	if !already {
		t.happened("called")
		t.card(true)
		t.note("handed to a person")
		t.alert(T("desk.wants_human", "Why", T("tag."+tag)))
	}
	t.say(t.talkKeys(), t.promise()...)
}

// promise is what the borrower is told who asks for a person.
func (t *turn) promise() []Text { return append([]Text{T("human.coming")}, t.whenAnswered()...) }

// whenAnswered says to a borrower who waits when agents are there, how many wait before, and by when somebody answers.
func (t *turn) whenAnswered() (body []Text) {
	c := t.c.Case
	if c.Wait == nil {
		return nil
	}
	h := t.e.Desk.Hours
	hours := args("From", clock(h.From), "Until", clock(h.Until), "Open", t.opens(t.e.At))
	switch {
	case !t.opens(t.e.At).Equal(t.e.At):
		body = append(body, Text{Key: "human.out_of_hours", Args: hours})
	case h.From == h.Until:
	case h.Daily:
		body = append(body, Text{Key: "human.hours_daily", Args: hours})
	default:
		body = append(body, Text{Key: "human.hours", Args: hours})
	}
	if n := t.e.Desk.Waiting; n > 0 && c.Holder == nil {
		body = append(body, T("human.queue", "Count", n))
	}
	return append(body, T("human.by", "By", timeOf(c.Wait.By)))
}

// talkKeys stand under what is said while a person has the conversation.
func (t *turn) talkKeys() [][]Key {
	rows := [][]Key{{lasting(label(robot), robot, "")}}
	if c := t.c.Case; c != nil && c.Wait != nil && !t.opens(t.e.At).Equal(t.e.At) {
		rows[0] = []Key{lasting(T("button.meanwhile"), robot, "wait")}
	}
	return rows
}

// backToBot ends the talk with a person at the borrower's wish and goes on where it was. "wait" keeps the place in the queue.
func (t *turn) backToBot(arg string) {
	if !t.talking() {
		t.again(T("human.back"))
		return
	}
	c := t.c.Case
	c.Talking = false
	if arg == "wait" && c.Wait != nil {
		t.card(false)
		t.again(T("human.meanwhile", "By", timeOf(c.Wait.By)))
		return
	}
	heard := c.Wait == nil
	t.leaveTalk()
	t.lead = append(t.lead, T("human.back"))
	if heard {
		t.sumUp()
	}
	t.goOn()
}

// leaveTalk ends the talk with a person, and tells the agents so.
func (t *turn) leaveTalk() {
	c := t.c.Case
	c.Talking, c.Open = false, false
	t.answered()
	t.happened("back")
	t.card(false)
	t.tell(T("desk.back_to_bot"))
}

// sumUp says what came of a talk with a person, and asks how it was; not to somebody in a crisis.
func (t *turn) sumUp() {
	if !t.c.Crisis {
		t.say(starKeys(), append(t.agreed(), T("rating.ask"))...)
	}
	t.c.Case.Papers = nil
}

// agentSpoke passes the holder's words or file on to the borrower. What others say stays in the topic as a note.
func (t *turn) agentSpoke() {
	c := t.c.Case
	if t.c.State == Fresh || c == nil {
		return
	}
	c.Lost = false
	if t.aside() {
		t.keepNote()
		return
	}
	if c.Holder == nil || c.Holder.ID != t.e.By {
		t.keepNote()
		t.emit(Effect{Do: Mark, Message: t.e.Message, Urgency: Agents})
		if c.Holder == nil {
			t.emit(Effect{Do: Tell, Urgency: Agents, Body: []Text{T("desk.unclaimed")}, Rows: [][]Key{{deskKey(claim, "")}}})
		}
		return
	}
	t.lease()
	if t.c.Blocked {
		t.tell(T("desk.blocked"))
		return
	}
	words := t.spoken()
	if gap, missing := words.missing(); missing {
		t.tell(T("desk.canned_gap", "Name", gap))
		return
	}
	if c.Wait != nil {
		t.happened("answered")
	}
	t.answered()
	c.Open, c.Closed = false, false
	if !c.Talking {
		c.Talking = true
		t.note("an agent began to talk")
	}
	t.card(false)
	if t.e.Kind == AgentSent {
		t.emit(Effect{Do: Pass, Message: t.e.Message, Paired: t.e.Message, Reply: t.e.ReplyTo})
		t.emit(Effect{Do: Keep, Note: t.e.Agent, Body: []Text{T("transcript.file", "Text", Plain(t.e.Text))}})
		return
	}
	t.emit(Effect{Do: Say, Body: []Text{T("agent.says"), words}, Rows: t.talkKeys(), Paired: t.e.Message, Reply: t.e.ReplyTo})
	t.emit(Effect{Do: Keep, Note: t.e.Agent, Body: []Text{words}})
}

// deskLost tells the borrower once that nobody can be reached for now. What was written is kept, and delivered later.
func (t *turn) deskLost() {
	c := t.c.Case
	if c == nil || c.Lost || !c.Talking && t.c.Request == nil {
		return
	}
	c.Lost = true
	t.note("agents' group cannot be reached")
	t.say(t.talkKeys(), T("human.unreachable"))
}

// aside says whether an agent's words are for the colleagues only.
func (t *turn) aside() bool { return len(t.e.Text) >= 2 && t.e.Text[:2] == "//" }

func (t *turn) keepNote() {
	t.emit(Effect{Do: Keep, Note: t.e.Agent, Body: []Text{T("transcript.note", "Text", Plain(t.e.Text))}})
}

// spoken are the agent's words, or the reply from the store in the borrower's language with its gaps filled.
func (t *turn) spoken() Text {
	if t.e.Canned == nil {
		return Plain(t.e.Text)
	}
	words := t.e.Canned[t.c.Language]
	for _, tag := range t.m.Languages {
		if words == "" {
			words = t.e.Canned[tag]
		}
	}
	return Text{Plain: words, Args: t.fields()}
}

// agentEdited changes what was passed on of the holder's message.
func (t *turn) agentEdited() {
	c := t.c.Case
	if c == nil || c.Holder == nil || c.Holder.ID != t.e.By || t.c.Blocked || t.aside() {
		return
	}
	t.lease()
	t.emit(Effect{Do: Amend, Paired: t.e.Message, Body: []Text{T("agent.says"), Plain(t.e.Text)}, Rows: t.talkKeys()})
	t.emit(Effect{Do: Keep, Note: t.e.Agent, Body: []Text{T("transcript.edited", "Text", Plain(t.e.Text))}})
}

// finished ends the talk with a person at the agent's wish.
func (t *turn) finished(string) Text {
	if !t.talking() {
		return t.stale()
	}
	t.endTalk()
	t.note("talk ended by " + t.by())
	t.card(false)
	return Text{}
}

// endTalk tells the borrower what came of the talk, asks how it was, and goes on where the dialog was left.
func (t *turn) endTalk() {
	c := t.c.Case
	t.answered()
	c.Talking, c.Open, c.Holder = false, false, nil
	t.c.clear(LeaseAlarm)
	t.happened("ended")
	t.lead = append(t.lead, T("human.ended"))
	t.sumUp()
	t.goOn()
}

// agreed sums up what stands after a talk.
func (t *turn) agreed() []Text {
	var body []Text
	switch {
	case t.c.Request != nil:
		body = append(body, T("ended.request", "Name", programme(t.c.Request.Programme), "Until", t.c.Request.Until))
	case t.c.Plan != nil:
		if next, ok := t.nextDue(); ok {
			body = append(body, T("ended.plan", "Name", programme(t.c.Plan.Programme), "Due", next.Due, "Amount", next.Open()))
		}
	}
	for _, p := range t.c.Case.Papers {
		body = append(body, T("ended.paper", "What", T("document."+p)))
	}
	if body == nil {
		body = append(body, T("ended.nothing"))
	}
	return body
}
