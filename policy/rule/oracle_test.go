package rule

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// figure is a quantity as a value of cel-go.
type figure struct {
	of *cel.Type
	n  int64
}

func (f figure) ConvertToNative(reflect.Type) (any, error) { return f.n, nil }
func (f figure) ConvertToType(ref.Type) ref.Val            { return types.NewErr("figures do not convert") }
func (f figure) Equal(other ref.Val) ref.Val               { return types.Bool(f.n == other.(figure).n) }
func (f figure) Type() ref.Type                            { return f.of }
func (f figure) Value() any                                { return f.n }

// bindings give cel-go the functions of the language, so that it can evaluate what it otherwise only checks.
func bindings() []cel.EnvOption {
	var opts []cel.EnvOption
	binary := func(name, overload string, args []*cel.Type, result *cel.Type, do func(x, y int64) ref.Val) {
		opts = append(opts, cel.Function(name, cel.Overload(overload, args, result, cel.BinaryBinding(func(x, y ref.Val) ref.Val {
			return do(number(x), number(y))
		}))))
	}
	for _, t := range quantities {
		q := celType(t)
		two := []*cel.Type{q, q}
		for op, id := range comparisons {
			binary(op, id+"_"+string(t), two, cel.BoolType, func(x, y int64) ref.Val {
				return types.Bool(map[string]bool{
					operators.Less: x < y, operators.LessEquals: x <= y, operators.Greater: x > y, operators.GreaterEquals: x >= y,
				}[op])
			})
		}
		for op, id := range sums {
			binary(op, id+"_"+string(t), two, q, func(x, y int64) ref.Val {
				return figure{q, map[string]int64{operators.Add: x + y, operators.Subtract: x - y, largest: max(x, y), smallest: min(x, y)}[op]}
			})
		}
	}
	for name, u := range units {
		opts = append(opts, cel.Function(name, cel.Overload(name+"_int", []*cel.Type{cel.IntType}, celType(u.of),
			cel.UnaryBinding(func(x ref.Val) ref.Val { return figure{celType(u.of), number(x) * u.parts} }))))
	}
	money, names := celType(Money), celType(Set)
	binary(percent, "percent_money", []*cel.Type{cel.IntType, money}, money, func(share, of int64) ref.Val {
		part := share * of / 100
		if share*of < 0 && share*of%100 != 0 {
			part--
		}
		return figure{money, part}
	})
	return append(opts,
		cel.Function("living_cost", cel.Overload("living_cost_table", []*cel.Type{celType(People)}, money,
			cel.UnaryBinding(func(x ref.Val) ref.Val { return figure{money, []int64{1000, 1800, 2500}[min(number(x), 2)]} }))),
		cel.Function(anyOf,
			cel.MemberOverload("any_named", []*cel.Type{names}, cel.BoolType,
				cel.UnaryBinding(func(set ref.Val) ref.Val { return types.Bool(len(texts(set)) > 0) })),
			cel.MemberOverload("any_of", []*cel.Type{names, names}, cel.BoolType,
				cel.BinaryBinding(func(set, of ref.Val) ref.Val {
					for _, s := range texts(set) {
						for _, o := range texts(of) {
							if s == o {
								return types.True
							}
						}
					}
					return types.False
				}))))
}

func number(v ref.Val) int64 { return v.Value().(int64) }

func texts(list ref.Val) []string {
	native, err := list.ConvertToNative(reflect.TypeFor[[]string]())
	if err != nil {
		panic(err)
	}
	return native.([]string)
}

// oracle evaluates with cel-go's own partial evaluation.
type oracle struct {
	lang *Language
	env  *cel.Env
}

// eval returns the truth of an expression and the variables that cel-go says it hangs on.
func (o oracle) eval(t require.TestingT, expr string, known map[string]int64) (Truth, []string) {
	checked, issues := o.env.Compile(expr)
	require.NoError(t, issues.Err())
	program, err := o.env.Program(checked, cel.EvalOptions(cel.OptPartialEval))
	require.NoError(t, err)
	values, unknown := o.values(known)
	vars, err := cel.PartialVars(values, unknown...)
	require.NoError(t, err)
	out, _, err := program.Eval(vars)
	require.NoError(t, err)
	if u, ok := out.(*types.Unknown); ok {
		var needs []string
		for _, id := range u.IDs() {
			trails, _ := u.GetAttributeTrails(id)
			for _, trail := range trails {
				needs = append(needs, trail.Variable())
			}
		}
		return Unknown, needs
	}
	return truth(out.Value().(bool)), nil
}

// values gives cel-go the variables: those that are known, derived ones worked out here, and which are unknown.
func (o oracle) values(known map[string]int64) (map[string]any, []*cel.AttributePatternType) {
	values := map[string]any{}
	var unknown []*cel.AttributePatternType
	for _, v := range vocabulary {
		n, ok := known[v.Name]
		if v.Derive != "" {
			_, a := known["income"]
			_, b := known["rent"]
			_, c := known["dependants"]
			ok = a && b && c
			n = known["income"] - max(known["rent"], []int64{1000, 1800, 2500}[min(known["dependants"], 2)])
		}
		if !ok {
			unknown = append(unknown, cel.AttributePattern(v.Name))
			continue
		}
		switch v.Type {
		case YesNo:
			values[v.Name] = n == 1
		case Choice:
			values[v.Name] = v.Choices[n]
		case Set:
			names := []string{}
			for i, name := range v.Choices {
				if n&(1<<i) != 0 {
					names = append(names, name)
				}
			}
			values[v.Name] = names
		default:
			values[v.Name] = figure{celType(v.Type), n}
		}
	}
	return values, unknown
}

// conditions draws conditions of the language.
func conditions(t *rapid.T, depth int) string {
	draw := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	if depth > 0 && rapid.Bool().Draw(t, "compound") {
		a := conditions(t, depth-1)
		switch draw("logic", "!", "&&", "||") {
		case "!":
			return "!(" + a + ")"
		case "&&":
			return "(" + a + " && " + conditions(t, depth-1) + ")"
		}
		return "(" + a + " || " + conditions(t, depth-1) + ")"
	}
	compare := func(a, b string) string { return a + draw("op", " < ", " <= ", " > ", " >= ", " == ", " != ") + b }
	switch draw("about", "money", "days", "set", "sets", "given", "choice", "choices", "flag", "people") {
	case "money":
		return compare(draw("fact", "owed", "credit_limit", "left", "income"), amount(t, 2))
	case "days":
		return compare("days_late", fmt.Sprintf("days(%d)", rapid.IntRange(0, 40).Draw(t, "days")))
	case "set":
		return `"` + draw("name", "illness", "student") + `" in hardship`
	case "sets":
		return `hardship.any(["` + strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(vocabulary[3].Choices), 1, 3, rapid.ID).Draw(t, "names"), `", "`) + `"])`
	case "given":
		return "hardship.any()"
	case "choice":
		return "product" + draw("op", " == ", " != ") + `"` + draw("name", "card", "loan") + `"`
	case "choices":
		return `product in ["card", "line"]`
	case "people":
		return compare("dependants", "people(2)")
	}
	return "warned"
}

// amount draws an expression of type money.
func amount(t *rapid.T, depth int) string {
	from := []string{"literal", "fact"}
	if depth > 0 {
		from = append(from, "percent", "add", "subtract", "largest", "smallest")
	}
	switch kind := rapid.SampledFrom(from).Draw(t, "amount"); kind {
	case "literal":
		return fmt.Sprintf("yuan(%d)", rapid.IntRange(0, 60).Draw(t, "yuan"))
	case "fact":
		return rapid.SampledFrom([]string{"owed", "credit_limit", "left", "rent", "living_cost(dependants)"}).Draw(t, "fact")
	case "percent":
		return fmt.Sprintf("percent(%d, %s)", rapid.IntRange(0, 150).Draw(t, "share"), amount(t, depth-1))
	case "add":
		return "(" + amount(t, depth-1) + " + " + amount(t, depth-1) + ")"
	case "subtract":
		return "(" + amount(t, depth-1) + " - " + amount(t, depth-1) + ")"
	default:
		return kind + "(" + amount(t, depth-1) + ", " + amount(t, depth-1) + ")"
	}
}

// knowledge draws what is known: of each variable nothing, or a value close to the others so that comparisons go both ways.
func knowledge(t *rapid.T) map[string]int64 {
	known := map[string]int64{}
	for _, v := range vocabulary {
		if v.Derive != "" || rapid.Bool().Draw(t, v.Name+" unknown") {
			continue
		}
		lo, hi := v.bounds()
		known[v.Name] = rapid.Int64Range(lo, min(hi, 6000)).Draw(t, v.Name)
	}
	return known
}

// The closures have the same truth as cel-go, and hang on everything that cel-go says they hang on. cel-go names only the
// first of two unknown arguments of a function, so the closures may name more; all of that is unknown indeed.
func TestAgreesWithCEL(t *testing.T) {
	l := language(t)
	env, err := l.env.Extend(bindings()...)
	require.NoError(t, err)
	o := oracle{l, env}
	rapid.Check(t, func(t *rapid.T) {
		expr := conditions(t, 3)
		r, problems := l.Compile(expr)
		if problems != nil {
			t.Skip("both sides of a comparison are literals")
		}
		for range 4 {
			known := knowledge(t)
			want, hangs := o.eval(t, expr, known)
			s := l.State()
			for name, v := range known {
				place, _ := l.Place(name)
				s.Set(place, v)
			}
			s.Derive()
			got, needs := r.Eval(s)
			require.Equal(t, want, got, "%s with %v", expr, known)
			require.Equal(t, got == Unknown, needs != 0)
			require.Zero(t, needs&s.Known(), "a known variable is never needed")
			for _, name := range hangs {
				place, _ := l.Place(name)
				lacks := l.base[place] &^ s.Known()
				require.Equal(t, lacks, lacks&needs, "%s with %v hangs on %s", expr, known, name)
			}
		}
	})
}

// What is decided with some facts unknown stays so whatever they turn out to be.
func TestKnowledgeOnlyGrows(t *testing.T) {
	l := language(t)
	rapid.Check(t, func(t *rapid.T) {
		r, problems := l.Compile(conditions(t, 3))
		if problems != nil {
			t.Skip("both sides of a comparison are literals")
		}
		less, more := l.State(), l.State()
		for name, v := range knowledge(t) {
			place, _ := l.Place(name)
			more.Set(place, v)
			if rapid.Bool().Draw(t, "known early") {
				less.Set(place, v)
			}
		}
		less.Derive()
		more.Derive()
		early, _ := r.Eval(less)
		late, _ := r.Eval(more)
		if early != Unknown {
			require.Equal(t, early, late)
			certain := r.Certain(early)
			require.Zero(t, certain&^less.Known(), "what is certain to be known is known")
		}
	})
}
