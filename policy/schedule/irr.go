package schedule

import (
	"math"
	"strconv"

	"respite/policy/day"
	"respite/policy/money"
)

// maxAnnual is the highest annualised cost that is stated. Above it are small amounts for a few days, whose rounding is their cost.
const maxAnnual = 10000 // percent

// annual returns the annualised cost in percent: the effective annual rate at which the instalments, on their actual due
// dates, are worth what could have been paid on start instead (XIRR, days over 365). Effective, not twelve times a monthly
// rate, because that says the same of every rhythm of payment, a single one and moved due dates included.
//
// Floats stay in here. The answer is rounded to a hundredth of a percent, and the root is known to about one part in 10^12;
// no money is ever derived from it.
func annual(worth money.Fen, start day.Date, paid []Instalment) string {
	cost := -worth
	for _, p := range paid {
		if p.N > 0 {
			cost += p.Amount
		}
	}
	switch {
	case cost == 0:
		return "0.00"
	case worth <= 0 || cost < 0:
		return ""
	}
	percent := 100 * math.Expm1(force(float64(worth), start, paid))
	if percent > maxAnnual {
		return ""
	}
	return strconv.FormatFloat(percent, 'f', 2, 64)
}

// force returns the force of interest x, the logarithm of one plus the annual rate, at which the instalments are worth as much
// as worth. The logarithm of their value, a sum of amount*exp(-x*years), falls and is convex in x, so Newton's steps from
// the left of the root can neither pass it nor turn back: they need no bracket. It is nearly a line too, so they are few.
func force(worth float64, start day.Date, paid []Instalment) float64 {
	x := 0.0
	for range 100 {
		value, slope := 0.0, 0.0
		discount, last := 1.0, start
		var known [40]float64 // discounts by days, from one due date to the next there are but a few
		for _, p := range paid {
			days := p.Due - last
			last = p.Due
			switch {
			case int(days) >= len(known):
				discount *= math.Exp(-x * float64(days) / 365)
			case known[days] == 0:
				known[days] = math.Exp(-x * float64(days) / 365)
				fallthrough
			default:
				discount *= known[days]
			}
			if p.N == 0 {
				continue
			}
			present := float64(p.Amount) * discount
			value += present
			slope += float64(p.Due-start) / 365 * present
		}
		step := math.Log(value/worth) * value / slope
		x += step
		if step < 1e-7 { // the next would be about its square
			break
		}
	}
	return x
}
