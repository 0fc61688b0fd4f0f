package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

func TestParseRecord(t *testing.T) {
	for raw, want := range map[string]bot.Record{
		"7 0 0 0 - 0 0\n":             {Version: 7, Data: []byte{}},
		"7 9 5 0 - 2 0\nhi":           {Version: 7, Data: []byte("hi")},
		"7 9 5 0 - 2 1\nhil":          {Version: 7, Data: []byte("hi"), Link: []byte("l")},
		"7 9 0 4 me -1 0\n8 1 2\nby":  {Outbox: []bot.Entry{{Seq: 8, Data: []byte("by"), Tried: true}}},
		"7 9 0 4 me 1 0\n\n8 0 1\n\n": {Version: 7, Data: []byte("\n"), Outbox: []bot.Entry{{Seq: 8, Data: []byte("\n")}}},
	} {
		got, err := parseRecord([]byte(raw))
		require.NoError(t, err, "%q", raw)
		require.Equal(t, want, got, "%q", raw)
	}
	for _, raw := range []string{
		"", "7 0 0 0 - 0 0", "7 0 0 0 - 0\n", "7 0 0 0 - 0 0 0\n", "x 0 0 0 - 0 0\n", "7 0 0 0 - 1 0\n", "7 0 0 0 - 0 1\n",
		"7 0 0 0 - 0 -1\n", "7 0 0 0 - 9223372036854775807 1\n", "7 0 0 0 - 0 0\n1 0 1\n", "7 0 0 0 - 0 0\n1 0 1",
		"7 0 0 0 - 0 0\n1 0\nx", "7 0 0 0 - 0 0\n1 0 -1\n", "7 0 0 0 - 0 0\nx 0 0\n", `{"version":1}` + "\n",
	} {
		_, err := parseRecord([]byte(raw))
		require.ErrorIs(t, err, errPacked, "%q", raw)
	}
}

func FuzzParseRecord(f *testing.F) {
	f.Add([]byte("7 9 0 4 me 1 0\n\n8 0 1\n\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, err := parseRecord(raw); err != nil {
			require.ErrorIs(t, err, errPacked)
		}
	})
}
