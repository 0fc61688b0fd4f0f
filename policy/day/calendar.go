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
	known map[int]bool  // years with an announcement
	off   map[Date]bool // announced days: true for a day off, false for a weekend on which people work
}

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
	n := &Calendar{known: maps.Clone(c.known), off: maps.Clone(c.off)}
	if n.known == nil {
		n.known, n.off = map[int]bool{}, map[Date]bool{}
	}
	var faults []error
	for _, y := range slices.Sorted(maps.Keys(file.Years)) {
		if err := n.learn(y, file.Years[y]); err != nil {
			faults = append(faults, fmt.Errorf("working days of %d: %w", y, err))
		}
	}
	if len(file.Years) == 0 {
		faults = append(faults, errors.New("working days: there are no years"))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return n, nil
}

// A year is what was announced of one.
type year struct {
	Source    string `yaml:"source"`
	Announced Date   `yaml:"announced"`
	Holidays  []span `yaml:"holidays"`
	Workdays  []Date `yaml:"workdays"`
}

func (c *Calendar) learn(y int, announced year) error {
	var faults []error
	if announced.Source == "" || announced.Announced == 0 {
		faults = append(faults, errors.New("a source and the day of the announcement are needed"))
	}
	maps.DeleteFunc(c.off, func(d Date, _ bool) bool { return d.year() == y })
	c.known[y] = true
	set := func(d Date, off bool) {
		if _, twice := c.off[d]; twice {
			faults = append(faults, fmt.Errorf("%v stands there twice", d))
		}
		if d.year() != y {
			faults = append(faults, fmt.Errorf("%v is not in this year", d))
		}
		c.off[d] = off
	}
	for _, h := range announced.Holidays {
		for d := h.from; d <= h.to; d++ {
			set(d, true)
		}
	}
	for _, d := range announced.Workdays {
		if !d.weekend() {
			faults = append(faults, fmt.Errorf("%v is no weekend: people work anyway", d))
		}
		set(d, false)
	}
	return errors.Join(faults...)
}

// Working says whether people work on d, and whether the public holidays of d's year are known. Where they are not, weekends and
// 1 January are the only days off.
func (c *Calendar) Working(d Date) (working, known bool) {
	y, m, dd := d.Date()
	if !c.known[y] {
		return !d.weekend() && (m != time.January || dd != 1), false
	}
	if off, announced := c.off[d]; announced {
		return !off, true
	}
	return !d.weekend(), true
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

func (d Date) weekend() bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

func (d Date) year() int {
	y, _, _ := d.Date()
	return y
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
