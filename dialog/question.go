package dialog

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"respite/dialog/understand"
	"respite/policy"
	"respite/policy/money"
)

// ask puts the question at hand, with what was answered before if it is being corrected.
func (t *turn) ask() {
	switch t.c.State {
	case AskOwed:
		t.c.Asking = policy.Owed
	case AskLate:
		t.c.Asking = policy.DaysLate
	case AskWhy:
		t.c.Asking = policy.Hardship
	}
	id := t.c.Asking
	d, _ := t.book().Fact(id)
	body := []Text{T("ask." + string(id))}
	if old, ok := t.c.Facts[id]; ok && old.Kind != policy.Skipped {
		body = append(body, T("ask.so_far", "Value", shown(id, old)))
	}
	if form, ok := t.book().Fact(d.Group); ok {
		body[0] = T("ask.form", "N", slices.Index(form.Members, id)+1, "Count", len(form.Members), "Question", body[0])
	}
	rows := t.choices(d)
	if t.c.State == AskMore {
		rows = append(rows, []Key{t.key(label(skip), skip, "")})
	}
	t.say(append(rows, t.foot()), body...)
}

// presets are the figures that stand as buttons under the two first questions: yuan and days.
var presets = map[policy.FactID][]int64{
	policy.Owed:     {1000, 3000, 5000, 10000, 20000, 50000},
	policy.DaysLate: {3, 7, 14, 30, 60, 90},
}

// choices are the answers that can be pressed.
func (t *turn) choices(d policy.Declaration) [][]Key {
	var keys []Key
	switch d.Kind {
	case policy.YesNo:
		keys = []Key{t.key(label(yes), pick, "1"), t.key(label(no), pick, "0")}
	case policy.Choice, policy.Set:
		for _, name := range d.Choices {
			keys = append(keys, t.key(T("choice."+string(d.ID)+"."+name), pick, name))
		}
		if d.Kind == policy.Set {
			keys = append(keys, t.key(T("choice."+string(d.ID)+".none"), pick, ""))
		}
	default:
		for _, n := range presets[d.ID] {
			if d.Kind == policy.Money {
				keys = append(keys, t.key(T("choice.money", "Amount", money.Yuan(n)), pick, strconv.FormatInt(int64(money.Yuan(n)), 10)))
			} else {
				keys = append(keys, t.key(T("choice.days", "Count", int(n)), pick, strconv.FormatInt(n, 10)))
			}
		}
		return columns(3, keys...)
	}
	return columns(2, keys...)
}

// picked takes a pressed answer.
func (t *turn) picked(arg string) {
	d, ok := t.book().Fact(t.c.Asking)
	if !ok {
		t.to(Onward)
		return
	}
	v := Value{Kind: d.Kind}
	if d.Kind == policy.Choice || d.Kind == policy.Set {
		if arg != "" {
			v.Names = []string{arg}
		}
	} else {
		v.N, _ = strconv.ParseInt(arg, 10, 64)
	}
	t.accept(Pending{Fact: d.ID, Value: v})
}

// skipped passes over the question at hand for good; a question of a form passes over the whole form.
func (t *turn) skipped(string) {
	id := t.c.Asking
	if d, ok := t.book().Fact(id); ok && d.Group != "" {
		id = d.Group
	}
	t.store(id, Value{Kind: policy.Skipped}, 0)
	t.to(Onward)
}

// answer reads a typed answer to the question at hand, and whatever else the same message answers.
func (t *turn) answer(text string) bool {
	id := t.c.Asking
	v, status, why := t.reading(id, text)
	if (status == understand.Unknown || id == policy.DaysLate && status != understand.Value) && t.keepsMeans(text) { // 600 a month is not 31 days
		return true
	}
	others := t.others(id, text)
	if anew(id, status, why) {
		t.again(T("why." + why))
		return true
	}
	if !usable(status) && !others {
		return t.unknown(text)
	}
	switch status {
	case understand.Value:
		t.accept(t.given(id, v, text))
	case understand.Confirm:
		t.confirm(t.given(id, v, text), why)
	default:
		t.to(Onward)
	}
	return true
}

// unknown takes the answer that the answer is not known. What would only decide more is passed over; of the rest a rough figure does.
func (t *turn) unknown(text string) bool {
	if !t.says(text).Unsure() {
		return false
	}
	d, _ := t.book().Fact(t.c.Asking)
	switch {
	case t.c.State != AskMore:
		t.again(T("unsure." + string(t.c.Asking)))
	case d.Group != "":
		t.again(T("unsure.rough"))
	default:
		t.lead = append(t.lead, T("unsure.skipped"))
		t.skipped("")
	}
	return true
}

// reading reads a text as a value of a fact.
func (t *turn) reading(id policy.FactID, text string) (Value, understand.Status, string) {
	d, _ := t.book().Fact(id)
	v := Value{Kind: d.Kind}
	switch {
	case id == policy.Hardship:
		r := t.says(text).Hardship()
		v.Names = r.Hardships
		return v, r.Status, r.Why
	case id == policy.DaysLate:
		r := t.says(text).Lateness(t.today)
		v.N = int64(r.Days)
		return v, r.Status, r.Why
	case d.Kind == policy.Money:
		r := t.says(text).AmountOf(part(id))
		v.N = int64(r.Fen)
		if d.Group != "" && r.Why == "approximate" {
			r.Status = understand.Value // the form asks for no more
		}
		if id != policy.Owed && (r.Why == "zero" || r.Status == understand.Unknown && t.none(text)) {
			v.N, r.Status = 0, understand.Value // "no other debts" is an answer
		}
		return within(v, d, r.Status, r.Why)
	case d.Kind == policy.Count:
		n, ok := t.says(text).Count()
		switch {
		case t.says(text).Nothing(): // "just me alone" holds a number
		case ok:
			v.N = int64(n)
		case !t.none(text):
			return v, understand.Unknown, ""
		}
		return within(v, d, understand.Value, "")
	case d.Kind == policy.Choice:
		name, ok := t.chosen(d, text)
		if !ok {
			return v, understand.Unknown, ""
		}
		v.Names = []string{name}
		return v, understand.Value, ""
	case d.Kind == policy.YesNo:
		a := t.says(text).YesNo()
		if a == understand.Yes {
			v.N = 1
		}
		if a == understand.Unsure {
			return v, understand.Unknown, ""
		}
		return v, understand.Value, ""
	}
	return v, understand.Unknown, ""
}

// none says whether an answer to "how much?" is that there is nothing.
func (t *turn) none(text string) bool {
	return !t.says(text).Unsure() && (t.says(text).YesNo() == understand.No || t.says(text).Nothing())
}

// chosen finds the one choice that the typed words name: by its caption, or by other words for it.
func (t *turn) chosen(d policy.Declaration, text string) (string, bool) {
	if name, ok := t.captioned(d, text); ok {
		return name, true
	}
	if t.says(text).Unsure() { // "no idea" is not "no"
		return "", false
	}
	name := t.says(text).Choice(string(d.ID))
	return name, slices.Contains(d.Choices, name)
}

// choosesOne takes what sounds like a question, but names one of the choices at hand.
func (t *turn) choosesOne(text string) bool {
	d, ok := t.book().Fact(t.c.Asking)
	if !ok || t.c.State != AskMore || d.Kind != policy.Choice || strings.ContainsAny(text, "?？吗嗎") {
		return false
	}
	name, ok := t.chosen(d, text)
	if ok {
		t.c.Misses = 0
		t.accept(t.given(d.ID, Value{Kind: d.Kind, Names: []string{name}}, text))
	}
	return ok
}

// captioned finds the one choice whose caption holds the typed words, or the other way round; false if there is none or several.
func (t *turn) captioned(d policy.Declaration, text string) (string, bool) {
	words := bare(text)
	if utf8.RuneCountInString(words) < 2 {
		return "", false
	}
	found := ""
	for _, name := range d.Choices {
		for _, l := range t.m.Labels(T("choice." + string(d.ID) + "." + name)) {
			if l := bare(l); strings.Contains(l, words) || strings.Contains(words, l) {
				if found != "" && found != name {
					return "", false
				}
				found = name
			}
		}
	}
	return found, found != ""
}

// part is which of the borrower's figures answers a question for money.
func part(id policy.FactID) understand.Part {
	switch id {
	case policy.Owed:
		return understand.PartOwed
	case policy.CreditLimit:
		return understand.PartLimit
	case policy.Principal:
		return understand.PartPrincipal
	case policy.Interest:
		return understand.PartInterest
	case policy.Fees:
		return understand.PartFees
	case "income":
		return understand.PartIncome
	}
	return understand.PartExpense
}

// within makes a figure outside the declared range something to be confirmed.
func within(v Value, d policy.Declaration, s understand.Status, why string) (Value, understand.Status, string) {
	if s == understand.Value && d.Max > d.Min && (v.N < d.Min || v.N > d.Max) {
		return v, understand.Unknown, "range"
	}
	return v, s, why
}

// others stores what the message says of the other two of the first three facts; it says whether there was anything. What touches on
// health is held until keeping it is agreed to.
func (t *turn) others(asked policy.FactID, text string) bool {
	m := t.says(text).Message(t.today)
	found := false
	put := func(id policy.FactID, s understand.Status, v Value) {
		if id != asked && s == understand.Value && !t.c.Facts.has(id) {
			t.store(id, v, t.e.Message)
			found = true
		}
	}
	put(policy.Owed, m.Amount.Status, Value{Kind: policy.Money, N: int64(m.Amount.Fen)})
	put(policy.DaysLate, m.Lateness.Status, Value{Kind: policy.Count, N: int64(m.Lateness.Days)})
	why := Value{Kind: policy.Set, Names: m.Hardship.Hardships}
	switch {
	case len(m.Hardship.Hardships) == 0:
	case t.private(policy.Hardship, why):
		if asked != policy.Hardship && m.Hardship.Status == understand.Value && !t.c.Refused && !t.c.Facts.has(policy.Hardship) {
			held := t.given(policy.Hardship, why, text)
			t.c.Held, found = &held, true
		}
	default:
		put(policy.Hardship, m.Hardship.Status, why)
		if found && t.c.Story == "" {
			t.c.Story = clip(text)
		}
	}
	return found
}

// healthy says whether hardships touch on health, which needs its own consent.
func healthy(names []string) bool {
	return slices.Contains(names, "own_illness") || slices.Contains(names, "family_medical")
}

// private says whether keeping the value needs the consent to health and finance details.
func (t *turn) private(id policy.FactID, v Value) bool {
	if v.Kind == policy.Skipped || t.c.Details != 0 {
		return false
	}
	if id == policy.Hardship {
		return healthy(v.Names)
	}
	return t.sensitive(id)
}

// given is an answer that was read from the present message.
func (t *turn) given(id policy.FactID, v Value, text string) Pending {
	p := Pending{Fact: id, Value: v, Message: t.e.Message}
	if id == policy.Hardship {
		p.Story = clip(text)
	}
	return p
}

// accept takes an answer that is certain, asking first for the consent it may need.
func (t *turn) accept(p Pending) {
	if t.private(p.Fact, p.Value) {
		t.c.Pending = &p
		t.to(Details)
		return
	}
	if p.Story != "" {
		t.c.Story = p.Story
	}
	t.store(p.Fact, p.Value, p.Message)
	t.to(Onward)
}

// wantsHeld takes up an answer about health that was given in passing: the next question is whether it may be kept.
func (t *turn) wantsHeld() bool {
	if t.c.Held == nil {
		return false
	}
	t.c.Pending, t.c.Held = t.c.Held, nil
	return true
}

// store writes a fact down and drops what depended on the old one.
func (t *turn) store(id policy.FactID, v Value, message int) {
	if t.c.Facts == nil {
		t.c.Facts = Facts{}
	}
	if d, ok := t.book().Fact(id); ok && v.Kind != policy.Skipped {
		v.Kind = d.Kind
	}
	t.c.Facts[id] = v
	t.c.Asked = append(slices.DeleteFunc(t.c.Asked, func(f policy.FactID) bool { return f == id }), id)
	if message != 0 {
		if t.c.Answers == nil {
			t.c.Answers = map[policy.FactID]int{}
		}
		t.c.Answers[id] = message
	}
	if v.Kind != policy.Skipped && message != 0 {
		t.noted = append(t.noted, id)
	}
	t.c.Pending, t.c.Custom, t.c.Offer = nil, nil, ""
	if id == policy.Hardship {
		t.c.Held = nil
	}
	if first(id) {
		t.c.Assessed = 0
	}
	t.cache = nil
}

// first says whether the fact is one of the three that are always asked.
func first(id policy.FactID) bool {
	return id == policy.Owed || id == policy.DaysLate || id == policy.Hardship
}

// asksAnew are doubts that no yes can settle: the question is put again, with the reason.
var asksAnew = map[string]bool{"foreign": true, "zero": true, "negative": true, "lunar": true}

// otherFigures are figures that somebody names who is asked for what is overdue, and that are not it.
var otherFigures = map[string]bool{"borrowed": true, "monthly": true, "limit": true, "paid": true}

// anew says whether a reading is put aside, and the question put again with the reason.
func anew(id policy.FactID, s understand.Status, why string) bool {
	switch {
	case id == policy.Hardship || s == understand.Value:
		return false
	case id == policy.Owed && s == understand.Unknown && otherFigures[why]:
		return true
	}
	return asksAnew[why]
}

// explained are doubts of a reading that are said before it is confirmed. Others need no words: the figure itself is the question.
var explained = map[string]bool{"ambiguous_date": true, "instalments": true, "absurd": true, "several": true, "sum": true, "future": true, "range": true, "event": true}

// confirm asks whether a reading is right.
func (t *turn) confirm(p Pending, why string) {
	t.c.Pending = &p
	if explained[why] && p.Fact != policy.Hardship {
		t.lead = append(t.lead, T("why."+why))
	}
	t.to(Confirming)
}

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

func (t *turn) typedSure(text string) bool {
	switch t.says(text).YesNo() {
	case understand.Yes:
		t.sure("")
		return true
	case understand.No:
		if v, s, why := t.reading(t.c.Pending.Fact, text); usable(s) && strings.ContainsAny(strings.TrimSpace(text), " ,，。") {
			t.better(v, s, why, text)
			return true
		}
		t.unsure("")
		return true
	}
	v, s, why := t.reading(t.c.Pending.Fact, text)
	switch {
	case why == "denied": // "not 26,000"
		t.unsure("")
		return true
	case !usable(s):
		return t.keepsMeans(text) || t.inPassing(text)
	}
	t.better(v, s, why, text)
	return true
}

// inPassing takes what answers another question than the one that waits for a yes, and asks for the yes again.
func (t *turn) inPassing(text string) bool {
	p := t.c.Pending
	if !t.others(p.Fact, text) {
		v, s, _ := t.reading(policy.DaysLate, text) // "three weeks" alone says what it answers only where a date is asked for
		if p.Fact != policy.Owed || s != understand.Value || t.c.Facts.has(policy.DaysLate) {
			return false
		}
		t.store(policy.DaysLate, v, t.e.Message)
	}
	t.c.Pending = p
	t.again()
	return true
}

// better replaces the reading that waits by one that was typed instead of yes.
func (t *turn) better(v Value, s understand.Status, why, text string) {
	p := t.given(t.c.Pending.Fact, v, text)
	if s == understand.Confirm {
		t.confirm(p, why)
		return
	}
	t.c.Pending = nil
	t.accept(p)
}

// sure accepts the reading that waits.
func (t *turn) sure(string) {
	p := t.c.Pending
	t.c.Pending = nil
	if p == nil {
		t.to(Onward)
		return
	}
	t.accept(*p)
}

// unsure asks the same question again.
func (t *turn) unsure(string) {
	p := t.c.Pending
	t.c.Pending = nil
	if p == nil {
		t.to(Onward)
		return
	}
	t.put(p.Fact, T("sure.again"))
}

// put asks for one fact, whatever is known of it.
func (t *turn) put(id policy.FactID, words ...Text) {
	t.lead = append(t.lead, words...)
	t.c.Asking = id
	t.to(stateOf(id))
}

// stateOf is the state in which a fact is asked for.
func stateOf(id policy.FactID) State {
	switch id {
	case policy.Owed:
		return AskOwed
	case policy.DaysLate:
		return AskLate
	case policy.Hardship:
		return AskWhy
	}
	return AskMore
}

// wantsMore chooses the further question that would decide most; false if none can change anything.
func (t *turn) wantsMore() bool {
	t.firstResult()
	for {
		next := t.judge().Next
		if next == "" {
			return false
		}
		id := t.member(next)
		if !t.c.Refused || !t.sensitive(id) {
			t.c.Asking = id
			return true
		}
		t.store(next, Value{Kind: policy.Skipped}, 0)
	}
}

// member is the first question of a form that is still open, or the fact itself.
func (t *turn) member(id policy.FactID) policy.FactID {
	d, _ := t.book().Fact(id)
	for _, m := range d.Members {
		if !t.c.Facts.has(m) {
			return m
		}
	}
	return id
}

func (t *turn) sensitive(id policy.FactID) bool {
	d, _ := t.book().Fact(id)
	return d.Sensitive != ""
}

// wantsDetails says whether the next question needs the separate consent first.
func (t *turn) wantsDetails() bool {
	return t.c.Details == 0 && t.wantsMore() && t.sensitive(t.c.Asking)
}

// askExact asks for what would turn the estimates into exact figures.
func (t *turn) askExact(string) {
	for _, o := range t.offers() {
		for _, id := range o.Wants {
			if !t.c.Facts.has(id) {
				t.c.Asking = id
				if t.c.Details == 0 && t.sensitive(id) {
					t.to(Details)
					return
				}
				t.to(AskMore)
				return
			}
		}
	}
	t.again(T("offers.exact_already"))
}

// goBack asks once more for what was answered last.
func (t *turn) goBack(string) {
	if len(t.c.Asked) == 0 {
		t.again(T("back.start"))
		return
	}
	last := t.c.Asked[len(t.c.Asked)-1]
	t.c.Asked = t.c.Asked[:len(t.c.Asked)-1]
	t.put(last)
}

// shown gives a fact's value in words.
func shown(id policy.FactID, v Value) Text {
	switch v.Kind {
	case policy.Money:
		return T("value.money", "Amount", money.Fen(v.N))
	case policy.Count:
		if id == policy.DaysLate {
			return T("value.days", "Count", int(v.N))
		}
		if id == "dependants" {
			return T("value.people", "Count", int(v.N))
		}
		return T("value.count", "Count", int(v.N))
	case policy.YesNo:
		if v.N == 1 {
			return label(yes)
		}
		return label(no)
	case policy.Choice, policy.Set:
		var names []Text
		for _, n := range v.Names {
			names = append(names, T("choice."+string(id)+"."+n))
		}
		if names == nil {
			names = []Text{T("choice." + string(id) + ".none")}
		}
		return T("value.list", "Items", names)
	}
	return T("value.skipped")
}

// clip cuts somebody's words to what is kept of them: 500 bytes, to a rune's end.
func clip(s string) string {
	const most = 500
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
