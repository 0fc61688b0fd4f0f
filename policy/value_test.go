package policy

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParse(t *testing.T) {
	b := shipped(t)
	for _, test := range []struct {
		id    FactID
		texts []string
		want  Value
	}{
		{Owed, []string{"4000.5"}, Value{Kind: Money, N: 400_050}},
		{DaysLate, []string{"14"}, Value{Kind: Count, N: 14}},
		{ProductFact, []string{"bank_card"}, Value{Kind: Choice, Names: []string{"bank_card"}}},
		{Hardship, nil, Value{Kind: Set}},
		{Hardship, []string{""}, Value{Kind: Set}},
		{Hardship, []string{"student, own_illness", "student"}, Value{Kind: Set, Names: []string{"own_illness", "student"}}},
		{Hardship, []string{"skipped"}, Value{Kind: Skipped}},
		{Budget, []string{"skipped"}, Value{Kind: Skipped}},
	} {
		v, message := b.Parse(test.id, test.texts...)
		require.Empty(t, message)
		require.Equal(t, test.want, v)
	}
	for _, test := range []struct {
		id    FactID
		texts []string
		want  string
	}{
		{"owd", []string{"1"}, `"owd" is not a fact, did you mean "owed"?`},
		{"weather", []string{"1"}, `"weather" is not a fact`},
		{Surplus, []string{"1"}, "surplus is worked out of other facts"},
		{Budget, []string{"1"}, "budget is asked for by its members, income, housing, food, travel, dependants, other_debts"},
		{Owed, []string{"1", "2"}, "owed is one money"},
		{Owed, nil, "owed is one money"},
		{Owed, []string{"1.005"}, `owed: "1.005" is not an amount in yuan such as 1234.50`},
		{Owed, []string{"0"}, `owed: "0" is outside the range that is declared, 0.01 to 10000000.00`},
		{DaysLate, []string{"1.5"}, `days_late: "1.5" is not a whole number`},
		{DaysLate, []string{"-1"}, `days_late: "-1" is outside the range that is declared, 0 to 3650`},
		{ProductFact, []string{"lease"}, `product has no choice "lease": bank_card, credit_line, cash_loan, instalment_purchase`},
	} {
		_, message := b.Parse(test.id, test.texts...)
		require.Equal(t, test.want, message)
	}
}

func TestParseYesNo(t *testing.T) {
	facts := `facts:
  - {id: owed, kind: money, min: 1, max: 100000}
  - {id: days_late, kind: count, unit: days, min: 0, max: 365}
  - {id: credit_limit, kind: money, min: 1, max: 100000}
  - {id: product, kind: choice, choices: [card, loan]}
  - {id: warned, kind: yesno}
`
	b, err := Load(small(t, map[string]string{"facts.yaml": facts}), Options{})
	require.NoError(t, err)
	v, message := b.Parse("warned", "true")
	require.Empty(t, message)
	require.Equal(t, Value{Kind: YesNo, N: 1}, v)
	_, message = b.Parse("warned", "yes")
	require.Equal(t, `warned: "yes" is neither true nor false`, message)
}
