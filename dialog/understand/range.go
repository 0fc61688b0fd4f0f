package understand

// upTo joins s with the upper end of a range that follows: 3000-4000, 两到三万, between 5k and 6k, 3、4千.
func (s sum) upTo(tokens []token) sum {
	i := s.to
	for i < len(tokens) && tokens[i].is(isPlain) {
		i++
	}
	if i+1 >= len(tokens) {
		return s
	}
	link := &tokens[i]
	joined := link.is(isRange) || link.is(isListing) && !s.unit && tokens[i+1].kind == figureToken && s.near(*tokens[i+1].number)
	if link.is(isAnd, isApart) {
		joined = s.from > 0 && tokens[s.from-1].is(isBetween)
	}
	list := !joined && link.is(isListing) || link.kind == pauseToken && link.at == tokens[i-1].end && tokens[i+1].at == link.end
	if !joined && !list {
		return s
	}
	j := i + 1
	if tokens[j].is(isMoney, isCurrency) && j+1 < len(tokens) {
		j++
	}
	upper, ok := sumAt(tokens, j)
	if !ok || !s.below(upper, list) {
		return s
	}
	if link.is(isListing) && upper.to+1 < len(tokens) && tokens[upper.to].is(isListing, isAnd, isApart) && tokens[upper.to+1].kind == figureToken {
		return s // 1000、2000和4000
	}
	upper.from = s.from
	if upper.currency == "" {
		upper.currency = s.currency
	}
	if upper.why == "" || upper.why == "approximate" || upper.why == "unclear" {
		upper.why = "range"
	}
	return upper
}

// near says whether n is more than s and not much more, as the upper end of a range is.
func (s sum) near(n number) bool {
	return s.number.value.less(n.value) && !s.number.value.times(2).less(n.value)
}

// below says whether s can be the lower end of a range up to upper; next asks for the next digit, as in 3、4千.
func (s sum) below(upper sum, next bool) bool {
	low, high := s.number.value, upper.number.value
	if s.fen < 0 || upper.fen < 0 {
		return false
	}
	if !next && s.fen < upper.fen {
		return true
	}
	if s.unit || s.number.is(scaled) || !upper.number.is(scaled) {
		return false
	}
	for high = high.short(); high.m != 0 && high.m%10 == 0; { // 两到三万: both of 万
		high.m /= 10
	}
	if next {
		return low.plus(whole(1)) == high && low.e == 0
	}
	return low.less(high)
}
