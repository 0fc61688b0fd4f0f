package policy

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// ProductFact is the fact that says which product a debt is, one of the ids of products.yaml.
const ProductFact FactID = "product"

// Product is a kind of credit.
type Product struct {
	ID         string
	Annual     money.Rate // interest that runs on the principal in ordinary times
	Penalty    money.Rate // penalty interest a day on overdue principal and interest
	Programmes []string   // the programmes that apply; nil: all
	Contact    []Line     // how the lender is reached; nothing is shipped that nobody confirmed
	Source     string
	node       *yaml.Node
}

// Line is a way to reach a lender.
type Line struct {
	Channel  string // phone, app, email, post
	Address  string
	Verified day.Date // the day on which somebody last confirmed it
}

// daysInYear turns a daily rate into an annual one.
const daysInYear = 365

// products reads products.yaml.
func (d *document) products(s *Settings) []Product {
	var list []Product
	d.object(d.root, "the file", fields{"products": must(func(n *yaml.Node) {
		d.list(n, func(item *yaml.Node) {
			p := d.product(item, s)
			if slices.ContainsFunc(list, func(o Product) bool { return o.ID == p.ID }) && p.ID != "" {
				d.fault(item, "product %q is declared twice", p.ID)
				return
			}
			list = append(list, p)
		})
	})})
	return list
}

func (d *document) product(n *yaml.Node, s *Settings) Product {
	p := Product{node: n}
	d.object(n, "the product", fields{
		"id":         must(d.id(&p.ID)),
		"interest":   must(d.annual(&p.Annual)),
		"penalty":    must(d.daily(&p.Penalty)),
		"programmes": must(d.applies(&p.Programmes)),
		"contact":    may(func(n *yaml.Node) { d.list(n, d.line(&p)) }),
		"source":     must(d.source(s, &p.Source)),
	})
	return p
}

// annual reads {daily: rate} or {annual: rate} into an annual rate.
func (d *document) annual(to *money.Rate) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var daily money.Rate
		d.object(n, "the rate", fields{"annual": may(d.rate(to)), "daily": may(d.rate(&daily))})
		if n.Kind == yaml.MappingNode && len(n.Content) != 2 {
			d.fault(n, "a rate is either daily or annual")
			return
		}
		*to += daily * daysInYear
		if *to > schedule.MaxRate {
			d.fault(n, "a rate of %v a year is above %v", *to, schedule.MaxRate)
		}
	}
}

// daily reads {daily: rate}.
func (d *document) daily(to *money.Rate) func(*yaml.Node) {
	return func(n *yaml.Node) { d.object(n, "the rate", fields{"daily": must(d.rate(to))}) }
}

// applies reads "all" or a list of programmes.
func (d *document) applies(to *[]string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode && n.Value == "all" {
			return
		}
		*to = []string{}
		d.list(n, func(item *yaml.Node) {
			var id string
			d.id(&id)(item)
			*to = append(*to, id)
		})
	}
}

func (d *document) line(p *Product) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var l Line
		d.object(n, "the contact line", fields{
			"channel":  must(d.oneOf(&l.Channel, "app", "phone", "email", "post")),
			"address":  must(d.text(&l.Address)),
			"verified": must(d.date(&l.Verified)),
		})
		p.Contact = append(p.Contact, l)
	}
}
