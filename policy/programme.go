package policy

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"respite/policy/rule"
)

// Decider says who may grant an offer of a programme.
type Decider string

// Deciders.
const (
	ByBook   Decider = "book"   // the book: an offer that is made may be taken
	ByAgent  Decider = "agent"  // a person approves the offer that was chosen
	ByPerson Decider = "person" // a person takes the whole case: offers are made to start from
)

// Programme is one kind of relief.
type Programme struct {
	ID         string
	Order      int // place in a list
	Decides    Decider
	WholeCase  bool     // ByPerson: where it applies, the other programmes go to a person too
	Checks     []string // what a person verifies before approving: ids of words check.<id>
	Documents  []string // what may be asked for: ids of words document.<id>
	Contents   []string // what the agreement has to state: ids of words content.<id>
	Review     Review
	Conditions []Condition
	Plans      []Plan

	human    string    // message key why a person decides, of ByPerson
	products rule.Bits // the places of the products it is for, as a mask over the choices of ProductFact; 0: all
	offers   int       // at the most
	words    *yaml.Node
	doc      *document
}

// Review is how long a decision takes, in working days.
type Review struct {
	First       int // until the first answer
	From, Until int // the decision, at the earliest and at the latest
	Source      string
}

// Condition is one thing that has to hold for a programme to apply.
type Condition struct {
	ID     string
	If     string // in CEL, over the facts
	Source string
	Facts  []FactID // the facts that it names

	rule *rule.Rule
	lang *rule.Language
	keys [3]string // message keys by rule.Truth
	expr *yaml.Node
}

// programme reads the file of one programme.
func (d *document) programme(s *Settings) *Programme {
	p := &Programme{ID: strings.TrimSuffix(d.name, ".yaml"), doc: d}
	if !name.MatchString(p.ID) {
		d.whole("%q cannot be a programme: lower-case letters and digits, with - or _ between", p.ID)
	}
	d.object(d.root, "the programme", fields{
		"order":      must(d.number(&p.Order, 0, 1_000_000)),
		"decides":    must(d.oneOf((*string)(&p.Decides), string(ByBook), string(ByAgent), string(ByPerson))),
		"whole_case": may(d.flag(&p.WholeCase)),
		"checks":     may(d.ids(&p.Checks)),
		"documents":  may(d.ids(&p.Documents)),
		"contents":   may(d.ids(&p.Contents)),
		"review":     must(d.review(s, &p.Review)),
		"when":       must(func(n *yaml.Node) { d.list(n, d.condition(s, p)) }),
		"plans":      may(func(n *yaml.Node) { d.list(n, d.plan(s, p)) }),
		"words":      must(func(n *yaml.Node) { p.words = n }),
	})
	if p.WholeCase && p.Decides != ByPerson {
		d.fault(d.root, "whole_case belongs to a programme that a person decides")
	}
	if p.Decides == ByPerson {
		p.human = p.key("person")
	}
	return p
}

// key names a message of the programme.
func (p *Programme) key(of string) string { return "programme." + p.ID + "." + of }

func (d *document) review(s *Settings, r *Review) func(*yaml.Node) {
	return func(n *yaml.Node) {
		d.object(n, "review", fields{
			"first": must(d.number(&r.First, 0, 60)), "from": must(d.number(&r.From, 0, 120)),
			"until": must(d.number(&r.Until, 0, 120)), "source": must(d.source(s, &r.Source)),
		})
		if r.First > r.Until || r.From > r.Until {
			d.fault(n, "the first answer and the earliest decision come no later than the latest, %d", r.Until)
		}
	}
}

func (d *document) condition(s *Settings, p *Programme) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var c Condition
		d.object(n, "the condition", fields{
			"id":     must(d.id(&c.ID)),
			"if":     must(func(v *yaml.Node) { c.expr = v; d.text(&c.If)(v) }),
			"source": must(d.source(s, &c.Source)),
		})
		if slices.ContainsFunc(p.Conditions, func(o Condition) bool { return o.ID == c.ID }) && c.ID != "" {
			d.fault(n, "condition %q stands here twice", c.ID)
			return
		}
		for t, ending := range endings {
			c.keys[t] = p.key(c.ID + "." + ending)
		}
		p.Conditions = append(p.Conditions, c)
	}
}

// endings are the last parts of the message keys of a condition, by its truth.
var endings = [3]string{rule.Unknown: "open", rule.False: "no", rule.True: "yes"}

// compile compiles the conditions of a programme.
func (p *Programme) compile(b *Book) {
	rules := make([]*rule.Rule, 0, len(p.Conditions))
	possible := true
	for i := range p.Conditions {
		c := &p.Conditions[i]
		if c.If == "" {
			continue
		}
		r, problems := b.lang.Compile(c.If)
		if problems != nil {
			p.doc.expression(c.expr, problems)
			continue
		}
		c.rule, c.lang = r, b.lang
		c.Facts = b.ids(r.Uses())
		rules = append(rules, r)
		possible = p.reach(c.expr, rule.Search(r)) && possible
	}
	if len(rules) > 1 && len(rules) == len(p.Conditions) && possible {
		if f := rule.Search(rules...); f.Complete && !f.Holds {
			p.doc.fault(p.doc.root, "the conditions of this programme can never hold together")
		}
	}
}

// reach notes a condition that does not tell cases apart. It says whether the condition may hold at all.
func (p *Programme) reach(n *yaml.Node, f rule.Found) bool {
	switch {
	case !f.Complete:
	case !f.Holds:
		p.doc.fault(n, "this condition can never hold over the ranges that the facts declare")
		return false
	case !f.Fails:
		p.doc.fault(n, "this condition always holds over the ranges that the facts declare")
	}
	return true
}

// tooLong says whether an offer of the plan could have an id over its limit.
func (p *Programme) tooLong(plan *Plan) bool {
	return len(offerID(p, plan, plan.Most)) > maxOfferID
}

// maxOfferID is the length of the longest id of an offer, in bytes.
const maxOfferID = 32

// offerID names an offer within an assessment.
func offerID(p *Programme, plan *Plan, count int) string {
	if plan.Method == lump {
		return p.ID + "." + plan.ID
	}
	return fmt.Sprintf("%s.%s%d", p.ID, plan.ID, count)
}
