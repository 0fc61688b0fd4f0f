package dialog

// fits answers a deed that did not fit with how the case stands.
func fits(do func(*turn, string) bool) func(*turn, string) Text {
	return func(t *turn, arg string) Text {
		if !do(t, arg) {
			return t.stale()
		}
		return Text{}
	}
}
