package rule

import (
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
)

// quantity is a part of a condition that works out a figure.
type quantity struct {
	eval   func(*State) (int64, Bits) // the figure, or the variables that it lacks
	lo, hi int64                      // every figure that it can work out lies between, both in
	uses   Bits                       // variables that it names
	base   Bits                       // variables that it is worked out of in the end
	twice  bool                       // one of base stands in it more than once
	fixed  bool                       // it is a literal
	direct bool                       // it is a variable, and nothing else
}

// quantity compiles an expression that works out a figure of the given type.
func (l *Language) quantity(expr string, t Type) (quantity, []Problem) {
	tree, problems := l.check(expr, celType(t), "this fact is of type "+string(t))
	if problems != nil {
		return quantity{}, problems
	}
	c := compiler{lang: l, info: tree.SourceInfo()}
	q := c.figure(tree.Expr())
	q.uses.Each(func(i int) {
		if l.vars[i].Derive != "" {
			c.fault(tree.Expr(), "%s is itself worked out of other facts", l.vars[i].Name)
		}
	})
	return q, c.problems
}

// figure compiles an expression that works out a figure.
func (c *compiler) figure(e ast.Expr) quantity {
	switch e.Kind() {
	case ast.IdentKind:
		return c.variable(e)
	case ast.CallKind:
		call := e.AsCall()
		q := c.worked(e, call)
		if q.lo < -MaxFigure || q.hi > MaxFigure {
			c.fault(e, "figures can grow too large here")
			q.lo, q.hi = 0, 0
		}
		return q
	}
	c.fault(e, "this kind of expression is not part of the language of conditions")
	return literal(0)
}

// variable compiles a fact that is a figure.
func (c *compiler) variable(e ast.Expr) quantity {
	i := c.lang.place[e.AsIdent()]
	bit := Bits(1) << i
	v := c.lang.vars[i]
	if v.Derive != "" {
		for _, d := range c.lang.derive {
			if d.place == i {
				eval := func(s *State) (int64, Bits) { return s.values[i], s.missing[i] }
				return quantity{eval: eval, lo: d.value.lo, hi: d.value.hi, uses: bit, base: d.value.base, twice: d.value.twice}
			}
		}
		c.fault(e, "%s is itself worked out of other facts", v.Name)
		return literal(0)
	}
	eval := func(s *State) (int64, Bits) { return s.values[i], bit &^ s.known }
	return quantity{eval: eval, lo: v.Min, hi: v.Max, uses: bit, base: bit, direct: true}
}

// literal is a figure that stands in the expression.
func literal(n int64) quantity {
	return quantity{eval: func(*State) (int64, Bits) { return n, 0 }, lo: n, hi: n, fixed: true}
}

// worked compiles a call that works out a figure.
func (c *compiler) worked(e ast.Expr, call ast.CallExpr) quantity {
	name, args := call.FunctionName(), call.Args()
	if u, ok := units[name]; ok {
		n, ok := c.whole(args[0])
		if !ok || n < -MaxFigure/u.parts || n > MaxFigure/u.parts {
			c.fault(args[0], "%s() takes a whole number that stands here", name)
		}
		return literal(n * u.parts)
	}
	if t, ok := c.lang.tables[name]; ok {
		return c.lookUp(t, args[0])
	}
	if name == percent {
		return c.percent(args[0], args[1])
	}
	a, b := c.figure(args[0]), c.figure(args[1])
	q := quantity{uses: a.uses | b.uses, base: a.base | b.base, twice: a.twice || b.twice || a.base&b.base != 0}
	switch name {
	case operators.Add:
		q.lo, q.hi = a.lo+b.lo, a.hi+b.hi
		q.eval = both(a, b, func(x, y int64) int64 { return x + y })
	case operators.Subtract:
		q.lo, q.hi = a.lo-b.hi, a.hi-b.lo
		q.eval = both(a, b, func(x, y int64) int64 { return x - y })
	case largest:
		q.lo, q.hi = max(a.lo, b.lo), max(a.hi, b.hi)
		q.eval = both(a, b, func(x, y int64) int64 { return max(x, y) })
	case smallest:
		q.lo, q.hi = min(a.lo, b.lo), min(a.hi, b.hi)
		q.eval = both(a, b, func(x, y int64) int64 { return min(x, y) })
	default:
		c.fault(e, "%s is not part of the language of conditions", name)
		return literal(0)
	}
	return q
}

// both works out a figure of two.
func both(a, b quantity, of func(x, y int64) int64) func(*State) (int64, Bits) {
	return func(s *State) (int64, Bits) {
		x, missing := a.eval(s)
		y, more := b.eval(s)
		if missing |= more; missing != 0 {
			return 0, missing
		}
		return of(x, y), 0
	}
}

// percent compiles a share of an amount, rounded down to whole fen.
func (c *compiler) percent(share, of ast.Expr) quantity {
	n, ok := c.whole(share)
	if !ok || n < 0 || n > 1000 {
		c.fault(share, "percent() takes a whole number from 0 to 1000 that stands here")
		return literal(0)
	}
	q := c.figure(of)
	part := func(x int64) int64 { return floor(x*n, 100) }
	return q.mapped(part)
}

// lookUp compiles the use of a table.
func (c *compiler) lookUp(t Table, of ast.Expr) quantity {
	at := func(n int64) int64 { return t.At[max(0, min(n, int64(len(t.At)-1)))] }
	return c.figure(of).mapped(at)
}

// mapped is the figure after a function that never falls.
func (q quantity) mapped(by func(int64) int64) quantity {
	eval := q.eval
	q.eval = func(s *State) (int64, Bits) {
		x, missing := eval(s)
		if missing != 0 {
			return 0, missing
		}
		return by(x), 0
	}
	q.lo, q.hi = by(q.lo), by(q.hi)
	q.fixed, q.direct = false, false
	return q
}

// floor divides and rounds down.
func floor(x, by int64) int64 {
	q := x / by
	if x%by < 0 {
		q--
	}
	return q
}

// whole reads a whole number that stands in the expression.
func (c *compiler) whole(e ast.Expr) (int64, bool) {
	if e.Kind() != ast.LiteralKind {
		return 0, false
	}
	n, ok := e.AsLiteral().Value().(int64)
	c.numbers = append(c.numbers, n)
	return n, ok
}
