package rule

import (
	"slices"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
)

// atom is what the search for values that make a condition hold or fail needs to know of one comparison or membership.
type atom struct {
	only  Bits  // the one variable that it is about; 0: several
	at    int64 // of a quantity: the literal that it is compared with
	names int64 // of a choice or set: the names that it tells apart from the others, as a mask
	wild  bool  // about several variables and not monotone in each: the search cannot be complete
}

// compare compiles the comparison of two figures.
func (c *compiler) compare(e ast.Expr, op string, left, right ast.Expr) condition {
	a, b := c.figure(left), c.figure(right)
	if a.fixed && b.fixed {
		c.fault(e, "a condition is about facts: both sides are the same for everybody")
	}
	holds := comparing(op)
	eval := func(s *State) (Truth, Bits) {
		x, missing := a.eval(s)
		y, more := b.eval(s)
		if missing |= more; missing != 0 {
			return Unknown, s.hangs(missing)
		}
		return truth(holds(x, y)), 0
	}
	uses := a.uses | b.uses
	return condition{eval, uses, uses, uses, []atom{compared(op, a, b)}}
}

// comparing returns the comparison that an operator stands for.
func comparing(op string) func(x, y int64) bool {
	switch op {
	case operators.Less:
		return func(x, y int64) bool { return x < y }
	case operators.LessEquals:
		return func(x, y int64) bool { return x <= y }
	case operators.Greater:
		return func(x, y int64) bool { return x > y }
	case operators.GreaterEquals:
		return func(x, y int64) bool { return x >= y }
	case operators.Equals:
		return func(x, y int64) bool { return x == y }
	}
	return func(x, y int64) bool { return x != y }
}

// compared describes a comparison for the search.
func compared(op string, a, b quantity) atom {
	switch {
	case a.direct && b.fixed:
		return atom{only: a.base, at: b.lo}
	case b.direct && a.fixed:
		return atom{only: b.base, at: a.lo}
	}
	equality := op == operators.Equals || op == operators.NotEquals
	return atom{wild: equality || a.twice || b.twice || a.base&b.base != 0}
}

// equal compiles == and !=, of two figures, of a choice and one of its names, or of a yes-or-no fact.
func (c *compiler) equal(e ast.Expr, op string, left, right ast.Expr) condition {
	place, name, isChoice := c.choice(left, right)
	switch {
	case isChoice:
		names := c.names(place, name)
		p := c.fact(place, func(v int64) bool { return 1<<v&names != 0 }, atom{only: 1 << place, names: names})
		if op == operators.NotEquals {
			return opposite(p)
		}
		return p
	case c.isFigure(left):
		return c.compare(e, op, left, right)
	}
	c.fault(e, "%s", howToCompare)
	return never
}

const howToCompare = "== compares figures of one kind, or a choice with one of its names; write a yes-or-no fact by itself, and use in or any() for a set"

// choice tells whether one side is a choice and the other a text.
func (c *compiler) choice(a, b ast.Expr) (place int, name ast.Expr, ok bool) {
	for _, pair := range [][2]ast.Expr{{a, b}, {b, a}} {
		if pair[0].Kind() == ast.IdentKind && pair[1].Kind() == ast.LiteralKind {
			if i, ok := c.lang.place[pair[0].AsIdent()]; ok && c.lang.vars[i].Type == Choice {
				return i, pair[1], true
			}
		}
	}
	return 0, nil, false
}

// isFigure tells whether an expression works out a figure.
func (c *compiler) isFigure(e ast.Expr) bool {
	switch e.Kind() {
	case ast.IdentKind:
		i, ok := c.lang.place[e.AsIdent()]
		return ok && slices.Contains(quantities, c.lang.vars[i].Type)
	case ast.CallKind:
		name := e.AsCall().FunctionName()
		_, unit := units[name]
		_, table := c.lang.tables[name]
		_, sum := sums[name]
		return unit || table || sum || name == percent
	}
	return false
}

// member compiles "name" in set, or choice in ["name", ...].
func (c *compiler) member(e, what, in ast.Expr) condition {
	switch {
	case in.Kind() == ast.IdentKind && what.Kind() == ast.LiteralKind:
		return c.overlap(c.lang.place[in.AsIdent()], what)
	case in.Kind() == ast.ListKind && what.Kind() == ast.IdentKind:
		place := c.lang.place[what.AsIdent()]
		if c.lang.vars[place].Type == Choice {
			names := c.names(place, in.AsList().Elements()...)
			return c.fact(place, func(v int64) bool { return 1<<v&names != 0 }, atom{only: 1 << place, names: names})
		}
	}
	c.fault(e, `write "name" in a set, or a choice in ["name", "name"]`)
	return never
}

// anyOf compiles set.any() and set.any(["name", ...]).
func (c *compiler) anyOf(set ast.Expr, args []ast.Expr) condition {
	if set.Kind() != ast.IdentKind {
		c.fault(set, "any() belongs to a fact that is a set")
		return never
	}
	place := c.lang.place[set.AsIdent()]
	if len(args) == 0 {
		every := int64(1)<<len(c.lang.vars[place].Choices) - 1
		return c.fact(place, func(v int64) bool { return v != 0 }, atom{only: 1 << place, names: every})
	}
	if args[0].Kind() != ast.ListKind || args[0].AsList().Size() == 0 {
		c.fault(args[0], "any() takes a list of names that stands here")
		return never
	}
	return c.overlap(place, args[0].AsList().Elements()...)
}

// overlap compiles the test whether a set holds one of some names.
func (c *compiler) overlap(place int, elements ...ast.Expr) condition {
	names := c.names(place, elements...)
	return c.fact(place, func(v int64) bool { return v&names != 0 }, atom{only: 1 << place, names: names})
}

// names reads texts that are among the declared choices of a variable into a mask.
func (c *compiler) names(place int, elements ...ast.Expr) int64 {
	var mask int64
	v := c.lang.vars[place]
	for _, e := range elements {
		var name string
		ok := e.Kind() == ast.LiteralKind
		if ok {
			name, ok = e.AsLiteral().Value().(string)
		}
		if i := slices.Index(v.Choices, name); ok && i >= 0 {
			mask |= 1 << i
		} else if ok {
			c.fault(e, "%s has no choice %q%s", v.Name, name, suggest(name, v.Choices))
		} else {
			c.fault(e, "the names of %s stand here as texts", v.Name)
		}
	}
	return mask
}
