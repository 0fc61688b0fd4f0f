package understand

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/policy/day"
)

// newReader compiles the lexicons once for all tests: a Reader never changes.
var newReader = sync.OnceValues(New)

func reader(t testing.TB) *Reader {
	r, err := newReader()
	require.NoError(t, err)
	return r
}

// today is the day on which the texts of the tests are said: a Sunday.
var today = day.Of(2026, time.November, 22)

// Every line of the house's corpus of figures is a case: what is read today must be read tomorrow.
func TestCorpusOfFigures(t *testing.T) {
	r := reader(t)
	for name, atLeast := range map[string]int{"amount": 1000, "lateness": 1100, "message": 50} {
		file, err := os.Open("corpus/" + name + ".jsonl")
		require.NoError(t, err)
		score, err := r.Score(file.Name(), file)
		require.NoError(t, err)
		require.NoError(t, file.Close())
		require.GreaterOrEqual(t, score.Cases, atLeast, name)
		for _, m := range score.Misses {
			t.Errorf("%s: %q\nwant %s\ngot  %s", name, m.Text, m.Want, m.Got)
		}
	}
}

// A text that is already in its normal form is read as it was before.
func TestReadingsDoNotChangeWithTheForm(t *testing.T) {
	r := reader(t)
	for _, name := range []string{"amount", "lateness"} {
		data, err := os.ReadFile("corpus/" + name + ".jsonl")
		require.NoError(t, err)
		for text := range texts(t, string(data)) {
			plain := r.normal.apply(text)
			require.Equal(t, r.Amount(text), r.Amount(plain), text)
			require.Equal(t, r.Lateness(text, today), r.Lateness(plain, today), text)
		}
	}
}

// Everybody's reading is the same whoever reads beside them: nothing is kept between texts.
func TestReadersShareNothing(t *testing.T) {
	r := reader(t)
	want := r.Message("欠8600，逾期20天", today)
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for range 100 {
				require.Equal(t, want, r.Message("欠8600，逾期20天", today))
				r.Message("I owe 300, due tomorrow", today)
			}
		})
	}
}

// Digits with any separators are the amount that they are, up to the fen.
func TestAmountsInDigits(t *testing.T) {
	r := reader(t)
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(1, 9_999_999_99).Draw(t, "fen")
		text := yuan(fen)
		for _, form := range []string{text, "欠" + text + "元", "￥" + text, "I owe " + text, commas(text) + " yuan"} {
			a := r.Amount(form)
			require.Equal(t, fen, int64(a.Fen), form)
			require.Equal(t, Value, a.Status, form)
		}
	})
}

// A number of days is read as it is, and a date as the days since.
func TestDaysAndDates(t *testing.T) {
	r := reader(t)
	rapid.Check(t, func(t *rapid.T) {
		today := day.Of(2020, 1, 1) + day.Date(rapid.IntRange(0, 4000).Draw(t, "today"))
		days := rapid.IntRange(0, 1000).Draw(t, "days")
		date := today - day.Date(days)
		y, m, d := date.Date()
		for _, form := range []string{date.String(), date.Time().Format("2006年1月2号"), date.Time().Format("since Jan 2, 2006"),
			date.Time().Format("2 January 2006"), date.Time().Format("2006/1/2"), date.Time().Format("逾期，2006.01.02到期")} {
			got := r.Lateness(form, today)
			require.Equal(t, days, got.Days, "%s as of %s: %d-%d-%d", form, today, y, m, d)
			require.Equal(t, Value, got.Status, form)
		}
		if days > 0 {
			require.Equal(t, Lateness{Status: Value, Days: days}, r.Lateness("逾期"+strconv.Itoa(days)+"天", today))
		}
	})
}

func FuzzFigures(f *testing.F) {
	r := reader(f)
	data, err := os.ReadFile("corpus/message.jsonl")
	require.NoError(f, err)
	for text := range texts(f, string(data)) {
		f.Add(text, int32(today))
	}
	f.Fuzz(func(t *testing.T, text string, on int32) {
		on %= 40_000
		amount := r.Amount(text)
		lateness := r.Lateness(text, day.Date(on))
		require.Contains(t, []Status{Value, Confirm, Unknown}, amount.Status)
		require.True(t, amount.Status != Value || amount.Why == "" && amount.Fen > 0, "%q: %+v", text, amount)
		require.True(t, lateness.Status != Value || lateness.Days >= 0 && lateness.Days <= mostDays, "%q: %+v", text, lateness)
		require.True(t, lateness.Days >= 0, "%q: %+v", text, lateness)
		require.Equal(t, amount, r.Amount(r.normal.apply(text)))
		r.Message(text, day.Date(on))
		r.Text(text).Proposal(day.Date(on))
	})
}

// texts yields the texts of the lines of a corpus.
func texts(t testing.TB, lines string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(lines) {
			var q Query
			require.NoError(t, json.Unmarshal([]byte(line), &q))
			if !yield(q.Text) {
				return
			}
		}
	}
}

// yuan writes fen in yuan, with a point and two digits.
func yuan(fen int64) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }

// commas puts a comma before each group of three digits.
func commas(s string) string {
	point := strings.IndexByte(s, '.')
	for i := point - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// A word stands for one value in each of its senses: with two, which one is read would be chance.
func TestWordsHaveOneValueInASense(t *testing.T) {
	_, f := lexicon(t)
	for _, w := range f.words {
		seen := map[sense]meaning{}
		for _, m := range w.meanings {
			other, twice := seen[m.sense]
			require.True(t, !twice || other == m, "%+v and %+v", m, other)
			seen[m.sense] = m
		}
	}
}
