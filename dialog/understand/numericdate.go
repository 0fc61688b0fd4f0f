package understand

// numericDate is a date in figures: two or three numbers in the order in which they were typed.
type numericDate struct {
	parts  [3]int
	widths [3]int // digits of each; 0: there are only two numbers
	slash  bool   // a slash is between the first two
}

// numericDate reads the date in figures at text[i] and the place after it, which is i if there is none. Two numbers are a date
// where time is asked for; where money is, only with a slash.
func (r *numberReader) numericDate(i int) (numericDate, int) {
	if isDigitRune(r.rune(i-1)) || r.rune(i-1) == '.' && isDigitRune(r.rune(i-2)) {
		return numericDate{}, i
	}
	d, end := r.parts(i)
	switch {
	case d.widths[2] > 0:
		if d.possible() && !r.goesOn(end) {
			return d, end
		}
	case d.widths[1] > 0:
		separator := r.rune(i + d.widths[0])
		if d.pair() && (r.asked == forTime || separator == '/') && separator != ' ' && !r.goesOn(end) && !r.counted(end) {
			d.slash = separator == '/'
			return d, end
		}
	}
	if run := r.run(i); run-i == 8 {
		d = numericDate{[3]int{r.small(i, i+4), r.small(i+4, i+6), r.small(i+6, run)}, [3]int{4, 2, 2}, false}
		if y := d.parts[0]; y >= 1990 && y < 2100 && d.possible() {
			return d, run
		}
	}
	return numericDate{}, i
}

// parts reads up to three numbers of at most four digits with a separator between them.
func (r *numberReader) parts(i int) (numericDate, int) {
	var d numericDate
	for n := range 3 {
		end := r.run(i)
		if width := end - i; width > 4 || width == 3 {
			return numericDate{}, i
		}
		d.parts[n], d.widths[n] = r.small(i, end), end-i
		if n == 2 || !r.separator(end, d.widths[0]) {
			return d, end
		}
		i = end + 1
	}
	return d, i
}

// separator says whether text[i] parts the numbers of a date; a blank does after a year.
func (r *numberReader) separator(i, first int) bool {
	switch r.rune(i) {
	case '-', '/', '.', '·':
		return isDigitRune(r.rune(i + 1))
	case ' ':
		return first == 4 && isDigitRune(r.rune(i+1))
	}
	return false
}

// goesOn says whether more digits follow at text[i], so that what came before is no date.
func (r *numberReader) goesOn(i int) bool {
	return isDigitRune(r.rune(i)) || r.rune(i) != ' ' && r.separator(i, 0)
}

// counted says whether what follows at text[i] makes the number before it one of things or time, or multiplies it: 2-3 weeks.
func (r *numberReader) counted(i int) bool {
	j := r.skip(i)
	if r.multiplied(i, j) {
		return true
	}
	if _, n := r.word(j, isDayMark); n > 0 {
		return false
	}
	_, power := r.word(j, isPower)
	return power > 0 || r.timed(i)
}

// small returns the number of at most four digits from text[i] up to text[end].
func (r *numberReader) small(i, end int) int {
	n := 0
	for ; i < end; i++ {
		n = n*10 + int(r.text[i]-'0')
	}
	return n
}

// possible says whether three numbers can be a date, in one of the orders in which people write them.
func (d numericDate) possible() bool {
	a, b, c := d.parts[0], d.parts[1], d.parts[2]
	switch {
	case d.widths[0] == 4:
		return a > 0 && validMonth(b) && validDay(c) && d.widths[2] <= 2
	case d.widths[2] == 4 || d.widths[2] == 2:
		return d.widths[1] <= 2 && (validMonth(a) && validDay(b) || validMonth(b) && validDay(a) || validMonth(b) && validDay(c))
	}
	return d.widths[1] <= 2 && validMonth(b) && validDay(c)
}

// pair says whether two numbers can be a month and a day.
func (d numericDate) pair() bool {
	a, b := d.parts[0], d.parts[1]
	return d.widths[0] <= 2 && d.widths[1] <= 2 && (validMonth(a) && validDay(b) || validMonth(b) && validDay(a))
}

func validMonth(n int) bool { return n >= 1 && n <= 12 }

func validDay(n int) bool { return n >= 1 && n <= 31 }
