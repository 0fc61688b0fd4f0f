package dialog

// Verbs of the agents' buttons. Their data is "verb.argument": they stand in the case's topic, so the case is known. The same
// words are the agents' commands.
const (
	approve     Verb = "approve"
	declineMenu Verb = "decline"
	declineFor  Verb = "declined" // declined.<reason>
	moreMenu    Verb = "more"
	moreOf      Verb = "needs" // needs.<document>
	finish      Verb = "finish"
	calm        Verb = "calm"
	confirmPaid Verb = "got"   // got.<payment>
	denyPaid    Verb = "lost"  // lost.<payment>
	came        Verb = "came"  // came.<payments so far>
	unhold      Verb = "letgo" // ends a hold of the plan
	giveUp      Verb = "waive" // waive.<instalment>
	cardBack    Verb = "card"
	caseCard    Verb = "case"
	closeCase   Verb = "close"
	reopenCase  Verb = "reopen"
	muteCase    Verb = "mute"
)

// deed is something that an agent does with a case. What do answers is said to the agent; the empty Text needs no words.
type deed struct {
	do      func(*turn, string) Text
	decides bool // only for agents who may decide
}

// deeds are what agents can do with a case, by button and by command.
func deeds() map[Verb]deed {
	return map[Verb]deed{
		claim:        {do: (*turn).claimed},
		release:      {do: (*turn).released},
		transferMenu: {do: (*turn).transfers},
		transferTo:   {do: (*turn).transfers},
		watch:        {do: (*turn).watched},
		approve:      {do: (*turn).approved, decides: true},
		declineMenu:  {do: (*turn).declines, decides: true},
		declineFor:   {do: (*turn).refused, decides: true},
		moreMenu:     {do: (*turn).asksPapers},
		moreOf:       {do: (*turn).wantsDocument},
		alter:        {do: (*turn).changes, decides: true},
		sendTerms:    {do: (*turn).sendsTerms, decides: true},
		beyondTerms:  {do: (*turn).asksSecond, decides: true},
		secondTerms:  {do: (*turn).seconds, decides: true},
		dropTerms:    {do: (*turn).dropsTerms, decides: true},
		finish:       {do: (*turn).finished},
		calm:         {do: (*turn).calmed},
		confirmPaid:  {do: fits((*turn).gotPayment)},
		denyPaid:     {do: fits((*turn).lostPayment)},
		came:         {do: fits((*turn).cameIn)},
		paid:         {do: (*turn).entered}, // paid <amount>, as a command
		unhold:       {do: fits((*turn).letGo)},
		giveUp:       {do: fits((*turn).gaveUp), decides: true},
		cardBack:     {do: (*turn).showsCard},
		caseCard:     {do: (*turn).showsCardAnew},
		closeCase:    {do: (*turn).closed},
		reopenCase:   {do: (*turn).reopened},
		muteCase:     {do: (*turn).muted},
	}
}

// fits answers a deed that did not fit with how the case stands.
func fits(do func(*turn, string) bool) func(*turn, string) Text {
	return func(t *turn, arg string) Text {
		if !do(t, arg) {
			return t.stale()
		}
		return Text{}
	}
}

// agentPressed carries out an agent's press. One that no longer fits is answered with how the case stands.
func (t *turn) agentPressed() {
	verb, arg := deskVerb(t.e.Press)
	toast := len(t.out)
	t.emit(Effect{Do: Toast, Query: t.e.Query, Urgency: Agents})
	if said := t.deed(verb, arg); said.Key != "" {
		t.out[toast].Body = []Text{said}
	}
}

// agentAsked carries out an agent's command; one that does not fit is answered in the topic.
func (t *turn) agentAsked() {
	if said := t.deed(Verb(t.e.Press), t.e.Text); said.Key != "" {
		t.tell(said)
	}
}

func (t *turn) deed(verb Verb, arg string) Text {
	d, ok := t.m.deeds[verb]
	switch {
	case t.c.Case == nil || !ok:
		return t.stale()
	case d.decides && !t.e.Decides:
		return T("toast.desk_may_not")
	case d.decides && verb != secondTerms:
		if no, held := t.held(); held {
			return no
		}
	}
	t.c.Case.Lost = false
	if h := t.c.Case.Holder; h != nil && h.ID == t.e.By {
		t.lease()
	}
	return d.do(t, arg)
}

// did says what an agent did: in the audit trail, in what happened in the case, and in its topic.
func (t *turn) did(note, what string) Text {
	t.note(note + " by " + t.by())
	t.happened(what)
	t.tell(T("desk."+what, "Agent", Plain(t.e.Agent)))
	t.card(false)
	return Text{}
}

// stale answers what does not fit any more with how the case stands.
func (t *turn) stale() Text { return T("toast.desk_stale", "Now", t.title()) }

func deskVerb(data string) (Verb, string) {
	_, v, arg := parse("." + data)
	return v, arg
}

func deskKey(v Verb, arg string) Key {
	return Key{Label: T("button.desk_" + string(v)), Data: string(v) + "." + arg}
}

func (t *turn) showsCard(string) Text {
	t.card(false)
	return Text{}
}

// showsCardAnew puts the card at the end of the topic.
func (t *turn) showsCardAnew(string) Text {
	t.card(false)
	t.out[len(t.out)-1].Anew = true
	return Text{}
}

// closed ends the case; a borrower who calls again opens it again.
func (t *turn) closed(string) Text {
	c := t.c.Case
	if no, held := t.held(); held {
		return no
	}
	if c.Closed {
		return t.stale()
	}
	if c.Talking {
		t.endTalk()
	}
	t.answered()
	c.Closed, c.Open, c.Holder, c.Change = true, false, nil, nil
	t.c.clear(LeaseAlarm)
	return t.did("case closed", "closed")
}

func (t *turn) reopened(string) Text {
	c := t.c.Case
	if !c.Closed && !c.Muted {
		return t.stale()
	}
	c.Closed, c.Muted = false, false
	return t.did("case opened again", "reopened")
}

// muted keeps a borrower's words from the agents, or lets them through again.
func (t *turn) muted(string) Text {
	c := t.c.Case
	if c.Muted {
		return t.reopened("")
	}
	t.answered()
	c.Muted, c.Talking, c.Open, c.Holder = true, false, false, nil
	t.c.clear(LeaseAlarm)
	t.note("case muted by " + t.by())
	t.tell(T("desk.muted", "Agent", Plain(t.e.Agent)))
	t.card(false)
	return Text{}
}
