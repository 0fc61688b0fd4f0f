package dialog

import (
	"maps"
	"slices"
	"strings"

	"respite/policy"
)

// verdicts lists every programme with its reasons and their sources, for the agents' card.
func verdicts(a policy.Assessment) []Text {
	var lines []Text
	for _, f := range a.Findings {
		lines = append(lines, T("card."+string(f.Verdict), "Name", programme(f.Programme)))
		for _, o := range f.Outcomes {
			if o.Verdict != policy.Eligible || f.Verdict == policy.Eligible {
				lines = append(lines, T("card.reason", "Why", reason(o), "Source", Plain(o.Source)))
			}
		}
	}
	return lines
}

// explain shows the borrower every verdict with each of its conditions, and where the rules come from.
func (t *turn) explain(string) {
	if t.c.Assessed == 0 {
		t.again(T("explain.nothing"))
		return
	}
	body := []Text{T("explain.intro")}
	named := map[string]bool{}
	for _, f := range t.judge().Findings {
		body = append(body, T("card."+string(f.Verdict), "Name", programme(f.Programme)))
		for _, o := range f.Outcomes {
			body = append(body, T("explain."+string(o.Verdict), "Why", reason(o), "Source", Plain(o.Source)))
			for id := range strings.SplitSeq(o.Source, ", ") {
				named[id] = true
			}
		}
	}
	body = append(body, T("explain.sources"))
	for _, id := range slices.Sorted(maps.Keys(named)) {
		body = append(body, T("explain.source", "ID", Plain(id), "Title", T("source."+id)))
	}
	t.say([][]Key{{lasting(label(resume), resume, "")}, t.foot()}, append(body, T("explain.person"))...)
}

// noteAssessment writes the whole assessment into the audit trail: the facts that it stands on, and the programmes by their verdicts, each with the
// conditions that do not hold (-) or are open (?). The book's hash, which every entry carries, stands for thresholds and sources.
func (t *turn) noteAssessment(a policy.Assessment) {
	words := []string{"assessed"}
	for _, id := range slices.Sorted(maps.Keys(t.c.Facts)) {
		if value, err := t.c.Facts[id].MarshalText(); err == nil {
			words = append(words, string(id)+"="+string(value))
		}
	}
	// One word for each verdict and not for each programme: nothing else that is kept of a conversation is as long as this.
	for _, v := range []policy.Verdict{policy.Eligible, policy.Undecided, policy.Ineligible} {
		words = append(words, string(v)+":")
		for _, f := range a.Findings {
			if f.Verdict == v {
				words = append(words, f.Programme+conditions(f.Outcomes))
			}
		}
	}
	t.note(strings.Join(words, " "))
}

// conditions names those that do not hold or are open.
func conditions(all []policy.Outcome) string {
	var names strings.Builder
	for _, o := range all {
		switch o.Verdict {
		case policy.Ineligible:
			names.WriteString("-" + o.ID)
		case policy.Undecided:
			names.WriteString("?" + o.ID)
		}
	}
	return names.String()
}
