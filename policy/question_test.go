package policy

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy/rule"
)

// mostQuestions is how many questions a borrower may meet after the first three.
const mostQuestions = 4

// answers returns the answers to a question that can differ for a book: of a fact its boundary values, of a form the ends of
// what is left over and one between, and for both that it is skipped.
func answers(t testing.TB, b *Book, question FactID) []Facts {
	skipped := []Facts{{question: {Kind: Skipped}}}
	d, _ := b.Fact(question)
	if d.Kind == Group {
		require.Equal(t, Budget, question, "how the answers to another form differ is not known here")
		first := Facts{d.Members[0]: {Kind: Skipped}}
		return append(skipped, first, form(b, 1_000_000_00, 0), form(b, 0, 1_000_000_00), form(b, 3_000_00, 100_00), form(b, 1_500_01, 0))
	}
	var rules []*rule.Rule
	for _, p := range b.programmes {
		for _, c := range p.Conditions {
			rules = append(rules, c.rule)
		}
	}
	list := skipped
	for _, n := range b.lang.Boundary(b.places[question], rules...) {
		list = append(list, Facts{question: d.value(n)})
	}
	return list
}

// form is the budget of somebody who lives alone.
func form(b *Book, income, rent int64) Facts {
	d, _ := b.Fact(Budget)
	facts := Facts{}
	for _, id := range d.Members {
		m, _ := b.Fact(id)
		facts[id] = Value{Kind: m.Kind}
	}
	facts["income"], facts["housing"] = Value{Kind: Money, N: income}, Value{Kind: Money, N: rent}
	return facts
}

// value is the value that stands for n in conditions.
func (d Declaration) value(n int64) Value {
	v := Value{Kind: d.Kind}
	switch d.Kind {
	case Choice:
		v.Names = []string{d.Choices[n]}
	case Set:
		v.Names = []string{}
		for i, name := range d.Choices {
			if n&(1<<i) != 0 {
				v.Names = append(v.Names, name)
			}
		}
	default:
		v.N = n
	}
	return v
}

// interview goes through every path of questions and answers from what is known, and returns the longest.
func interview(t testing.TB, b *Book, known Facts, asked []FactID) int {
	a := b.Judge(known)
	if a.Next == "" {
		for _, f := range a.Findings {
			require.True(t, f.Verdict != Undecided || f.Human == skippedKey, "%s stays open after %v with %v", f.Programme, asked, known)
		}
		return len(asked)
	}
	require.NotContains(t, asked, a.Next, "nothing is asked twice")
	require.Less(t, len(asked), mostQuestions, "%v, and then %s, with %v", asked, a.Next, known)
	longest := 0
	for _, answer := range answers(t, b, a.Next) {
		more := Facts{}
		for _, facts := range []Facts{known, answer} {
			for id, v := range facts {
				more[id] = v
			}
		}
		longest = max(longest, interview(t, b, more, append(slices.Clip(asked), a.Next)))
	}
	return longest
}

// In every path through the shipped book a borrower meets at most four questions after the first three. The answers to the
// three are their boundary values under the book's own conditions; of those that lead to the same outcomes one is followed.
func TestAtMostFourFurtherQuestions(t *testing.T) {
	b := shipped(t)
	paths, longest := map[string]bool{}, 0
	for _, owed := range answers(t, b, Owed) {
		for _, late := range answers(t, b, DaysLate) {
			for _, what := range answers(t, b, Hardship) {
				known := Facts{Owed: owed[Owed], DaysLate: late[DaysLate], Hardship: what[Hardship]}
				key := fmt.Sprint(owed)
				for _, f := range b.Judge(known).Findings {
					for _, o := range f.Outcomes {
						key += string(o.Verdict[0])
					}
				}
				if !paths[key] {
					paths[key] = true
					longest = max(longest, interview(t, b, known, nil))
				}
			}
		}
	}
	require.Greater(t, len(paths), 100, "the first three answers do differ")
	require.Equal(t, mostQuestions, longest)
}

func TestTheQuestionThatDecidesMost(t *testing.T) {
	b := shipped(t)
	for facts, next := range map[string]FactID{
		"":         Hardship,
		"owed=100": Hardship,
		"owed=4000 days_late=10 hardship=own_illness":                                         CreditLimit,
		"owed=4000 days_late=15 hardship=own_illness":                                         "late_before",
		"owed=4000 days_late=15 hardship=own_illness late_before=never":                       ProductFact,
		"owed=4000 days_late=15 hardship=own_illness late_before=never product=cash_loan":     Budget,
		"owed=4000 days_late=15 hardship=own_illness late_before=never income=3000 housing=0": ProductFact,
		"owed=4000 days_late=15 hardship=own_illness late_before=never product=skipped":       Budget,
		"owed=4000 days_late=15 hardship= late_before=never product=cash_loan":                "",
	} {
		require.Equal(t, next, b.Judge(told(t, b, facts)).Next, facts)
	}
}
