package rule

import (
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
)

// Rule is a compiled condition. It is safe for concurrent use.
type Rule struct {
	condition
	lang    *Language
	numbers []int64
}

// Eval returns the truth of the rule and, if it is unknown, the variables that it hangs on, none of them derived.
func (r *Rule) Eval(s *State) (Truth, Bits) { return r.eval(s) }

// Uses returns the variables that the rule names.
func (r *Rule) Uses() Bits { return r.uses }

// Base returns the variables that the rule's truth can hang on: those that it names, and for a derived one those that it
// is worked out of.
func (r *Rule) Base() Bits {
	var b Bits
	r.uses.Each(func(i int) { b |= r.lang.base[i] })
	return b
}

// Numbers returns the whole numbers that stand in the rule as thresholds, in their order: 14 of days(14), 40 of percent(40, x).
func (r *Rule) Numbers() []int64 { return r.numbers }

// Certain returns the named variables that are known whenever the rule has the truth t, however it came about.
func (r *Rule) Certain(t Truth) Bits {
	switch t {
	case True:
		return r.held
	case False:
		return r.failed
	}
	return 0
}

// condition is a part of a rule that is true or false.
type condition struct {
	eval         func(*State) (Truth, Bits)
	uses         Bits // variables that it names
	held, failed Bits // variables that are known for certain when it is true, when it is false
	atoms        []atom
}

// Compile compiles a condition, or says everything that is wrong with it.
func (l *Language) Compile(expr string) (*Rule, []Problem) {
	tree, problems := l.check(expr, cel.BoolType, "a condition is true or false")
	if problems != nil {
		return nil, problems
	}
	c := compiler{lang: l, info: tree.SourceInfo()}
	cond := c.condition(tree.Expr())
	if c.problems != nil {
		return nil, c.problems
	}
	return &Rule{cond, l, c.numbers}, nil
}

// check parses and checks an expression that has to be of type want.
func (l *Language) check(expr string, want *cel.Type, rule string) (*ast.AST, []Problem) {
	checked, issues := l.env.Compile(expr)
	if issues.Err() != nil {
		var problems []Problem
		for _, e := range issues.Errors() {
			problems = append(problems, Problem{e.Location.Line(), e.Location.Column(), plain(e.Message)})
		}
		return nil, problems
	}
	if got := checked.OutputType(); !got.IsExactType(want) {
		return nil, []Problem{{1, 0, fmt.Sprintf("this is of type %s: %s", typeName(got.String()), rule)}}
	}
	return checked.NativeRep(), nil
}

// compiler turns one checked tree into closures.
type compiler struct {
	lang     *Language
	info     *ast.SourceInfo
	problems []Problem
	numbers  []int64
}

// fault notes a problem at an expression.
func (c *compiler) fault(e ast.Expr, format string, args ...any) {
	at := c.info.GetStartLocation(e.ID())
	c.problems = append(c.problems, Problem{at.Line(), at.Column(), fmt.Sprintf(format, args...)})
}

// never is what stands in for an expression with a fault, so that the rest is still looked at.
var never = condition{eval: func(*State) (Truth, Bits) { return False, 0 }}

// condition compiles an expression that is true or false.
func (c *compiler) condition(e ast.Expr) condition {
	switch e.Kind() {
	case ast.IdentKind:
		return c.flag(e)
	case ast.LiteralKind:
		c.fault(e, "a condition is about facts: %v is the same for everybody", e.AsLiteral().Value())
		return never
	case ast.CallKind:
		return c.call(e, e.AsCall())
	}
	c.fault(e, "this kind of expression is not part of the language of conditions")
	return never
}

// call compiles a call of an operator or function that is true or false.
func (c *compiler) call(e ast.Expr, call ast.CallExpr) condition {
	args := call.Args()
	switch name := call.FunctionName(); name {
	case operators.LogicalAnd:
		return c.all(args)
	case operators.LogicalOr:
		return opposite(c.all(args, opposite))
	case operators.LogicalNot:
		return opposite(c.condition(args[0]))
	case operators.In:
		return c.member(e, args[0], args[1])
	case anyOf:
		return c.anyOf(call.Target(), args)
	case operators.Equals, operators.NotEquals:
		return c.equal(e, name, args[0], args[1])
	default:
		return c.compare(e, name, args[0], args[1])
	}
}

// flag compiles a yes-or-no fact.
func (c *compiler) flag(e ast.Expr) condition {
	i := c.lang.place[e.AsIdent()]
	return c.fact(i, func(v int64) bool { return v != 0 }, atom{only: 1 << i})
}

// fact compiles a test of the value of one variable.
func (c *compiler) fact(place int, test func(int64) bool, a atom) condition {
	bit := Bits(1) << place
	eval := func(s *State) (Truth, Bits) {
		if s.known&bit == 0 {
			return Unknown, bit
		}
		return truth(test(s.values[place])), 0
	}
	return condition{eval, bit, bit, bit, []atom{a}}
}

// all compiles conditions that have to hold together, each turned by the given functions first.
func (c *compiler) all(args []ast.Expr, turn ...func(condition) condition) condition {
	parts := make([]condition, len(args))
	whole := condition{failed: ^Bits(0)}
	for i, arg := range args {
		p := c.condition(arg)
		for _, t := range turn {
			p = t(p)
		}
		parts[i] = p
		whole.uses |= p.uses
		whole.held |= p.held
		whole.failed &= p.failed
		whole.atoms = append(whole.atoms, p.atoms...)
	}
	whole.eval = func(s *State) (Truth, Bits) {
		var hangs Bits
		for i := range parts {
			t, b := parts[i].eval(s)
			if t == False {
				return False, 0
			}
			hangs |= b
		}
		if hangs != 0 {
			return Unknown, hangs
		}
		return True, 0
	}
	return whole
}

// opposite negates a condition.
func opposite(p condition) condition {
	eval := p.eval
	p.eval = func(s *State) (Truth, Bits) {
		t, b := eval(s)
		return t.Not(), b
	}
	p.held, p.failed = p.failed, p.held
	return p
}
