package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/dialog"
)

func TestNumbersToCall(t *testing.T) {
	s := serving{ComfortLine: "12356, zh-Hant=1925, en = 988", AmbulanceLine: "120,zh-Hant=119", PoliceLine: "110"}
	all, differ, err := s.inDanger()
	require.NoError(t, err)
	require.Equal(t, dialog.Lines{Comfort: "12356", Ambulance: "120", Police: "110"}, all)
	require.Equal(t, map[string]dialog.Lines{"zh-Hant": {Comfort: "1925", Ambulance: "119"}, "en": {Comfort: "988"}}, differ)

	for value, want := range map[string]string{
		"en=988":           `COMFORT_LINE "en=988" must begin with the number for everybody`,
		"12356, de=1":      `COMFORT_LINE: " de=1" is not of the form zh-Hant=1925, with one of zh-Hans, zh-Hant, en`,
		"12356,988":        `COMFORT_LINE: "988" is not of the form zh-Hant=1925, with one of zh-Hans, zh-Hant, en`,
		"12356, zh-Hant=,": `COMFORT_LINE: " zh-Hant=" is not of the form zh-Hant=1925, with one of zh-Hans, zh-Hant, en`,
	} {
		s.ComfortLine = value
		_, _, err := s.inDanger()
		require.EqualError(t, err, want)
		require.ErrorAs(t, err, &usage{})
	}
}
