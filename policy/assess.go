package policy

import (
	"math/bits"
	"slices"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/rule"
)

// Facts of the shipped book that the policy itself knows by name. A book without them works, but bounds no offers by what is
// left over.
const (
	Surplus        FactID = "surplus"         // what is left over each month, derived from the group Budget
	Budget         FactID = "budget"          // income and spending as one question
	AtHand         FactID = "at_hand"         // money that could be paid at once
	MonthlyPayment FactID = "monthly_payment" // the ordinary bill before the arrears
)

// Assess says what the book allows in a case as known today, with priced offers. Values that do not fit their declaration, and facts
// that the book does not declare, count as unknown.
func (b *Book) Assess(f Facts, today day.Date) Assessment {
	k := b.know(f)
	a := b.judge(k)
	b.offer(&a, k, today)
	return a
}

// Judge is Assess without offers: the verdicts, and what to ask next.
func (b *Book) Judge(f Facts) Assessment { return b.judge(b.know(f)) }

// known is what is known of a case, in the form in which conditions want it.
type known struct {
	state   *rule.State
	refused rule.Bits
	args    map[string]Value
}

// know brings facts into the form in which conditions want them.
func (b *Book) know(f Facts) known {
	k := known{state: b.lang.State(), args: make(map[string]Value, len(f)+1)}
	for id, v := range f {
		place, ok := b.places[id]
		switch {
		case !ok:
		case v.Kind == Skipped:
			k.refused |= b.ask[place]
		default:
			if n, ok := b.facts[place].encode(v); ok && k.state.Set(place, n) {
				k.args[b.names[place]] = v
			}
		}
	}
	k.state.Derive()
	k.refused &^= k.state.Known()
	k.state.Refuse(k.refused)
	for i := range b.facts {
		if d := &b.facts[i]; d.derive != "" {
			if n, ok := k.state.Value(i); ok {
				k.args[b.names[i]] = Value{Kind: d.Kind, N: n}
			}
		}
	}
	return k
}

// encode turns a value into the number that stands for it in conditions.
func (f *declared) encode(v Value) (int64, bool) {
	if v.Kind != f.Kind || f.Kind == Choice && len(v.Names) != 1 {
		return 0, false
	}
	switch f.Kind {
	case Choice:
		return int64(slices.Index(f.Choices, v.Names[0])), true
	case Set:
		var mask int64
		for _, name := range v.Names {
			i := slices.Index(f.Choices, name)
			if i < 0 {
				return 0, false
			}
			mask |= 1 << i
		}
		return mask, true
	}
	return v.N, true
}

// money returns a fact's amount and whether it is known.
func (b *Book) money(k known, id FactID) (money.Fen, bool) {
	place, ok := b.places[id]
	if !ok || b.facts[place].Kind != Money {
		return 0, false
	}
	n, ok := k.state.Value(place)
	return money.Fen(n), ok
}

// judge works out the verdict on every programme.
func (b *Book) judge(k known) Assessment {
	a := Assessment{Book: b.hash, Findings: make([]Finding, len(b.programmes))}
	j := judge{book: b, known: k, outcomes: make([]Outcome, 0, b.conditions), units: make([]FactID, 0, 2*b.conditions)}
	for i, p := range b.programmes {
		a.Findings[i] = j.programme(p)
	}
	j.wholeCase(a.Findings)
	a.Next = j.next()
	a.Left.Fen, a.Left.Known = b.money(k, Surplus)
	return a
}

// judge is one assessment at work.
type judge struct {
	book     *Book
	known    known
	outcomes []Outcome // of all programmes, one after the other
	units    []FactID  // needs of all outcomes and programmes, one after the other
	votes    [rule.MaxVars]int
}

// programme judges one programme.
func (j *judge) programme(p *Programme) Finding {
	f := Finding{Programme: p.ID, Verdict: Eligible}
	from := len(j.outcomes)
	var hangs rule.Bits
	if p.products != 0 {
		t, needs := j.product(p)
		hangs |= j.outcome(&f, t, needs, Outcome{ID: string(ProductFact), Key: productKeys[t], Facts: productFacts, Source: productsFile})
	}
	for i := range p.Conditions {
		c := &p.Conditions[i]
		t, needs := c.rule.Eval(j.known.state)
		hangs |= j.outcome(&f, t, needs, Outcome{ID: c.ID, Key: c.keys[t], Facts: c.Facts, Source: c.Source})
	}
	f.Outcomes = j.outcomes[from:len(j.outcomes):len(j.outcomes)]
	switch f.Verdict {
	case Eligible:
		f.Human = p.human
	case Ineligible:
		f.Human = reviewKey
	case Undecided:
		f.Needs = j.needs(hangs)
		j.vote(hangs)
		if hangs&^j.known.refused == 0 {
			f.Human = skippedKey
		}
	}
	return f
}

// productFacts is what the condition on the product looks at.
var productFacts = []FactID{ProductFact}

// product says whether a programme is for the product.
func (j *judge) product(p *Programme) (rule.Truth, rule.Bits) {
	place := j.book.places[ProductFact]
	n, ok := j.known.state.Value(place)
	switch {
	case !ok:
		return rule.Unknown, 1 << place
	case p.products&(1<<n) != 0:
		return rule.True, 0
	}
	return rule.False, 0
}

// outcome notes what became of one condition and what the programme's verdict is with it.
func (j *judge) outcome(f *Finding, t rule.Truth, needs rule.Bits, o Outcome) rule.Bits {
	o.Verdict = verdicts[t]
	o.Args = j.known.args
	if t == rule.Unknown {
		o.Needs = j.needs(needs)
	}
	switch {
	case t == rule.False:
		f.Verdict = Ineligible
	case t == rule.Unknown && f.Verdict == Eligible:
		f.Verdict = Undecided
	}
	j.outcomes = append(j.outcomes, o)
	return needs
}

// verdicts are the verdicts on a condition by its truth.
var verdicts = [3]Verdict{rule.Unknown: Undecided, rule.False: Ineligible, rule.True: Eligible}

// needs names facts by what would be asked for them: a group for its members, each once.
func (j *judge) needs(facts rule.Bits) []FactID {
	from := len(j.units)
	for b := j.book.asked(facts); b != 0; b &= b - 1 {
		j.units = append(j.units, j.book.facts[bits.TrailingZeros64(uint64(b))].ID)
	}
	return j.units[from:len(j.units):len(j.units)]
}

// asked replaces the members of groups by the groups.
func (b *Book) asked(facts rule.Bits) rule.Bits {
	for i := b.firstGroup; i < len(b.facts); i++ {
		if members := b.ask[i]; facts&members != 0 {
			facts = facts&^members | 1<<i
		}
	}
	return facts
}

// wholeCase sends the other programmes to a person where a programme that applies asks for it, and where it cannot be decided
// because an answer was refused: keeping something back is no way round it.
func (j *judge) wholeCase(findings []Finding) {
	for i, p := range j.book.programmes {
		if !p.WholeCase || findings[i].Verdict == Ineligible || findings[i].Human == "" {
			continue
		}
		for k := range findings {
			if findings[k].Human == "" {
				findings[k].Human = findings[i].Human
			}
		}
	}
}

// ballot is the weight of one programme's vote: it divides by every small number of facts.
const ballot = 27720

// vote counts for each question that an undecided programme hangs on its part of the programme's vote: a programme that hangs
// on one fact is decided by it, one that hangs on three is decided by none of them alone.
func (j *judge) vote(hangs rule.Bits) {
	part := ballot / bits.OnesCount64(uint64(j.book.asked(hangs)))
	open := j.book.asked(hangs &^ j.known.refused)
	for ; open != 0; open &= open - 1 {
		j.votes[bits.TrailingZeros64(uint64(open))] += part
	}
}

// next returns the question that decides most for each figure that it asks for; of equals the one declared first.
func (j *judge) next() FactID {
	best, most := FactID(""), 0
	for i := range j.book.facts {
		if j.votes[i] == 0 {
			continue
		}
		effort := bits.OnesCount64(uint64(j.book.ask[i] &^ j.known.state.Known()))
		if votes := j.votes[i] / max(effort, 1); votes > most {
			best, most = j.book.facts[i].ID, votes
		}
	}
	return best
}
