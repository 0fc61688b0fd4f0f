package policy

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/rule"
	"respite/policy/schedule"
)

// Settings are what the operator lays down for all programmes.
type Settings struct {
	Sources    []string    // where rules come from: ids of words source.<id>
	LivingCost []money.Fen // protected cost of living a month, by the number of dependants; the last for more
	Typical    string      // the product that is assumed while it is not known; empty: none
	Remainder  Remainder
	PayDay     int            // day of the month of every payment; 0: as the first payment falls
	Working    bool           // a payment that falls on a day off moves to the next working day
	Order      schedule.Order // how a payment is allocated; empty: costs, interest, principal
	Ceilings   []Ceiling      // the highest rate that may run in an offer, by date
	Contact    Contact
}

// Remainder says what reduced payments leave to be paid by the bills that follow.
type Remainder string

// Readings of "the remainder".
const (
	Shortfall Remainder = "shortfall" // what the lower payments fell short by, on top of the ordinary bills
	Balance   Remainder = "balance"   // all that is left of the debt
)

// Ceiling is the highest annual rate that may run from a day on.
type Ceiling struct {
	From   day.Date
	Annual money.Rate
	Source string
}

// Contact says how often a borrower may be written to unasked. At which hours is said where the bot runs.
type Contact struct {
	Week   int // reminders within seven days
	Source string
}

// livingCost is the table of the protected cost of living as conditions call it.
const livingCost = "living_cost"

// settings reads settings.yaml.
func (d *document) settings(s *Settings) {
	if sources := d.find("sources"); sources != nil {
		d.ids(&s.Sources)(sources) // first, because the rest names them
	}
	keys := d.planSettings(s, true)
	keys["sources"] = must(func(*yaml.Node) {})
	keys["living_cost"] = must(d.livingCost(s))
	keys["contact"] = must(d.contact(s))
	d.object(d.root, "the file", keys)
}

// planSettings are the settings that plans are made by. A test may put its own in their place.
func (d *document) planSettings(s *Settings, need bool) fields {
	return fields{
		"typical_product": may(d.id(&s.Typical)),
		"remainder":       {d.oneOf((*string)(&s.Remainder), string(Shortfall), string(Balance)), need},
		"pay_day":         may(d.number(&s.PayDay, 0, 31)),
		"working_days":    {d.flag(&s.Working), need},
		"allocation":      may(d.order(&s.Order)),
		"rate_ceiling":    {func(n *yaml.Node) { s.Ceilings = nil; d.list(n, d.ceiling(s)) }, need},
	}
}

func (d *document) livingCost(s *Settings) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var source string
		d.object(n, "living_cost", fields{
			"source": must(d.source(s, &source)),
			"by_dependants": must(func(n *yaml.Node) {
				s.LivingCost = nil
				d.list(n, func(item *yaml.Node) {
					var f money.Fen
					d.amount(&f)(item)
					if k := len(s.LivingCost); f < 0 || k > 0 && f < s.LivingCost[k-1] {
						d.fault(item, "the cost of living does not fall with another dependant")
					}
					s.LivingCost = append(s.LivingCost, f)
				})
				if len(s.LivingCost) == 0 {
					d.fault(n, "here belongs an amount for a person without dependants")
				}
			}),
		})
	}
}

func (d *document) order(to *schedule.Order) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var parts []string
		d.texts(&parts)(n)
		o := schedule.Order(strings.Join(parts, ","))
		if err := o.Validate(); err != nil {
			d.fault(n, "%v", err)
			return
		}
		*to = o
	}
}

func (d *document) ceiling(s *Settings) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var c Ceiling
		d.object(n, "a rate ceiling", fields{
			"from": must(d.date(&c.From)), "annual": must(d.rate(&c.Annual)), "source": must(d.source(s, &c.Source)),
		})
		if k := len(s.Ceilings); k > 0 && c.From <= s.Ceilings[k-1].From {
			d.fault(n, "ceilings stand in the order of their dates")
		}
		s.Ceilings = append(s.Ceilings, c)
	}
}

func (d *document) contact(s *Settings) func(*yaml.Node) {
	return func(n *yaml.Node) {
		d.object(n, "contact", fields{
			"reminders_a_week": must(d.number(&s.Contact.Week, 0, 70)), "source": must(d.source(s, &s.Contact.Source)),
		})
	}
}

// source reads one or more ids of declared sources into a text that names them.
func (d *document) source(s *Settings, to *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var ids []string
		d.texts(&ids)(n)
		for i, id := range ids {
			if id != "" && s.Sources != nil && !slices.Contains(s.Sources, id) {
				at := n
				if n.Kind == yaml.SequenceNode {
					at = n.Content[i]
				}
				d.fault(at, "source %q is not among the sources of settings.yaml", id)
			}
		}
		*to = strings.Join(ids, ", ")
	}
}

// tables are the tables of the settings that conditions may look into.
func (s *Settings) tables() []rule.Table {
	at := make([]int64, len(s.LivingCost))
	for i, f := range s.LivingCost {
		at[i] = int64(f)
	}
	if len(at) == 0 {
		at = []int64{0}
	}
	return []rule.Table{{Name: livingCost, From: rule.People, To: rule.Money, At: at}}
}

// ceiling returns the highest rate that may run from a day on; false if none is laid down for it.
func (s *Settings) ceiling(on day.Date) (money.Rate, bool) {
	var c Ceiling
	for _, next := range s.Ceilings {
		if next.From > on {
			break
		}
		c = next
	}
	return c.Annual, c.Source != ""
}
