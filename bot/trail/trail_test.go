package trail

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const assessed = "assessed days_late=n10 hardship=sunemployment owed=m350000 eligible: waive-fees deferral reduced-payments longer-term stop-collection " +
	"undecided: settle-principal?share instalments-interest-waived?able card-instalments?bank-card?beyond-means repeated-default?often " +
	"ineligible: student-settlement-student larger-support-serious principal-reduction-long?unable"

func TestAnEntryComesOutAsItWentIn(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom(phrases[:]), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
	book := rapid.OneOf(rapid.StringMatching(`[0-9a-fA-F]{0,80}`), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		e := Entry{
			At: rapid.Int64().Draw(t, "at"), Chat: rapid.Int64().Draw(t, "chat"), Book: book.Draw(t, "book"),
			What: rapid.SliceOf(rapid.Map(rapid.SliceOf(text), func(s []string) string { return strings.Join(s, "") })).Draw(t, "what"),
		}
		if len(e.What) == 0 {
			e.What = nil
		}
		back, err := Parse(e.Pack())
		require.NoError(t, err)
		require.Equal(t, e, back)
	})
}

func TestBytesOfAnEntry(t *testing.T) {
	for _, test := range []struct {
		entry Entry
		most  int
	}{
		{Entry{At: 1795355866, Chat: 1000000484, What: []string{"consent given"}}, 14},
		{Entry{At: 1795355867, Chat: 1000001629, Book: "f39de82fe8a4720c", What: []string{assessed}}, 61},
		{Entry{At: 1795355867, Chat: -1000001629, What: []string{"claimed by 张伟 (901)"}}, 29},
	} {
		require.LessOrEqual(t, len(test.entry.Pack()), test.most, test.entry.What)
	}
}

// Entries as they were written once are read for ever.
func TestEntriesThatWereWrittenBefore(t *testing.T) {
	data, err := os.ReadFile("testdata/entries.txt")
	require.NoError(t, err)
	read := 0
	for pair := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
		stored, text, ok := strings.Cut(pair, "\n")
		require.True(t, ok, pair)
		raw := []byte(stored)
		if stored[0] != plain {
			raw, err = hex.DecodeString(stored)
			require.NoError(t, err)
		}
		e, err := Parse(raw)
		require.NoError(t, err, stored)
		shown, err := json.Marshal(e)
		require.NoError(t, err)
		require.Equal(t, text, string(shown))
		read++
	}
	require.Equal(t, 6, read)
}

// A phrase that is new gets a line of its own in the list; no other line may have to change for it.
func TestPhrasesStayWhatTheyAre(t *testing.T) {
	data, err := os.ReadFile("testdata/phrases.txt")
	require.NoError(t, err)
	var lines []string
	for i, p := range phrases {
		require.GreaterOrEqual(t, len(p), 2)
		require.Equal(t, i, meant(code(i)))
		require.False(t, printed(code(i)) || code(i) == verbatim)
		lines = append(lines, hex.EncodeToString([]byte{code(i)})+" "+p+"\n")
	}
	require.Equal(t, strings.SplitAfter(string(data), "\n"), append(lines, ""))
}

func TestWhatIsNoEntryIsRefused(t *testing.T) {
	whole := (&Entry{At: 1795355867, Chat: 1000001629, Book: "f39de82fe8a4720c", What: []string{assessed, "张"}}).Pack()
	for _, b := range [][]byte{nil, {}, {2}, []byte("{"), []byte("at"), append(bytes.Clone(whole), 1, 0xff), append(bytes.Clone(whole), 0x80)} {
		_, err := Parse(b)
		require.ErrorIs(t, err, ErrUnknown, "%q", b)
	}
	for n := range whole {
		e, err := Parse(whole[:n])
		if err == nil {
			require.Less(t, len(e.What), 2, "cut between two texts it is an entry with fewer of them")
		} else {
			require.ErrorIs(t, err, ErrUnknown, "%q", whole[:n])
		}
	}
}

func BenchmarkPack(b *testing.B) {
	e := Entry{At: 1795355867, Chat: 1000001629, Book: "f39de82fe8a4720c", What: []string{assessed}}
	b.ReportAllocs()
	for b.Loop() {
		e.Pack()
	}
}
