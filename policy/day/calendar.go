package day

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

//go:embed china.yaml
var china []byte

// Calendar knows which days people work in mainland China. It is never changed once it is made, so it may be shared.
type Calendar struct {
	years map[int]year
	first Date   // of table
	table []kind // of every day of the years from the first that is known to the last
}

// A kind says what is known of a day.
type kind uint8

const (
	unannounced kind = iota
	workday
	dayOff
)

// China returns the calendar of the years that the State Council had announced when this was built. See china.yaml.
func China() (*Calendar, error) {
	var none Calendar
	return none.With(china)
}

// With returns a calendar that knows besides the years of data, YAML of the form of china.yaml. A year that was known is
// replaced as a whole. The error says everything that is wrong with data.
func (c *Calendar) With(data []byte) (*Calendar, error) {
	var file struct {
		Years map[int]year `yaml:"years"`
	}
	if err := yaml.Load(data, &file, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("working days: %w", err)
	}
	years := maps.Clone(c.years)
	if years == nil {
		years = map[int]year{}
	}
	maps.Copy(years, file.Years)
	if len(years) == 0 {
		return nil, errors.New("working days: there are no years")
	}
	return newCalendar(years)
}

func newCalendar(years map[int]year) (*Calendar, error) {
	known := slices.Sorted(maps.Keys(years))
	first, last := known[0], known[len(known)-1]
	if first < 1970 || last > 9999 {
		return nil, fmt.Errorf("working days: %d to %d are no years of this calendar", first, last)
	}
	c := &Calendar{years: years, first: Of(first, time.January, 1)}
	c.table = make([]kind, Of(last+1, time.January, 1)-c.first)
	var faults []error
	for _, y := range known {
		if err := c.fill(y, years[y]); err != nil {
			faults = append(faults, fmt.Errorf("working days of %d: %w", y, err))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return c, nil
}

// A year is what was announced of one.
type year struct {
	Source    string `yaml:"source"`
	Announced Date   `yaml:"announced"`
	Holidays  []span `yaml:"holidays"`
	Workdays  []Date `yaml:"workdays"`
}

// fill enters a year into the table.
func (c *Calendar) fill(y int, announced year) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if announced.Source == "" || announced.Announced == 0 {
		fault("the source and the day of the announcement are missing")
	}
	start, end := Of(y, time.January, 1), Of(y+1, time.January, 1)
	for d := start; d < end; d++ {
		c.table[d-c.first] = workday
		if d.weekend() {
			c.table[d-c.first] = dayOff
		}
	}
	named := map[Date]bool{}
	set := func(d Date, k kind) {
		switch {
		case d < start || d >= end:
			fault("%v is not in this year", d)
		case named[d]:
			fault("%v stands there twice", d)
		default:
			named[d] = true
			c.table[d-c.first] = k
		}
	}
	for _, h := range announced.Holidays {
		for d := h.from; d <= h.to; d++ {
			set(d, dayOff)
		}
	}
	for _, d := range announced.Workdays {
		if !d.weekend() {
			fault("%v is no weekend, so people work anyway", d)
		}
		set(d, workday)
	}
	return errors.Join(faults...)
}

// Working says whether people work on d, and whether the public holidays of d's year are known. Where they are not, weekends and
// 1 January are the only days off.
func (c *Calendar) Working(d Date) (working, known bool) {
	if at := int(d) - int(c.first); at >= 0 && at < len(c.table) && c.table[at] != unannounced {
		return c.table[at] == workday, true
	}
	if d.weekend() {
		return false, false
	}
	_, m, dd := d.Date()
	return m != time.January || dd != 1, false
}

// NextWorking returns d if people work on it, otherwise the next day on which they do. The answer is provisional if it touches
// a year whose public holidays are not known.
func (c *Calendar) NextWorking(d Date) (next Date, provisional bool) {
	for {
		working, known := c.Working(d)
		provisional = provisional || !known
		if working {
			return d, provisional
		}
		d++
	}
}

// AddWorking returns the n-th working day after d, or d itself for an n below 1. The answer is provisional if any day that was
// counted lies in a year whose public holidays are not known.
func (c *Calendar) AddWorking(d Date, n int) (last Date, provisional bool) {
	for ; n > 0; n-- {
		next, p := c.NextWorking(d + 1)
		d, provisional = next, provisional || p
	}
	return d, provisional
}

func (d Date) weekend() bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// A span is a range of days, both ends in, written "2006-01-02..2006-01-05", or a single day.
type span struct{ from, to Date }

// UnmarshalText reads a span of at most a month.
func (s *span) UnmarshalText(b []byte) error {
	first, last, ranged := strings.Cut(string(b), "..")
	if !ranged {
		last = first
	}
	var errFrom, errTo error
	s.from, errFrom = Parse(first)
	s.to, errTo = Parse(last)
	if err := errors.Join(errFrom, errTo); err != nil {
		return err
	}
	if s.to < s.from || s.to > s.from+31 {
		return fmt.Errorf("%q is no range of up to a month", string(b))
	}
	return nil
}
