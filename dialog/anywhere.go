package dialog

import (
	"encoding/json"
	"slices"

	"respite/policy"
)

// anywhere lists the buttons that work in every state.
func anywhere() map[Verb]func(*turn, string) {
	return map[Verb]func(*turn, string){
		resume:   (*turn).resume,
		over:     (*turn).startOver,
		human:    (*turn).callHuman,
		robot:    (*turn).backToBot,
		help:     (*turn).showHelp,
		language: (*turn).setLanguage,
		facts:    func(t *turn, _ string) { t.correct("", "") },
		terms:    func(t *turn, _ string) { t.drawPlan() },
		paid:     (*turn).reportPaid,
		cannot:   (*turn).reportTrouble,
		way:      (*turn).showWay,
		agreeWay: (*turn).takeWay,
		renew:    func(t *turn, _ string) { t.renewPlan() },
		dispute:  (*turn).disputed,
		remind:   (*turn).setReminders,
		diary:    func(t *turn, _ string) { t.sendDiary() },
		faster:   (*turn).whatIfMore,
		budget:   func(t *turn, _ string) { t.showBudget() },
		mute:     func(t *turn, _ string) { t.setSilent(true) },
		unmute:   func(t *turn, _ string) { t.setSilent(false) },
		why:      (*turn).explain,
		privacy:  func(t *turn, _ string) { t.showPrivacy() },
		forget:   (*turn).forgetAll,
		rate:     (*turn).rated,
		word:     (*turn).askWord,
		newTerms: (*turn).answersTerms,
	}
}

// Commands lists the borrower's commands in the order of the menu.
var Commands = []string{"start", "help", "language", "cancel", "plan", "status", "human", "privacy", "export", "forget"}

// command carries out a slash command; false: there is none of that name and the text is read like any other.
func (t *turn) command(name, _ string) bool {
	if name == "start" {
		t.started()
		return true
	}
	do, ok := map[string]func(){
		"help":     func() { t.showHelp("") },
		"language": t.askLanguage,
		"cancel":   t.cancel,
		"plan":     t.drawPlan,
		"status":   t.status,
		"human":    func() { t.callHuman("human") },
		"privacy":  t.showPrivacy,
		"export":   t.export,
		"forget":   t.askForget,
	}[name]
	if !ok {
		return false
	}
	if t.c.State == Fresh && !slices.Contains([]string{"help", "language", "privacy", "human"}, name) {
		t.begin()
		return true
	}
	do()
	return true
}

// started answers /start: a newcomer is greeted, anyone else goes on where they were or begins anew.
func (t *turn) started() {
	switch {
	case t.c.State == Fresh || t.c.Consent == 0:
		t.begin()
	case t.bound() || t.c.Request != nil:
		t.again(T("start.welcome_back"))
	default:
		t.say([][]Key{{lasting(label(resume), resume, "")}, {lasting(label(over), over, "")}}, T("start.resume"))
	}
}

// resume goes on where the conversation was left, also after /cancel or a crisis.
func (t *turn) resume(string) {
	if t.c.Crisis {
		t.c.Crisis = false
		t.note("resumed after crisis")
		t.remindNext()
		t.card(false)
	}
	switch {
	case t.c.Consent == 0:
		t.begin()
	case t.c.State == Closed:
		t.to(Onward)
	default:
		t.enter()
	}
}

// startOver drops the answers, but no plan, request or case.
func (t *turn) startOver(string) {
	if t.c.Consent == 0 {
		t.begin()
		return
	}
	t.c.Facts, t.c.Answers, t.c.Asked, t.c.Custom = nil, nil, nil, nil
	t.c.Pending, t.c.Held = nil, nil
	t.c.Story, t.c.Offer, t.c.Assessed, t.c.Refused, t.c.Means, t.cache = "", "", 0, false, nil, nil
	t.note("started over")
	t.to(Onward)
}

// cancel stops the questions; what was said is kept until it is taken up again or forgotten, but not what still waits for a yes.
func (t *turn) cancel() {
	if t.talking() {
		t.leaveTalk()
	}
	if t.c.Renewing && t.c.Request == nil {
		t.keepPlan()
		return
	}
	if t.c.Plan != nil || t.c.Request != nil {
		t.again(T("cancel.not_now"))
		return
	}
	if t.c.State == Closed {
		t.enter()
		return
	}
	t.c.Pending, t.c.Held = nil, nil
	t.lead = append(t.lead, T("cancel.done"))
	t.to(Closed)
}

func (t *turn) askResume() {
	t.say([][]Key{{lasting(label(resume), resume, "")}, {lasting(label(human), human, ""), lasting(label(forget), forget, "")}}, T("cancel.resume"))
}

// backward is "back" in words.
func (t *turn) backward() {
	if do := t.edge(back); do != nil {
		do(t, "")
		return
	}
	t.again(T("back.start"))
}

// status says where things stand.
func (t *turn) status() {
	switch {
	case t.c.Request != nil:
		t.showStatus()
	case t.c.Plan != nil:
		t.showPlan()
	case t.talking():
		t.say(t.talkKeys(), append([]Text{T("status.talking")}, t.whenAnswered()...)...)
	case t.c.Case != nil && t.c.Case.Wait != nil:
		t.again(append(t.whenAnswered(), T("status.now", "Now", T("now."+t.asking())))...)
	default:
		t.again(T("status.now", "Now", T("now."+t.asking())))
	}
}

// correct changes an earlier answer, at once if the same message says what is right.
func (t *turn) correct(text, field string) {
	if t.bound() || t.c.Request != nil {
		t.again(T("correct.too_late"))
		return
	}
	id, ok := map[string]policy.FactID{"amount": policy.Owed, "lateness": policy.DaysLate, "hardship": policy.Hardship}[field]
	switch {
	case ok && text != "":
		t.reread(id, text)
	case ok:
		t.put(id)
	case len(t.c.Facts) == 0:
		t.again(T("correct.nothing"))
	default:
		t.to(Correcting)
	}
}

// reread takes a text as the new answer for a fact that was answered before.
func (t *turn) reread(id policy.FactID, text string) {
	r := t.reading(id, text)
	switch {
	case r.anew():
		t.put(id, T("why."+r.why))
	case usable(r.status):
		t.weigh(r, text)
	default:
		t.put(id)
	}
}

func (t *turn) askWhich() {
	body := []Text{T("correct.which")}
	var keys []Key
	for _, id := range t.c.Asked {
		body = append(body, T("correct.line", "Name", T("fact."+string(id)), "Value", shown(id, t.c.Facts[id])))
		keys = append(keys, t.key(T("button.fix", "Name", T("fact."+string(id))), fix, string(id)))
	}
	t.say(append(columns(2, keys...), []Key{t.key(label(keep), keep, "")}, t.foot()), body...)
}

// typedWhich takes "the amount is 4500" while the answers are shown.
func (t *turn) typedWhich(text string) bool {
	i := t.says(text).Intent()
	if i.Intent == "correct" && i.Field != "" {
		t.correct(text, i.Field)
		return true
	}
	m := t.says(text).Message(t.today)
	switch {
	case len(t.c.Asked) == 0:
		return false
	case usable(m.Amount.Status):
		t.reread(policy.Owed, text)
	case usable(m.Lateness.Status):
		t.reread(policy.DaysLate, text)
	case usable(m.Hardship.Status):
		t.reread(policy.Hardship, text)
	default:
		return false
	}
	return true
}

func (t *turn) fix(id string) { t.put(policy.FactID(id)) }

func (t *turn) keepAll(string) { t.to(Onward) }

func (t *turn) askLanguage() {
	var keys []Key
	for _, tag := range t.m.Languages {
		keys = append(keys, lasting(T("language.name."+tag), language, tag))
	}
	t.edit(columns(1, keys...), T("language.ask"))
}

// setLanguage changes the language and goes on where the dialog was.
func (t *turn) setLanguage(tag string) {
	if !slices.Contains(t.m.Languages, tag) {
		t.askLanguage()
		return
	}
	t.c.Language, t.c.Chosen = tag, true
	if t.c.State == Fresh {
		t.begin()
		return
	}
	t.again(T("language.set"))
}

func (t *turn) showPrivacy() {
	t.say([][]Key{{lasting(label(forget), forget, "")}, {lasting(label(resume), resume, "")}}, T("privacy.text", "Operator", t.m.Operator))
}

func (t *turn) askForget() { t.forgetAll("") }

// forgetAll asks first, and then forgets everything that the bot keeps of this chat.
func (t *turn) forgetAll(arg string) {
	if arg != "yes" {
		body := []Text{T("forget.ask")}
		if t.c.Plan != nil || t.c.Request != nil {
			body = append(body, T("forget.plan"))
		}
		t.say([][]Key{{lasting(T("button.forget_yes"), forget, "yes")}, {lasting(label(resume), resume, "")}}, body...)
		return
	}
	if t.c.Case != nil {
		t.tell(T("desk.forgotten"))
		t.emit(Effect{Do: Erase, Urgency: Agents})
	}
	t.say(nil, T("forget.done"))
	t.note("forgotten")
	t.emit(Effect{Do: Forget})
	*t.c = Conversation{Shape: Shape, Language: t.c.Language}
}

// export gives the borrower all that is kept, as a file.
func (t *turn) export() {
	data, err := json.MarshalIndent(t.copyOut(), "", "  ")
	if err != nil {
		t.again(T("error.stumbled"))
		return
	}
	t.emit(Effect{Do: Send, File: &File{Name: "respite.json", Bytes: data}, Body: []Text{T("export.done")}})
	t.note("exported")
}
