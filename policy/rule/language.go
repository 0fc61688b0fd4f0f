// Package rule compiles conditions written in CEL and evaluates them when only some of the facts are known.
//
// cel-go parses and checks a condition; the checked tree then becomes closures over the facts, with the three truth values
// of Kleene's logic. A property test holds them to what cel-go's own partial evaluation answers.
package rule

import (
	"fmt"
	"math/bits"

	"cel.dev/cel-go/cel"
)

// Type is the type of a variable. Values of two different types never compare.
type Type string

// Types of variable. All but the last three are quantities: whole numbers that are compared, added and subtracted with
// their own kind only.
const (
	Money  Type = "money" // fen
	Days   Type = "days"
	Months Type = "months"
	People Type = "people"
	Times  Type = "times"
	YesNo  Type = "yesno"
	Choice Type = "choice" // the value is the place of one name in Var.Choices
	Set    Type = "set"    // the value is a bit mask over Var.Choices
)

// quantities are the types that are numbers, in the order in which their operators are declared.
var quantities = []Type{Money, Days, Months, People, Times}

// Limits of a language.
const (
	MaxVars    = 64      // variables
	MaxChoices = 62      // names of a choice or set
	MaxFigure  = 1 << 50 // ends of ranges and every figure that a condition can work out
)

// Var is a variable that conditions may use.
type Var struct {
	Name     string
	Type     Type
	Choices  []string // of Choice and Set
	Min, Max int64    // ends of the range of a quantity, both in
	Derive   string   // expression over variables without one, from which the value is worked out; Min and Max do not apply
}

// Table is a function from one quantity to another: At[n] for n, the first for less, the last for more. At never falls.
type Table struct {
	Name     string
	From, To Type
	At       []int64
}

// Bits is a set of variables by their place in the language.
type Bits uint64

// Each calls do with each place in the set, lowest first.
func (b Bits) Each(do func(place int)) {
	for b != 0 {
		do(bits.TrailingZeros64(uint64(b)))
		b &= b - 1
	}
}

// Problem is a fault in an expression. Line counts from 1, Column from 0, both in runes of the expression.
type Problem struct {
	Line, Column int
	Text         string
}

// Language is a fixed set of variables and tables that conditions are written in. It is safe for concurrent use.
type Language struct {
	env    *cel.Env
	vars   []Var
	place  map[string]int
	tables map[string]Table
	derive []derived
	base   []Bits // the variables that each is worked out of; itself if it is not derived
}

// derived is a variable whose value is worked out of others.
type derived struct {
	place int
	value quantity
}

// New makes a language. The error is about the declarations; problems, by variable, are about its Derive expressions.
func New(vars []Var, tables []Table) (*Language, map[string][]Problem, error) {
	if len(vars) > MaxVars {
		return nil, nil, fmt.Errorf("%d facts are declared, at most %d are possible", len(vars), MaxVars)
	}
	l := &Language{vars: vars, place: make(map[string]int, len(vars)), tables: make(map[string]Table, len(tables)), base: make([]Bits, len(vars))}
	for i, v := range vars {
		l.place[v.Name] = i
		l.base[i] = 1 << i
	}
	for _, t := range tables {
		l.tables[t.Name] = t
	}
	env, err := cel.NewCustomEnv(declare(vars, tables)...)
	if err != nil {
		return nil, nil, fmt.Errorf("declare the facts: %w", err)
	}
	l.env = env
	problems := map[string][]Problem{}
	for i, v := range vars {
		if v.Derive == "" {
			continue
		}
		q, faults := l.quantity(v.Derive, v.Type)
		if faults != nil {
			problems[v.Name] = faults
			q = quantity{eval: func(*State) (int64, Bits) { return 0, 0 }}
		}
		l.derive = append(l.derive, derived{i, q})
		l.base[i] = q.uses
	}
	return l, problems, nil
}

// Place returns the place of a variable.
func (l *Language) Place(name string) (int, bool) {
	i, ok := l.place[name]
	return i, ok
}

// Names returns the names of the variables in b.
func (l *Language) Names(b Bits) []string {
	var names []string
	b.Each(func(i int) { names = append(names, l.vars[i].Name) })
	return names
}
