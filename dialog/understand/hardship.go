package understand

import (
	"maps"
	"slices"
)

// Hardships that the rules know by name.
const (
	unemployment  = "unemployment"
	ownIllness    = "own_illness"
	familyMedical = "family_medical"
	incomeDrop    = "income_drop"
	familyEvent   = "family_event"
	accident      = "accident"
	unpaidWages   = "unpaid_wages"
	student       = "student"
	other         = "other"
)

// Senses of the hardship lexicon that are no hardships themselves.
const (
	death     = "death"     // in the family: family_event
	illness   = "illness"   // of somebody: own_illness or family_medical
	injury    = "injury"    // of somebody: accident or family_medical
	treatment = "treatment" // as illness, but nothing of its own beside an accident
	trade     = "trade"     // bad business: income_drop, unless it cost somebody their job or wages
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

func (p *phrases) hardship(s *statement) Hardship {
	facts := p.facts(s)
	deaths := slices.DeleteFunc(slices.Clone(facts), func(f fact) bool { return f.name != death })
	facts = slices.DeleteFunc(facts, func(f fact) bool { return f.fatal(deaths) })
	return weigh(facts).conclude()
}

// fatalReach is how many tokens may stand between an illness and a death by it.
const fatalReach = 3

// fatal says whether f is what one of the family died of.
func (f *fact) fatal(deaths []fact) bool {
	if !f.bodily() || f.of != isKin {
		return false
	}
	i, _ := slices.BinarySearchFunc(deaths, f.Start-hindsight, func(d fact, at int) int { return d.Start - at })
	for ; i < len(deaths) && deaths[i].Start <= f.End+fatalReach; i++ {
		if f.Start <= deaths[i].End+fatalReach {
			return true
		}
	}
	return false
}

// evidence is what the facts of a statement come to.
type evidence struct {
	sure   map[string]bool // hardships
	hints  map[string]int  // hardships that are meant perhaps, and how many facts say so
	said   map[string]bool // senses that are no hardships by themselves
	denied bool
	asks   bool // of those that are sure, one may be the family's rather than the borrower's
}

// weigh sorts facts by what they come to.
func weigh(facts []fact) evidence {
	e := evidence{sure: make(map[string]bool), hints: make(map[string]int), said: make(map[string]bool)}
	injured := slices.ContainsFunc(facts, func(f fact) bool {
		return (f.name == accident || f.name == injury) && !f.denied && !f.weak && f.of == isSelf
	})
	for _, f := range facts {
		id, sure := f.hardship(injured)
		switch {
		case f.denied:
			e.denied = true
		case id == "" && f.weak && (f.name == noWork || f.name == noJob):
			e.hints[unemployment]++
		case id == "" && !f.weak:
			e.said[f.name] = true
		case sure:
			e.sure[id] = true
			e.asks = e.asks || f.of == isKin && (id == unemployment || id == incomeDrop || id == unpaidWages)
			if f.both && (f.name == illness || f.name == treatment || f.name == familyMedical) {
				e.sure[ownIllness] = true
			}
		case id != "":
			e.hints[id]++
		}
	}
	return e
}

// hardship returns the hardship that a fact comes to, and whether it is sure; "" if it is none by itself. With injured an accident is told
// of too, which hospital and operation belong to.
func (f *fact) hardship(injured bool) (id string, sure bool) {
	sure = !f.weak
	switch f.name {
	case trade, noIncome, noJob, noWork, expense, forgotten, nothing, noReason:
		return "", false
	case illness, treatment:
		switch {
		case f.of == isKin:
			return familyMedical, sure
		case f.of == isOther, f.name == treatment && injured:
			return "", false
		}
		return ownIllness, sure
	case injury:
		if f.of == isKin {
			return familyMedical, sure
		}
		return accident, sure
	case death:
		return familyEvent, sure
	case student:
		if f.of == isKin {
			return other, sure
		}
	case ownIllness:
		if f.of == isKin {
			return familyMedical, sure
		}
	case unemployment, incomeDrop:
		return f.name, sure && f.of != isOther
	}
	return f.name, sure
}

// conclude names the hardships that the evidence comes to.
func (e evidence) conclude() Hardship {
	if e.said[noJob] && !e.sure[student] {
		e.sure[unemployment] = true
	}
	if e.said[trade] && !e.sure[unemployment] && !e.sure[unpaidWages] {
		e.sure[incomeDrop] = true
	}
	switch {
	case len(e.sure) > 0 && e.asks:
		return Hardship{Status: Confirm, Hardships: inOrder(e.sure), Why: "family"}
	case len(e.sure) > 0:
		return Hardship{Status: Value, Hardships: inOrder(e.sure)}
	case e.said[noWork]:
		return Hardship{Status: Value, Hardships: []string{unemployment}}
	case e.said[noIncome]:
		return Hardship{Status: Value, Hardships: []string{incomeDrop}}
	case e.said[forgotten]:
		return Hardship{Status: Value, Why: "forgotten"}
	case e.said[expense]:
		return Hardship{Status: Value, Hardships: []string{other}}
	case len(e.hints) > 0:
		return Hardship{Status: Confirm, Hardships: likeliest(e.hints), Why: "weak"}
	case e.said[nothing]:
		return Hardship{Status: Value, Why: "nothing"}
	case e.denied:
		return Hardship{Status: Unknown, Why: "negated"}
	case e.said[noReason]:
		return Hardship{Status: Unknown, Why: "no_reason"}
	}
	return Hardship{Status: Unknown}
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
