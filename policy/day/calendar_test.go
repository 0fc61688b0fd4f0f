package day

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func known(t require.TestingT) *Calendar {
	c, err := China()
	require.NoError(t, err)
	return c
}

// Since 2025 the law gives 13 days besides the weekends, which holidays never take away: what is bridged is worked
// for at another weekend.
func TestAnnouncedYearsHaveThirteenHolidays(t *testing.T) {
	c := known(t)
	for _, y := range []int{2025, 2026} {
		weekdays, working := 0, 0
		for d := Of(y, time.January, 1); d < Of(y+1, time.January, 1); d++ {
			if !d.weekend() {
				weekdays++
			}
			w, k := c.Working(d)
			require.True(t, k, d)
			if w {
				working++
			}
		}
		require.Equal(t, weekdays-13, working, y)
	}
}

func TestWorking(t *testing.T) {
	c := known(t)
	for s, want := range map[string]bool{
		"2025-01-01": false, "2025-01-26": true, "2025-01-27": true, "2025-01-28": false, "2025-02-04": false, "2025-02-05": true,
		"2025-10-08": false, "2025-10-11": true, "2025-10-12": false,
		"2026-01-02": false, "2026-01-04": true, "2026-02-14": true, "2026-02-15": false, "2026-02-23": false, "2026-02-24": true,
		"2026-09-20": true, "2026-09-25": false, "2026-09-28": true, "2026-11-21": false, "2026-11-23": true, "2026-12-31": true,
	} {
		working, announced := c.Working(on(t, s))
		require.Equal(t, want, working, s)
		require.True(t, announced, s)
	}
	for s, want := range map[string]bool{
		"2027-01-01": false, "2027-01-02": false, "2027-01-04": true, "2027-10-01": true, "2024-12-31": true, "2024-12-29": false,
	} {
		working, announced := c.Working(on(t, s))
		require.Equal(t, want, working, s)
		require.False(t, announced, s)
	}
}

func TestNextWorking(t *testing.T) {
	c := known(t)
	for _, x := range []struct {
		from, want  string
		provisional bool
	}{
		{"2026-11-23", "2026-11-23", false},
		{"2026-10-01", "2026-10-08", false},
		{"2026-02-15", "2026-02-24", false},
		{"2026-12-31", "2026-12-31", false},
		{"2027-01-01", "2027-01-04", true},
		{"2027-05-01", "2027-05-03", true},
		{"2024-12-28", "2024-12-30", true},
	} {
		got, provisional := c.NextWorking(on(t, x.from))
		require.Equal(t, x.want, got.String(), x.from)
		require.Equal(t, x.provisional, provisional, x.from)
	}
}

func TestAddWorking(t *testing.T) {
	c := known(t)
	for _, x := range []struct {
		from        string
		n           int
		want        string
		provisional bool
	}{
		{"2026-11-22", 0, "2026-11-22", false},
		{"2026-11-22", 1, "2026-11-23", false},
		{"2026-11-20", 3, "2026-11-25", false},
		{"2026-11-20", 7, "2026-12-01", false},
		{"2026-09-24", 3, "2026-09-30", false}, // Mid-Autumn Festival between
		{"2026-09-30", 3, "2026-10-10", false}, // National Day, then a Saturday on which people work
		{"2026-12-30", 1, "2026-12-31", false},
		{"2026-12-30", 2, "2027-01-04", true},
		{"2026-12-31", 1, "2027-01-04", true},
	} {
		got, provisional := c.AddWorking(on(t, x.from), x.n)
		require.Equal(t, x.want, got.String(), "%s + %d", x.from, x.n)
		require.Equal(t, x.provisional, provisional, "%s + %d", x.from, x.n)
	}
}

func TestAddWorkingCountsWorkingDays(t *testing.T) {
	c := known(t)
	rapid.Check(t, func(t *rapid.T) {
		d := on(t, "2024-11-01") + Date(rapid.IntRange(0, 900).Draw(t, "from"))
		n := rapid.IntRange(1, 40).Draw(t, "n")
		end, provisional := c.AddWorking(d, n)
		counted, unknown := 0, false
		for x := d + 1; x <= end; x++ {
			working, announced := c.Working(x)
			unknown = unknown || !announced
			if working {
				counted++
			}
		}
		require.Equal(t, n, counted)
		require.Equal(t, unknown, provisional)
		working, _ := c.Working(end)
		require.True(t, working)
	})
}

func TestOperatorAddsAYear(t *testing.T) {
	old := known(t)
	c, err := old.With([]byte(`
years:
  2027:
    source: an announcement made up for this test
    announced: 2026-11-25
    holidays: [2027-01-01..2027-01-03, 2027-02-05..2027-02-11]
    workdays: [2027-01-30]
  2029:
    source: another
    announced: 2028-11-25
`))
	require.NoError(t, err)
	next, provisional := c.NextWorking(on(t, "2027-02-05"))
	require.Equal(t, "2027-02-12", next.String())
	require.False(t, provisional)
	for s, want := range map[string][2]bool{
		"2027-01-30": {true, true}, "2027-01-31": {false, true}, "2026-10-10": {true, true}, "2028-10-02": {true, false},
		"2029-01-01": {true, true}, "2029-01-06": {false, true}, "2030-01-01": {false, false},
	} {
		working, announced := c.Working(on(t, s))
		require.Equal(t, want, [2]bool{working, announced}, s)
	}
	_, announced := old.Working(on(t, "2027-02-05"))
	require.False(t, announced, "the calendar that was added to does not change")
}

func TestCalendarRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"no years":    {"years: {}", "working days: there are no years"},
		"unknown key": {"years: {2027: {source: x, announced: 2026-11-25, days: []}}", "days"},
		"no source": {"years: {2027: {announced: 2026-11-25}}",
			"working days of 2027: the source and the day of the announcement are missing"},
		"no announcement": {"years: {2027: {source: x}}", "the source and the day of the announcement are missing"},
		"other year": {"years: {2027: {source: x, announced: 2026-11-25, holidays: [2028-01-01]}}",
			"working days of 2027: 2028-01-01 is not in this year"},
		"twice": {"years: {2027: {source: x, announced: 2026-11-25, holidays: [2027-01-01..2027-01-03], workdays: [2027-01-03]}}",
			"working days of 2027: 2027-01-03 stands there twice"},
		"no weekend": {"years: {2027: {source: x, announced: 2026-11-25, workdays: [2027-01-04]}}",
			"working days of 2027: 2027-01-04 is no weekend, so people work anyway"},
		"backwards": {"years: {2027: {source: x, announced: 2026-11-25, holidays: [2027-01-03..2027-01-01]}}",
			`"2027-01-03..2027-01-01" is no range of up to a month`},
		"no date":   {"years: {2027: {source: x, announced: 2026-11-25, workdays: [soon]}}", `date "soon" is not of the form YYYY-MM-DD`},
		"early":     {"years: {1900: {source: x, announced: 2026-11-25}}", "1900 to 1900 are no years of this calendar"},
		"no yaml":   {"years: [", "working days: "},
		"half span": {"years: {2027: {source: x, announced: 2026-11-25, holidays: [2027-01-03..]}}", `date "" is not of the form`},
	} {
		_, err := new(Calendar).With([]byte(c.text))
		require.ErrorContains(t, err, c.want, name)
	}
}
