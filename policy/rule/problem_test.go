package rule

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestProblems(t *testing.T) {
	l := language(t)
	for expr, want := range map[string]Problem{
		"owed <= days(14)":                    {1, 5, "cannot compare money with days"},
		"owed <= days_late":                   {1, 5, "cannot compare money with days"},
		"owed == days_late":                   {1, 5, "cannot compare money with days"},
		"owed <= 4000":                        {1, 5, "cannot compare money with a number without a unit"},
		"owed + days_late < yuan(3)":          {1, 5, "+ does not take money and days"},
		"owd <= yuan(3)":                      {1, 0, "undeclared reference to 'owd' (did you mean 'owed'?)"},
		"owed":                                {1, 0, "this is of type money: a condition is true or false"},
		"owed <=":                             {1, 7, "the expression ends too soon"},
		"owed <= yuan(3) )":                   {1, 16, "extraneous input ')' expecting <EOF>"},
		"true":                                {1, 0, "a condition is about facts: true is the same for everybody"},
		"warned || yuan(1) < yuan(2)":         {1, 18, "a condition is about facts: both sides are the same for everybody"},
		`product == "laon"`:                   {1, 11, `product has no choice "laon", did you mean "loan"?`},
		`product == "mortgage"`:               {1, 11, `product has no choice "mortgage"`},
		`product in ["card", "lin"]`:          {1, 20, `product has no choice "lin", did you mean "line"?`},
		`"studnt" in hardship`:                {1, 0, `hardship has no choice "studnt", did you mean "student"?`},
		`hardship.any(["studnt"])`:            {1, 14, `hardship has no choice "studnt", did you mean "student"?`},
		`hardship.any([])`:                    {1, 13, "any() takes a list of names that stands here"},
		`hardship.any(hardship)`:              {1, 13, "any() takes a list of names that stands here"},
		`["illness"].any()`:                   {1, 0, "any() belongs to a fact that is a set"},
		`hardship == ["illness"]`:             {1, 9, howToCompare},
		`"a" == "b"`:                          {1, 4, howToCompare},
		`warned == true`:                      {1, 7, howToCompare},
		`"illness" in ["illness"]`:            {1, 10, `write "name" in a set, or a choice in ["name", "name"]`},
		`product in hardship`:                 {1, 8, `write "name" in a set, or a choice in ["name", "name"]`},
		"owed <= percent(2000, credit_limit)": {1, 16, "percent() takes a whole number from 0 to 1000 that stands here"},
		"owed <= yuan(99999999999999999)":     {1, 13, "yuan() takes a whole number that stands here"},
		"percent(1000, percent(1000, percent(1000, percent(1000, percent(1000, percent(1000, percent(1000, percent(1000, percent(1000, percent(1000, owed)))))))))) > owed": {1, 7, "figures can grow too large here"},
		"hardship.exists(h, h == 'illness')": {1, 15, "undeclared reference to 'exists'"},
		"owed.size() > yuan(1)":              {1, 9, "undeclared reference to 'size'"},
		"warned ? warned : warned":           {1, 7, "undeclared reference to '_?_:_'"},
		"{'a': warned}['a']":                 {1, 13, "undeclared reference to '_[_]'"},
	} {
		_, problems := l.Compile(expr)
		require.NotEmpty(t, problems, expr)
		require.Equal(t, want, problems[0], expr)
	}
}

func TestAllProblemsOfAnExpression(t *testing.T) {
	_, problems := language(t).Compile("owd <= yuan(3) &&\n  days_late < yuan(4)")
	require.Equal(t, []Problem{
		{1, 0, "undeclared reference to 'owd' (did you mean 'owed'?)"},
		{2, 12, "cannot compare days with money"},
	}, problems)
}

func TestNearest(t *testing.T) {
	names := []string{"credit_limit", "owed", "days_late"}
	require.Equal(t, "credit_limit", Nearest("credit_limt", names))
	require.Equal(t, "owed", Nearest("owned", names))
	require.Empty(t, Nearest("mortgage", names))
	require.Empty(t, Nearest("", nil))
}
