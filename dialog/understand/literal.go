package understand

// literal is a number in digits, with whatever separators people use.
type literal struct {
	number
	end int
}

// literal reads digits at text[i], which is a digit or a point before one.
func (r *numberReader) literal(i int) literal {
	if r.text[i] == '.' {
		return r.fractionOf(literal{end: i})
	}
	run := r.run(i)
	if end := r.spelled(i, run); end > run {
		return literal{number{value: r.value(i, end), digits: (end - i + 1) / 2, marks: sequence}, end}
	}
	l := literal{number{value: r.value(i, run), digits: run - i}, run}
	if run-i <= 3 && r.text[i] != '0' {
		l = r.grouped(i, l)
	}
	return r.fractionOf(l)
}

// spelled returns the end of the digits from text[i] on that stand one by one, three or more: 8 6 0 0; else end, where the first
// run of digits ends.
func (r *numberReader) spelled(i, end int) int {
	if end != i+1 || r.rune(i-1) == ' ' && isDigitRune(r.rune(i-2)) {
		return end
	}
	at := end
	for r.rune(at) == ' ' && isDigitRune(r.rune(at+1)) {
		at += 2
	}
	if at < i+5 || isDigitRune(r.rune(at)) {
		return end
	}
	return at
}

// run returns the end of the run of digits at text[i].
func (r *numberReader) run(i int) int {
	for isDigitRune(r.rune(i)) {
		i++
	}
	return i
}

// value returns the number that the digits from text[i] up to text[end] make; what is no digit is passed over.
func (r *numberReader) value(i, end int) decimal {
	var v decimal
	for _, c := range r.text[i:end] {
		if isDigitRune(c) {
			v = v.times(10).plus(whole(int64(c - '0')))
		}
	}
	return v
}

// grouped extends l over groups of three digits after commas, points, apostrophes or blanks: 25,000 and 25 000, and the Indian
// 1,20,000. One group after a point is a fraction.
func (r *numberReader) grouped(start int, l literal) literal {
	separator := r.rune(l.end)
	end, groups := l.end, 0
	if separator == ' ' && r.asked == forTime {
		return l
	}
	for (separator == ',' || separator == '.' || separator == ' ' || separator == '\'') && r.rune(end) == separator {
		run := r.run(end + 1)
		n := run - end - 1
		if n == 4 && groups == 0 && r.myriads(separator, end, run) { // 2,0000
			return literal{number{value: r.value(start, run), marks: unclear}, run}
		}
		if n != 3 && (separator != ',' || n != 2 || !r.lakh(run)) {
			break
		}
		end, groups = run, groups+1
	}
	if groups == 0 || separator == '.' && groups == 1 && r.rune(end) != ',' {
		return l
	}
	l = literal{number{value: r.value(start, end), marks: grouped}, end}
	if run := r.run(end + 1); separator == '.' && r.rune(end) == ',' && run-end == 3 {
		l.value, l.end = l.value.plus(r.value(end+1, run).tenth(2)), run
	}
	return l
}

// myriads says whether the four digits up to text[run] are a group of their own.
func (r *numberReader) myriads(separator rune, end, run int) bool {
	return separator == ',' || separator == ' ' && string(r.text[end+1:run]) == "0000"
}

// lakh says whether commas and groups of digits that end in a group of three follow at text[i].
func (r *numberReader) lakh(i int) bool {
	for range 5 { // no more groups make a number that anybody owes
		if r.rune(i) != ',' {
			return false
		}
		run := r.run(i + 1)
		if run-i == 4 {
			return true
		}
		if run-i != 3 {
			return false
		}
		i = run
	}
	return false
}

// fractionOf extends l over a point and decimals. "392. 00" at the end of a text is one number too, and so is 3,5k.
func (r *numberReader) fractionOf(l literal) literal {
	from := l.end + 1
	switch run := r.run(from); {
	case r.rune(l.end) == '.' && run > from:
		if l.digits >= 3 && r.timed(run) { // 8600.20天: a full stop
			return l
		}
		if run == from+3 && r.rune(run-1) == '0' && r.rune(run-2) == '0' && l.digits > 0 && l.digits <= 3 && r.asked == forMoney && r.whole(run) { // 3.400: no amount has three decimals
			return literal{number{value: r.value(r.start(l), run), marks: unclear | grouped}, run}
		}
		l.value, l.end = l.value.plus(r.decimals(from, run)), run
	case r.rune(l.end) == '.' && r.rune(from) == ' ' && from+3 == len(r.text) && r.run(from+1) == len(r.text):
		l.value, l.end = l.value.plus(r.decimals(from+1, from+3)), from+3
	case r.rune(l.end) == ',' && run == from+1 && l.digits <= 2 && l.digits > 0:
		if _, ok := r.power(run); !ok {
			return l
		}
		l.value, l.end = l.value.plus(r.decimals(from, run)), run
		l.marks |= unclear
	default:
		return l
	}
	l.digits = 0
	return l
}

// whole says whether nothing that would make a fraction of the digits before it stands at text[i].
func (r *numberReader) whole(i int) bool {
	_, short := r.power(i)
	j := r.skip(i)
	_, power := r.word(j, isPower)
	return !short && power == 0 && r.han.at(r.rune(j)).sense != isScale && r.rune(i) != '.'
}

// start returns where the digits of l begin, which is a plain run of them.
func (r *numberReader) start(l literal) int { return l.end - l.digits }

func (r *numberReader) decimals(i, end int) decimal { return r.value(i, end).tenth(end - i) }
