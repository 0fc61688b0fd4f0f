package dialog

import (
	"slices"
	"strconv"
	"strings"

	"respite/dialog/understand"
	"respite/policy"
)

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
	r := t.reading(t.c.Asking, text)
	if (r.status == understand.Unknown || r.fact == policy.DaysLate && r.status != understand.Value) && t.keepsMeans(text) { // 600 a month is not 31 days
		return true
	}
	others := t.others(r.fact, text)
	switch {
	case r.anew():
		t.again(T("why." + r.why))
	case usable(r.status):
		t.weigh(r, text)
	case others:
		t.to(Onward)
	default:
		return t.unknown(text)
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

// weigh accepts a reading that is certain, and asks whether any other is right.
func (t *turn) weigh(r reading, text string) {
	p := t.given(r.fact, r.value, text)
	if r.status == understand.Value {
		t.accept(p)
		return
	}
	t.confirm(p, r.why)
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

func (t *turn) sensitive(id policy.FactID) bool {
	d, _ := t.book().Fact(id)
	return d.Sensitive != ""
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

// clip cuts somebody's words to what is kept of them: 500 bytes, to a rune's end.
func clip(s string) string {
	const most = 500
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
