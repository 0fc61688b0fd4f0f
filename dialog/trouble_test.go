package dialog

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy"
	"respite/policy/day"
	"respite/policy/ledger"
)

// ways lists the changes that the last message offers.
func (c *course) ways() []string {
	var all []string
	for _, data := range append(c.buttons(Say), c.buttons(Edit)...) {
		if w, ok := strings.CutPrefix(data, ".way."); ok {
			all = append(all, w)
		}
	}
	return all
}

func TestAnInstalmentThatCannotBePaid(t *testing.T) {
	kinds := func(c *course) (all []string) {
		for _, w := range c.ways() {
			k, _, _ := strings.Cut(w, "-")
			all = append(all, k)
		}
		return all
	}
	c := begins(t, china, tenth, 3)
	c.types("I cannot pay this one")
	require.Equal(t, "desk.trouble", c.heardOf(true), "the agents know at once")
	require.Equal(t, []string{"move", "move", "split", "skip"}, kinds(c))
	for _, w := range c.ways() {
		c := *c
		before := c.c.Plan.clone()
		c.press(way, w)
		require.Equal(t, "trouble.show", c.heardOf(false))
		require.Equal(t, before, c.c.Plan, "%s is shown and changes nothing", w)
		shown := c.out[len(c.out)-1].Body
		require.Empty(t, c.heardOf(true))
		c.press(agreeWay, w)
		require.Equal(t, "trouble.changed", c.heardOf(false))
		l := c.stands()
		require.Equal(t, planLines(l.Lines), shown[1:len(shown)-1], "%s holds as it was shown", w)
		require.True(t, slices.ContainsFunc(c.out, func(e Effect) bool { return e.File != nil && e.File.Diary != nil }), "with new dates for the phone")
		c.press(agreeWay, w)
		require.Equal(t, "trouble.gone", c.heardOf(false), "%s a second time", w)
		require.Len(t, c.c.Plan.Changes, 1)
	}
	c.press(way, c.ways()[0])
	c.press(cannot, "1-again")
	require.Empty(t, c.heardOf(true), "going back tells the agents nothing new")
	require.NotEmpty(t, c.ways())
}

func TestAMovedInstalmentMovesItsReminders(t *testing.T) {
	c := begins(t, china, tenth, 1)
	c.until(2026, 12, 8, 12)
	c.said = nil
	c.press(cannot, "1")
	c.press(agreeWay, c.ways()[0])
	c.until(2026, 12, 18, 0)
	c.heard("2026-12-10 13:00 remind.week", "2026-12-14 13:00 remind.soon", "2026-12-16 13:00 remind.tomorrow", "2026-12-17 09:00 remind.today")
}

func TestARenewalFromTodaysFacts(t *testing.T) {
	c := begins(t, china, tenth, 3)
	c.c.Facts = Facts{policy.Owed: {Kind: policy.Money, N: 99}, policy.DaysLate: {Kind: policy.Count, N: 1}, policy.Hardship: {Kind: policy.Set, Names: []string{"student"}},
		"product": {Kind: policy.Choice, Names: []string{"cash_loan"}}, "income": {Kind: policy.Money, N: 5}}
	c.lender("l", 4000)
	c.until(2026, 12, 15, 12)
	c.said = nil
	c.press(renew, "")
	require.Equal(t, Facts{policy.Owed: {Kind: policy.Money, N: 26000}, policy.DaysLate: {Kind: policy.Count, N: 5}, "product": {Kind: policy.Choice, Names: []string{"cash_loan"}}},
		c.c.Facts, "what is open and late today; what happened and what there is to live on are asked for anew")
	require.Equal(t, AskWhy, c.c.State)
	require.NotNil(t, c.c.Plan, "the present one holds")
	c.press(paid, "1")
	require.EqualValues(t, 6000, c.stands().Said, "and can be paid")
	c.types("/cancel")
	require.Equal(t, Running, c.c.State)
	require.False(t, c.c.Renewing)
	c.until(2027, 1, 10, 12)
	require.NotEmpty(t, c.said, "and is reminded of")
	all := begins(t, china, tenth, 1)
	all.press(paid, "1")
	all.press(renew, "")
	require.False(t, all.c.Renewing, "nothing is open")
}

func TestADisputeTellsTheAgentsOnce(t *testing.T) {
	c := begins(t, china, tenth, 1)
	c.press(dispute, "")
	require.Equal(t, "desk.dispute", c.heardOf(true))
	require.Equal(t, ledger.Paused, c.stands().Standing)
	require.Empty(t, c.c.Alarms)
	c.press(dispute, "")
	require.Empty(t, c.heardOf(true))
	c.press(cannot, "1")
	require.Empty(t, c.ways(), "nothing changes while it is looked into")
	c.agent("letgo.")
	require.Equal(t, ledger.Agreed, c.stands().Standing)
	require.NotEmpty(t, c.c.Alarms)
	c.agent("letgo.")
	require.Empty(t, c.heardOf(false))
}

func TestBlockedByTheBorrower(t *testing.T) {
	c := begins(t, china, tenth, 1)
	c.until(2026, 12, 4, 0)
	c.step(Event{Kind: Blocked})
	require.Equal(t, "desk.blocked", c.heardOf(true))
	require.Contains(t, c.c.Case.Tags, "blocked", "the card says so")
	require.True(t, slices.ContainsFunc(c.out, func(e Effect) bool { return e.Do == Card }))
	require.Empty(t, c.c.Alarms)
	c.step(Event{Kind: Blocked})
	require.Empty(t, c.out, "once")
	c.said = nil
	c.until(2026, 12, 10, 20)
	c.heard()
	c.step(Event{Kind: Unblocked})
	require.Equal(t, "desk.unblocked", c.heardOf(true))
	require.NotContains(t, c.c.Case.Tags, "blocked")
	c.until(2026, 12, 10, 21)
	c.heard("2026-12-10 20:00 remind.today") // what was missed is one message
	require.Equal(t, day.Of(2026, 12, 10), c.c.Plan.Spoken)
}
