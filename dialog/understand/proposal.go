package understand

import (
	"respite/policy/day"
	"respite/policy/money"
)

// Proposal is a reading of what a borrower says is possible. Fields that were not said are zero.
type Proposal struct {
	Status  Status    // Confirm if a figure is doubtful, or its place in a plan is
	Monthly money.Fen // at most this much a month
	Down    money.Fen // this much at once
	Months  int       // over so many months or instalments
	Start   day.Date  // the first payment not before
}

// Proposal reads what a borrower could pay: 先还2000，剩下每个月800，下个月10号开始; 500 a month for a year.
func (t *Text) Proposal(today day.Date) Proposal {
	p := Proposal{Status: Value}
	t.payments(&p)
	l := t.timeline(today)
	l.forward = true
	l.plan(&p)
	if p.Monthly == 0 && p.Down == 0 && p.Months == 0 && p.Start == 0 {
		p.Status = Unknown
	}
	return p
}

// payments reads the figures of money. Where none is said to be monthly, one that is not said to be paid at once either is taken to be
// monthly, to be confirmed.
func (t *Text) payments(p *Proposal) {
	e := t.estimate([]sense{isOffer})
	e.roles()
	e.doubts(offers)
	var unplaced []sum
	for i, s := range e.sums {
		if s.fen <= 0 || s.currency != "" && s.currency != "CNY" || s.why == "absurd" || s.bare && s.number.value.less(whole(10)) {
			continue
		}
		switch role := e.place(i); {
		case role == isMonthly && p.Monthly == 0:
			p.Monthly = s.fen
		case role == isDown && p.Down == 0:
			p.Down = s.fen
		case s.role == isOffer || s.role == noSense:
			unplaced = append(unplaced, s)
			continue
		default:
			continue
		}
		if s.why != "" {
			p.Status = Confirm
		}
	}
	if len(unplaced) > 0 && p.Monthly == 0 {
		p.Monthly, p.Status = unplaced[0].fen, Confirm
	}
}

// place says whether sum i is paid each month or at once, by the word right after it, or else the nearest before it, or else any
// after it.
func (e *estimate) place(i int) sense {
	s := e.sums[i]
	from, to := e.span(i)
	if p := near(e.tokens, s.to-1, 1).place(); p != noSense {
		return p
	}
	for j := s.from - 1; j >= from; j-- {
		if p := e.tokens[j].place(); p != noSense {
			return p
		}
	}
	for j := s.to; j < to; j++ {
		if p := e.tokens[j].place(); p != noSense {
			return p
		}
	}
	return noSense
}

// place returns which place in a plan a word names.
func (t *token) place() sense {
	switch {
	case t.is(isMonthly):
		return isMonthly
	case t.is(isDown):
		return isDown
	}
	return noSense
}

// plan reads over how many months, and from when.
func (l *timeline) plan(p *Proposal) {
	for i := 0; i < len(l.tokens); i++ {
		if n, ok := l.integer(i, 1, 120); ok && near(l.tokens, i, 1).is(isInstalments) && p.Months == 0 {
			p.Months = n
			i++
			continue
		}
		if s, ok := l.spellAt(i); ok {
			l.length(p, s)
			i = s.to - 1
			continue
		}
		if w, ok := l.whenAt(i); ok {
			if w.date > l.today && p.Start == 0 {
				p.Start = w.date
				if w.why != "" {
					p.Status = Confirm
				}
			}
			i = w.to - 1
		}
	}
}

// length takes a length of time: until the start, or of the plan.
func (l *timeline) length(p *Proposal, s spell) {
	later := l.is(s.to, isLater) || s.from > 0 && l.is(s.from-1, isIn, isBegin)
	switch {
	case l.is(s.to, isAgo), s.months > 120, s.months == 1 && s.days == 0 && l.priced(s.from-1): // 500 a month
		return
	case later && p.Start == 0:
		p.Start = s.after(l.today)
	case s.months > 0 && p.Months == 0:
		p.Months = s.months
	default:
		return
	}
	if s.why != "" {
		p.Status = Confirm
	}
}

// priced says whether a figure or a unit of money ends at tokens[i].
func (l *timeline) priced(i int) bool {
	return i >= 0 && (l.tokens[i].kind == figureToken || l.is(i, isYuan, isCurrency, isMoney))
}

// after returns the day that lies s after d.
func (s spell) after(d day.Date) day.Date {
	return spell{months: -s.months, days: -s.days}.before(d)
}
