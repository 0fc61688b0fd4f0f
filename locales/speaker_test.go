package locales

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const late = "late: {one: '{{.Count}} day late by {{.Name}}', other: '{{.Count}} days late by {{.Name}}'}\nplain: Hello"

func TestSayChoosesThePluralForm(t *testing.T) {
	b := bundle(t, map[string]string{English: late, Simplified: "late: '{{.Name}}晚了{{.Count}}天'"})
	for count, want := range map[any]string{
		0: "0 days late by Li", 1: "1 day late by Li", -1: "-1 day late by Li", 2: "2 days late by Li", 21: "21 days late by Li",
		int64(101): "101 days late by Li",
	} {
		said, err := b.In(English).Say("late", map[string]any{"Count": count, "Name": "Li"})
		require.NoError(t, err)
		require.Equal(t, want, said)
	}
	said, err := b.In(Simplified).Say("late", map[string]any{"Count": 1, "Name": "李"})
	require.NoError(t, err)
	require.Equal(t, "李晚了1天", said)
}

func TestSayNamesWhatIsMissing(t *testing.T) {
	b := bundle(t, map[string]string{English: late + "\nfew: {few: '{{.Count}} some', other: '{{.Count}} more'}\n" +
		"single: {one: '{{.Count}} x', other: '{{.Count}} y'}"})
	for _, c := range []struct {
		key, fault string
		args       map[string]any
	}{
		{"none", `there is no text "none" in "en"`, nil},
		{"late", `text "late" in "en": placeholder "Count" has no value`, map[string]any{"Name": "secret"}},
		{"late", `text "late" in "en": placeholder "Name" has no value`, map[string]any{"Count": 1}},
		{"late", `text "late" in "en": placeholder "Name" has a <nil>, not a string or a whole number`, map[string]any{"Count": 1, "Name": nil}},
		{"late", `text "late" in "en": placeholder "Name" has a []string, not a string or a whole number`, map[string]any{"Count": 1, "Name": []string{"secret"}}},
		{"late", `text "late" in "en": placeholder "Count": a bool is not a whole number`, map[string]any{"Count": true, "Name": "secret"}},
		{"late", `text "late" in "en": placeholder "Count": a string is not a whole number`, map[string]any{"Count": "secret", "Name": "secret"}},
		{"few", `text "few" in "en": there is no plural form "one"`, map[string]any{"Count": 1}},
	} {
		_, err := b.In(English).Say(c.key, c.args)
		require.EqualError(t, err, c.fault)
	}
}

func TestSayIsCheap(t *testing.T) {
	b := bundle(t, map[string]string{English: late})
	s := b.In(English)
	args := map[string]any{"Name": "Li", "Count": 2}
	say := func(key string) func() {
		return func() {
			if _, err := s.Say(key, args); err != nil {
				panic(err)
			}
		}
	}
	require.Zero(t, testing.AllocsPerRun(100, say("plain")))
	require.LessOrEqual(t, testing.AllocsPerRun(100, say("late")), 6.0)
}

func BenchmarkSay(b *testing.B) {
	bundle, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	more, err := bundle.With(map[string]map[string]string{English: {"book.text": "You owe {{.Amount}} and are {{.Days}} days late since {{.Since}}."}})
	if err != nil {
		b.Fatal(err)
	}
	s := more.In(English)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Say("book.text", map[string]any{"Amount": s.Money(2500000), "Days": 40, "Since": "Mon"}); err != nil {
			b.Fatal(err)
		}
	}
}
