package trial

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"respite/policy"
)

func TestShippedCases(t *testing.T) {
	b, err := policy.Default()
	require.NoError(t, err)
	r := Run(b)
	var out strings.Builder
	require.NoError(t, r.Write(&out, false))
	require.Zero(t, r.Failed(), out.String())
	require.Empty(t, r.Blind, "both sides of every condition are shown")
	require.NotContains(t, out.String(), "---")
	require.Contains(t, out.String(), "ok    settle-principal             7 cases\n")
}

// book is the small book of package policy with other cases.
func book(t *testing.T, cases string) *policy.Book {
	t.Helper()
	files := fstest.MapFS{}
	names, err := filepath.Glob("../testdata/small/*.yaml")
	require.NoError(t, err)
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		files[filepath.Base(name)] = &fstest.MapFile{Data: text}
	}
	files["relief_test.yaml"] = &fstest.MapFile{Data: []byte(cases)}
	b, err := policy.Load(files, policy.Options{})
	require.NoError(t, err)
	return b
}

// One case for each thing that can be other than wanted.
const wrong = `
- {name: the verdict, facts: {owed: 4000, days_late: 15, credit_limit: 10000}, verdict: eligible}
- {name: a reason, facts: {owed: 4000, days_late: 3}, verdict: undecided, because: {share: yes, early: yes}}
- {name: the needs, facts: {owed: 4000, days_late: 3}, verdict: undecided, needs: [owed]}
- {name: the person, facts: {owed: 4000, days_late: 15}, verdict: ineligible, human: policy.human.skipped}
- {name: the fit, today: 2026-11-23, facts: {owed: 4000, days_late: 3, credit_limit: 10000}, verdict: eligible, unfit: true}
- {name: the offers, today: 2026-11-23, facts: {owed: 4000, days_late: 3, credit_limit: 10000}, verdict: eligible, offers: []}
- name: an offer
  today: 2026-11-23
  facts: {owed: 4000, days_late: 3, credit_limit: 10000}
  verdict: eligible
  offers:
    - {id: now, total: 1, waived: 2, running: 3, idle: 4, annual: "5.00", agent: false, estimate: false, payments: {2026-11-30: 1, 2026-12-30: 2}}
- name: nothing
  facts: {owed: 4000, days_late: 3}
  verdict: undecided
`

const report = `--- FAIL: relief: the verdict (relief_test.yaml:2)
    verdict is ineligible, not eligible
        share: eligible, from law
        early: ineligible, from law, operator
--- FAIL: relief: a reason (relief_test.yaml:3)
    condition "share" is undecided, not eligible
--- FAIL: relief: the needs (relief_test.yaml:4)
    it needs [credit_limit], not [owed]
--- FAIL: relief: the person (relief_test.yaml:5)
    human is policy.human.review, not policy.human.skipped
--- FAIL: relief: the fit (relief_test.yaml:6)
    unfit is false, not true
--- FAIL: relief: the offers (relief_test.yaml:7)
    offers are [relief.now], not []
--- FAIL: relief: an offer (relief_test.yaml:8)
    relief.now: total is 4000.00, not 1.00
    relief.now: waived is 0.00, not 2.00
    relief.now: running is 0.00, not 3.00
    relief.now: idle is 4014.00, not 4.00
    relief.now: agent is true, not false
    relief.now: estimate is true, not false
    relief.now: annual is 0.00, not 5.00
    relief.now: payments are
        2026-11-30: 4000.00
    not
        2026-11-30: 1.00
        2026-12-30: 2.00
--- PASS: relief: nothing
FAIL  relief                       7 of 8 cases failed
conditions that no case shows both ways:
      relief: share never comes out no
`

func TestReport(t *testing.T) {
	r := Run(book(t, wrong))
	require.Equal(t, 7, r.Failed())
	var out strings.Builder
	require.NoError(t, r.Write(&out, true))
	require.Equal(t, report, out.String())
}

func TestCaseUnderItsOwnSettings(t *testing.T) {
	r := Run(book(t, `
- name: a Sunday is moved
  today: 2026-11-22
  facts: {owed: 4000, days_late: 3, credit_limit: 10000}
  settings: {working_days: true, pay_day: 29}
  verdict: eligible
  offers: [{id: now, payments: {2026-11-30: 4000}}]
- name: or is not
  today: 2026-11-22
  facts: {owed: 4000, days_late: 3, credit_limit: 10000}
  settings: {pay_day: 29}
  verdict: eligible
  offers: [{id: now, payments: {2026-11-29: 4000}}]
`))
	for _, one := range r.Results {
		require.Empty(t, one.Faults, one.Case.Name)
	}
	require.Equal(t, []Blind{
		{"relief", "share", []policy.Verdict{policy.Ineligible}},
		{"relief", "early", []policy.Verdict{policy.Ineligible}},
	}, r.Blind)
}

func TestBlindOfACaseThatShowsNothing(t *testing.T) {
	var out strings.Builder
	require.NoError(t, Run(book(t, "- {name: nothing is known, facts: {}, verdict: undecided}")).Write(&out, false))
	require.Equal(t, `ok    relief                       1 case
conditions that no case shows both ways:
      relief: share never comes out yes or no
      relief: early never comes out yes or no
`, out.String())
}
