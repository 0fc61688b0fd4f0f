package policy

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// with returns the shipped book with another reminders.yaml, or without one.
func withReminders(t *testing.T, text string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(Shipped(), "*.yaml")
	require.NoError(t, err)
	for _, name := range names {
		data, err := fs.ReadFile(Shipped(), name)
		require.NoError(t, err)
		files[name] = &fstest.MapFile{Data: data}
	}
	delete(files, "reminders.yaml")
	if text != "" {
		files["reminders.yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func TestShippedRemindersAreTheDefaults(t *testing.T) {
	shipped, err := Default()
	require.NoError(t, err)
	require.Equal(t, DefaultAftercare(), shipped.Aftercare())
	without, err := Load(withReminders(t, ""), Options{})
	require.NoError(t, err)
	require.Equal(t, DefaultAftercare(), without.Aftercare())
	require.NotEqual(t, without.Hash(), shipped.Hash())
}

func TestRemindersCanBeSet(t *testing.T) {
	b, err := Load(withReminders(t, "normal: {before: [5], on_day: false, after: []}\na_day: 2\nsource: operator\n"), Options{})
	require.NoError(t, err)
	want := DefaultAftercare()
	want.Normal, want.Day = Calendar{Before: []int{5}}, 2
	require.Equal(t, want, b.Aftercare())
}

func TestFaultyRemindersAreRefused(t *testing.T) {
	for text, says := range map[string]string{
		"source: nobody\n": `source "nobody" is not among the sources`,
		"a_day: 2\n":       `has no "source"`,
		"normal: {before: [1, 3], on_day: true, after: []}\nsource: operator\n":    "3 is not in order after 1",
		"normal: {before: [1], on_day: true, after: [20]}\nsource: operator\n":     "comes after the notice",
		"pause_day: 3\nsource: operator\n":                                         `did you mean "pause_days"?`,
		"hours: {urgent: {from: \"13:00\", until: \"09:00\"}}\nsource: operator\n": "until, 09:00, comes after from, 13:00",
		"hours: {urgent: {from: \"9\", until: \"10:00\"}}\nsource: operator\n":     `"9" is not a time of day`,
		"broken: {grace_days: 0, notice_days: 7}\nsource: operator\n":              `"0" is not a whole number`,
		"hours: {to_choose: [9, 9]}\nsource: operator\n":                           "hour 9 stands here twice",
		"without_agent: {move_days: [7], moves: 99}\nsource: operator\n":           `"99" is not a whole number`,
		"relief: {from_days: 45, ends_before: [3, 14]}\nsource: operator\n":        "14 is not in order after 3",
	} {
		_, err := Load(withReminders(t, text), Options{})
		require.ErrorContains(t, err, says, text)
		require.ErrorContains(t, err, "reminders.yaml:", text)
	}
}
