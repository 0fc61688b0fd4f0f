package dialog

import (
	"slices"
	"strings"

	"respite/policy"
	"respite/policy/money"
)

// firstResult shows what the three answers make possible, once for each set of answers.
func (t *turn) firstResult() {
	if t.c.Assessed != 0 {
		return
	}
	t.c.Book, t.c.Assessed, t.cache = t.m.Books.Book("").Hash(), t.today, nil
	a := t.judge()
	body := append(make([]Text, 0, len(a.Findings)+5), T("result.intro"))
	for _, v := range []policy.Verdict{policy.Eligible, policy.Undecided, policy.Ineligible} {
		head := len(body)
		for _, f := range a.Findings {
			if f.Verdict != v {
				continue
			}
			if len(body) == head {
				body = append(body, T("result."+string(v)))
			}
			body = append(body, finding(f))
		}
	}
	body = append(body, T("result.human"))
	t.say([][]Key{{lasting(label(why), why, "")}}, body...)
	t.noteAssessment(a)
}

// finding is one programme in the first result: its name, and why not or what it hangs on.
func finding(f policy.Finding) Text {
	name := programme(f.Programme)
	switch f.Verdict {
	case policy.Eligible:
		if f.Human != "" {
			return T("result.item_person", "Name", name, "Why", T(f.Human))
		}
		return T("result.item", "Name", name)
	case policy.Undecided:
		needs := make([]Text, len(f.Needs))
		for i, id := range f.Needs {
			needs[i] = T("fact." + string(id))
		}
		return T("result.item_needs", "Name", name, "Needs", needs)
	}
	first := slices.IndexFunc(f.Outcomes, func(o policy.Outcome) bool { return o.Verdict == policy.Ineligible })
	return T("result.item_why", "Name", name, "Why", reason(f.Outcomes[first]))
}

// programme is a programme's name.
func programme(id string) Text { return T("programme." + id + ".name") }

// reason is why a condition holds or does not.
func reason(o policy.Outcome) Text { return Text{Key: o.Key, Args: values(o.Args)} }

// objection is what stands against a proposal.
func objection(n policy.Counter) Text { return Text{Key: n.Key, Args: values(n.Args)} }

// values turns the policy's values into what a message's gaps take.
func values(in map[string]policy.Value) Args {
	out := make(Args, 0, len(in))
	for name, v := range in {
		arg := Arg{Name: name}
		switch v.Kind {
		case policy.Money:
			arg.Value = money.Fen(v.N)
		case policy.Count:
			arg.Value = int(v.N)
		default:
			arg.Value = shown(policy.FactID(name), Value(v))
		}
		out = append(out, arg)
	}
	slices.SortFunc(out, func(a, b Arg) int { return strings.Compare(a.Name, b.Name) })
	return out
}
