package dialog

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy"
	"respite/policy/day"
	"respite/policy/ledger"
	"respite/policy/money"
)

// heardOf lists the keys of what one side read of the last step: the borrower, or with desk the agents.
func (c *course) heardOf(desk bool) string {
	var keys []string
	for _, e := range c.out {
		mine := e.Do == Say || e.Do == Edit
		if desk {
			mine = e.Do == Tell
		}
		if mine {
			keys = append(keys, e.Body[0].Key)
		}
	}
	return strings.Join(keys, " ")
}

// buttons lists the data of the buttons that one side got in the last step.
func (c *course) buttons(do Act) []string {
	var all []string
	for _, e := range c.out {
		for _, row := range e.Rows {
			for _, k := range row {
				if e.Do == do {
					all = append(all, k.Data)
				}
			}
		}
	}
	return all
}

func (c *course) types(text string) { c.step(Event{Kind: Typed, Text: text}) }
func (c *course) agent(press string) {
	c.step(Event{Kind: AgentPress, Press: press, Agent: "Zhou", By: 1})
}
func (c *course) enters(words string) {
	c.step(Event{Kind: AgentAsked, Press: "paid", Text: words, Agent: "Zhou", By: 1})
}
func (c *course) lender(id string, amount money.Fen) {
	c.step(Event{Kind: Arrived, Ref: id, Amount: amount})
}

func (c *course) stands() ledger.Ledger {
	return (&turn{m: c.m, c: &c.c, today: day.At(c.now)}).ledger()
}

// lastReport is the id of the last payment.
func (c *course) lastReport() string {
	p := c.c.Plan.Payments
	return p[len(p)-1].ID
}

// TestOutcomesOfPayments is README's table, row by row: a plan of three instalments of 100.00, the first due on 10 December.
func TestOutcomesOfPayments(t *testing.T) {
	confirm := func(c *course) { c.agent("got." + c.lastReport()) }
	for name, x := range map[string]struct {
		on       day.Date // 0: 8 December
		acts     func(*course)
		standing ledger.Standing
		paid     money.Fen
		said     money.Fen
		surplus  money.Fen
		borrower string
		agents   string
	}{
		"reported":        {0, func(c *course) { c.press(paid, "1") }, ledger.Running, 0, 10000, 0, "paid.thanks", "desk.reported"},
		"reported twice":  {0, func(c *course) { c.press(paid, "1"); c.press(paid, "1") }, ledger.Running, 0, 10000, 0, "paid.already", ""},
		"confirmed":       {0, func(c *course) { c.press(paid, "1"); confirm(c) }, ledger.Running, 10000, 0, 0, "paid.confirmed", ""},
		"confirmed twice": {0, func(c *course) { c.press(paid, "1"); confirm(c); confirm(c) }, ledger.Running, 10000, 0, 0, "", ""},
		"denied":          {0, func(c *course) { c.press(paid, "1"); c.agent("lost." + c.lastReport()) }, ledger.Agreed, 0, 0, 0, "paid.not_found", ""},
		"denied, then it comes": {0, func(c *course) { c.press(paid, "1"); c.agent("lost." + c.lastReport()); c.lender("l", 10000) }, ledger.Running, 10000, 0, 0,
			"paid.confirmed", ""},
		"arrived, was reported":   {0, func(c *course) { c.press(paid, "1"); c.lender("l", 10000) }, ledger.Running, 10000, 0, 0, "paid.confirmed", ""},
		"arrived, not reported":   {0, func(c *course) { c.lender("l", 10000) }, ledger.Running, 10000, 0, 0, "paid.confirmed", ""},
		"arrived twice, one id":   {0, func(c *course) { c.lender("l", 10000); c.lender("l", 10000) }, ledger.Running, 10000, 0, 0, "", ""},
		"double: two ids":         {0, func(c *course) { c.lender("l", 10000); c.lender("m", 10000) }, ledger.Running, 20000, 0, 0, "paid.confirmed", ""},
		"entered by an agent":     {0, func(c *course) { c.open(); c.enters("100") }, ledger.Running, 10000, 0, 0, "paid.confirmed", "desk.entered"},
		"entered, was reported":   {0, func(c *course) { c.press(paid, "1"); c.enters("100") }, ledger.Running, 10000, 0, 0, "paid.confirmed", "desk.entered"},
		"came, two agents":        {0, func(c *course) { c.open(); c.agent("came.0"); c.agent("came.0") }, ledger.Running, 10000, 0, 0, "", ""},
		"partial":                 {0, func(c *course) { c.press(paid, "1-4000"); confirm(c) }, ledger.Running, 4000, 0, 0, "paid.confirmed", ""},
		"partial, past due":       {tenth + 1, func(c *course) { c.press(paid, "1-4000"); confirm(c) }, ledger.Behind, 4000, 0, 0, "paid.confirmed", ""},
		"early":                   {tenth - 10, func(c *course) { c.lender("l", 10000) }, ledger.Running, 10000, 0, 0, "paid.confirmed", ""},
		"more than one":           {0, func(c *course) { c.lender("l", 12500) }, ledger.Running, 12500, 0, 0, "paid.confirmed", ""},
		"several at once":         {0, func(c *course) { c.press(paid, "1-20000"); confirm(c) }, ledger.Running, 20000, 0, 0, "paid.confirmed", ""},
		"all of it":               {0, func(c *course) { c.lender("l", 30000) }, ledger.Settled, 30000, 0, 0, "plan.settled", ""},
		"all reported":            {0, func(c *course) { c.press(paid, "1-30000") }, ledger.Running, 0, 30000, 0, "paid.thanks", "desk.reported"},
		"more than the plan":      {0, func(c *course) { c.lender("l", 31000) }, ledger.Settled, 30000, 0, 1000, "plan.settled", "desk.surplus"},
		"after it was settled":    {0, func(c *course) { c.lender("l", 30000); c.lender("m", 500) }, ledger.Settled, 30000, 0, 500, "paid.surplus", "desk.surplus"},
		"after it broke":          {day.Of(2027, 1, 5), func(c *course) { c.lender("l", 10000) }, ledger.Running, 10000, 0, 0, "paid.confirmed", "desk.mended"},
		"a part after it broke":   {day.Of(2027, 1, 5), func(c *course) { c.lender("l", 5000) }, ledger.Broken, 5000, 0, 0, "paid.confirmed", ""},
		"reported when broken":    {day.Of(2027, 1, 5), func(c *course) { c.press(paid, "1") }, ledger.Running, 0, 10000, 0, "paid.thanks", "desk.reported"},
		"confirmed when broken":   {day.Of(2027, 1, 5), func(c *course) { c.press(paid, "1"); confirm(c) }, ledger.Running, 10000, 0, 0, "paid.confirmed", "desk.mended"},
		"denied when broken":      {day.Of(2027, 1, 5), func(c *course) { c.press(paid, "1"); c.agent("lost." + c.lastReport()) }, ledger.Broken, 0, 0, 0, "paid.not_found", ""},
		"on hold":                 {0, func(c *course) { c.press(dispute, ""); c.lender("l", 10000) }, ledger.Paused, 10000, 0, 0, "paid.confirmed", ""},
		"while an agent talks":    {0, func(c *course) { c.press(human, ""); c.lender("l", 10000) }, ledger.Running, 10000, 0, 0, "", ""},
		"in a crisis":             {0, func(c *course) { c.types("不想活了"); c.lender("l", 10000) }, ledger.Running, 10000, 0, 0, "", ""},
		"no amount, no id":        {0, func(c *course) { c.lender("", 10000); c.lender("l", 0); c.lender("m", -5) }, ledger.Agreed, 0, 0, 0, "", ""},
		"not a number":            {0, func(c *course) { c.open(); c.enters("much") }, ledger.Agreed, 0, 0, 0, "", "desk.help_paid"},
		"a button of no such one": {0, func(c *course) { c.press(paid, "9"); c.press(paid, "1-x"); c.press(paid, "1--5") }, ledger.Agreed, 0, 0, 0, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := begins(t, china, tenth, 3)
			y, m, d := max(x.on, 0).Date()
			if x.on == 0 {
				y, m, d = 2026, 12, 8
			}
			c.until(y, m, d, 20)
			x.acts(c)
			l := c.stands()
			require.Equal(t, x.standing, l.Standing)
			require.Equal(t, [3]money.Fen{x.paid, x.said, x.surplus}, [3]money.Fen{l.Paid, l.Said, l.Surplus}, "paid, reported, surplus")
			require.Equal(t, x.borrower, c.heardOf(false), "to the borrower")
			require.Equal(t, x.agents, c.heardOf(true), "to the agents")
		})
	}
}

// open makes a case, as a borrower who sends a paper does.
func (c *course) open() { c.step(Event{Kind: Attached}) }

func TestAPaymentInWords(t *testing.T) {
	for text, want := range map[string]string{
		"I paid 30": ".paid.1-3000", "还了30": ".paid.1-3000", "還了30元": ".paid.1-3000", "paid 150 today": ".paid.1-15000", // a part, and more than one
		"I paid 100": ".paid.1", "I have paid": ".paid.1", "我还了": ".paid.1",
	} {
		c := begins(t, china, tenth, 3)
		c.types(text)
		require.Equal(t, "paid.which", c.heardOf(false), text)
		require.Equal(t, want, c.buttons(Say)[0], text)
		require.Empty(t, c.c.Plan.Payments, "nothing is noted before a press")
		c.step(Event{Kind: Pressed, Press: want, Query: "q"})
		require.Equal(t, "paid.thanks", c.heardOf(false), text)
		require.Len(t, c.c.Plan.Payments, 1)
	}
	c := begins(t, china, tenth, 1)
	c.press(paid, "1")
	c.types("I paid 50")
	require.Equal(t, "plan.all_reported", c.heardOf(false), "nothing is open")
}

func TestAReceipt(t *testing.T) {
	c := begins(t, china, tenth, 2)
	c.open()
	require.Equal(t, "file.thanks", c.heardOf(false))
	require.Contains(t, c.buttons(Say), ".paid.1", "most likely a receipt of the next")
	c.press(paid, "1")
	c.open()
	require.Equal(t, "paid.receipt", c.heardOf(false))
	require.True(t, slices.ContainsFunc(c.out, func(e Effect) bool { return e.Do == Copy }), "the agents see it")
	c.press(human, "")
	c.open()
	require.Empty(t, c.heardOf(false), "a person talks")
}

func TestRemindersKnowOfPayments(t *testing.T) {
	c := begins(t, china, tenth, 1)
	c.until(2026, 12, 10, 20)
	c.press(paid, "1")
	c.said = nil
	c.until(2026, 12, 20, 0)
	c.heard()
	c.agent("lost." + c.lastReport())
	c.until(2026, 12, 26, 0)
	c.heard("2026-12-25 09:00 remind.notice") // that it was not found said it for the day
}

// TestARenewalLosesNoPayment lets payments come before, during and after a renewal.
func TestARenewalLosesNoPayment(t *testing.T) {
	c := begins(t, china, tenth, 3)
	c.lender("before", 4000)
	c.press(paid, "1-1000")
	report := c.lastReport()
	c.press(renew, "")
	require.EqualValues(t, 26000, c.c.Facts[policy.Owed].N, "what nobody has confirmed is still owed")
	require.True(t, c.c.Renewing)
	c.lender("meanwhile", 2500)

	terms := c.c.Plan.Terms
	terms.Owed.Principal, terms.Count = 26000, 2
	c.c = adopt(c, Proposed{Programme: "deferral", Terms: terms})
	require.False(t, c.c.Renewing)
	l := c.stands()
	require.Equal(t, [3]money.Fen{26000, 2500, 1000}, [3]money.Fen{l.Total, l.Paid, l.Said})
	c.lender("before", 4000)
	c.lender("meanwhile", 2500)
	require.EqualValues(t, 2500, c.stands().Paid, "the lender says both again")
	c.agent("got." + report)
	l = c.stands()
	require.Equal(t, [2]money.Fen{3500, 0}, [2]money.Fen{l.Paid, l.Said})
	c.lender("after", 22500)
	require.Equal(t, ledger.Settled, c.stands().Standing)
	require.Equal(t, Settled, c.c.State)
}

// adopt lets a plan begin as an approval does.
func adopt(c *course, p Proposed) Conversation {
	next := c.c.clone()
	(&turn{m: c.m, c: &next, e: Event{At: c.now}, today: day.At(c.now)}).start(p)
	return next
}
