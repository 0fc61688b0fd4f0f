package dialog

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/policy"
	"respite/policy/money"
)

// answered is a conversation in which one message, of id 5, said how much is overdue and since when.
func answered(t *testing.T, s State) (*Machine, Conversation) {
	t.Helper()
	book, err := shipped()
	require.NoError(t, err)
	reader, err := newReader()
	require.NoError(t, err)
	m := New(Settings{Operator: "o", Zone: time.UTC, Languages: []string{"en"}}, oneBook{book}, reader, func(Text) []string { return nil })
	return m, Conversation{Shape: Shape, State: s, Language: "en", Turn: 1, Consent: 1,
		Facts:   Facts{policy.Owed: {Kind: policy.Money, N: 860000}, policy.DaysLate: {Kind: policy.Count, N: 20}},
		Asked:   []policy.FactID{policy.DaysLate, policy.Owed},
		Answers: map[policy.FactID]int{policy.Owed: 5, policy.DaysLate: 5}}
}

// many is how often a step is made anew, to see that it comes out the same.
const many = 30

func TestAnEditedMessageCorrectsWhatItChanged(t *testing.T) {
	m, c := answered(t, AskWhy)
	for text, want := range map[string]Facts{
		"I owe 9600, 20 days late":  {policy.Owed: {Kind: policy.Money, N: 960000}, policy.DaysLate: {Kind: policy.Count, N: 20}},
		"I owe 8600, 30 days late":  {policy.Owed: {Kind: policy.Money, N: 860000}, policy.DaysLate: {Kind: policy.Count, N: 30}},
		"I owe 8600, 20 days late!": c.Facts,
	} {
		for range many {
			next, _ := m.Step(c, Event{ID: 9, Kind: Edited, Message: 5, Text: text, At: time.Unix(1800000000, 0)})
			require.Equal(t, want, next.Facts, text)
		}
	}
}

func TestOfSeveralCorrectionsAtOnceTheFirstIsTaken(t *testing.T) {
	m, c := answered(t, Correcting)
	for range many {
		next, _ := m.Step(c, Event{ID: 9, Kind: Typed, Message: 8, Text: "9600 yuan, 30 days late", At: time.Unix(1800000000, 0)})
		require.EqualValues(t, 960000, next.Facts[policy.Owed].N)
		require.EqualValues(t, 20, next.Facts[policy.DaysLate].N)
	}
}

func TestAMereNumberIsNoProposal(t *testing.T) {
	m, c := answered(t, AskMore)
	c.Facts[policy.Hardship], c.Asking = Value{Kind: policy.Set, Names: []string{"unemployment"}}, "dependants"
	for text, monthly := range map[string]money.Fen{"200": 0, "两百": 0, "200 a month": money.Yuan(200), "200 I can do": money.Yuan(200)} {
		next, _ := m.Step(c, Event{ID: 9, Kind: Typed, Message: 8, Text: text, At: time.Unix(1800000000, 0)})
		if monthly == 0 {
			require.Nil(t, next.Means, text)
			require.Equal(t, 1, next.Misses, text)
			continue
		}
		require.Equal(t, &Means{Monthly: monthly}, next.Means, text)
	}
}
