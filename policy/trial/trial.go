// Package trial runs the cases that stand beside the programmes of a book.
package trial

import (
	"fmt"
	"slices"
	"strings"

	"respite/policy"
	"respite/policy/money"
)

// Result is what came of one case.
type Result struct {
	Case   policy.Case
	Faults []string // what is not as the case wants it; none: passed
}

// Blind is a condition of which the cases of its programme show only one side, or none.
type Blind struct {
	Programme, Condition string
	Never                []policy.Verdict // verdicts on the condition that no case brought about: Eligible, Ineligible
}

// Report is what came of all cases of a book.
type Report struct {
	Results []Result // by programme, in the order of their files
	Blind   []Blind
}

// Failed returns how many cases failed.
func (r Report) Failed() int {
	n := 0
	for _, one := range r.Results {
		if len(one.Faults) > 0 {
			n++
		}
	}
	return n
}

// Run runs every case of a book.
func Run(b *policy.Book) Report {
	var r Report
	seen := map[[2]string][]policy.Verdict{}
	for _, c := range b.Cases() {
		under := b.Under(c.Settings)
		a := under.Assess(c.Facts, c.Today)
		f := find(a, c.Programme)
		for _, o := range f.Outcomes {
			key := [2]string{c.Programme, o.ID}
			seen[key] = append(seen[key], o.Verdict)
		}
		r.Results = append(r.Results, Result{c, check(c, f, a)})
	}
	for _, p := range b.Programmes() {
		for _, c := range p.Conditions {
			var never []policy.Verdict
			for _, v := range []policy.Verdict{policy.Eligible, policy.Ineligible} {
				if !slices.Contains(seen[[2]string{p.ID, c.ID}], v) {
					never = append(never, v)
				}
			}
			if never != nil {
				r.Blind = append(r.Blind, Blind{p.ID, c.ID, never})
			}
		}
	}
	return r
}

func find(a policy.Assessment, programme string) policy.Finding {
	i := slices.IndexFunc(a.Findings, func(f policy.Finding) bool { return f.Programme == programme })
	return a.Findings[i]
}

// faults collects what is not as it should be.
type faults []string

func (f *faults) add(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

// differ notes a value that is not the wanted one.
func differ[T comparable](f *faults, what string, got, want T) {
	if got != want {
		f.add("%s is %v, not %v", what, got, want)
	}
}

// check compares a finding with what the case wants.
func check(c policy.Case, f policy.Finding, a policy.Assessment) []string {
	var bad faults
	differ(&bad, "verdict", f.Verdict, c.Verdict)
	for _, o := range f.Outcomes {
		if want, ok := c.Because[o.ID]; ok {
			differ(&bad, fmt.Sprintf("condition %q", o.ID), o.Verdict, want)
		}
	}
	if c.Needs != nil && !slices.Equal(f.Needs, c.Needs) {
		bad.add("it needs %v, not %v", f.Needs, c.Needs)
	}
	if c.Human != "" {
		differ(&bad, "human", f.Human, c.Human)
	}
	if c.Unfit != nil {
		differ(&bad, "unfit", a.Unfit, *c.Unfit)
	}
	if c.Offers != nil {
		offers(&bad, f.Offers, c.Offers)
	}
	if c.Verdict != f.Verdict {
		for _, o := range f.Outcomes {
			bad.add("    %s: %s, from %s", o.ID, o.Verdict, o.Source)
		}
	}
	return bad
}

// offers compares all offers, in their order, with what the case wants.
func offers(bad *faults, got []policy.Offer, want []policy.WantedOffer) {
	var ids, wanted []string
	for _, o := range got {
		ids = append(ids, o.ID)
	}
	for _, w := range want {
		wanted = append(wanted, w.ID)
	}
	if !slices.Equal(ids, wanted) {
		bad.add("offers are [%s], not [%s]", strings.Join(ids, " "), strings.Join(wanted, " "))
		return
	}
	for i, w := range want {
		offer(bad, got[i], w)
	}
}

// offer compares one offer in what the case says of it.
func offer(bad *faults, o policy.Offer, w policy.WantedOffer) {
	amount := func(what string, got money.Fen, want *money.Fen) {
		if want != nil {
			differ(bad, w.ID+": "+what, got, *want)
		}
	}
	flag := func(what string, got bool, want *bool) {
		if want != nil {
			differ(bad, w.ID+": "+what, got, *want)
		}
	}
	amount("total", o.Schedule.Total, w.Total)
	amount("waived", o.Schedule.Waived, w.Waived)
	amount("running", o.Schedule.Running, w.Running)
	amount("idle", o.Idle, w.Idle)
	flag("agent", o.Agent, w.Agent)
	flag("estimate", o.Estimate, w.Estimate)
	if w.Annual != "" {
		differ(bad, w.ID+": annual", o.Schedule.Annual, w.Annual)
	}
	if w.Payments == nil {
		return
	}
	var got []policy.Payment
	for _, i := range o.Schedule.Instalments {
		got = append(got, policy.Payment{Due: i.Due, Amount: i.Amount})
	}
	if !slices.Equal(got, w.Payments) {
		bad.add("%s: payments are\n%s    not\n%s", w.ID, lines(got), lines(w.Payments))
	}
}

func lines(payments []policy.Payment) string {
	var b strings.Builder
	for _, p := range payments {
		fmt.Fprintf(&b, "        %v: %v\n", p.Due, p.Amount)
	}
	return b.String()
}
