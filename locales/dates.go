package locales

import (
	"strconv"
	"time"
)

// Day writes a day with its weekday, and with its year where that is not the year of now ("11月30日（周一）",
// "Mon 30 Nov", "Fri 1 Jan 2027"). It reads both on the calendar of their own zones.
func (s *Speaker) Day(day, now time.Time) string {
	p := s.format.day
	if day.Year() != now.Year() {
		p = s.format.dayOfYear
	}
	return p.put(
		"Year", strconv.Itoa(day.Year()),
		"Month", s.format.shortMonths[day.Month()-1],
		"Day", strconv.Itoa(day.Day()),
		"Weekday", s.format.weekdays[day.Weekday()])
}

// Date writes a day in full, for agreements ("2026年11月30日", "30 November 2026").
func (s *Speaker) Date(day time.Time) string {
	return s.format.date.put(
		"Year", strconv.Itoa(day.Year()),
		"Month", s.format.months[day.Month()-1],
		"Day", strconv.Itoa(day.Day()))
}

// Moment writes the day, as Day does, and the time of the day in t's zone ("11月30日（周一）09:05", "Mon 30 Nov, 09:05").
func (s *Speaker) Moment(t, now time.Time) string {
	return s.format.moment.put("Day", s.Day(t, now), "Time", t.Format("15:04"))
}
