package understand

import "slices"

// Hardships that the rules know by name.
const (
	unemployment  = "unemployment"
	ownIllness    = "own_illness"
	familyMedical = "family_medical"
	incomeDrop    = "income_drop"
	familyEvent   = "family_event"
	disaster      = "disaster"
	accident      = "accident"
	unpaidWages   = "unpaid_wages"
	student       = "student"
	other         = "other"
)

// Senses of the hardship lexicon that are no hardships themselves.
const (
	death     = "death"     // in the family: family_event
	caring    = "caring"    // for one of the family: family_event, unless they are ill
	frail     = "frail"     // how somebody is who is cared for: an illness where it is treated, else part of caring
	mishap    = "mishap"    // a fire of one's own making: accident, and no disaster
	pet       = "pet"       // is ill: other, and what is told of bodies is told of it
	birth     = "birth"     // family_event, and the treatment told beside it belongs to it
	illness   = "illness"   // of somebody: own_illness or family_medical
	injury    = "injury"    // of somebody: accident or family_medical
	treatment = "treatment" // as illness, but nothing of its own beside an accident
	trade     = "trade"     // bad business: income_drop, unless it cost somebody their job or wages
	ruin      = "ruin"      // a business that left debts behind: other, whatever it did to the income
	noIncome  = "no_income" // income_drop, unless the text names the cause
	noJob     = "no_job"    // unemployment, unless of a student
	noWork    = "no_work"   // unemployment, unless the text names the cause
	expense   = "expense"   // other, if nothing else happened
	rise      = "rise"      // of rent or prices: other, if nothing else happened, and beside an income that fell
	forgotten = "forgotten"
	nothing   = "nothing"
	noReason  = "no_reason"
)

// Hardship reads the answer to "what happened?".
func (t *Text) Hardship() Hardship {
	h := t.hardship()
	if h.Status == Unknown && h.Why == "" {
		lean := t.r.phrases.leaning(t.statement())
		return lean.guess()
	}
	return h
}

// hardship reads what is told of hardship, whatever was asked.
func (t *Text) hardship() Hardship { return t.r.phrases.hardship(t.statement()) }

func (p *phrases) hardship(s *statement) Hardship {
	facts := p.facts(s)
	var deaths []fact
	for _, f := range facts {
		if f.name == death {
			deaths = append(deaths, f)
		}
	}
	facts = slices.DeleteFunc(facts, func(f fact) bool { return f.fatal(deaths) })
	e := weigh(facts)
	e.lean = p.leaning(s)
	e.infer(s)
	e.dropConsequences(s)
	e.dropUnlikely()
	return e.mended(e.conclude(s))
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

// hardship returns the hardship that a fact comes to, and whether it is sure; "" if it is none by itself. With injured an accident is told
// of too, with born a birth, which hospital and operation belong to.
func (f *fact) hardship(injured, born bool) (id string, sure bool) {
	sure = !f.weak
	switch f.name {
	case trade, ruin, frail, noIncome, noJob, noWork, expense, rise, forgotten, nothing, noReason:
		return "", false
	case illness, treatment:
		switch {
		case f.name == treatment && born, f.of == isOther:
			return "", false
		case f.of == isKin:
			return familyMedical, sure
		case f.name == treatment && injured:
			return "", false
		}
		return ownIllness, sure
	case injury:
		if f.of == isKin {
			return familyMedical, sure
		}
		return accident, sure
	case mishap:
		return accident, sure
	case pet:
		return other, sure
	case death, caring, birth:
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
