package dialog

import (
	"time"

	"respite/policy"
	"respite/policy/ledger"
	"respite/policy/money"
	"respite/policy/schedule"
)

// exported is what the borrower gets of the record: the same facts under names that a person can read.
type exported struct {
	Language  string            `json:"language"`
	Consent   string            `json:"consent_given_at,omitempty"`
	Details   string            `json:"consent_to_health_and_finance_details_given_at,omitempty"`
	Answers   map[string]any    `json:"answers"`
	Story     string            `json:"in_your_own_words,omitempty"`
	Means     string            `json:"could_pay_a_month_yuan,omitempty"`
	Book      string            `json:"assessed_under_policy,omitempty"`
	Assessed  string            `json:"assessed_on,omitempty"`
	Verdicts  map[string]string `json:"results,omitempty"`
	Requested *exportedPlan     `json:"requested_plan,omitempty"`
	Plan      *exportedPlan     `json:"plan,omitempty"`
	Files     int               `json:"files_sent,omitempty"`
}

type exportedPlan struct {
	Programme   string               `json:"programme"`
	Agreed      string               `json:"agreed_at,omitempty"`
	Instalments []exportedInstalment `json:"instalments"`
}

type exportedInstalment struct {
	N      int    `json:"number"`
	Due    string `json:"due"`
	Amount string `json:"amount_yuan"`
	Status string `json:"status,omitempty"`
}

// copyOut gathers what is kept of the borrower.
func (t *turn) copyOut() exported {
	c := t.c
	out := exported{Language: c.Language, Consent: moment(c.Consent), Details: moment(c.Details), Answers: map[string]any{}, Story: c.Story, Book: c.Book}
	for id, v := range c.Facts {
		out.Answers[string(id)] = plainValue(v)
	}
	if c.Assessed != 0 {
		out.Assessed = c.Assessed.String()
		out.Verdicts = map[string]string{}
		for _, f := range t.judge().Findings {
			out.Verdicts[f.Programme] = string(f.Verdict)
		}
	}
	if c.Means != nil {
		out.Means = c.Means.Monthly.String()
	}
	if c.Case != nil {
		out.Files = c.Case.Files
	}
	if c.Request != nil {
		if o, ok := t.built(c.Request.Proposed); ok {
			out.Requested = &exportedPlan{Programme: o.Programme, Instalments: exportedInstalments(o.Schedule)}
		}
	}
	if c.Plan != nil {
		out.Plan = &exportedPlan{Programme: c.Plan.Programme, Agreed: moment(c.Plan.Agreed), Instalments: exportedLines(t.ledger())}
	}
	return out
}

func exportedInstalments(s schedule.Schedule) []exportedInstalment {
	var out []exportedInstalment
	for _, in := range s.Instalments {
		out = append(out, exportedInstalment{N: in.N, Due: in.Due.String(), Amount: in.Amount.String()})
	}
	return out
}

func exportedLines(l ledger.Ledger) []exportedInstalment {
	var out []exportedInstalment
	for _, line := range l.Lines {
		out = append(out, exportedInstalment{N: line.N, Due: line.Due.String(), Amount: line.Amount.String(), Status: string(line.Status)})
	}
	return out
}

// plainValue is a fact's value as JSON shows it: yuan as a decimal string.
func plainValue(v Value) any {
	switch v.Kind {
	case policy.Money:
		return money.Fen(v.N).String()
	case policy.Count:
		return v.N
	case policy.YesNo:
		return v.N == 1
	case policy.Choice, policy.Set:
		return v.Names
	}
	return nil
}

func moment(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).UTC().Format(time.RFC3339)
}
