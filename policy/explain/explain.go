// Package explain puts an assessment into words and JSON: each verdict with its conditions, the facts that they looked at, their
// thresholds and where these come from.
package explain

import (
	"encoding/json"
	"strings"

	"respite/policy"
	"respite/policy/day"
	"respite/policy/money"
)

// Yuan is an amount that JSON shows as a number of yuan with two decimals, exactly.
type Yuan money.Fen

// MarshalJSON writes 4000.00.
func (y Yuan) MarshalJSON() ([]byte, error) { return []byte(money.Fen(y).String()), nil }

// Explanation is an assessment in full. Lists are never null.
type Explanation struct {
	Book       string         `json:"book"`
	Today      day.Date       `json:"today"`
	Facts      map[string]any `json:"facts"`
	Programmes []Programme    `json:"programmes"`
	Next       policy.FactID  `json:"next"` // empty: no question can change anything
	Left       *Yuan          `json:"left_over,omitempty"`
	Unfit      bool           `json:"nothing_fits,omitempty"`
}

// Programme is what became of one programme.
type Programme struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`
	Verdict policy.Verdict  `json:"verdict"`
	Reasons []Reason        `json:"reasons"`
	Needs   []policy.FactID `json:"needs"`
	Human   string          `json:"human,omitempty"` // why a person decides, or that one can look again
	Offers  []Offer         `json:"offers"`
}

// Reason is what became of one condition.
type Reason struct {
	ID      string          `json:"id"`
	Verdict policy.Verdict  `json:"verdict"`
	Text    string          `json:"text"`
	If      string          `json:"if,omitempty"` // the condition with its thresholds, as the book has it
	Facts   map[string]any  `json:"facts"`        // those that it looks at, as far as they are known
	Needs   []policy.FactID `json:"needs"`
	Source  string          `json:"source,omitempty"`
	Sources []string        `json:"sources"` // the titles of what Source names
}

// Offer is one plan with all its payments.
type Offer struct {
	ID       string          `json:"id"`
	Method   string          `json:"method"`
	Rate     json.Number     `json:"rate,omitempty"`
	Total    Yuan            `json:"total"`
	Waived   Yuan            `json:"waived"`
	Running  Yuan            `json:"running"`
	Annual   json.Number     `json:"annual,omitempty"`
	Idle     Yuan            `json:"if_nothing_is_paid"`
	Last     day.Date        `json:"last"`
	Short    Yuan            `json:"short,omitempty"` // what of a sum due at once is more than is left over until then
	Agent    bool            `json:"needs_approval"`
	Estimate bool            `json:"estimate"`
	Wants    []policy.FactID `json:"exact_with"`
	Payments []Payment       `json:"payments"`
}

// Payment is one payment of an offer.
type Payment struct {
	N         int      `json:"n"`
	Due       day.Date `json:"due"`
	Amount    Yuan     `json:"amount"`
	Principal Yuan     `json:"principal"`
	Interest  Yuan     `json:"interest"`
	Fees      Yuan     `json:"fees"`
	Left      Yuan     `json:"left"`
}

// Explain says in a language of the book what it allows in a case.
func Explain(b *policy.Book, f policy.Facts, today day.Date, lang string) Explanation {
	a := b.Assess(f, today)
	w := writer{book: b, words: b.Words(lang)}
	e := Explanation{Book: a.Book, Today: today, Facts: map[string]any{}, Next: a.Next, Unfit: a.Unfit, Programmes: []Programme{}}
	if a.Left.Known {
		left := Yuan(a.Left.Fen)
		e.Left = &left
	}
	for id, v := range f {
		e.Facts[string(id)] = plain(v)
	}
	for _, f := range a.Findings {
		e.Programmes = append(e.Programmes, w.programme(f))
	}
	return e
}

// writer puts findings into words.
type writer struct {
	book  *policy.Book
	words map[string]string
}

func (w writer) programme(f policy.Finding) Programme {
	p := Programme{ID: f.Programme, Name: w.words["programme."+f.Programme+".name"], Verdict: f.Verdict,
		Needs: list(f.Needs), Human: w.words[f.Human], Reasons: []Reason{}, Offers: []Offer{}}
	written, _ := w.book.Programme(f.Programme)
	conditions := map[string]string{}
	for _, c := range written.Conditions {
		conditions[c.ID] = c.If
	}
	for _, o := range f.Outcomes {
		r := Reason{ID: o.ID, Verdict: o.Verdict, Text: policy.Fill(w.words[o.Key], o.Args, figure), If: conditions[o.ID],
			Facts: map[string]any{}, Needs: list(o.Needs), Source: o.Source, Sources: []string{}}
		for id := range strings.SplitSeq(o.Source, ", ") {
			if title, ok := w.words["source."+id]; ok {
				r.Sources = append(r.Sources, title)
			}
		}
		for _, id := range o.Facts {
			if v, ok := o.Args[string(id)]; ok {
				r.Facts[string(id)] = plain(v)
			}
		}
		p.Reasons = append(p.Reasons, r)
	}
	for _, o := range f.Offers {
		p.Offers = append(p.Offers, offer(o))
	}
	return p
}

func offer(o policy.Offer) Offer {
	s := o.Schedule
	e := Offer{ID: o.ID, Method: string(o.Terms.Method), Rate: json.Number(o.Terms.Rate), Total: Yuan(s.Total), Waived: Yuan(s.Waived),
		Running: Yuan(s.Running), Annual: json.Number(s.Annual), Idle: Yuan(o.Idle), Last: o.Last, Short: Yuan(o.Short), Agent: o.Agent,
		Estimate: o.Estimate, Wants: list(o.Wants)}
	for _, i := range s.Instalments {
		e.Payments = append(e.Payments, Payment{i.N, i.Due, Yuan(i.Amount), Yuan(i.Parts.Principal), Yuan(i.Parts.Interest),
			Yuan(i.Parts.Fees), Yuan(i.Left)})
	}
	return e
}

// plain is a value as JSON shows it.
func plain(v policy.Value) any {
	switch v.Kind {
	case policy.Money:
		return Yuan(v.N)
	case policy.Count:
		return v.N
	case policy.YesNo:
		return v.N == 1
	case policy.Choice:
		return v.Names[0]
	case policy.Set:
		return list(v.Names)
	}
	return string(v.Kind)
}

// list is a list that is never null.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
