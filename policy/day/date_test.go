package day

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func on(t require.TestingT, s string) Date {
	d, err := Parse(s)
	require.NoError(t, err)
	return d
}

// Package time counts the same days, in another way.
func TestDatesAreThoseOfPackageTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.IntRange(-3000, 6000).Draw(t, "year")
		m := rapid.IntRange(-30, 40).Draw(t, "month")
		d := rapid.IntRange(-400, 400).Draw(t, "day")
		want := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		got := Of(y, time.Month(m), d)
		require.Equal(t, want, got.Time())
		require.Equal(t, want.Weekday(), got.Weekday())
		wy, wm, wd := want.Date()
		gy, gm, gd := got.Date()
		require.Equal(t, []int{wy, int(wm), wd}, []int{gy, int(gm), gd})
		require.Equal(t, got, At(want.Add(23*time.Hour+59*time.Minute)))
	})
}

func TestTextReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(-700000, 2900000).Draw(t, "date"))
		require.Equal(t, d, on(t, d.String()))
		text, err := json.Marshal(d)
		require.NoError(t, err)
		var back Date
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, d, back)
	})
	for _, s := range []string{"", "2026-2-3", "2026-02-30", "2026-02-03T00:00:00Z", "今天"} {
		_, err := Parse(s)
		require.ErrorContains(t, err, "is not of the form YYYY-MM-DD")
	}
	require.Error(t, new(Date).UnmarshalText([]byte("tomorrow")))
}

func TestIn(t *testing.T) {
	zone := time.FixedZone("UTC+8", 8*3600)
	at := on(t, "2026-11-23").In(zone, 9, 30)
	require.Equal(t, "2026-11-23T01:30:00Z", at.UTC().Format(time.RFC3339))
	require.Equal(t, on(t, "2026-11-23"), At(at))
	require.Equal(t, on(t, "2026-11-24"), At(on(t, "2026-11-23").In(zone, 23, 59).Add(time.Minute)))
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-22", 3, "2027-02-22"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -13, "2024-12-15"},
		{"2026-05-31", 0, "2026-05-31"},
	} {
		require.Equal(t, c.want, on(t, c.from).AddMonths(c.n).String(), c.from)
	}
	require.Equal(t, "2027-01-01", on(t, "2026-12-31").AddDays(1).String())
}

func TestPayDay(t *testing.T) {
	require.Equal(t, "2026-02-28", PayDay(2026, 2, 31).String())
	require.Equal(t, "2024-02-29", PayDay(2024, 2, 30).String())
	require.Equal(t, "2026-04-30", PayDay(2026, 4, 31).String())
	require.Equal(t, "2027-01-31", PayDay(2026, 13, 31).String())
	require.Equal(t, "2026-02-28", PayDay(2026, 2, 28).String())
	require.Equal(t, "2026-11-30", on(t, "2026-11-22").NextPayDay(31).String())
	require.Equal(t, "2026-11-22", on(t, "2026-11-22").NextPayDay(22).String())
	require.Equal(t, "2026-12-21", on(t, "2026-11-22").NextPayDay(21).String())
	require.Equal(t, "2027-01-01", on(t, "2026-12-02").NextPayDay(1).String())
}

func TestPayDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(0, 40000).Draw(t, "date"))
		dd := rapid.IntRange(1, 31).Draw(t, "day")
		next := d.NextPayDay(dd)
		require.GreaterOrEqual(t, next, d)
		require.LessOrEqual(t, next, d+31)
		y, m, got := next.Date()
		require.True(t, got == dd || got < dd && next+1 == Of(y, m+1, 1), "%v is no pay day %d", next, dd)
		for before := d; before < next; before++ {
			y, m, _ := before.Date()
			require.NotEqual(t, PayDay(y, m, dd), before)
		}
	})
}

func TestMonthsUntil(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(0, 40000).Draw(t, "from"))
		later := d + Date(rapid.Int32Range(0, 20000).Draw(t, "days"))
		months, days := d.MonthsUntil(later)
		require.Equal(t, later, d.AddMonths(months).AddDays(days))
		require.GreaterOrEqual(t, days, 0)
		require.Greater(t, d.AddMonths(months+1), later)
	})
}
