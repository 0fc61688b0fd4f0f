package understand

// kind is what a token is.
type kind uint8

const (
	wordToken   kind = iota // a word of the lexicon
	figureToken             // a number
	dateToken               // numbers that make a date
	pauseToken              // a comma or a bracket
	stopToken               // the end of a sentence or line
)

// token is a part of a text that matters to figures. What lies between tokens are words that nothing is known about.
type token struct {
	at, end int          // runes
	number  *number      // of a figureToken; of others, zero
	word    *word        // wordToken
	date    *numericDate // dateToken
	kind    kind
	stuck   bool // figureToken: letters without a meaning touch it, as in A8600
	loose   bool // a blank, a pause or the start of the text is before it
	tied    bool // a word without a meaning follows, to which it belongs: 三吊; a bit silly
}

// has returns the meaning of a word in the sense s.
func (t *token) has(s sense) (meaning, bool) {
	if t == nil {
		return meaning{}, false
	}
	return t.word.in(s)
}

// is says whether a word has one of the senses.
func (t *token) is(senses ...sense) bool {
	if t == nil || t.word == nil {
		return false
	}
	for _, s := range senses {
		if t.word.senses.has(s) {
			return true
		}
	}
	return false
}

// hedges says whether a word says with one of the senses how exact a figure is, and not of what a word without a meaning says.
func (t *token) hedges(senses ...sense) bool { return t.is(senses...) && !t.tied }

// sensesOf returns all senses of the words among tokens.
func sensesOf(tokens []token) (all senseSet) {
	for i := range tokens {
		if w := tokens[i].word; w != nil {
			all.join(&w.senses)
		}
	}
	return all
}

// mostRead is how many numbers of a text are looked at: nobody means more, and what compares them stays quick.
const mostRead = 100

// tokens cuts a text in normal form into what matters to figures, up to mostRead numbers.
func (r *numberReader) tokens() []token {
	text := r.text
	out := make([]token, 0, roomFor(len(text)))
	read := 0
	for i := 0; i < len(text) && read < mostRead; {
		t := r.token(i)
		if t.end == i {
			i = r.unknown(i)
			continue
		}
		t.loose = i == 0 || text[i-1] == ' ' || text[i-1] == ':' || r.pause(i-1) > 0
		if out = append(out, t); t.kind == figureToken || t.kind == dateToken {
			read++
		}
		i = t.end
	}
	return out
}

// roomFor returns how many tokens a text of so many characters can hold: of a line about half as many, but a long one may be nothing
// else, and growing costs more than room.
func roomFor(length int) int {
	if length > 200 {
		return length
	}
	return length/2 + 2
}

// token returns the token at text[i]; one that ends there if there is none.
func (r *numberReader) token(i int) token {
	c := r.text[i]
	if c == ' ' {
		return token{end: i, number: &noNumber}
	}
	if w := letters[c]; w != nil && r.asked == forMoney && isDigitRune(r.rune(i+1)) && !isLetter(r.rune(i-1)) && !isDigitRune(r.rune(i-1)) {
		return token{at: i, end: i + 1, word: w, number: &noNumber}
	}
	if isDigitRune(c) {
		if end := r.phone(i); end > i {
			return token{at: i, end: end, word: &phoneNumber, number: &noNumber}
		}
		if d, end := r.numericDate(i); end > i {
			date := d // d itself stays where it costs nothing
			return token{at: i, end: end, kind: dateToken, date: &date, number: &noNumber}
		}
	}
	n, end := r.at(i)
	w, length := r.lookup(i)
	switch {
	case length > 0 && end == i && w.senses.within(&particle):
		return token{end: i, number: &noNumber}
	case length > 0 && (i+length > end || i+length == end && !certainly(n, w)):
		return token{at: i, end: i + length, word: w, number: &noNumber, tied: w.senses.has(isDegree) && r.graded(i+length)}
	case end > i:
		if length == end-i && w.senses.has(isCounting) {
			n.marks |= counting
		}
		return token{at: i, end: end, kind: figureToken, number: r.keep(n), stuck: r.stuck(i, end), tied: r.tied(end)}
	}
	return token{at: i, end: i + r.pause(i), kind: r.pauseKind(i), number: &noNumber}
}

// noNumber is what a token has that is no figure.
var noNumber number

// keep keeps a number of the text for its token.
func (r *numberReader) keep(n number) *number {
	if r.numbers == nil {
		r.numbers = make([]number, 0, usualNumbers)
	}
	r.numbers = append(r.numbers, n)
	return &r.numbers[len(r.numbers)-1]
}

// usualNumbers is how many numbers few texts have more than.
const usualNumbers = 4

// phoneNumber is what a phone number says: it is no figure.
var phoneNumber = word{senses: setOf(isPlain), meanings: []meaning{{sense: isPlain}}}

// letters are those that name a currency right before a figure: N15,000, R2 300, P900, K500.
var letters = map[rune]*word{'n': currencyWord("NGN"), 'r': currencyWord("ZAR"), 'p': currencyWord("PHP"), 'k': currencyWord("ZMW")}

func currencyWord(code string) *word {
	return &word{senses: setOf(isCurrency), meanings: []meaning{{sense: isCurrency, name: code}}}
}

// phone returns the end of the phone number at text[i]; i if there is none. A number is one if it has the digits of a mobile phone, in
// one or in groups of 3, 4 and 4, or the groups of one elsewhere, or begins as no figure does, with 0 or after +, and has digits enough.
func (r *numberReader) phone(i int) int {
	if isDigitRune(r.rune(i - 1)) {
		return i
	}
	if r.text[i] == '0' || r.rune(i-1) == '+' {
		return r.dialled(i)
	}
	if c := r.rune(i + 1); r.text[i] == '1' && '3' <= c && c <= '9' {
		switch run := r.run(i); run - i {
		case 11:
			return run
		case 3:
			return r.groups(i, run, 4, 4)
		}
	}
	switch {
	case r.rune(i+3) == '-' && r.run(i) == i+3: // 415-555-0192
		return r.groups(i, i+3, 3, 4)
	case r.text[i] >= '6' && r.rune(i+5) == ' ' && r.run(i) == i+5 && string(r.text[i+3:i+5]) != "00": // 98450 22110
		return r.groups(i, i+5, 5)
	}
	return i
}

// groups returns the end of the groups of digits, of so many each, that follow text[end] after blanks or dashes; i if others do.
func (r *numberReader) groups(i, end int, sizes ...int) int {
	for _, size := range sizes {
		if c := r.rune(end); c != ' ' && c != '-' || r.run(end+1) != end+1+size {
			return i
		}
		end += 1 + size
	}
	return end
}

// dialled returns the end of the groups of digits at text[i], with blanks or dashes between, if they make a phone number with the code
// of an area or a country: 010-6655 8899, 0412 556 901, +44 7700 900123.
func (r *numberReader) dialled(i int) int {
	const fewest, most = 9, 15
	end := r.run(i)
	digits := end - i
	for c := r.rune(end); (c == ' ' || c == '-') && isDigitRune(r.rune(end+1)) && digits < most; c = r.rune(end) {
		next := r.run(end + 1)
		digits += next - end - 1
		end = next
	}
	if digits < fewest || digits > most {
		return i
	}
	return end
}

// certainly says whether what can be read as a number and as a word is the number.
func certainly(n number, w *word) bool { return !n.is(sequence) && !w.senses.has(isPlain) }

// unknown returns the place after what stands at text[i] and is no token.
func (r *numberReader) unknown(i int) int {
	if !isLetter(r.text[i]) {
		return i + 1
	}
	for i < len(r.text) && isLetter(r.text[i]) {
		i++
	}
	return i
}

// tied says whether a Chinese character that is neither known nor a particle stands at text[i].
func (r *numberReader) tied(i int) bool {
	c := r.rune(i)
	if !isHan(c) {
		return false
	}
	w, n := r.lookup(i)
	return n == 0 || w.senses.within(&silent) && !w.senses.has(isPossessive)
}

// graded says whether what follows text[i], perhaps after a blank, is a word without a meaning, which a word for a degree before it is about.
func (r *numberReader) graded(i int) bool {
	i = r.skip(i)
	w, n := r.lookup(i)
	return (n == 0 || w.senses.has(isWholeOf)) && (isLetter(r.rune(i)) || isHan(r.rune(i)))
}

// particle is the sense of what makes no token alone.
var particle = setOf(isParticle)

// silent are the senses of words that say nothing of a number beside them: it may be one of anything.
var silent = setOf(isAt, isCopula, isElse, isEarlier, isFormerly, isOff, isRest, isStill, isConverted, isWithin, isUntrue, isIncluded, isDegree, isPossessive,
	isBill, isCall, isEach, isGone, isHound, isHounding, isPayOn, isSplit, isThatDay)

// stuck says whether letters that mean nothing touch a number.
func (r *numberReader) stuck(i, end int) bool {
	if !isDigitRune(r.text[i]) {
		return false
	}
	if isLetter(r.rune(i - 1)) {
		from := i - 1
		for isLetter(r.rune(from - 1)) {
			from--
		}
		if _, n := r.lookup(from); (n != i-from || n == 1) && (i-from > 1 || r.asked != forMoney || letters[r.rune(from)] == nil) {
			return true
		}
	}
	if isLetter(r.rune(end)) {
		_, n := r.lookup(end)
		return n == 0
	}
	return false
}

// pause returns the length of the punctuation at text[i] that parts figures, 0 if there is none there.
func (r *numberReader) pause(i int) int {
	switch r.text[i] {
	case ',', ';', '(', ')', '[', ']', '{', '}', '<', '>', '…', '|', '。', '!', '?', '\n':
		return 1
	case '.':
		if !isDigitRune(r.rune(i+1)) || !isDigitRune(r.rune(i-1)) {
			return 1
		}
	}
	return 0
}

func (r *numberReader) pauseKind(i int) kind {
	switch r.text[i] {
	case '。', '!', '?', '\n', '.':
		return stopToken
	}
	return pauseToken
}

// near returns the token beside tokens[i] in the direction step, nil if a word that means nothing, or the end, is there.
func near(tokens []token, i, step int) *token {
	j := i + step
	if j < 0 || j >= len(tokens) {
		return nil
	}
	a, b := &tokens[min(i, j)], &tokens[max(i, j)]
	if b.at-a.end > 1 || b.at > a.end && !b.loose || tokens[j].kind != wordToken {
		return nil
	}
	return &tokens[j]
}

// ends says whether a pause, or an end of the text, is at tokens[i].
func ends(tokens []token, i int) bool {
	return i < 0 || i >= len(tokens) || tokens[i].kind == pauseToken || tokens[i].kind == stopToken
}

// minus says whether t is a dash that makes the figure next negative, and neither the link of a range nor of a list.
func (t *token) minus(next *token) bool {
	return t.is(isDash) && t.end == next.at && t.loose && !t.is(isAbout)
}
