package dialog

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/policy"
	"respite/policy/day"
)

// BenchmarkStep takes typed answers to the first questions, in their own words.
func BenchmarkStep(b *testing.B) {
	book, err := shipped()
	require.NoError(b, err)
	reader, err := newReader()
	require.NoError(b, err)
	captions := map[string][]string{}
	m := New(Settings{Operator: "o", Zone: time.UTC, Languages: []string{"en"}, Agents: true}, oneBook{book}, reader, func(t Text) []string {
		if captions[t.Key] == nil {
			captions[t.Key] = []string{t.Key, t.Key + " 是", t.Key + " 對"}
		}
		return captions[t.Key]
	})
	asked := Conversation{Shape: Shape, Language: "en", Turn: 3, Consent: 1, Details: 1}
	for name, c := range map[string]struct {
		state  State
		asking policy.FactID
		text   string
	}{
		"amount":   {AskOwed, policy.Owed, "借了2万，现在还欠8600没还"},
		"lateness": {AskLate, policy.DaysLate, "上个月15号到期的，到现在三个多礼拜了"},
		"hardship": {AskWhy, policy.Hardship, "公司裁员了，三个月工资也没结，我妈又住院"},
		"word":     {AskOwed, policy.Owed, "两万五"},
		"figure":   {AskOwed, policy.Owed, "8600"},
		"all":      {AskOwed, policy.Owed, "欠8600，逾期20天，失业了"},
	} {
		b.Run(name, func(b *testing.B) {
			before := asked
			before.State, before.Asking = c.state, c.asking
			event := Event{Kind: Typed, ID: 1, Chat: 1, Message: 2, At: day.Of(2026, 11, 23).In(time.UTC, 10, 0), Text: c.text}
			for b.Loop() {
				m.Step(before, event)
			}
		})
	}
}
