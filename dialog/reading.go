package dialog

import (
	"slices"
	"strings"
	"unicode/utf8"

	"respite/dialog/understand"
	"respite/policy"
)

// reading is what a text says of one fact.
type reading struct {
	fact   policy.FactID
	value  Value
	status understand.Status
	why    string // a stable id of the doubt; empty: none
}

// reading reads a text as a value of a fact.
func (t *turn) reading(id policy.FactID, text string) reading {
	d, _ := t.book().Fact(id)
	r := reading{fact: id, value: Value{Kind: d.Kind}, status: understand.Unknown}
	switch {
	case id == policy.Hardship:
		h := t.says(text).Hardship()
		r.value.Names, r.status, r.why = h.Hardships, h.Status, h.Why
	case id == policy.DaysLate:
		l := t.says(text).Lateness(t.today)
		r.value.N, r.status, r.why = int64(l.Days), l.Status, l.Why
	case d.Kind == policy.Money:
		t.readMoney(&r, d, text)
		r.within(d)
	case d.Kind == policy.Count:
		t.readCount(&r, text)
		r.within(d)
	case d.Kind == policy.Choice:
		if name, ok := t.chosen(d, text); ok {
			r.value.Names, r.status = []string{name}, understand.Value
		}
	case d.Kind == policy.YesNo:
		switch t.says(text).YesNo() {
		case understand.Yes:
			r.value.N, r.status = 1, understand.Value
		case understand.No:
			r.status = understand.Value
		}
	}
	return r
}

// readMoney reads an amount.
func (t *turn) readMoney(r *reading, d policy.Declaration, text string) {
	a := t.says(text).AmountOf(part(r.fact))
	r.value.N, r.status, r.why = int64(a.Fen), a.Status, a.Why
	if d.Group != "" && r.why == "approximate" {
		r.status = understand.Value // the form asks for no more
	}
	if r.fact != policy.Owed && (r.why == "zero" || r.status == understand.Unknown && (t.none(text) || t.paidOff(r.fact, text))) {
		r.value.N, r.status = 0, understand.Value // "no other debts" is an answer
	}
}

// paidOff says whether the answer is that a mortgage or other debts are paid off. Asked of those, nobody means the arrears.
func (t *turn) paidOff(id policy.FactID, text string) bool {
	return (id == "housing" || id == "other_debts") && t.says(text).Intent().Intent == "paid"
}

// part is which of the borrower's figures answers a question for money.
func part(id policy.FactID) understand.Part {
	switch id {
	case policy.Owed:
		return understand.PartOwed
	case policy.CreditLimit:
		return understand.PartLimit
	case policy.Principal:
		return understand.PartPrincipal
	case policy.Interest:
		return understand.PartInterest
	case policy.Fees:
		return understand.PartFees
	case "income":
		return understand.PartIncome
	}
	return understand.PartExpense
}

// readCount reads a number of people or things.
func (t *turn) readCount(r *reading, text string) {
	n, ok := t.says(text).Count()
	switch {
	case t.says(text).Nothing(): // "just me alone" holds a number
		r.status = understand.Value
	case ok:
		r.value.N, r.status = int64(n), understand.Value
	case t.none(text):
		r.status = understand.Value
	}
}

// none says whether an answer to "how much?" is that there is nothing.
func (t *turn) none(text string) bool {
	return !t.says(text).Unsure() && (t.says(text).YesNo() == understand.No || t.says(text).Nothing())
}

// within makes a figure outside the declared range one that is not understood.
func (r *reading) within(d policy.Declaration) {
	if r.status == understand.Value && d.Max > d.Min && (r.value.N < d.Min || r.value.N > d.Max) {
		r.status, r.why = understand.Unknown, "range"
	}
}

// asksAnew are doubts that no yes can settle: the question is put again, with the reason.
var asksAnew = map[string]bool{"foreign": true, "zero": true, "negative": true, "lunar": true}

// otherFigures are figures that somebody names who is asked for what is overdue, and that are not it.
var otherFigures = map[string]bool{"borrowed": true, "monthly": true, "limit": true, "paid": true}

// anew says whether a reading is put aside, and the question put again with the reason.
func (r *reading) anew() bool {
	switch {
	case r.fact == policy.Hardship || r.status == understand.Value:
		return false
	case r.fact == policy.Owed && r.status == understand.Unknown && otherFigures[r.why]:
		return true
	}
	return asksAnew[r.why]
}

// chosen finds the one choice that the typed words name: by its caption, or by other words for it.
func (t *turn) chosen(d policy.Declaration, text string) (string, bool) {
	if name, ok := t.captioned(d, text); ok {
		return name, true
	}
	if t.says(text).Unsure() { // "no idea" is not "no"
		return "", false
	}
	name := t.says(text).Choice(string(d.ID))
	return name, slices.Contains(d.Choices, name)
}

// choosesOne takes what sounds like a question, but names one of the choices at hand.
func (t *turn) choosesOne(text string) bool {
	d, ok := t.book().Fact(t.c.Asking)
	if !ok || t.c.State != AskMore || d.Kind != policy.Choice || strings.ContainsAny(text, "?？吗嗎") {
		return false
	}
	name, ok := t.chosen(d, text)
	if ok {
		t.c.Misses = 0
		t.accept(t.given(d.ID, Value{Kind: d.Kind, Names: []string{name}}, text))
	}
	return ok
}

// captioned finds the one choice whose caption holds the typed words, or the other way round; false if there is none or several.
func (t *turn) captioned(d policy.Declaration, text string) (string, bool) {
	words := bare(text)
	if utf8.RuneCountInString(words) < 2 {
		return "", false
	}
	found := ""
	for _, name := range d.Choices {
		for _, l := range t.m.Labels(T("choice." + string(d.ID) + "." + name)) {
			if l := bare(l); strings.Contains(l, words) || strings.Contains(words, l) {
				if found != "" && found != name {
					return "", false
				}
				found = name
			}
		}
	}
	return found, found != ""
}
