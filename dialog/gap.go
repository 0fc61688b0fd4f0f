package dialog

import "regexp"

// gap is a place in an agent's own words that is filled from the case: {owed}.
var gap = regexp.MustCompile(`\{([a-z]+)\}`)

// missing names the first gap that nothing is known for.
func (t Text) missing() (name string, missing bool) {
	if t.Args == nil {
		return "", false
	}
	for _, m := range gap.FindAllStringSubmatch(t.Plain, -1) {
		if _, ok := t.Args.Get(m[1]); !ok {
			return m[1], true
		}
	}
	return "", false
}
