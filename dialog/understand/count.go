package understand

import "math"

// mostCounted is the largest count that is believed.
const mostCounted = math.MaxInt32

// Count reads the answer to a question for a whole number: how many people, months, times. It takes the number that the text
// holds, whatever is counted; false if there is none, or more than one, or it is not whole.
func (t *Text) Count() (int, bool) {
	reader := t.r.figures.numbers(t.runes, forMoney)
	found, count := 0, 0
	for i := 0; i < len(t.runes); {
		n, end := reader.at(i)
		if end == i {
			i++
			continue
		}
		i = end
		if n.value.over || n.value.e != 0 || n.is(partial) || n.value.m > mostCounted {
			return 0, false
		}
		found, count = found+1, int(n.value.m)
	}
	return count, found == 1
}
