package rule

// Truth is the value of a condition under what is known.
type Truth uint8

// Truth values.
const (
	Unknown Truth = iota
	False
	True
)

// Not turns a truth round; the unknown stays unknown.
func (t Truth) Not() Truth {
	switch t {
	case True:
		return False
	case False:
		return True
	}
	return Unknown
}

// truth gives the truth of what is known.
func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// State is what is known of the variables of a language. It is not safe for concurrent use while it is being filled.
type State struct {
	lang    *Language
	known   Bits
	refused Bits
	values  []int64
	missing []Bits // of a derived variable: what it still hangs on
}

// State returns a state in which nothing is known.
func (l *Language) State() *State {
	s := &State{lang: l, values: make([]int64, len(l.vars)), missing: make([]Bits, len(l.vars))}
	for _, d := range l.derive {
		s.missing[d.place] = d.value.uses
	}
	return s
}

// Set makes a variable known and says whether it did. A value outside the variable's range, or of no declared name, is
// not taken over: a condition is never decided by a figure that cannot be. Derive has to follow the last Set.
func (s *State) Set(place int, value int64) bool {
	v := &s.lang.vars[place]
	if v.Derive != "" {
		return false
	}
	lo, hi := v.bounds()
	if value < lo || value > hi {
		return false
	}
	s.known |= 1 << place
	s.values[place] = value
	return true
}

// Derive works out the derived variables.
func (s *State) Derive() {
	for _, d := range s.lang.derive {
		s.values[d.place], s.missing[d.place] = d.value.eval(s)
		if s.missing[d.place] == 0 {
			s.known |= 1 << d.place
		} else {
			s.known &^= 1 << d.place
		}
	}
}

// Refuse says which variables will not become known. A comparison that hangs on one of them hangs on nothing else: the
// others could not decide it.
func (s *State) Refuse(places Bits) { s.refused = places }

// hangs is what a comparison hangs on that could not be made for want of some variables.
func (s *State) hangs(missing Bits) Bits {
	if refused := missing & s.refused; refused != 0 {
		return refused
	}
	return missing
}

// Value returns the value of a variable and whether it is known.
func (s *State) Value(place int) (int64, bool) {
	return s.values[place], s.known&(1<<place) != 0
}

// Known returns the variables that are known.
func (s *State) Known() Bits { return s.known }

// bounds are the ends of a variable's values, both in.
func (v *Var) bounds() (lo, hi int64) {
	switch v.Type {
	case YesNo:
		return 0, 1
	case Choice:
		return 0, int64(len(v.Choices)) - 1
	case Set:
		return 0, 1<<len(v.Choices) - 1
	}
	return v.Min, v.Max
}
