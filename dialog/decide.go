package dialog

import (
	"slices"
	"strconv"

	"respite/policy"
)

// refusals are the reasons that an agent can decline with.
var refusals = []string{"capacity", "evidence", "conditions", "terms"}

// approved lets the requested plan run, or asks the borrower once more if its first date has passed meanwhile.
func (t *turn) approved(string) Text {
	r := t.c.Request
	if r == nil {
		return t.stale()
	}
	t.note("approved " + r.Programme + " by " + t.by())
	t.happened("approved")
	t.tell(T("desk.approved", "Agent", Plain(t.e.Agent)))
	t.decided()
	t.c.Case.Change = nil
	o, ok := t.built(r.Proposed)
	if !ok || o.Schedule.Instalments[0].Due <= t.today {
		t.c.Request = nil
		t.c.clear(ReviewAlarm)
		t.lead = append(t.lead, T("review.approved_late"))
		t.refresh()
		t.card(false)
		return Text{}
	}
	t.lead = append(t.lead, T("review.approved"))
	t.start(r.Proposed)
	return Text{}
}

// decided ends the wait of a borrower who hears from the agents by what they decide.
func (t *turn) decided() {
	t.answered()
	t.c.Case.Open = false
}

// declines refuses for the reason named by word or number, or shows the reasons.
func (t *turn) declines(arg string) Text {
	why, ok := choice(refusals, arg)
	switch {
	case t.c.Request == nil:
		return t.stale()
	case arg == "":
		return t.menu(declineFor, "refusal_short.", refusals)
	case !ok:
		return T("desk.help_decline")
	}
	return t.refused(why)
}

// asksPapers asks for the document named by word or number, or shows the checklist.
func (t *turn) asksPapers(arg string) Text {
	what, ok := choice(t.documents(), arg)
	switch {
	case arg == "":
		return t.menu(moreOf, "document.", t.documents())
	case !ok:
		return T("desk.help_more")
	}
	return t.wantsDocument(what)
}

// choice finds a name by itself or by its number, from 1.
func choice(names []string, arg string) (string, bool) {
	if n, err := strconv.Atoi(arg); err == nil && n >= 1 && n <= len(names) {
		return names[n-1], true
	}
	return arg, slices.Contains(names, arg)
}

// documents are what the programme that is asked for, or looked at, may want to see; without one, what those may that are open to the
// borrower.
func (t *turn) documents() (all []string) {
	if id := t.programme(); id != "" {
		p, _ := t.book().Programme(id)
		return p.Documents
	}
	if !t.assessable() {
		return nil
	}
	for _, f := range t.judge().Findings {
		if p, ok := t.book().Programme(f.Programme); ok && f.Verdict == policy.Eligible {
			for _, d := range p.Documents {
				if !slices.Contains(all, d) {
					all = append(all, d)
				}
			}
		}
	}
	return all
}

// assessable says whether enough is known for the policy to be asked.
func (t *turn) assessable() bool {
	return t.c.Facts.has(policy.Owed) && t.c.Facts.has(policy.DaysLate) && t.c.Facts.has(policy.Hardship)
}

// menu puts choices under the card.
func (t *turn) menu(v Verb, prefix string, names []string) Text {
	if len(names) == 0 {
		return t.stale()
	}
	var keys []Key
	for _, n := range names {
		keys = append(keys, Key{Label: T(prefix + n), Data: string(v) + "." + n})
	}
	t.cardMenu(columns(1, keys...))
	return Text{}
}

// refused tells the borrower why, and what can be done next.
func (t *turn) refused(why string) Text {
	if t.c.Request == nil || !slices.Contains(refusals, why) {
		return t.stale()
	}
	t.c.Request, t.c.Case.Change = nil, nil
	t.c.clear(ReviewAlarm)
	t.note("declined for " + why + " by " + t.by())
	t.happened("declined")
	t.tell(T("desk.declined", "Agent", Plain(t.e.Agent)))
	t.decided()
	t.card(false)
	t.lead = append(t.lead, T("review.declined", "Why", T("refusal."+why)))
	t.to(Offering)
	return Text{}
}

func (t *turn) wantsDocument(what string) Text {
	if !slices.Contains(t.documents(), what) {
		return t.stale()
	}
	t.note("asked for " + what)
	t.happened("papers")
	if !slices.Contains(t.c.Case.Papers, what) {
		t.c.Case.Papers = append(t.c.Case.Papers, what)
	}
	t.decided()
	t.tell(T("desk.asked", "Agent", Plain(t.e.Agent), "What", T("document."+what)))
	t.card(false)
	t.say([][]Key{{lasting(label(human), human, "")}}, T("review.needs", "What", T("document."+what)))
	return Text{}
}

// calmed ends the pause after words of crisis.
func (t *turn) calmed(string) Text {
	if !t.c.Crisis {
		return t.stale()
	}
	t.c.Crisis = false
	t.note("crisis pause ended by " + t.by())
	t.remindNext()
	t.card(false)
	return Text{}
}
