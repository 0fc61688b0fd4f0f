package policy

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// shipped loads the book as shipped.
func shipped(t testing.TB) *Book {
	t.Helper()
	b, err := Default()
	var faults *Faults
	if errors.As(err, &faults) {
		t.Fatal("\n" + faults.Show())
	}
	require.NoError(t, err)
	return b
}

func TestShippedBook(t *testing.T) {
	b := shipped(t)
	require.ElementsMatch(t, []string{"zh-Hans", "zh-Hant", "en"}, b.Languages())
	var ids []string
	for _, p := range b.Programmes() {
		ids = append(ids, p.ID)
		require.NotEmpty(t, p.Review.Source)
	}
	require.Equal(t, []string{"settle-principal", "student-settlement", "waive-fees", "larger-support", "instalments-interest-waived",
		"deferral", "reduced-payments", "longer-term", "principal-reduction", "card-instalments", "stop-collection",
		"repeated-default"}, ids)
	card, ok := b.Programme("card-instalments")
	require.True(t, ok)
	require.Len(t, card.Contents, 9, "the rule lists what the agreement has to state")
	for _, plan := range card.Plans {
		require.LessOrEqual(t, plan.Most, 60)
	}
	_, ok = b.Programme("miracle")
	require.False(t, ok)
}

// What borrowers read never threatens, never speaks of lists or freezes, and promises nothing about the credit record.
func TestShippedWordsAreKind(t *testing.T) {
	never := regexp.MustCompile(`(?i)blacklist|freeze|sue|court|credit record|hotline|95370|黑名单|黑名單|冻结|凍結|起诉|起訴|法院|征信|徵信|恶意|惡意|失信`)
	b := shipped(t)
	for _, lang := range b.Languages() {
		for key, text := range b.Words(lang) {
			if strings.HasPrefix(key, checkWords) {
				continue // for agents
			}
			require.False(t, never.MatchString(text), "%s in %s: %s", key, lang, text)
			require.LessOrEqual(t, len([]rune(text)), 160, "%s in %s is long", key, lang)
		}
	}
}

func TestNoLenderIsReachedOnAnUnconfirmedLine(t *testing.T) {
	for _, p := range shipped(t).products {
		require.Empty(t, p.Contact)
	}
}

func TestHashIsOfTheBookWithoutItsTests(t *testing.T) {
	load := func(replaced map[string]string) string {
		b, err := Load(small(t, replaced), Options{})
		require.NoError(t, err)
		return b.Hash()
	}
	as := load(nil)
	require.Regexp(t, "^[0-9a-f]{16}$", as)
	require.Equal(t, as, load(map[string]string{"relief_test.yaml": "- {name: other, facts: {days_late: 300}, verdict: ineligible}"}))
	words, err := fs.ReadFile(small(t, nil), "words.yaml")
	require.NoError(t, err)
	require.NotEqual(t, as, load(map[string]string{"words.yaml": string(words) + "# and more\n"}))
}

func TestLanguagesAreAskedFor(t *testing.T) {
	_, err := Load(small(t, nil), Options{Languages: []string{"en", "ug"}})
	require.EqualError(t, err, "relief.yaml:13:3: there are no words in language ug\nwords.yaml:1:1: there are no words in language ug")
}

// A fact that the bot has no question for has to bring its words along.
func TestQuestionsAreAskedFor(t *testing.T) {
	var keys []string
	for _, id := range []string{"owed", "days_late", "hardship", "credit_limit", "product", "income", "dependants"} {
		keys = append(keys, "fact."+id, "ask."+id)
	}
	keys = append(keys, "fact.budget", "fact.surplus", "choice.hardship.illness", "choice.product.card", "choice.product.loan")
	_, err := Load(small(t, nil), Options{Keys: keys})
	require.EqualError(t, err, "words.yaml:1:1: no text in language en for choice.hardship.accident")

	words, err := fs.ReadFile(small(t, nil), "words.yaml")
	require.NoError(t, err)
	b, err := Load(small(t, map[string]string{"words.yaml": string(words) + "  choice.hardship.accident: An accident\n"}), Options{Keys: keys})
	require.NoError(t, err)
	require.Equal(t, "An accident", b.Words("en")["choice.hardship.accident"])
}

func TestThresholdsStandInTheWords(t *testing.T) {
	words := shipped(t).Words("en")
	require.Equal(t, "Days late: {{.days_late}}, within the 14 that this takes", words["programme.settle-principal.early.yes"])
	require.Equal(t, "It depends on your credit limit: the debt may be up to 40% of it", words["programme.settle-principal.share.open"])
}

func TestUnreadableFilesAreNoFaults(t *testing.T) {
	files := fstest.MapFS{"facts.yaml": &fstest.MapFile{Mode: fs.ModeDir}}
	_, err := Load(files, Options{})
	require.ErrorContains(t, err, "read the book: read facts.yaml")
}

func TestUnder(t *testing.T) {
	b := shipped(t)
	s := b.Settings()
	s.Working = false
	require.False(t, b.Under(s).Settings().Working)
	require.True(t, b.Settings().Working, "the book itself is as it was")
}

func TestFill(t *testing.T) {
	args := map[string]Value{"owed": {Kind: Money, N: 400_000}}
	write := func(v Value) string { return figure(Declaration{Kind: v.Kind}, v.N) }
	require.Equal(t, "4000.00 and again 4000.00", Fill("{{.owed}} and again {{ .owed }}", args, write))
}

func TestFaultWithoutAPlace(t *testing.T) {
	require.Equal(t, "facts.yaml: gone\n", Fault{File: "facts.yaml", Message: "gone"}.Show())
}
