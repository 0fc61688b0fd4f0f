package dialog

import (
	"maps"
	"slices"
	"strings"

	"respite/dialog/understand"
	"respite/policy"
)

// longest is how much of a message is read, in bytes; Telegram's own limit is 4096 characters.
const longest = 16 << 10

// typed takes a message of the borrower.
func (t *turn) typed(text string) {
	text = strings.TrimSpace(text)
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "")
	}
	if name, arg, ok := command(text); ok && t.command(name, arg) {
		return
	}
	switch {
	case t.talking():
		t.toPerson(text, t.relay)
	case t.danger(text):
	case t.takesWord(text):
	case t.c.State == Fresh:
		t.first(text)
	case t.c.Crisis:
		t.inCrisis(text)
	case t.labelled(text):
	case t.wish(text):
	default:
		t.heard(text)
	}
}

// heard gives the text to the question at hand.
func (t *turn) heard(text string) {
	r, ok := t.row()
	if ok && r.typed != nil && r.typed(t, text) {
		t.c.Misses = 0
		return
	}
	t.missed()
}

// keepsMeans keeps for later what the borrower can pay, said while something else is being asked.
func (t *turn) keepsMeans(text string) bool {
	r := t.says(text).Proposal(t.today)
	// It is read back, and nothing is asked that it could answer; a mere number is a wrong answer rather.
	rough := r.Status == understand.Confirm && t.c.State == AskMore && !t.says(text).Figure()
	if r.Status != understand.Value && !rough || r.Monthly == 0 {
		return false
	}
	t.c.Means = new(means(r))
	t.again(T("means.kept", "Amount", r.Monthly))
	return true
}

// missed says once that something was not understood and asks again; the second time it points at the buttons, the third
// time it offers a person.
func (t *turn) missed() {
	t.c.Misses++
	t.emit(Effect{Do: Miss, Note: t.asking()})
	switch t.c.Misses {
	case 1:
		t.again(T("miss.first"), T("example."+t.example()))
	case 2:
		t.again(T("miss.second"))
	default:
		t.c.Misses = 0
		t.say(columns(1, lasting(label(human), human, "misses"), lasting(label(resume), resume, "")), T("miss.third"))
	}
}

// example names the example for the question at hand.
func (t *turn) example() string {
	if stateOf(t.c.Asking) == t.c.State && t.c.State != AskMore {
		return string(t.c.Asking)
	}
	if t.c.State == AskMore {
		d, _ := t.book().Fact(t.c.Asking)
		return string(d.Kind)
	}
	return string(t.c.State)
}

// labelled takes typed words that are the caption of a button under the question at hand as a press of it.
func (t *turn) labelled(text string) bool {
	if t.c.State == Fresh || !captionlike(text) {
		return false
	}
	for _, k := range t.keys() {
		if !t.captions(k.Label, text) {
			continue
		}
		_, verb, arg := parse(k.Data)
		if do := t.edge(verb); do != nil {
			t.c.Misses = 0
			do(t, arg)
			return true
		}
		if do, ok := t.m.any[verb]; ok {
			do(t, arg)
			return true
		}
	}
	return false
}

// mostCaption is more bytes than any button's caption has.
const mostCaption = 160

// captionlike says whether a text could be a caption at all: none is that long, and none is a figure alone. Most answers are known by it
// without asking the question aside.
func captionlike(text string) bool {
	return len(text) <= mostCaption && strings.ContainsFunc(text, func(r rune) bool { return r != '.' && r != ',' && r != ' ' && (r < '0' || r > '9') })
}

// answers says whether the text is plainly an answer to the question at hand. What happened is told in any words: nothing is plain there.
func (t *turn) answers(text string) bool {
	r, ok := t.row()
	switch {
	case !ok || r.typed == nil || t.c.State == AskWhy || t.c.Crisis:
		return false
	case stateOf(t.c.Asking) == t.c.State:
		return t.reading(t.c.Asking, text).status == understand.Value
	}
	return r.typed(t.trial(), text)
}

// tellsWhy says whether a text, where it was asked what happened, plainly tells that, though its words lean to a wish, or sound like one that
// a story often sounds like: 忘还了; 这个年纪谁还要我.
func (t *turn) tellsWhy(i understand.Intent, text string) bool {
	if t.c.State != AskWhy || t.says(text).Hardship().Status != understand.Value {
		return false
	}
	return i.Hunch || i.Intent == "paid" || i.Intent == "question" && !strings.ContainsAny(text, "?？吗嗎")
}

// trial is a turn in which a question can be asked to see what would come of it.
func (t *turn) trial() *turn {
	c := t.c.clone()
	return &turn{m: t.m, c: &c, e: Event{Kind: Typed, At: t.e.At}, today: t.today, said: t.said, words: t.words}
}

// keys lists the buttons under the question at hand, by asking it aside.
func (t *turn) keys() []Key {
	aside := t.trial()
	aside.enter()
	var keys []Key
	for _, e := range aside.out {
		for _, r := range e.Rows {
			keys = append(keys, r...)
		}
	}
	return keys
}

// wish acts on what the borrower wants of the bot, whatever is being asked; false: nothing of the kind.
func (t *turn) wish(text string) bool {
	i := t.says(text).Intent()
	if (i.Intent == "paid" || i.Intent == "question") && stateOf(t.c.Asking) == t.c.State && t.says(text).Unsure() {
		return false // the answer to the question at hand is that it is not known
	}
	if i.Hunch && t.answers(text) || t.tellsWhy(i, text) || t.c.State == AskMore && t.paidOff(t.c.Asking, text) {
		return false
	}
	switch i.Intent {
	case "human":
		t.takeAlong(text)
		t.callHuman("human")
	case "complaint":
		t.callHuman("complaint")
	case "back":
		t.backward()
	case "cancel":
		t.cancel()
	case "correct":
		if i.Field == "" && t.c.State == Confirming { // "that is wrong"
			t.unsure("")
			return true
		}
		t.correct(text, i.Field)
	case "stop_reminders":
		t.hush(text)
	case "language":
		if t.c.State != AskWhy { // what happened is followed by the result, which is told in the new language
			t.takeAlong(text)
		}
		t.askLanguage()
	case "paid":
		t.saysPaid()
	case "cannot_pay":
		return t.saysCannotPay()
	case "question":
		if !t.choosesOne(text) && !t.whatIf(text) && !t.asksWhether(text) {
			t.question(text)
		}
	case "greeting":
		t.again(T("greeting"))
	default:
		return false
	}
	return true
}

// hush turns reminders off, and takes the answer to the question at hand that the same message may hold: 三千，别催了.
func (t *turn) hush(text string) {
	answered := stateOf(t.c.Asking) == t.c.State && t.trial().answer(text)
	switch {
	case t.c.State == AskWhy:
		answered = t.says(text).Hardship().Status == understand.Value
	case t.c.State == Confirming && t.c.Pending != nil: // a better figure
		answered = t.reading(t.c.Pending.Fact, text).status == understand.Value
	}
	t.setSilent(true)
	if answered {
		t.heard(text)
	}
}

// takeAlong keeps the certain answer to the question at hand that a message holds besides a wish: 三千，转人工. What comes next is not asked
// yet. A mere no, or nothing, is rather said to the bot than to its question, so that of further questions only sums are taken.
func (t *turn) takeAlong(text string) {
	if stateOf(t.c.Asking) != t.c.State {
		return
	}
	r := t.reading(t.c.Asking, text)
	told := r.why != "nothing" && (t.c.State != AskMore || r.value.Kind == policy.Money && r.value.N > 0)
	if r.status != understand.Value || !told || t.private(r.fact, r.value) {
		return
	}
	if r.fact == policy.Hardship {
		t.c.Story = clip(text)
	}
	t.store(r.fact, r.value, t.e.Message)
	t.others(r.fact, text)
	t.c.Misses = 0
	t.c.State = t.onward()
	t.c.Turn++
	t.choose()
}

// edited corrects the fact that the edited message had answered, unless it speaks of danger now.
func (t *turn) edited(text string) {
	switch {
	case t.talking():
		t.toPerson(text, func() { t.relayEdit(text) })
		return
	case t.danger(text):
		return
	}
	if id := t.changedBy(text); id != "" {
		t.reread(id, text)
		return
	}
	if t.c.State != Fresh {
		t.again(T("edited.no_use"))
	}
}

// changedBy is the fact that the edited message had answered; of several, one that it answers otherwise now. Empty: it had answered none.
func (t *turn) changedBy(text string) policy.FactID {
	var answered []policy.FactID
	for _, id := range slices.Sorted(maps.Keys(t.c.Answers)) { // a step that is made again must come out the same
		if t.c.Answers[id] == t.e.Message {
			answered = append(answered, id)
		}
	}
	for _, id := range answered {
		if r := t.reading(id, text); usable(r.status) && !r.value.same(t.c.Facts[id]) {
			return id
		}
	}
	if len(answered) == 0 {
		return ""
	}
	return answered[0]
}

// danger looks for words of crisis and of threats before anything else.
func (t *turn) danger(text string) bool {
	switch d := t.says(text).Crisis(); {
	case d.Crisis && (!d.Hunch || !t.answers(text)):
		t.enterCrisis()
		return true
	case d.Threat && t.c.State != Fresh && !t.tagged("threat"):
		t.threatened()
		return true
	}
	return false
}

// command splits "/plan@respite_bot now" into "plan" and "now".
func command(text string) (name, arg string, ok bool) {
	rest, ok := strings.CutPrefix(text, "/")
	if !ok {
		return "", "", false
	}
	name, arg, _ = strings.Cut(rest, " ")
	name, _, _ = strings.Cut(name, "@")
	return strings.ToLower(name), strings.TrimSpace(arg), true
}

// status of a reading that can be used, at least after a question.
func usable(s understand.Status) bool { return s == understand.Value || s == understand.Confirm }
