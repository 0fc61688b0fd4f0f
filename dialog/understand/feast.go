package understand

import (
	"time"

	"respite/policy/day"
)

// calendar holds the days of the festivals that follow the moon, by name, in order.
type calendar map[string][]day.Date

// feasts are the days given in the notices of the State Council and, beyond those, in the published lunar calendars. Texts that name
// a festival are only ever confirmed, so a year that is missing costs an answer and never makes a wrong one.
var feasts = calendar{
	"spring": {day.Of(2018, 2, 16), day.Of(2019, 2, 5), day.Of(2020, 1, 25), day.Of(2021, 2, 12), day.Of(2022, 2, 1), day.Of(2023, 1, 22), day.Of(2024, 2, 10), day.Of(2025, 1, 29),
		day.Of(2026, 2, 17), day.Of(2027, 2, 6), day.Of(2028, 1, 26), day.Of(2029, 2, 13), day.Of(2030, 2, 3)},
	"qingming": {day.Of(2018, 4, 5), day.Of(2019, 4, 5), day.Of(2020, 4, 4), day.Of(2021, 4, 4), day.Of(2022, 4, 5), day.Of(2023, 4, 5), day.Of(2024, 4, 4), day.Of(2025, 4, 4),
		day.Of(2026, 4, 5), day.Of(2027, 4, 5), day.Of(2028, 4, 4), day.Of(2029, 4, 4), day.Of(2030, 4, 5)},
	"dragon": {day.Of(2018, 6, 18), day.Of(2019, 6, 7), day.Of(2020, 6, 25), day.Of(2021, 6, 14), day.Of(2022, 6, 3), day.Of(2023, 6, 22), day.Of(2024, 6, 10), day.Of(2025, 5, 31),
		day.Of(2026, 6, 19), day.Of(2027, 6, 9), day.Of(2028, 5, 28), day.Of(2029, 6, 16), day.Of(2030, 6, 5)},
	"autumn": {day.Of(2018, 9, 24), day.Of(2019, 9, 13), day.Of(2020, 10, 1), day.Of(2021, 9, 21), day.Of(2022, 9, 10), day.Of(2023, 9, 29), day.Of(2024, 9, 17), day.Of(2025, 10, 6),
		day.Of(2026, 9, 25), day.Of(2027, 9, 15), day.Of(2028, 10, 3), day.Of(2029, 9, 22), day.Of(2030, 9, 12)},
}

// last returns the last day of a festival that is not after today.
func (c calendar) last(name string, today day.Date) (day.Date, bool) {
	year, _, _ := today.Date()
	for y := year; y >= year-1; y-- {
		if d, ok := c.in(name, y); ok && d <= today {
			return d, true
		}
	}
	return 0, false
}

// in returns the day of a festival in a year.
func (c calendar) in(name string, year int) (day.Date, bool) {
	switch name {
	case "easter":
		return easter(year), true
	case "good_friday":
		return easter(year) - 2, true
	case "easter_monday":
		return easter(year) + 1, true
	case "thanksgiving":
		return thanksgiving(year), true
	case "black_friday":
		return thanksgiving(year) + 1, true
	}
	for _, d := range c[name] {
		if y, _, _ := d.Date(); y == year {
			return d, true
		}
	}
	return 0, false
}

// easter returns Easter Sunday of a year of the Gregorian calendar, by the algorithm of Meeus.
func easter(year int) day.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	n := h + l - 7*m
	month := (n + 90) / 25
	return day.Of(year, time.Month(month), (n+33*month+19)%32)
}

// thanksgiving returns the fourth Thursday of November.
func thanksgiving(year int) day.Date {
	first := day.Of(year, time.November, 1)
	return first + day.Date((4-weekdayOf(first)+7)%7+21)
}

// feast reads a festival.
func (l *timeline) feast(i int) (when, bool) {
	w := when{to: i + 1, why: "approximate"}
	year, to := l.year(i + 1)
	fixed, isFixed := l.tokens[i].has(isFestival)
	moves, isMoved := l.tokens[i].has(isMoving)
	ok := false
	switch {
	case isFixed && to > w.to:
		w.date, ok = valid(year, int(fixed.n)/100, int(fixed.n)%100)
	case isFixed:
		w.date, ok = l.latest(int(fixed.n)/100, int(fixed.n)%100)
	case isMoved && to > w.to:
		w.date, ok = feasts.in(moves.name, year)
	case isMoved:
		w.date, ok = feasts.last(moves.name, l.today)
	}
	w.to = max(w.to, to)
	return l.feastDay(w, i), ok
}

// feastDay takes the doubt from w if it is one day, because the festival tokens[i] is, or because the day itself is named.
func (l *timeline) feastDay(w when, i int) when {
	switch {
	case l.is(w.to, isThatDay):
		w.to++
		w.why = ""
	case l.is(i, isOneDay) && !l.is(w.to, isAgo, isLater) && !l.is(i-1, isAgo, isLater):
		w.why = ""
	}
	return w
}
