package understand

import (
	"maps"
	"slices"

	"respite/dialog/understand/phrase"
)

// Senses of the hardship lexicon that are no hardships themselves.
const (
	death     = "death"     // in the family: family_event
	illness   = "illness"   // of somebody: own_illness or family_medical
	injury    = "injury"    // of somebody: accident or family_medical
	treatment = "treatment" // as illness, but nothing of its own beside an accident
	noIncome  = "no_income" // income_drop, unless the text names the cause
	noJob     = "no_job"    // unemployment, unless of a student
	noWork    = "no_work"   // unemployment, unless the text names the cause
	expense   = "expense"   // other, if nothing else happened
	forgotten = "forgotten"
	nothing   = "nothing"
	noReason  = "no_reason"
)

// Hardship reads the answer to "what happened?".
func (r *Reader) Hardship(text string) Hardship {
	return r.phrases.hardship(r.phrases.read(r.normal.runes(text)))
}

// fact is something that a statement says of somebody.
type fact struct {
	phrase.Finding
	name   string
	weak   bool
	denied bool
	of     grammarSense // whom it happened to: isSelf, isKin or isOther
	both   bool         // isKin: and to the speaker too
}

// How far a denial and a supposition reach, by weight of what stands between.
const (
	denialReach      = 10
	nextReach        = 4
	suppositionReach = 14
	joinReach        = 6
)

func (p *phrases) hardship(s *statement) Hardship {
	found := s.Found("hardship")
	facts := p.facts(found)
	s.deny(facts, found)
	for i := range facts {
		f := &facts[i]
		f.of = s.whose(*f, facts, i)
		f.both = f.of == isKin && s.alsoSelf(f.Finding)
		f.weak = f.weak || s.supposed(f.Finding)
	}
	return conclude(facts)
}

// facts returns what the lexicon found. Of two findings that begin or end together only the longer one counts.
func (p *phrases) facts(found []phrase.Finding) []fact {
	facts := make([]fact, 0, len(found))
	for i, f := range found {
		if !p.outdone(f, found, i) {
			facts = append(facts, fact{Finding: f, name: p.senses[f.Sense].Name, weak: p.senses[f.Sense].Weak})
		}
	}
	return facts
}

// outdone says whether a longer finding begins or ends where found[i] does and holds it. Findings are ordered by where they start,
// so only near neighbours need to be looked at.
func (p *phrases) outdone(f phrase.Finding, found []phrase.Finding, i int) bool {
	const neighbours = 24
	for _, g := range found[max(0, i-neighbours):min(len(found), i+neighbours)] {
		if background(p.senses[g.Sense].Name) && !background(p.senses[f.Sense].Name) {
			continue
		}
		if g.End-g.Start > f.End-f.Start && (g.Start == f.Start || g.End == f.End) && g.Holds(f) {
			return true
		}
	}
	return false
}

// background says whether a sense is no hardship by itself.
func background(name string) bool {
	switch name {
	case noIncome, noJob, noWork, expense, forgotten, nothing, noReason:
		return true
	}
	return false
}

// deny marks the facts that the statement denies. A word of denial that is part of anything found denies nothing else.
func (s *statement) deny(facts []fact, found []phrase.Finding) {
	for sense, reach := range map[grammarSense]int{denies: denialReach, deniesNext: nextReach} {
		for _, no := range s.words[sense] {
			if !slices.ContainsFunc(found, func(f phrase.Finding) bool { return f.Holds(no) }) {
				s.denyFrom(no, reach, facts)
			}
		}
	}
}

// denyFrom marks the fact in whose gap the denial stands, or else the first one after it and those that are joined to that one.
func (s *statement) denyFrom(no phrase.Finding, reach int, facts []fact) {
	end := -1
	for i := range facts {
		f := &facts[i]
		switch {
		case f.Open <= no.Start && no.End <= f.Close:
			f.denied = true
		case f.Start < no.End:
		case end < 0:
			if s.reaches(no.End, f.Start, reach) {
				f.denied, end = true, f.End
			} else {
				return
			}
		case f.Start < end:
			f.denied, end = true, max(end, f.End)
		case s.anyBetween(joins, end, f.Start) && s.reaches(end, f.Start, joinReach):
			f.denied, end = true, f.End
		default:
			return
		}
	}
}

// supposed says whether the statement only supposes f.
func (s *statement) supposed(f phrase.Finding) bool {
	return slices.ContainsFunc(s.words[supposes], func(w phrase.Finding) bool {
		return !f.Holds(w) && (s.reaches(w.End, f.Start, suppositionReach) || f.Open <= w.Start && w.End <= f.Close)
	})
}

// subjectReach is how far before what happened to somebody at work that person is named.
const subjectReach = 6

// whose says to whom facts[i] happened. An illness is that of the person named last in its clause, else of whom the fact before it
// was told, unless the speaker was named since. Anything else is the speaker's, unless somebody is named right before it for no other
// purpose.
func (s *statement) whose(f fact, facts []fact, i int) grammarSense {
	person, who := s.person(f.Finding)
	inClause := person.End > 0 && s.BreakBetween(person.End, max(person.End, f.Start)) < phrase.Comma
	if !f.bodily() {
		told := slices.ContainsFunc(facts, func(g fact) bool { return g.Holds(person) })
		if inClause && !told && person.End <= f.Start && s.Between(person.End, f.Start) <= subjectReach && who != isThey {
			return who
		}
		return isSelf
	}
	if inClause {
		if who == isThey {
			return isKin
		}
		return who
	}
	for j := i - 1; j >= 0; j-- {
		if last := facts[j]; last.bodily() {
			if last.of == isKin && (who != isSelf || person.Start < last.End) {
				return isKin
			}
			break
		}
	}
	if who == isKin && s.BreakBetween(person.End, f.Start) < phrase.Stop {
		return isKin
	}
	return isSelf
}

// alsoSelf says whether the statement names the speaker together with the kin to whom f happened: 我和我爱人, me and my wife.
func (s *statement) alsoSelf(f phrase.Finding) bool {
	kin, who := s.person(f)
	if who != isKin {
		return false
	}
	return slices.ContainsFunc(s.words[isSelf], func(self phrase.Finding) bool {
		return self.End < kin.Start && !s.ofKin(self) && s.anyBetween(joins, self.End, kin.Start) && s.Between(self.End, kin.Start) <= togetherReach
	})
}

// togetherReach is how far the speaker and a kin may be named apart to be meant together.
const togetherReach = 3

// bodily says whether f is about somebody's body.
func (f fact) bodily() bool {
	switch f.name {
	case illness, injury, treatment, "own_illness", "family_medical":
		return true
	}
	return false
}

// person returns the person named last before the end of f, and who that is. The "my" of "my mother" is not the speaker.
func (s *statement) person(f phrase.Finding) (phrase.Finding, grammarSense) {
	var last phrase.Finding
	who := isSelf
	for _, g := range []grammarSense{isKin, isThey, isOther, isSelf} {
		for _, w := range s.words[g] {
			if w.End > f.End {
				break
			}
			if w.Start >= last.Start && (last.End == 0 || w.End > last.End) && (g != isSelf || !s.ofKin(w)) {
				last, who = w, g
			}
		}
	}
	return last, who
}

// ofKin says whether a kin follows the word for the speaker: 我妈, 我的孩子.
func (s *statement) ofKin(self phrase.Finding) bool {
	return slices.ContainsFunc(s.words[isKin], func(k phrase.Finding) bool {
		return k.Start >= self.End && s.Between(self.End, k.Start) == 0 && s.BreakBetween(self.End, k.Start) == phrase.Joined
	})
}

// conclude names the hardships that the facts come to.
func conclude(facts []fact) Hardship {
	ids, weak := make(map[string]bool), make(map[string]int)
	status := Value
	said := make(map[string]bool)
	facts = slices.DeleteFunc(facts, func(f fact) bool { return f.fatal(facts) })
	injured := slices.ContainsFunc(facts, func(f fact) bool {
		return (f.name == "accident" || f.name == injury) && !f.denied && !f.weak && f.of == isSelf
	})
	for _, f := range facts {
		if f.both && !f.denied && f.bodily() && f.name != injury {
			ids["own_illness"] = true
		}
		id, sure := f.hardship(injured)
		switch {
		case f.denied:
			said["denied"] = true
		case id == "" && f.weak:
			if f.name == noWork || f.name == noJob {
				weak["unemployment"]++
			}
		case id == "":
			said[f.name] = true
		case sure:
			ids[id] = true
			if f.of == isKin && (id == "unemployment" || id == "income_drop" || id == "unpaid_wages") {
				status = Confirm // the family's income, or only that person's?
			}
		default:
			weak[id]++
		}
	}
	if said[noJob] && !ids["student"] {
		ids["unemployment"] = true
	}
	switch {
	case len(ids) > 0:
		return Hardship{Status: status, Hardships: inOrder(ids)}
	case said[noWork]:
		return Hardship{Status: Value, Hardships: []string{"unemployment"}}
	case said[noIncome]:
		return Hardship{Status: Value, Hardships: []string{"income_drop"}}
	case said[forgotten]:
		return Hardship{Status: Value, Why: "forgotten"}
	case said[expense]:
		return Hardship{Status: Value, Hardships: []string{"other"}}
	case len(weak) > 0:
		return Hardship{Status: Confirm, Hardships: likeliest(weak), Why: "weak"}
	case said[nothing]:
		return Hardship{Status: Value, Why: "nothing"}
	case said["denied"]:
		return Hardship{Status: Unknown, Why: "negated"}
	case said[noReason]:
		return Hardship{Status: Unknown, Why: "no_reason"}
	}
	return Hardship{Status: Unknown}
}

// hardship returns the hardship that a fact comes to, and whether it is sure; "" if it is none by itself. With injured an accident is told
// of too, which hospital and operation belong to.
func (f fact) hardship(injured bool) (id string, sure bool) {
	sure = !f.weak
	if background(f.name) {
		return "", false
	}
	switch f.name {
	case illness, treatment:
		switch {
		case f.of == isKin:
			return "family_medical", sure
		case f.of == isOther:
			return "", false
		case f.name == treatment && injured:
			return "", false
		}
		return "own_illness", sure
	case death:
		return "family_event", sure
	case injury:
		if f.of == isKin {
			return "family_medical", sure
		}
		return "accident", sure
	case "student":
		if f.of == isKin {
			return "other", sure
		}
	case "own_illness":
		if f.of == isKin {
			return "family_medical", sure
		}
	case "unemployment", "income_drop":
		return f.name, sure && f.of != isOther
	}
	return f.name, sure
}

// fatalReach is how many tokens may stand between an illness and a death by it.
const fatalReach = 3

// fatal says whether f is what one of the family died of.
func (f fact) fatal(facts []fact) bool {
	return f.bodily() && f.of == isKin && slices.ContainsFunc(facts, func(d fact) bool {
		return d.name == death && f.Start <= d.End+fatalReach && d.Start <= f.End+fatalReach
	})
}

// likeliest returns the hardship with the most hints; those with as many as any other, if several have.
func likeliest(hints map[string]int) []string {
	most := slices.Max(slices.Collect(maps.Values(hints)))
	ids := make(map[string]bool)
	for id, n := range hints {
		ids[id] = n == most
	}
	return inOrder(ids)
}

// inOrder returns the ids in the order of HardshipIDs.
func inOrder(ids map[string]bool) []string {
	var out []string
	for _, id := range HardshipIDs {
		if ids[id] {
			out = append(out, id)
		}
	}
	return out
}
