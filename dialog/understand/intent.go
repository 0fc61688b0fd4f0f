package understand

import (
	"slices"

	"respite/dialog/understand/phrase"
)

// Intent reads what somebody wants of the bot, whatever is being asked.
func (t *Text) Intent() Intent { return t.r.phrases.hunch(t.intent(), t.statement()) }

// intent is what the phrases of the text say is wanted.
func (t *Text) intent() Intent { return t.r.phrases.intent(t.runes, t.statement()) }

// How far the words of a text must lean to a wish where no phrase says one, and where it only looks like a question. Of 680 messages that
// neither lexicon nor leanings had seen, 14 of the 48 that the phrases misread were read rightly with these, and none was misread for them.
const (
	unsaidLean = 4
	askedLean  = 20
)

// hunch returns what a statement, in which the phrases say so, is likelier to want by how all of its words lean. Small talk that begins
// with a greeting is one.
func (p *phrases) hunch(said Intent, s *statement) Intent {
	least := unsaidLean
	switch said.Intent {
	case "question":
		least = askedLean
	case "none":
	default:
		return said
	}
	if len(s.Tokens) > stretch { // a story
		return said
	}
	lean := p.wishLean.sum(s, 0, len(s.Tokens), false)
	best := most(lean[:len(wishKinds)])
	w := p.wishesOf(s)
	i := Intent{Intent: wishKinds[best], Hunch: true}
	if lean[best] < least {
		i.Intent = "greeting"
		if said.Intent != "none" || !w.greets(s) {
			return said
		}
	}
	switch i.Intent {
	case said.Intent:
		return said
	case "correct":
		i.Field = w.field(s)
	}
	return i
}

// greets says whether the text begins with a greeting and goes on with nothing that could be an answer: 你好呀，这么晚还上班.
func (w *wishes) greets(s *statement) bool {
	return w.clause(isGreeting, s) && !w.has(isWholeWord, namesFigure, namesNumeral) && len(s.Found("hardship")) == 0
}

// urgent are the intents that count wherever they are found, the first one first.
var urgent = []wish{wantsHuman, wantsStop, wantsLanguage}

func (p *phrases) intent(text []rune, s *statement) Intent {
	w := p.wishesOf(s)
	for _, u := range urgent {
		if w.has(u) && (u != wantsStop || !w.has(isFormal)) {
			return Intent{Intent: wishNames[u]}
		}
	}
	asks, tale := w.asks(text, s), w.tale(s)
	switch {
	case w.has(wantsCall) && (s.Only(w.list(wantsCall, isGreeting, isWholeWord)...) || w.calls(s)):
		return Intent{Intent: "human"}
	case w.has(isGreeting) && s.Only(w.list(isGreeting, isWholeWord)...):
		return Intent{Intent: "greeting"}
	case w.has(hasPaidAlready) && !w.has(hasComplaint) && (asks || !w.has(hasPaidPartly)):
		return Intent{Intent: "paid"}
	case w.has(hasComplaint) && (!tale || w.has(isFormal, isAddressed)):
		return Intent{Intent: "complaint"}
	case w.has(wantsCorrect):
		return Intent{Intent: "correct", Field: w.field(s)}
	case w.apart(hasPaid, cannotPay) && !w.has(hasPaidPartly, hasNotPaid) && !asks && !tale:
		return Intent{Intent: "paid"}
	case w.has(wantsBack):
		return Intent{Intent: "back"}
	case w.has(wantsCancel) && !tale, w.clause(wantsDrop, s):
		return Intent{Intent: "cancel"}
	case w.has(isBroke), w.has(cannotPay) && !asks:
		return Intent{Intent: "cannot_pay"}
	case asks:
		return Intent{Intent: "question"}
	case w.perhaps(wantsCorrect):
		return Intent{Intent: "correct", Field: w.field(s)}
	}
	return Intent{Intent: "none"}
}

// tale says whether the text complains, or speaks of paying or an end, but tells what happened to somebody: 老板骗人，工资没发; 岗位取消了.
func (w *wishes) tale(s *statement) bool {
	return w.has(hasComplaint, hasPaid, wantsCancel) && slices.ContainsFunc(w.facts(s), func(f fact) bool {
		return !f.weak && !f.denied && slices.Contains(tales, f.name)
	})
}

// tales are the hardships whose words say little else.
var tales = []string{unemployment, noJob, noWork, ownIllness, illness, injury, familyMedical, death, caring, birth, familyEvent, accident, mishap,
	disaster, unpaidWages, trade, ruin}

// calls says whether the text ends with a call that stands by itself, and tells of no hardship: 别自动回复了，人工！
func (w *wishes) calls(s *statement) bool {
	return len(s.Found("hardship")) == 0 && slices.ContainsFunc(w.list(wantsCall), func(f phrase.Finding) bool {
		return s.Tokens[f.Start].Before >= phrase.Comma && s.Between(f.End, len(s.Tokens)) == 0
	})
}

// clause says whether the text begins with something of a sense that stands by itself: 取消，我在上班.
func (w *wishes) clause(one wish, s *statement) bool {
	return slices.ContainsFunc(w.list(one), func(f phrase.Finding) bool {
		return s.Between(0, f.Start) == 0 && s.BreakBetween(f.End, s.past(f.End)) >= phrase.Blank
	})
}

// past returns the first token from a place on that is no filler joined to what is before.
func (s *statement) past(at int) int {
	for at < len(s.Tokens) && s.Tokens[at].Before == phrase.Joined && s.Between(at, at+1) == 0 {
		at++
	}
	return at
}

// asks says whether the text is a question. One that names nothing but a figure is an answer in doubt ("20天？").
func (w *wishes) asks(text []rune, s *statement) bool {
	if w.has(asksSomething) {
		return w.outside(asksSomething, isUnsure)
	}
	if !slices.Contains(text, '?') && !slices.Contains(text, '？') || len(s.Tokens) == 0 {
		return false
	}
	return !s.Only(w.list(namesFigure, isGreeting)...)
}

// field says what a correction is about: what it names, or else what its figures count, or a hardship that it tells of.
func (w *wishes) field(s *statement) string {
	var first phrase.Finding
	about := noWish
	for _, named := range []wish{aboutAmount, aboutLateness, aboutReason} {
		for _, f := range w.list(named) {
			if about == noWish || f.Start < first.Start || f.Start == first.Start && f.End > first.End {
				first, about = f, named
			}
		}
	}
	switch {
	case about == aboutReason:
		return "hardship"
	case about != noWish:
		return wishNames[about]
	case len(s.Found("hardship")) > 0:
		return "hardship"
	case w.has(namesNumeral):
		return "amount"
	}
	return ""
}
