package dialog

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy"
	"respite/policy/day"
	"respite/policy/ledger"
	"respite/policy/money"
	"respite/policy/schedule"
)

var update = flag.Bool("update", false, "write the golden record of the present shape if there is none")

// full is a conversation with something in every field.
func full() Conversation {
	terms := schedule.Terms{Start: day.Of(2026, 11, 23), Owed: schedule.Parts{Principal: money.Yuan(3500)}, Method: schedule.EqualPayment, Count: 6, First: day.Of(2026, 12, 23)}
	return Conversation{
		Shape: Shape, State: Running, Language: "zh-Hant", Chosen: true, Turn: 41, Consent: 1795399200, Details: 1795399260, Refused: true,
		Facts: Facts{policy.Owed: {Kind: policy.Money, N: 350000}, policy.DaysLate: {Kind: policy.Count, N: 10},
			policy.Hardship: {Kind: policy.Set, Names: []string{"unemployment", "own_illness"}}, "product": {Kind: policy.Choice, Names: []string{"cash_loan"}},
			"budget": {Kind: policy.Skipped}, "insured": {Kind: policy.YesNo, N: 1}},
		Answers: map[policy.FactID]int{policy.Owed: 12}, Asked: []policy.FactID{policy.Owed, policy.DaysLate}, Asking: policy.Hardship,
		Pending: &Pending{Fact: policy.Owed, Value: Value{Kind: policy.Money, N: 1}, Message: 9}, Story: "s", Misses: 1, Book: "b", Assessed: day.Of(2026, 11, 23),
		Offer: "o", Custom: &Proposed{Programme: "deferral", Terms: terms, Agent: true, Estimate: true},
		Means:   &Means{Monthly: 30000, Down: 200000, Months: 12, Start: day.Of(2027, 1, 4)},
		Request: &Request{Proposed: Proposed{Programme: "deferral", Terms: terms}, At: 1795399300, From: day.Of(2026, 12, 1), Until: day.Of(2026, 12, 7), Warns: true, Late: true},
		Plan: &Plan{Programme: "deferral", Terms: terms, Agreed: 1795399400, Spoken: day.Of(2026, 12, 20), Sent: []day.Date{day.Of(2026, 12, 20)}, Broke: day.Of(2026, 12, 2),
			History: ledger.History{Payments: []ledger.Payment{{ID: "b1", N: 1, Amount: 58333, On: day.Of(2026, 12, 21), Confirmed: true, Arrival: "l1"}},
				Changes: []ledger.Change{{Kind: ledger.Move, N: 2, To: day.Of(2027, 1, 30), On: day.Of(2026, 12, 22), Fen: 1}},
				Holds:   []ledger.Hold{{From: day.Of(2026, 12, 3), Until: day.Of(2026, 12, 4), Why: "dispute"}}, Noticed: day.Of(2026, 12, 19)}},
		Wish: Wish{Hour: 10, Level: Fewer, Until: day.Of(2027, 1, 5)}, Renewing: true,
		Case: &Case{Talking: true, Tags: []string{"human"}, Files: 2, Since: 1795399500, Holder: &Colleague{900, "Kim"}, Watch: []Colleague{{901, "Zhou"}},
			Wait: &Wait{Since: 1795399500, By: 1795485900, Stage: Warned}, Open: true, Muted: true, Closed: true, Album: "a", Papers: []string{"income"},
			Change: &Change{Proposed: Proposed{Programme: "deferral", Terms: terms, Agent: true}, At: 1795399600, By: Colleague{900, "Kim"}, Beyond: &terms, Asked: true,
				Second: &Colleague{901, "Zhou"}, Sent: true}, Lost: true, Stars: 5, Word: true}, Crisis: true, Silent: true, Blocked: true,
		Alarms: []Alarm{{Kind: RemindAlarm, At: 1797000000}},
	}
}

// TestGoldenRecords loads a record of every past shape. A record that was written once loads for years.
func TestGoldenRecords(t *testing.T) {
	present := filepath.Join("testdata", "records", "shape-1.json")
	if *update {
		if _, err := os.Stat(present); os.IsNotExist(err) {
			data, err := Encode(full())
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(present, append(data, '\n'), 0o600))
		}
	}
	files, err := filepath.Glob("testdata/records/shape-*.json")
	require.NoError(t, err)
	require.Len(t, files, Shape, "one golden record for each shape")
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		c, err := Decode(data)
		require.NoError(t, err, file)
		require.Equal(t, full(), c, file)
	}
}

func TestRecordsThatCannotBeReadSaySo(t *testing.T) {
	for data, says := range map[string]string{
		`{`: "unexpected end", `{"s":"owed"}`: "no shape", `{"V":99}`: "newer version", `{"V":1,"t":"x"}`: "shape 1", `[]`: "cannot unmarshal",
	} {
		_, err := Decode([]byte(data))
		require.ErrorContains(t, err, says, data)
	}
	c, err := Decode(nil)
	require.NoError(t, err)
	require.Equal(t, Conversation{}, c)
}

func TestCloneSharesNothing(t *testing.T) {
	c := full()
	c.Held = &Pending{Fact: policy.Hardship, Message: 9, Story: "s"}
	d := c.clone()
	require.Equal(t, c, d)
	d.Held.Story = "x"
	require.Equal(t, "s", c.Held.Story)
	c.Held = nil
	d.Facts[policy.Owed] = Value{}
	d.Answers[policy.Owed] = 0
	d.Asked[0], d.Alarms[0].At, d.Case.Tags[0], d.Plan.Payments[0].N = "x", 1, "x", 7
	d.Case.Holder.ID, d.Case.Watch[0].ID, d.Case.Wait.By, d.Case.Papers[0], d.Case.Change.Beyond.Count, d.Case.Change.Second.ID = 1, 1, 1, "x", 1, 1
	d.Plan.Changes[0].N, d.Plan.Holds[0].Why, d.Plan.Sent[0] = 9, "x", 0
	d.Pending.Message, d.Custom.Agent, d.Request.Late = 1, false, false
	require.Equal(t, full(), c)
}
