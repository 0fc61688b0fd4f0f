// Package day holds calendar dates without a clock or a zone, and the working days of mainland China.
package day

import (
	"fmt"
	"time"
)

// Date is a calendar day, counted in days since 1 January 1970. The zero value is that day and stands for "no date" where
// a date is optional: no case of Respite is that old.
type Date int32

const layout = "2006-01-02"

// An era is 400 years, after which the calendar repeats itself. Eras are counted from 1 March of the year 0, which was
// untilEpoch days before 1 January 1970.
const (
	daysOfEra  = 146097
	untilEpoch = 719468
)

func floorDiv(a, b int) int {
	if a < 0 {
		return (a - b + 1) / b
	}
	return a / b
}

// Of returns the date of year y, month m and day d; a month or a day beyond its end runs on into the next, as in time.Date.
func Of(y int, m time.Month, d int) Date {
	months := y*12 + int(m) - 1
	y, month := floorDiv(months, 12), months-floorDiv(months, 12)*12
	// The year starts in March, so that the leap day is its last.
	if month < 2 {
		y, month = y-1, month+12
	}
	era := floorDiv(y, 400)
	ofEra := y - era*400
	days := (153*(month-2)+2)/5 + ofEra*365 + ofEra/4 - ofEra/100
	return Date(era*daysOfEra + days + d - 1 - untilEpoch)
}

// At returns the date that t shows on a calendar in t's own zone.
func At(t time.Time) Date {
	y, m, d := t.Date()
	return Of(y, m, d)
}

// Parse reads "2006-01-02".
func Parse(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return 0, fmt.Errorf("date %q is not of the form YYYY-MM-DD", s)
	}
	return At(t), nil
}

// Time returns midnight UTC at the start of d.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// In returns the moment of d at hour:minute in zone.
func (d Date) In(zone *time.Location, hour, minute int) time.Time {
	y, m, dd := d.Time().Date()
	return time.Date(y, m, dd, hour, minute, 0, 0, zone)
}

// Date returns the year, month and day of the month.
func (d Date) Date() (int, time.Month, int) {
	days := int(d) + untilEpoch
	era := floorDiv(days, daysOfEra)
	ofEra := days - era*daysOfEra
	y := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (y*365 + y/4 - y/100)
	month := (5*ofYear + 2) / 153
	dd := ofYear - (153*month+2)/5 + 1
	y, month = y+era*400, month+2
	if month >= 12 {
		y, month = y+1, month-12
	}
	return y, time.Month(month + 1), dd
}

// Weekday returns the day of the week. 1 January 1970 was a Thursday.
func (d Date) Weekday() time.Weekday { return time.Weekday((int(d)%7 + 7 + 4) % 7) }

// String returns "2006-01-02".
func (d Date) String() string { return d.Time().Format(layout) }

// MarshalText and UnmarshalText write and read "2006-01-02".
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// AddDays returns the date n days later, or earlier for a negative n.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// AddMonths returns the same day of the month n months later, or the last day of a month that is too short for it.
func (d Date) AddMonths(n int) Date {
	y, m, dd := d.Date()
	return PayDay(y, m+time.Month(n), dd)
}

// PayDay returns day dd of month m of year y, or the month's last day if it has no such day: 31 means the last day of every
// month. Months beyond December run on into the next year, as in time.Date.
func PayDay(y int, m time.Month, dd int) Date {
	if dd <= 28 {
		return Of(y, m, dd)
	}
	return min(Of(y, m, dd), Of(y, m+1, 1)-1)
}

// NextPayDay returns the first pay day dd on or after d. See PayDay.
func (d Date) NextPayDay(dd int) Date {
	y, m, _ := d.Date()
	if this := PayDay(y, m, dd); this >= d {
		return this
	}
	return PayDay(y, m+1, dd)
}

// MonthsUntil returns how many whole months lie between d and a later date, and the days left over after them.
func (d Date) MonthsUntil(later Date) (months, days int) {
	y, m, _ := d.Date()
	ly, lm, _ := later.Date()
	months = (ly-y)*12 + int(lm-m)
	if d.AddMonths(months) > later {
		months--
	}
	return months, int(later - d.AddMonths(months))
}
