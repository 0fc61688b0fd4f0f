package rule

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/env"
	"cel.dev/cel-go/common/operators"
)

// Functions that a condition may call beside its units and tables.
const (
	percent  = "percent"  // percent(40, credit_limit): that share, rounded down to whole fen
	largest  = "largest"  // largest(a, b)
	smallest = "smallest" // smallest(a, b)
	anyOf    = "any"      // hardship.any(): something is named; hardship.any(["a", "b"]): one of these is
)

// units are the functions that make a quantity out of a whole number, with how many of its least parts one is.
var units = map[string]struct {
	of    Type
	parts int64
}{
	"yuan": {Money, 100}, "fen": {Money, 1}, "days": {Days, 1}, "months": {Months, 1}, "people": {People, 1}, "times": {Times, 1},
}

// comparisons are the operators from two quantities of one type to a truth. Equality is CEL's own.
var comparisons = map[string]string{
	operators.Less: "less", operators.LessEquals: "less_equal", operators.Greater: "greater", operators.GreaterEquals: "greater_equal",
}

// sums are the functions from two quantities of one type to a third.
var sums = map[string]string{operators.Add: "add", operators.Subtract: "subtract", largest: largest, smallest: smallest}

// celType is the type under which cel-go checks a variable: one of its own for each quantity, so that money and days do not mix.
func celType(t Type) *cel.Type {
	switch t {
	case YesNo:
		return cel.BoolType
	case Choice:
		return cel.StringType
	case Set:
		return cel.ListType(cel.StringType)
	}
	return cel.OpaqueType(string(t))
}

// declare lists what conditions may use: of CEL's own only the logic, equality and membership, and no macros.
func declare(vars []Var, tables []Table) []cel.EnvOption {
	own := env.NewLibrarySubset().SetDisableMacros(true).AddIncludedFunctions(
		env.NewFunction(operators.LogicalAnd), env.NewFunction(operators.LogicalOr), env.NewFunction(operators.LogicalNot),
		env.NewFunction(operators.Equals), env.NewFunction(operators.NotEquals), env.NewFunction(operators.In))
	opts := []cel.EnvOption{cel.StdLib(cel.StdLibSubset(own)), cel.ClearMacros()}
	for _, t := range quantities {
		q := celType(t)
		two := []*cel.Type{q, q}
		for op, id := range comparisons {
			opts = append(opts, cel.Function(op, cel.Overload(id+"_"+string(t), two, cel.BoolType)))
		}
		for op, id := range sums {
			opts = append(opts, cel.Function(op, cel.Overload(id+"_"+string(t), two, q)))
		}
	}
	for name, u := range units {
		opts = append(opts, cel.Function(name, cel.Overload(name+"_int", []*cel.Type{cel.IntType}, celType(u.of))))
	}
	money, names := celType(Money), celType(Set)
	opts = append(opts,
		cel.Function(percent, cel.Overload("percent_money", []*cel.Type{cel.IntType, money}, money)),
		cel.Function(anyOf, cel.MemberOverload("any_named", []*cel.Type{names}, cel.BoolType),
			cel.MemberOverload("any_of", []*cel.Type{names, names}, cel.BoolType)))
	for _, t := range tables {
		opts = append(opts, cel.Function(t.Name, cel.Overload(t.Name+"_table", []*cel.Type{celType(t.From)}, celType(t.To))))
	}
	for _, v := range vars {
		opts = append(opts, cel.Variable(v.Name, celType(v.Type)))
	}
	return opts
}
