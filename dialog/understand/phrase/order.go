package phrase

import "math"

// mostMoves is how many places a finding moves by on average, at the most, while they are put in order one by one.
const mostMoves = 4

// order puts the places of findings, in a text of so many tokens, into s.sorted: the earlier first, then the longer, then what masks others.
// They were found by where they end, so that most are in order already.
func (l *Lexicon) order(s *scratch, findings []Finding, tokens int) {
	s.sorted = append(s.sorted[:0], make([]int32, len(findings))...)
	for i := range findings {
		s.sorted[i] = int32(i)
	}
	if l.insert(s, findings, mostMoves*len(findings)) {
		return
	}
	s.starts = append(s.starts[:0], make([]int32, tokens+1)...)
	for i := range findings {
		s.starts[findings[i].Start+1]++
	}
	for i := 1; i <= tokens; i++ {
		s.starts[i] += s.starts[i-1]
	}
	for i := range findings {
		at := &s.starts[findings[i].Start]
		s.sorted[*at] = int32(i)
		*at++
	}
	l.insert(s, findings, math.MaxInt)
	s.steps += tokens + len(findings)
}

// insert sorts s.sorted, in which most are in order, unless that takes more moves than so many.
func (l *Lexicon) insert(s *scratch, findings []Finding, most int) bool {
	for i := 1; i < len(s.sorted); i++ {
		for j := i; j > 0; j-- {
			s.steps++
			a, b := &findings[s.sorted[j-1]], &findings[s.sorted[j]]
			if a.Start < b.Start || a.Start == b.Start && l.compare(a, b) <= 0 {
				break
			}
			if most--; most < 0 {
				return false
			}
			s.sorted[j-1], s.sorted[j] = s.sorted[j], s.sorted[j-1]
		}
	}
	return true
}

// compare orders findings that start together.
func (l *Lexicon) compare(a, b *Finding) int {
	if a.End != b.End {
		return b.End - a.End
	}
	return l.rank(a.Sense) - l.rank(b.Sense)
}

// rank puts masks before what they mask.
func (l *Lexicon) rank(id ID) int {
	if l.maskOf[id] >= 0 {
		return -1
	}
	return int(id)
}
