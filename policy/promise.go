package policy

import "respite/policy/day"

// Promise returns the days by which a request of the given day is answered, counted in working days from the next one. It is
// the zero Promise if there is no such programme.
func (b *Book) Promise(programme string, from day.Date) Promise {
	p, ok := b.Programme(programme)
	if !ok {
		return Promise{}
	}
	var m Promise
	for _, span := range []struct {
		days int
		to   *day.Date
	}{{p.Review.First, &m.First}, {p.Review.From, &m.From}, {p.Review.Until, &m.Until}} {
		last, provisional := b.calendar.AddWorking(from, span.days)
		*span.to = last
		m.Provisional = m.Provisional || provisional
	}
	return m
}
