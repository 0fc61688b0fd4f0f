package locales

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// folder builds the files of all three languages: the formats as shipped and one more file for each language in words.
func folder(t *testing.T, words map[string]string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, tag := range Tags() {
		data, err := shipped.ReadFile("words/" + tag + "/format.yaml")
		require.NoError(t, err)
		files["words/"+tag+"/format.yaml"] = &fstest.MapFile{Data: data}
		files["words/"+tag+"/more.yaml"] = &fstest.MapFile{Data: []byte(words[tag])}
	}
	return files
}

func bundle(t *testing.T, words map[string]string) *Bundle {
	t.Helper()
	b, err := read(folder(t, words), "words")
	require.NoError(t, err)
	return b
}

func TestLoadReportsEveryFaultAtOnce(t *testing.T) {
	files := folder(t, map[string]string{
		English:     "a.empty: ''\na.broken: 'so {{much}}'\na.open: 'from {{.First'\na.logic: '{{if .X}}y{{end}}'\nformat.money: twice",
		Simplified:  "a.nested: {some: thing}\na.forms: {one: x}",
		Traditional: "a.b: [",
	})
	files["words/en/format.yaml"] = &fstest.MapFile{Data: []byte("format.money: '{{.Much}}'")}
	_, err := read(files, "words")
	for _, fault := range []string{
		`words/en/more.yaml: key "a.empty": form "other": the text is empty`,
		`key "a.broken": form "other": "so {{much}}" is not a placeholder`,
		`key "a.open"`,
		`key "a.logic"`,
		`key "format.money" is also in words/en/format.yaml`,
		`language "en": text "format.money" has placeholders ["Much"], not ["Amount"]`,
		`text "format.weekdays" has 0 words, not 7`,
		`words/zh-Hans/more.yaml: key "a.forms": form "other": the text is empty`,
		`words/zh-Hant/more.yaml: `,
	} {
		require.ErrorContains(t, err, fault)
	}
}

func TestCheckFindsWhatLanguagesLack(t *testing.T) {
	b := bundle(t, map[string]string{
		English:     "a.one: one\na.owed: 'You owe {{.Amount}} since {{.Day}}'",
		Simplified:  "a.one: 一\na.owed: '欠 {{.Amount}}'",
		Traditional: "a.owed: '{{.Day}}起欠 {{.Amount}}'\na.extra: 多",
	})
	require.EqualError(t, b.Check(), `text "a.extra" is missing in "zh-Hans"
text "a.extra" is missing in "en"
text "a.one" is missing in "zh-Hant"
text "a.owed" in "zh-Hans" has placeholders ["Amount"], in "en" ["Amount" "Day"]`)
}

func TestWithAddsTheWordsOfABook(t *testing.T) {
	b := bundle(t, map[string]string{English: "a.own: own", Simplified: "a.own: 自", Traditional: "a.own: 自"})
	more, err := b.With(map[string]map[string]string{
		English:     {"programme.deferral": "Pay {{.pay_months}} months later"},
		Simplified:  {"programme.deferral": "推迟{{.pay_months}}个月还"},
		Traditional: {"programme.deferral": "延後{{.pay_months}}個月還"},
	})
	require.NoError(t, err)
	require.NoError(t, more.Check())
	said, err := more.In(Simplified).Say("programme.deferral", map[string]any{"pay_months": 3})
	require.NoError(t, err)
	require.Equal(t, "推迟3个月还", said)
	own, err := more.In(English).Say("a.own", nil)
	require.NoError(t, err)
	require.Equal(t, "own", own)
	require.Equal(t, "¥5", more.In(English).Money(500))

	require.False(t, b.In(English).Has("programme.deferral"), "the bundle itself stays as it is")
	other, err := b.With(map[string]map[string]string{English: {"programme.deferral": "Another book"}})
	require.NoError(t, err)
	require.ErrorContains(t, other.Check(), `text "programme.deferral" is missing in "zh-Hans"`)
}

func TestWithRefusesFaultyWords(t *testing.T) {
	b := bundle(t, map[string]string{English: "a.own: own"})
	_, err := b.With(map[string]map[string]string{
		English: {"a.own": "changed", "b.broken": "{{", "b.empty": " "},
		"fr":    {"b.c": "oui"},
	})
	require.EqualError(t, err, `words of a book: language "fr" is not one of ["zh-Hans" "zh-Hant" "en"]
text "a.own" in "en" is Respite's own: a book may not change it
text "b.broken" in "en": form "other": "{{" is not a placeholder such as {{.Amount}}
text "b.empty" in "en": form "other": the text is empty`)
}

func TestInFindsASpeakerForAnyTag(t *testing.T) {
	b := bundle(t, nil)
	for tag, want := range map[string]string{
		"en": English, "zh-Hans": Simplified, "zh-Hant": Traditional, "zh-TW": Traditional, "fr": English, "": Simplified,
	} {
		require.Equal(t, want, b.In(tag).Tag(), tag)
	}
}
