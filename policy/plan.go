package policy

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// Plan is how offers of a programme are made: what is given up, and the bounds of what may be chosen.
type Plan struct {
	ID     string
	Method schedule.Method
	Counts []int // numbers of instalments that are offered of its own accord, rising
	Least  int   // fewest and most instalments that may be agreed
	Most   int
	First  Wait // the first payment, from the day of the offer, and the latest that may be agreed
	Latest Wait
	Rate   PlanRate
	Waive  Waive
	Cut    CutPlan // of Reduced
	Source string

	Down     int       // percent of what is to be paid that is paid at once, at the least; a borrower may pay more
	Smallest money.Fen // no instalment but the last is lower

	ids []string // of the offers, as Counts
}

// lump is the method of a plan with one payment.
const lump = schedule.Lump

// Wait is a span of time in calendar months and days.
type Wait struct{ Months, Days int }

// After returns the day that is w after d.
func (w Wait) After(d day.Date) day.Date { return d.AddMonths(w.Months).AddDays(w.Days) }

// before says whether w is shorter than v, a month counted as 30 days.
func (w Wait) before(v Wait) bool { return w.Months*30+w.Days < v.Months*30+v.Days }

// PlanRate is the annual rate that runs in a plan.
type PlanRate struct {
	Product bool       // as in the product
	Annual  money.Rate // else this; 0: none
}

// Waive is the share of each part of a debt that is given up, in percent.
type Waive struct{ Principal, Interest, Fees int }

// Of returns what of the parts is given up, each rounded down to whole fen.
func (w Waive) Of(p schedule.Parts) schedule.Parts {
	return schedule.Parts{
		Principal: p.Principal.ShareDown(int64(w.Principal), 100),
		Interest:  p.Interest.ShareDown(int64(w.Interest), 100),
		Fees:      p.Fees.ShareDown(int64(w.Fees), 100),
	}
}

// CutPlan is how lower payments run at the start of a plan.
type CutPlan struct {
	Count   int // payments that are lower
	Percent int // what is paid of the ordinary instalment
	Over    int // instalments after them that take the remainder, see Settings.Remainder
}

// plan reads one plan of a programme.
func (d *document) plan(s *Settings, p *Programme) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var v Plan
		var latest, cut bool
		d.object(n, "the plan", fields{
			"id": must(d.id(&v.ID)),
			"method": must(d.oneOf((*string)(&v.Method), string(schedule.Lump), string(schedule.EqualPayment),
				string(schedule.EqualPrincipal), string(schedule.Reduced))),
			"counts":   may(func(n *yaml.Node) { d.list(n, d.count(&v)) }),
			"least":    may(d.number(&v.Least, 1, schedule.MaxCount)),
			"most":     may(d.number(&v.Most, 1, schedule.MaxCount)),
			"first":    must(d.wait(&v.First)),
			"latest":   may(func(n *yaml.Node) { latest = true; d.wait(&v.Latest)(n) }),
			"rate":     may(d.planRate(&v.Rate)),
			"waive":    may(d.waive(&v.Waive)),
			"cut":      may(func(n *yaml.Node) { cut = true; d.cut(&v.Cut)(n) }),
			"source":   must(d.source(s, &v.Source)),
			"down":     may(d.number(&v.Down, 0, 90)),
			"smallest": may(d.amount(&v.Smallest)),
		})
		if !latest {
			v.Latest = v.First
		}
		d.planShape(n, &v, cut)
		switch {
		case v.ID != "" && slices.ContainsFunc(p.Plans, func(o Plan) bool { return o.ID == v.ID }):
			d.fault(n, "plan %q stands here twice", v.ID)
			return
		case p.tooLong(&v):
			d.fault(n, "the ids of its offers, such as %q, are longer than %d letters", offerID(p, &v, v.Most), maxOfferID)
		}
		for _, count := range v.Counts {
			v.ids = append(v.ids, offerID(p, &v, count))
		}
		p.Plans = append(p.Plans, v)
		p.offers += len(v.Counts)
	}
}

// planShape checks that the parts of a plan fit its method and each other, and fills in the bounds that were left out.
func (d *document) planShape(n *yaml.Node, v *Plan, cut bool) {
	switch {
	case v.Method == "":
		return
	case v.Method == lump && (len(v.Counts) > 0 || v.Least > 0 || v.Most > 0):
		d.fault(n, "a lump is one payment: it has no counts, least or most")
	case v.Method == lump:
		v.Counts, v.Least, v.Most = []int{1}, 1, 1
	case len(v.Counts) == 0:
		d.fault(n, "the plan has no %q", "counts")
		return
	}
	if v.Method == lump && (v.Down > 0 || v.Smallest != 0) {
		d.fault(n, "a lump is one payment: it has no down payment and no smallest instalment")
	}
	if v.Smallest < 0 {
		d.fault(n, "the smallest instalment is negative")
	}
	if cut != (v.Method == schedule.Reduced) {
		d.fault(n, "cut belongs to method %s, and to no other", schedule.Reduced)
	}
	if v.Least == 0 {
		v.Least = v.Counts[0]
	}
	if v.Most == 0 {
		v.Most = v.Counts[len(v.Counts)-1]
	}
	if v.Counts[0] < v.Least || v.Counts[len(v.Counts)-1] > v.Most {
		d.fault(n, "counts are not between least, %d, and most, %d", v.Least, v.Most)
	}
	if v.Cut.Count+v.Cut.Over > v.Least && cut {
		d.fault(n, "%d lower payments and %d after them need at least so many instalments, not %d", v.Cut.Count, v.Cut.Over, v.Least)
	}
	if v.Latest.before(v.First) {
		d.fault(n, "latest comes before first")
	}
}

func (d *document) count(v *Plan) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var c int
		d.number(&c, 1, schedule.MaxCount)(n)
		if k := len(v.Counts); k > 0 && c <= v.Counts[k-1] {
			d.fault(n, "counts rise: %d does not come after %d", c, v.Counts[k-1])
		}
		v.Counts = append(v.Counts, c)
	}
}

func (d *document) wait(to *Wait) func(*yaml.Node) {
	return func(n *yaml.Node) {
		d.object(n, "the time", fields{"months": may(d.number(&to.Months, 0, 60)), "days": may(d.number(&to.Days, 0, 366))})
		if *to == (Wait{}) {
			d.fault(n, "a payment comes at least a day later")
		}
	}
}

func (d *document) planRate(to *PlanRate) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Value == "product" {
			to.Product = true
			return
		}
		d.rate(&to.Annual)(n)
	}
}

func (d *document) waive(to *Waive) func(*yaml.Node) {
	return func(n *yaml.Node) {
		d.object(n, "waive", fields{
			"principal": may(d.number(&to.Principal, 0, 99)), "interest": may(d.number(&to.Interest, 0, 100)),
			"fees": may(d.number(&to.Fees, 0, 100)),
		})
	}
}

func (d *document) cut(to *CutPlan) func(*yaml.Node) {
	return func(n *yaml.Node) {
		d.object(n, "cut", fields{
			"count": must(d.number(&to.Count, 1, schedule.MaxCount)), "percent": must(d.number(&to.Percent, 1, 99)),
			"over": must(d.number(&to.Over, 1, schedule.MaxCount)),
		})
	}
}
