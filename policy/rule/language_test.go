package rule

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// vocabulary is a language with a variable of each kind.
var vocabulary = []Var{
	{Name: "owed", Type: Money, Min: 1, Max: 1_000_000},
	{Name: "credit_limit", Type: Money, Min: 100, Max: 1_000_000},
	{Name: "days_late", Type: Days, Min: 0, Max: 3650},
	{Name: "hardship", Type: Set, Choices: []string{"illness", "accident", "student", "other"}},
	{Name: "product", Type: Choice, Choices: []string{"card", "loan", "line"}},
	{Name: "warned", Type: YesNo},
	{Name: "dependants", Type: People, Min: 0, Max: 9},
	{Name: "income", Type: Money, Min: 0, Max: 1_000_000},
	{Name: "rent", Type: Money, Min: 0, Max: 1_000_000},
	{Name: "left", Type: Money, Derive: "income - largest(rent, living_cost(dependants))"},
}

var livingCosts = []Table{{Name: "living_cost", From: People, To: Money, At: []int64{1000, 1800, 2500}}}

func language(t testing.TB) *Language {
	t.Helper()
	l, problems, err := New(vocabulary, livingCosts)
	require.NoError(t, err)
	require.Empty(t, problems)
	return l
}

func compiled(t testing.TB, l *Language, expr string) *Rule {
	t.Helper()
	r, problems := l.Compile(expr)
	require.Empty(t, problems, expr)
	return r
}

// state makes variables known: figures and yes or no by their number, a choice and a set by its value as the state has it.
func state(t testing.TB, l *Language, known map[string]int64) *State {
	t.Helper()
	s := l.State()
	for name, v := range known {
		place, ok := l.Place(name)
		require.True(t, ok, name)
		require.True(t, s.Set(place, v), name)
	}
	s.Derive()
	return s
}

func TestTooManyVariables(t *testing.T) {
	_, _, err := New(make([]Var, MaxVars+1), nil)
	require.EqualError(t, err, "65 facts are declared, at most 64 are possible")
}

func TestDerivedVariables(t *testing.T) {
	l := language(t)
	left, _ := l.Place("left")

	s := state(t, l, map[string]int64{"income": 5000, "rent": 1500, "dependants": 1})
	v, ok := s.Value(left)
	require.True(t, ok)
	require.EqualValues(t, 3200, v, "the cost of living of two is above the rent")

	s = state(t, l, map[string]int64{"income": 5000, "rent": 1500})
	_, ok = s.Value(left)
	require.False(t, ok)

	_, problems, err := New([]Var{
		{Name: "a", Type: Money, Min: 0, Max: 1},
		{Name: "b", Type: Money, Derive: "a + a"},
		{Name: "c", Type: Money, Derive: "b - a"},
		{Name: "d", Type: Days, Derive: "a"},
	}, nil)
	require.NoError(t, err)
	require.Equal(t, map[string][]Problem{
		"c": {{1, 2, "b is itself worked out of other facts"}},
		"d": {{1, 0, "this is of type money: this fact is of type days"}},
	}, problems)
}

func TestStateRefusesWhatCannotBe(t *testing.T) {
	l := language(t)
	s := l.State()
	for name, bad := range map[string]int64{"owed": 0, "days_late": 3651, "product": 3, "hardship": 16, "warned": 2, "left": 1} {
		place, _ := l.Place(name)
		require.False(t, s.Set(place, bad), name)
		_, known := s.Value(place)
		require.False(t, known, name)
	}
	product, _ := l.Place("product")
	require.False(t, s.Set(product, -1))
}
