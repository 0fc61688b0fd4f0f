package understand

import (
	"slices"

	"respite/dialog/understand/phrase"
)

// evidence is what the facts of a statement come to.
type evidence struct {
	sure   byName[[]fact] // hardships, and what says so; nothing if they were only inferred
	hints  byName[int]    // hardships that are meant perhaps, and how many facts say so
	said   byName[bool]   // senses that are no hardships by themselves
	denied bool
	asks   bool   // of those that are sure, one may be the family's rather than the borrower's
	cares  bool   // for one who is frail, which may be meant as an illness
	rises  []fact // of rent or prices
	doubts bool   // something that was found was left out, since the words speak against it
	lean   lean   // what the words alone speak for
}

// weigh sorts facts by what they come to.
func weigh(facts []fact) evidence {
	var e evidence
	injured := slices.ContainsFunc(facts, func(f fact) bool {
		return (f.name == accident || f.name == injury) && !f.denied && !f.weak && f.of == isSelf
	})
	told := func(name string) bool {
		return slices.ContainsFunc(facts, func(f fact) bool { return f.name == name && !f.denied })
	}
	born, burnt, ofPet := told(birth), told(mishap), told(pet)
	kept := told(caring) && told(frail) && !told(treatment)
	e.cares = kept
	kinHurt := !kept && slices.ContainsFunc(facts, func(f fact) bool { return f.bodily() && f.of == isKin && !f.denied && !f.weak })
	for _, f := range facts {
		id, sure := f.hardship(injured, born)
		switch {
		case kept && f.bodily() && f.of == isKin: // what they are cared for
		case kinHurt && (f.name == caring || f.name == accident && f.of == isKin): // what they need, and how they came to be hurt
		case f.denied:
			e.denied = true
		case f.name == disaster && burnt, f.bodily() && ofPet: // what burnt, and who is ill
		case id == "" && f.weak && (f.name == noWork || f.name == noJob):
			*e.hints.of(unemployment)++
		case id == "" && f.weak && (f.name == trade || f.name == noIncome):
			*e.hints.of(incomeDrop)++
		case id == "" && !f.weak:
			*e.said.of(f.name) = true
			if f.name == rise {
				e.rises = append(e.rises, f)
			}
		case sure:
			e.prove(id, f)
			e.asks = e.asks || f.of == isKin && (id == unemployment || id == incomeDrop || id == unpaidWages)
			if f.both && (f.name == illness || f.name == treatment || f.name == familyMedical) {
				e.prove(ownIllness, f)
			}
		case id != "":
			*e.hints.of(id)++
		}
	}
	return e
}

// mostProofs is how many facts are kept for a hardship: more of them make it no surer.
const mostProofs = 8

// prove makes a hardship sure by a fact.
func (e *evidence) prove(id string, f fact) {
	if proofs := e.sure.of(id); len(*proofs) < mostProofs {
		*proofs = append(*proofs, f)
	}
}

// infer adds the hardships that follow from what is none by itself.
func (e *evidence) infer(s *statement) {
	if e.said.has(noJob) && !e.is(student) && !e.is(unemployment) {
		e.sure.of(unemployment)
	}
	if e.said.has(ruin) {
		e.sure.drop(func(id string) bool { return id == incomeDrop })
		if !e.is(other) {
			e.sure.of(other)
		}
		return
	}
	if e.said.has(trade) && !e.is(unemployment) && !e.is(unpaidWages) && !e.is(incomeDrop) {
		e.sure.of(incomeDrop)
	}
	switch {
	case len(e.sure) > 0:
	case e.said.has(noWork):
		e.sure.of(unemployment)
	case e.said.has(noIncome):
		e.sure.of(incomeDrop)
	case (e.said.has(expense) || e.said.has(rise)) && !e.said.has(forgotten):
		e.sure.of(other)
	}
	if len(e.sure) == 1 && e.is(incomeDrop) && slices.ContainsFunc(e.rises, s.beside) {
		e.sure.of(other)
	}
}

// beside says whether f is told in a clause of its own.
func (s *statement) beside(f fact) bool {
	return s.BreakBetween(1, f.Start) > phrase.Joined || s.BreakBetween(f.End, len(s.Tokens)-1) > phrase.Joined || s.anyBetween(joins, 0, f.Start)
}

// is says whether a hardship is sure.
func (e *evidence) is(id string) bool {
	return e.sure.has(id)
}

// consequence is a hardship that comes with another, and is not counted beside it where one breath tells of both, or wherever it is told.
type consequence struct {
	of, what string
	wherever bool
}

var consequences = []consequence{
	{unpaidWages, incomeDrop, false}, {unemployment, incomeDrop, true}, {accident, ownIllness, false}, {disaster, incomeDrop, false},
}

// dropConsequences leaves out what is only how another hardship is felt.
func (e *evidence) dropConsequences(s *statement) {
	for _, c := range consequences {
		if e.is(c.of) && e.is(c.what) && !e.asks && (c.wherever || !s.anyApart(*e.sure.of(c.of), *e.sure.of(c.what))) {
			e.sure.drop(func(id string) bool { return id == c.what })
		}
	}
}

// anyApart says whether a fact of one list is told apart from all of the other.
func (s *statement) anyApart(causes, effects []fact) bool {
	return slices.ContainsFunc(effects, func(effect fact) bool {
		return !slices.ContainsFunc(causes, func(cause fact) bool { return !s.apart(cause.Finding, effect.Finding) })
	})
}

// apart says whether a break, or a word that leads on to something else, stands between two findings.
func (s *statement) apart(a, b phrase.Finding) bool {
	if b.Start < a.Start {
		a, b = b, a
	}
	return a.End <= b.Start && (s.BreakBetween(a.End, b.Start) >= phrase.Blank || s.anyBetween(turns, a.End, b.Start) || s.anyBetween(joins, a.End, b.Start))
}

// circles are the parts of life that hardships belong to. Two of one circle are told of a single thing as often as of two.
var circles = map[string]string{
	unemployment: "work", incomeDrop: "work", unpaidWages: "work", student: "work",
	ownIllness: "body", accident: "body", familyMedical: "family", familyEvent: "family", disaster: "loss", other: "loss",
}

// doubt says why what is sure should be asked about all the same; empty if it need not.
func (e *evidence) doubt(s *statement) string {
	if e.asks || e.cares {
		return "family"
	}
	for i, a := range e.sure {
		for _, b := range e.sure[i+1:] {
			if (circles[a.name] == circles[b.name] || a.name == other || b.name == other) && (len(a.what) == 0 || len(b.what) == 0 || !s.anyApart(a.what, b.what)) {
				return "several"
			}
		}
		if len(e.sure) == 1 && e.loose(a.name, a.what) {
			return "loose"
		}
	}
	switch {
	case e.story(s) && !e.borneOut(s):
		return "story"
	case e.unlikely(s):
		return "unlikely"
	}
	return ""
}

// How far the words of a text must lean to a hardship that is taken at its word, and how far they may lean to another, and to what is
// hinted at in vain. On messages that neither lexicon nor leanings had seen, five in six readings that would have been wrong are asked about,
// with what doubt says besides, and one in six of those that are right.
const (
	leastLean = -30
	mostLean  = -10
	leastMost = -20 // mostLean of a text of several clauses, each of which may tell of something else
	idleLean  = -40
	falseLean = -60
)

// How far the words must lean to a hardship that was not found, and how much further than to the only one that was, to be taken for it; and
// how far to what was found in a story, to take it at its word.
const (
	otherLean  = 10
	otherGap   = 40
	strongLean = 20
)

// mended returns a reading, or that of which the words speak far more, to be asked about.
func (e *evidence) mended(h Hardship) Hardship {
	if len(h.Hardships) != 1 {
		return h
	}
	likeliest := e.lean.likeliest()
	if lean := e.lean.hardship(likeliest); lean > otherLean && lean > e.leans(h.Hardships[0])+otherGap {
		return Hardship{Status: Confirm, Hardships: []string{HardshipIDs[likeliest]}, Why: "unlikely"}
	}
	return h
}

// borneOut says whether the words of the text speak strongly for all that was found, and for nothing else.
func (e *evidence) borneOut(s *statement) bool {
	return !e.unlikely(s) && !slices.ContainsFunc(HardshipIDs, func(id string) bool { return e.is(id) && e.leans(id) < strongLean })
}

// dropUnlikely leaves out what the words speak against where they speak for something else that was found.
func (e *evidence) dropUnlikely() {
	likely := slices.ContainsFunc(HardshipIDs, func(id string) bool { return e.is(id) && e.leans(id) > 0 })
	e.sure.drop(func(id string) bool {
		drop := likely && e.leans(id) < falseLean
		e.doubts = e.doubts || drop
		return drop
	})
}

// leans is how far the words lean to a hardship.
func (e *evidence) leans(id string) int { return e.lean.hardship(slices.Index(HardshipIDs, id)) }

// unlikely says whether the words of the text speak against what was found, or for something else besides.
func (e *evidence) unlikely(s *statement) bool {
	clauses := s.BreakBetween(1, len(s.Tokens)-1) > phrase.Joined
	return e.doubts || slices.ContainsFunc(HardshipIDs, func(id string) bool {
		if e.is(id) {
			return e.leans(id) < leastLean
		}
		return e.leans(id) > mostLean || clauses && e.leans(id) > leastMost && e.mayStandBeside(s, id)
	})
}

// mayStandBeside says whether a hardship may be told of beside what was found: it does not only come with that, and if it is one of the
// family, somebody is named.
func (e *evidence) mayStandBeside(s *statement, id string) bool {
	return !e.follows(id) && (circles[id] != "family" || len(s.words[isKin]) > 0)
}

// follows says whether a hardship comes with one that was found.
func (e *evidence) follows(id string) bool {
	return slices.ContainsFunc(consequences, func(c consequence) bool { return c.what == id && e.is(c.of) })
}

// How many tokens make a message a story, in which a phrase is often about something else than the cause: where several hardships are
// found, where one is and a single phrase says so, and where it is only inferred. The figures are from messages that the lexicon had not
// seen: with them one reading in eighty that is taken at its word is wrong, without them one in eight.
const (
	storyOfSeveral  = 14
	storyOfOne      = 24
	storyOfInferred = 12
)

// story says whether there is so much besides what speaks for the hardships that they should be read back.
func (e *evidence) story(s *statement) bool {
	proofs := 0
	for _, h := range e.sure {
		proofs += len(h.what)
	}
	switch n := len(s.Tokens); {
	case len(e.sure) > 1:
		return n > storyOfSeveral
	case proofs == 0:
		return n > storyOfInferred
	case proofs == 1:
		return n >= storyOfOne
	}
	return false
}

// firmGap is how much may stand in the gap of a finding that is taken at its word.
const firmGap = 4

// loose says whether what speaks for a hardship is no more than words far from each other, or words with a gap beside a hint at something
// else than work, which everything is felt at.
func (e *evidence) loose(id string, facts []fact) bool {
	if len(facts) != 1 || facts[0].gap == 0 {
		return false
	}
	return facts[0].gap > firmGap || e.hintsBeside(id)
}

// hintsBeside says whether something hints at another part of life than that of a hardship, and than work.
func (e *evidence) hintsBeside(id string) bool {
	return slices.ContainsFunc(e.hints, func(hint about[int]) bool {
		circle := circles[hint.name]
		return hint.name != id && circle != "work" && circle != circles[id]
	})
}

// conclude names the hardships that the evidence comes to.
func (e *evidence) conclude(s *statement) Hardship {
	switch {
	case len(e.sure) > 0:
		h := Hardship{Status: Value, Hardships: inOrder(e.sure), Why: e.doubt(s)}
		if h.Why != "" {
			h.Status = Confirm
		}
		return h
	case e.said.has(forgotten):
		return Hardship{Status: Value, Why: "forgotten"}
	case e.said.has(nothing):
		return Hardship{Status: Value, Why: "nothing"}
	case e.hinted():
		return Hardship{Status: Confirm, Hardships: likeliest(e.hints), Why: "weak"}
	case e.denied:
		return Hardship{Status: Unknown, Why: "negated"}
	case e.said.has(noReason):
		return Hardship{Status: Unknown, Why: "no_reason"}
	}
	return Hardship{Status: Unknown}
}

// hinted says whether something is hinted at, and leaves out what the words speak against.
func (e *evidence) hinted() bool {
	e.hints.drop(func(id string) bool { return e.leans(id) < idleLean })
	return len(e.hints) > 0
}

// likeliest returns the hardship with the most hints; those with as many as any other, if several have.
func likeliest(hints byName[int]) []string {
	most := 0
	for _, h := range hints {
		most = max(most, h.what)
	}
	return inOrder(slices.DeleteFunc(slices.Clone(hints), func(h about[int]) bool { return h.what < most }))
}

// inOrder returns the ids in the order of HardshipIDs.
func inOrder[V any](ids byName[V]) []string {
	var out []string
	for _, id := range HardshipIDs {
		if ids.has(id) {
			out = append(out, id)
		}
	}
	return out
}

// byName keeps something about each of a few names, in the order in which they came. A map would cost more than all that is done with it.
type byName[V any] []about[V]

type about[V any] struct {
	name string
	what V
}

func (n byName[V]) has(name string) bool { return n.place(name) >= 0 }

// of returns what is kept about a name, from now on if nothing was.
func (n *byName[V]) of(name string) *V {
	at := n.place(name)
	if at < 0 {
		at = len(*n)
		*n = append(*n, about[V]{name: name})
	}
	return &(*n)[at].what
}

func (n byName[V]) place(name string) int {
	return slices.IndexFunc(n, func(a about[V]) bool { return a.name == name })
}

// drop leaves out names.
func (n *byName[V]) drop(which func(name string) bool) {
	*n = slices.DeleteFunc(*n, func(a about[V]) bool { return which(a.name) })
}
