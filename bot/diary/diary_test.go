package diary

import (
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/stretchr/testify/require"

	"respite/policy/day"
)

func TestBytes(t *testing.T) {
	c := Calendar{Plan: 7, Version: 3, Stamp: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC), Entries: []Entry{
		{"1-0", day.Of(2028, 2, 29), "第1期还款" + strings.Repeat("很长", 40)}, {"2-0", day.Of(2028, 12, 31), "Payment, no. 2; 1,000"},
	}}
	file := string(c.Bytes())
	for _, line := range strings.Split(file, "\r\n") {
		require.LessOrEqual(t, len(line), 75, "octets of a content line")
		require.NotContains(t, line, "\n", "lines end in CRLF")
	}
	require.Contains(t, file, "DTSTART;VALUE=DATE:20280229\r\n")
	require.Contains(t, file, "DTEND;VALUE=DATE:20280301\r\n")
	require.Contains(t, file, "DTEND;VALUE=DATE:20290101\r\n")
	require.Contains(t, file, "UID:7-2-0@respite\r\n")
	require.Contains(t, file, "SEQUENCE:3\r\n")
	require.Contains(t, file, "DTSTAMP:20261123T020000Z\r\n")
	require.Contains(t, file, `SUMMARY:Payment\, no. 2\; 1\,000`)

	back, err := ics.ParseCalendar(strings.NewReader(file))
	require.NoError(t, err)
	require.Len(t, back.Events(), 2)
	require.Equal(t, c.Entries[0].What, back.Events()[0].GetProperty(ics.ComponentPropertySummary).Value)
	require.Len(t, back.Events()[0].Alarms(), 1)
}
