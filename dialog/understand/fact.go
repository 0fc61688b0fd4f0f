package understand

import (
	"slices"

	"respite/dialog/understand/phrase"
)

// fact is something that a statement says of somebody.
type fact struct {
	phrase.Finding
	name   string
	weak   bool
	gap    int // by weight, what stands in its gap, or in the smallest of those of the same name that it holds
	denied bool
	of     grammarSense // whom it happened to: isSelf, isKin or isOther
	both   bool         // isKin: and to the speaker too
}

// facts returns what the statement says about hardship, of whom, and how surely.
func (p *phrases) facts(s *statement) []fact {
	found := p.plausible(s)
	facts, place := make([]fact, 0, len(found)), make([]int, len(found))
	for i := range found {
		f := &found[i]
		gap := s.Between(f.Open, f.Close)
		if by := p.outdoes(f, found, i); by >= 0 {
			place[i] = place[by]
			if out := &facts[place[by]]; out.name == p.name(*f) {
				out.gap = min(out.gap, gap)
			}
			continue
		}
		place[i] = len(facts)
		facts = append(facts, fact{Finding: *f, name: p.name(*f), weak: p.senses[f.Sense].Weak, gap: gap})
	}
	s.deny(facts, found)
	for i := range facts {
		f := &facts[i]
		if f.of = s.whose(facts, i); f.bodily() && cared(facts, i) {
			f.of = isKin
		}
		f.both = f.of == isKin && s.alsoSelf(f.Finding)
		f.weak = f.weak || s.supposed(f.Finding) || f.vague() && s.softened(f.Finding)
	}
	return facts
}

// plausible returns what the lexicon found, without what it found across a blank where a clause may end (我有病 是我家小子), ruin apart, which
// takes a sentence to tell, and without what it found of the family across a word for the speaker: 不是我家人，是我自己病了.
func (p *phrases) plausible(s *statement) []phrase.Finding {
	return slices.DeleteFunc(slices.Clone(s.Found("hardship")), func(f phrase.Finding) bool {
		name := p.name(f)
		if f.Close > f.Open && name != ruin && s.BreakBetween(f.Open, f.Close) == phrase.Blank {
			return true
		}
		return name == familyMedical && slices.ContainsFunc(within(s.words[isSelf], f.Open, f.Close), func(self phrase.Finding) bool {
			return self.End <= f.Close && !s.ofKin(self)
		})
	})
}

// outdoes returns the place of a longer finding, of no less standing, that begins or ends where found[i] does and holds it; -1 if there
// is none. Findings are ordered by where they start, the longest first, so that it stands before found[i], and not far.
func (p *phrases) outdoes(f *phrase.Finding, found []phrase.Finding, i int) int {
	const neighbours = 24
	rank := p.ranks[f.Sense]
	for j := i - 1; j >= max(0, i-neighbours); j-- {
		g := &found[j]
		if name := p.name(*g); name != frail && name != birth && (g.Start == f.Start && g.End > f.End || g.End == f.End && g.Start < f.Start) && g.Holds(*f) && p.ranks[g.Sense] >= rank {
			return j
		}
	}
	return -1
}

// standing ranks senses: what says little does not drown what says more.
func standing(name string) int {
	switch name {
	case noIncome, expense, rise, forgotten, nothing, noReason:
		return 0
	case noJob, noWork, caring:
		return 1
	case mishap, frail, birth: // which say more of what others name
		return 3
	}
	return 2
}

// vague says whether f is of a kind that there is more or less of.
func (f *fact) vague() bool {
	switch f.name {
	case trade, noIncome, incomeDrop, ownIllness, illness, familyEvent:
		return true
	}
	return false
}

// bodily says whether f is about somebody's body.
func (f *fact) bodily() bool {
	switch f.name {
	case illness, injury, treatment, ownIllness, familyMedical:
		return true
	}
	return false
}

// How far a denial reaches, by weight of what stands between.
const (
	denialReach = 10
	nextReach   = 4
	joinReach   = 6
	mostDenied  = 8 // facts denied by one word
)

// denials are the words of denial, and how far they reach.
var denials = []struct {
	sense grammarSense
	reach int
}{{denies, denialReach}, {deniesNext, nextReach}}

// deny marks the facts that the statement denies. A word of denial that is part of anything found denies nothing else.
func (s *statement) deny(facts []fact, found []phrase.Finding) {
	spent := s.spent(found)
	for _, of := range denials {
		words := slices.DeleteFunc(slices.Clone(s.words[of.sense]), func(no phrase.Finding) bool { return spent[no.Start] > 0 && spent[no.End-1] > 0 })
		for i := range facts {
			f := &facts[i]
			f.denied = f.denied || slices.ContainsFunc(within(words, f.Open, f.Close), func(no phrase.Finding) bool { return no.End <= f.Close })
		}
		for _, no := range words {
			s.denyAfter(no, of.reach, facts)
		}
	}
}

// spent says of how many things found each token is part.
func (s *statement) spent(found []phrase.Finding) []int32 {
	depth := make([]int32, len(s.Tokens)+1)
	for _, f := range found {
		depth[f.Start]++
		depth[f.Open]--
		depth[f.Close]++
		depth[f.End]--
	}
	for i := 1; i < len(depth); i++ {
		depth[i] += depth[i-1]
	}
	return depth
}

// denyAfter marks the first fact after a denial that it reaches, and those that are joined to that one.
func (s *statement) denyAfter(no phrase.Finding, reach int, facts []fact) {
	i, _ := slices.BinarySearchFunc(facts, no.End, func(f fact, at int) int { return f.Start - at })
	end := -1
	for n := 0; i < len(facts) && n < mostDenied; i, n = i+1, n+1 {
		f := &facts[i]
		switch {
		case end < 0 && s.reaches(no.End, f.Start, reach) && !s.partsFrom(no, f):
		case end >= 0 && f.Start < end:
		case end >= 0 && s.anyBetween(joins, end, f.Start) && s.reaches(end, f.Start, joinReach):
		default:
			return
		}
		f.denied, end = true, max(end, f.End)
	}
}

// partsFrom says whether a blank, which often ends a Chinese clause, stands between a denial and f, but for one right after the denial.
func (s *statement) partsFrom(no phrase.Finding, f *fact) bool {
	return f.Start > no.End && s.BreakBetween(no.End+1, f.Start) > phrase.Joined
}

// subjectReach is how far before what happened to somebody at work that person is named.
const subjectReach = 6

// whose says to whom facts[i] happened. An illness is that of the person named last in its clause, else of whom the fact before it
// was told, unless the speaker was named since. Anything else is the speaker's, unless somebody is named right before it for no other
// purpose.
func (s *statement) whose(facts []fact, i int) grammarSense {
	f := &facts[i]
	person, who := s.person(f.Finding)
	if who == isKin && f.bodily() && delivered(facts, i, person) {
		return isSelf
	}
	inClause := person.End > 0 && s.BreakBetween(person.End, max(person.End, f.Start)) < phrase.Comma
	switch {
	case !f.bodily() && f.name != accident && inClause && who != isThey && person.End <= f.Start && s.Between(person.End, f.Start) <= subjectReach && !told(facts, i, person):
		return who
	case f.name == accident && !inClause, f.name != accident && !f.bodily():
		return isSelf
	case inClause && who == isThey:
		return isKin
	case inClause:
		return who
	}
	for j := i - 1; j >= max(0, i-hindsight); j-- {
		if last := &facts[j]; last.bodily() {
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

// delivered says whether a person is named only as the child that was born.
func delivered(facts []fact, i int, person phrase.Finding) bool {
	for j := max(0, i-hindsight); j < i; j++ {
		if g := &facts[j]; g.Start < person.Start && person.End <= g.End && (g.name == birth || g.name == familyEvent) {
			return true
		}
	}
	return false
}

// cared says whether facts[i] lies inside what says that one of the family is cared for: looking after my sick father.
func cared(facts []fact, i int) bool {
	for j := max(0, i-hindsight); j < i; j++ {
		if g := &facts[j]; facts[i].End <= g.End && g.name == caring {
			return true
		}
	}
	return false
}

// told says whether one of the facts around facts[i] holds the person.
func told(facts []fact, i int, person phrase.Finding) bool {
	for j := max(0, i-hindsight); j <= i; j++ {
		if facts[j].Holds(person) {
			return true
		}
	}
	return false
}
