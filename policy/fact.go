package policy

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"respite/policy/money"
	"respite/policy/rule"
)

// Units of a Count.
const (
	Days   Unit = "days"
	Months Unit = "months"
	People Unit = "people"
	Times  Unit = "times"
)

// declared is a fact as facts.yaml declares it.
type declared struct {
	Declaration
	derive string
	node   *yaml.Node // of the declaration
	expr   *yaml.Node // of derive
}

// facts reads facts.yaml.
func (d *document) facts() []declared {
	var list []declared
	d.object(d.root, "the file", fields{"facts": must(func(n *yaml.Node) {
		d.list(n, func(item *yaml.Node) {
			f := d.declaration(item)
			if slices.ContainsFunc(list, func(o declared) bool { return o.ID == f.ID }) && f.ID != "" {
				d.fault(item, "fact %q is declared twice", f.ID)
				return
			}
			list = append(list, f)
		})
	})})
	for _, group := range list {
		for _, member := range group.Members {
			i := slices.IndexFunc(list, func(o declared) bool { return o.ID == member })
			switch {
			case i < 0 || list[i].Kind == Group || list[i].derive != "":
				d.fault(group.node, "member %q of %q is not a fact that can be asked for", member, group.ID)
			case list[i].Group != "":
				d.fault(group.node, "%q is a member of %q already", member, list[i].Group)
			default:
				list[i].Group = group.ID
			}
		}
	}
	return list
}

// declaration reads one fact.
func (d *document) declaration(n *yaml.Node) declared {
	f := declared{node: n}
	var kind, unit, sensitive string
	var min, max *yaml.Node
	var members []string
	d.object(n, "the fact", fields{
		"id":        must(d.id((*string)(&f.ID))),
		"kind":      must(d.oneOf(&kind, string(Money), string(Count), string(YesNo), string(Choice), string(Set), string(Group))),
		"unit":      may(d.oneOf(&unit, string(Days), string(Months), string(People), string(Times))),
		"min":       may(func(v *yaml.Node) { min = v }),
		"max":       may(func(v *yaml.Node) { max = v }),
		"choices":   may(d.ids(&f.Choices)),
		"sensitive": may(d.oneOf(&sensitive, "finance", "health")),
		"derive":    may(func(v *yaml.Node) { f.expr = v; d.text(&f.derive)(v) }),
		"members":   may(d.ids(&members)),
	})
	if strings.Contains(string(f.ID), "-") || f.ID == thresholdField {
		d.fault(n, "%q cannot name a fact: conditions would read a minus, or messages a threshold", f.ID)
	}
	f.Kind, f.Unit, f.Sensitive = Kind(kind), Unit(unit), sensitive
	for _, m := range members {
		f.Members = append(f.Members, FactID(m))
	}
	d.shape(n, &f, min, max)
	return f
}

// shape checks that a fact declares what its kind needs, and no more, and reads its range.
func (d *document) shape(n *yaml.Node, f *declared, min, max *yaml.Node) {
	figure := f.Kind == Money || f.Kind == Count
	ranged := figure && f.derive == ""
	for _, c := range []struct {
		has, wants bool
		what       string
	}{
		{f.Unit != "", f.Kind == Count, "a unit"},
		{len(f.Choices) > 0, f.Kind == Choice || f.Kind == Set, "choices"},
		{len(f.Members) > 0, f.Kind == Group, "members"},
		{min != nil, ranged, "a min"},
		{max != nil, ranged, "a max"},
	} {
		if f.Kind != "" && c.has && !c.wants {
			d.fault(n, "this fact has %s: that is not for kind %s", c.what, f.Kind)
		} else if f.Kind != "" && c.wants && !c.has {
			d.fault(n, "this fact of kind %s has no %s", f.Kind, strings.TrimPrefix(c.what, "a "))
		}
	}
	if f.derive != "" && !figure {
		d.fault(n, "only figures are worked out of others, not kind %s", f.Kind)
	}
	if len(f.Choices) > rule.MaxChoices {
		d.fault(n, "%d choices are declared, at most %d are possible", len(f.Choices), rule.MaxChoices)
		f.Choices = f.Choices[:rule.MaxChoices]
	}
	if !ranged || min == nil || max == nil {
		return
	}
	d.bound(f, min, &f.Min)
	d.bound(f, max, &f.Max)
	if f.Min > f.Max {
		d.fault(min, "the range is empty: %s is above %s", min.Value, max.Value)
	}
}

// bound reads an end of a range in the fact's unit.
func (d *document) bound(f *declared, n *yaml.Node, to *int64) {
	if f.Kind == Money {
		d.amount((*money.Fen)(to))(n)
		return
	}
	var v int
	d.number(&v, -1_000_000, 1_000_000)(n)
	*to = int64(v)
}

// variable is the fact as conditions see it.
func (f *declared) variable() rule.Var {
	v := rule.Var{Name: string(f.ID), Choices: f.Choices, Min: f.Min, Max: f.Max, Derive: f.derive}
	switch f.Kind {
	case Count:
		v.Type = rule.Type(f.Unit)
	default:
		v.Type = rule.Type(f.Kind)
	}
	if v.Type == "" {
		v.Type = rule.Money
	}
	return v
}
