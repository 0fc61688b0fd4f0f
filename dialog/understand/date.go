package understand

import (
	"time"

	"respite/policy/day"
)

// when is a day that a text names.
type when struct {
	from, to int // tokens
	date     day.Date
	why      string // what makes it doubtful by itself
	coming   bool   // it lies ahead, or its next occurrence is what a due date may mean
}

// valid returns the day y-m-d if there is one.
func valid(y, m, d int) (day.Date, bool) {
	if !validMonth(m) || !validDay(d) || y < 1 || y > 9999 {
		return 0, false
	}
	date := day.Of(y, time.Month(m), d)
	_, month, _ := date.Date()
	return date, int(month) == m
}

// latest returns the last day m-d that is not after today; the next that is not before it, if l looks ahead.
func (l *timeline) latest(m, d int) (day.Date, bool) {
	y, _, _ := l.today.Date()
	for n := range 9 { // 29 February can be that far
		year := y - n
		if l.forward {
			year = y + n
		}
		if date, ok := valid(year, m, d); ok && l.fits(date) {
			return date, true
		}
	}
	return 0, false
}

// dayOfYear reads the last day m-d, named by the tokens up to to, as latest does. Of a day that the month never has, or had not within a
// year, it is the month's last: 2月30号.
func (l *timeline) dayOfYear(m, d, to int) (when, bool) {
	if date, ok := l.latest(m, d); ok && -leapYear <= date-l.today && date-l.today <= leapYear {
		return when{to: to, date: date, coming: l.soon(m, d)}, true
	}
	date, ok := l.latest(m, shortestMonth)
	return when{to: to, date: inMonth(date-shortestMonth+1, d), why: "no_such_day"}, ok
}

// How many days every month has, and a year at the most.
const (
	shortestMonth = 28
	leapYear      = 366
)

// dayIn reads the day m-d of a year, named by the tokens up to to; the last of the month, if it has no such day.
func dayIn(year, m, d, to int) (when, bool) {
	if date, ok := valid(year, m, d); ok {
		return when{to: to, date: date}, true
	}
	first, ok := valid(year, m, 1)
	return when{to: to, date: inMonth(first, d), why: "no_such_day"}, ok
}

// fits says whether a date lies where l looks.
func (l *timeline) fits(d day.Date) bool {
	return l.forward && d >= l.today || !l.forward && d <= l.today
}

// latestDay returns the last day d of a month that is not after today, or the next if l looks ahead; one that also fits, where that
// is given.
func (l *timeline) latestDay(d int, fits func(day.Date) bool) (day.Date, bool) {
	for n := range 48 {
		if !l.forward {
			n = -n
		}
		y, m, _ := l.month(n).Date()
		if date, ok := valid(y, int(m), d); ok && l.fits(date) && (fits == nil || fits(date)) {
			return date, true
		}
	}
	return 0, false
}

// month returns the first day of the month that lies n months from this one.
func (l *timeline) month(n int) day.Date {
	y, m, _ := l.today.Date()
	return day.Of(y, m+time.Month(n), 1)
}

// inMonth returns day d of the month that starts at first; its last day if it has no such.
func inMonth(first day.Date, d int) day.Date {
	y, m, _ := first.Date()
	return min(first+day.Date(d-1), day.Of(y, m+1, 1)-1)
}

// century returns the year that was typed as y: 25 is 2025, 87 is 1987.
func (l *timeline) century(y, width int) int {
	this, _, _ := l.today.Date()
	switch {
	case width > 2 || y > 99:
		return y
	case 2000+y <= this+1:
		return 2000 + y
	}
	return 1900 + y
}

// monday returns the Monday of the week that lies n weeks from this one.
func (l *timeline) monday(n int) day.Date {
	return l.today - day.Date(weekdayOf(l.today)-1) + day.Date(7*n)
}

// weekdayOf returns 1 for Monday to 7 for Sunday.
func weekdayOf(d day.Date) int { return (int(d.Weekday())+6)%7 + 1 }

// numeric resolves a date in figures. One that can be read in more than one order is ambiguous, unless all but one of the readings
// lie ahead.
func (l *timeline) numeric(d numericDate) (when, bool) {
	readings := l.readings(d)
	w := when{}
	past := 0
	for _, date := range readings {
		if date <= l.today {
			past++
			if past == 1 {
				w.date = date
			} else if date != w.date {
				w.why = "ambiguous_date"
			}
		}
	}
	switch {
	case len(readings) == 0:
		return w, false
	case past == 0:
		w.date, w.coming = readings[0], true
	}
	return w, true
}

// readings returns what a date in figures can mean, the likeliest first.
func (l *timeline) readings(n numericDate) []day.Date {
	a, b, c := n.parts[0], n.parts[1], n.parts[2]
	var out []day.Date
	add := func(y, m, d int) {
		if date, ok := valid(y, m, d); ok {
			out = append(out, date)
		}
	}
	switch {
	case n.widths[2] == 0:
		y, _, _ := l.today.Date()
		orders := [][2]int{{a, b}, {b, a}}
		if l.chinese && !n.slash && validMonth(a) { // 10.5开始
			orders = orders[:1]
		}
		for _, md := range orders {
			if _, ok := valid(y, md[0], md[1]); ok {
				add(y, md[0], md[1])
			} else if date, ok := l.latest(md[0], md[1]); ok {
				out = append(out, date)
			}
		}
		if len(out) > 0 && l.ahead(out) {
			date, _ := l.latest(dateOf(out[0]))
			return []day.Date{date}
		}
	case n.widths[0] == 4:
		add(a, b, c)
	case n.widths[2] == 4:
		add(c, a, b)
		add(c, b, a)
	case n.widths[2] == 1: // 26/10/3
		add(l.century(a, 2), b, c)
	default:
		if l.chinese {
			add(l.century(a, 2), b, c)
		}
		add(l.century(c, 2), a, b)
		add(l.century(c, 2), b, a)
		if len(out) == 0 {
			add(l.century(a, 2), b, c)
		}
	}
	return out
}

func dateOf(d day.Date) (m, dd int) {
	_, month, dd := d.Date()
	return int(month), dd
}

// ahead says whether all dates lie ahead.
func (l *timeline) ahead(dates []day.Date) bool {
	for _, d := range dates {
		if d <= l.today {
			return false
		}
	}
	return true
}
