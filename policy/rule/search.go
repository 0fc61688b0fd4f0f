package rule

import "slices"

// Found is what a search over the values of the variables came to.
type Found struct {
	Holds, Fails bool // some values make the rules hold together, some make one of them fail
	Complete     bool // what was not found is not there
}

// maxCases bounds a search.
const maxCases = 1 << 16

// Search looks for values, within the declared ranges, that make the rules hold together and that make them fail.
//
// It tries every combination of boundary values. Of a quantity these are the ends of its range and each literal that it is
// compared with, one below and one above; of a set, every choice of one name from each group that the rules do not tell
// apart. Each comparison is then constant between two neighbouring boundary values, or, if it is about several
// variables, monotone, so that its extremes lie on the boundary: the search is complete. It is not if there are two
// different comparisons of several variables, if one is not monotone (a variable stands in it twice, or it asks for
// equality), or if there are too many combinations.
func Search(rules ...*Rule) Found {
	s := search{lang: rules[0].lang}
	for _, r := range rules {
		s.base |= r.Base()
		s.atoms = append(s.atoms, r.atoms...)
	}
	s.found.Complete = s.simple()
	var values [][]int64
	cases := 1
	s.base.Each(func(i int) {
		v := s.boundary(i)
		values = append(values, v)
		if cases <= maxCases {
			cases *= len(v)
		}
	})
	if cases > maxCases {
		return Found{}
	}
	s.each(s.lang.State(), values, s.base, func(state *State) bool {
		holds := true
		for _, r := range rules {
			if t, _ := r.Eval(state); t != True {
				holds = false
			}
		}
		s.found.Holds = s.found.Holds || holds
		s.found.Fails = s.found.Fails || !holds
		return s.found.Holds && s.found.Fails
	})
	return s.found
}

// Boundary returns the values of a variable at which the truth of the rules can turn, within its range and in rising order for
// a quantity: those that Search tries.
func (l *Language) Boundary(place int, rules ...*Rule) []int64 {
	s := search{lang: l}
	for _, r := range rules {
		s.atoms = append(s.atoms, r.atoms...)
	}
	return s.boundary(place)
}

// search is one search at work.
type search struct {
	lang  *Language
	base  Bits
	atoms []atom
	found Found
}

// simple says whether the search can be complete.
func (s *search) simple() bool {
	several := 0
	for _, a := range s.atoms {
		if a.only == 0 {
			several++
		}
		if a.wild {
			return false
		}
	}
	return several <= 1
}

// boundary returns the values of a variable that are tried.
func (s *search) boundary(place int) []int64 {
	v := &s.lang.vars[place]
	lo, hi := v.bounds()
	switch v.Type {
	case YesNo:
		return []int64{0, 1}
	case Choice:
		return s.groups(place)
	case Set:
		return s.subsets(place)
	}
	values := []int64{lo, hi}
	for _, a := range s.atoms {
		if a.only == 1<<place {
			values = append(values, a.at-1, a.at, a.at+1)
		}
	}
	values = slices.DeleteFunc(values, func(n int64) bool { return n < lo || n > hi })
	slices.Sort(values)
	return slices.Compact(values)
}

// groups returns the first of each group of names that the rules do not tell apart, by its place among the choices.
func (s *search) groups(place int) []int64 {
	var firsts []int64
	seen := map[string]bool{}
	for i := range s.lang.vars[place].Choices {
		told := make([]byte, len(s.atoms))
		for j, a := range s.atoms {
			if a.only == 1<<place && a.names&(1<<i) != 0 {
				told[j] = 1
			}
		}
		if !seen[string(told)] {
			seen[string(told)] = true
			firsts = append(firsts, int64(i))
		}
	}
	return firsts
}

// subsets returns every choice from the groups of names that the rules do not tell apart, one name for each group.
func (s *search) subsets(place int) []int64 {
	sets := []int64{0}
	for _, name := range s.groups(place) {
		for _, set := range sets[:len(sets):len(sets)] {
			if len(sets) <= maxCases {
				sets = append(sets, set|1<<name)
			}
		}
	}
	return sets
}

// each calls try with every combination of values until it returns true.
func (s *search) each(state *State, values [][]int64, left Bits, try func(*State) bool) bool {
	if left == 0 {
		state.Derive()
		return try(state)
	}
	place := 0
	(left & -left).Each(func(i int) { place = i })
	for _, v := range values[0] {
		state.Set(place, v)
		if s.each(state, values[1:], left&(left-1), try) {
			return true
		}
	}
	return false
}
