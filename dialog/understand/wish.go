package understand

import (
	"fmt"
	"slices"
	"strings"

	"respite/dialog/understand/phrase"
)

// wish is a sense of the intent lexicon.
type wish uint8

const (
	noWish wish = iota
	wantsHuman
	wantsCall
	wantsStop
	wantsLanguage
	wantsBack
	wantsCancel
	wantsCorrect
	hasPaid
	hasPaidAlready
	hasPaidPartly
	hasNotPaid
	cannotPay
	isBroke
	hasComplaint
	asksSomething
	isUnsure
	isGreeting
	isFormal
	isWholeWord
	isAddressed
	namesFigure
	namesNumeral
	aboutAmount
	aboutLateness
	aboutReason
	wishCount
)

// wishNames are the names of the senses in the lexicon.
var wishNames = [wishCount]string{wantsHuman: "human", wantsCall: "call", wantsStop: "stop_reminders", wantsLanguage: "language",
	wantsBack: "back", wantsCancel: "cancel", wantsCorrect: "correct", hasPaid: "paid", hasPaidAlready: "paid_already", hasPaidPartly: "partly",
	hasNotPaid: "unpaid", cannotPay: "cannot_pay", isBroke: "broke", hasComplaint: "complaint", asksSomething: "question", isUnsure: "unsure",
	isGreeting: "greeting", isFormal: "formal", isWholeWord: "whole", isAddressed: "addressed",
	namesFigure: "figure", namesNumeral: "numeral", aboutAmount: "amount",
	aboutLateness: "lateness", aboutReason: "reason"}

// wishNamed returns the wish that a sense of the lexicon names; the error says that there is none.
func wishNamed(sense string) (wish, error) {
	if at := slices.Index(wishNames[1:], sense); at >= 0 {
		return wish(at + 1), nil
	}
	if sense == "not" || strings.HasPrefix(sense, "not ") {
		return noWish, nil
	}
	return noWish, fmt.Errorf("intent lexicon: sense %q is not known", sense)
}

// wishes are what the intent lexicon found in a text, in the order in which it stands there.
type wishes struct {
	*phrases
	found     []phrase.Finding
	all, weak uint64 // the wishes that were found, and those that are meant perhaps
}

func (p *phrases) wishesOf(s *statement) *wishes {
	w := wishes{phrases: p, found: s.Found("intent")}
	for _, f := range w.found {
		if p.senses[f.Sense].Weak {
			w.weak |= 1 << p.wishes[f.Sense]
		} else {
			w.all |= 1 << p.wishes[f.Sense]
		}
	}
	return &w
}

// has says whether one of the wishes was found.
func (w *wishes) has(any ...wish) bool {
	return slices.ContainsFunc(any, func(one wish) bool { return w.all&(1<<one) != 0 })
}

// perhaps says whether something that may be the wish was found.
func (w *wishes) perhaps(one wish) bool { return w.weak&(1<<one) != 0 }

// list returns where the wishes were found.
func (w *wishes) list(any ...wish) []phrase.Finding {
	if !w.has(any...) {
		return nil
	}
	var out []phrase.Finding
	for _, f := range w.found {
		if slices.Contains(any, w.wishes[f.Sense]) && !w.senses[f.Sense].Weak {
			out = append(out, f)
		}
	}
	return out
}

// outside says whether something of the first sense was found that does not start in something of the second one.
func (w *wishes) outside(what, larger wish) bool {
	others, reach := w.list(larger), 0
	for _, f := range w.list(what) {
		for len(others) > 0 && others[0].Start <= f.Start {
			reach = max(reach, others[0].End)
			others = others[1:]
		}
		if f.Start >= reach {
			return true
		}
	}
	return false
}

// apart says whether something of the first sense was found that overlaps with nothing of the second one.
func (w *wishes) apart(what, other wish) bool {
	if !w.has(what) {
		return false
	}
	others := w.list(other)
	return slices.ContainsFunc(w.list(what), func(f phrase.Finding) bool {
		return !slices.ContainsFunc(others, func(g phrase.Finding) bool { return g.Start < f.End && f.Start < g.End })
	})
}
