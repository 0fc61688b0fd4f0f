package dialog

import (
	"slices"
	"strconv"

	"respite/policy"
	"respite/policy/money"
)

// ask puts the question at hand, with what was answered before if it is being corrected.
func (t *turn) ask() {
	t.choose()
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

// choose makes the fact that the state asks for the one at hand. That of AskMore is chosen on the way there.
func (t *turn) choose() {
	switch t.c.State {
	case AskOwed:
		t.c.Asking = policy.Owed
	case AskLate:
		t.c.Asking = policy.DaysLate
	case AskWhy:
		t.c.Asking = policy.Hardship
	}
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

// wantsDetails says whether the next question needs the separate consent first.
func (t *turn) wantsDetails() bool {
	return t.c.Details == 0 && t.wantsMore() && t.sensitive(t.c.Asking)
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
