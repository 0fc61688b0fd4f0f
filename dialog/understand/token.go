package understand

import "strings"

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
	at, end  int // runes
	kind     kind
	number   number      // figureToken
	meanings []meaning   // wordToken
	date     numericDate // dateToken
	stuck    bool        // figureToken: letters without a meaning touch it, as in A8600
	loose    bool        // a blank, a pause or the start of the text is before it
	tied     bool        // figureToken: a Chinese character without a meaning follows it, as in 三吊
}

// has returns the meaning of a word in the sense s.
func (t *token) has(s sense) (meaning, bool) {
	if t != nil {
		for _, m := range t.meanings {
			if m.sense == s {
				return m, true
			}
		}
	}
	return meaning{}, false
}

// is says whether a word has one of the senses.
func (t *token) is(senses ...sense) bool {
	for _, s := range senses {
		if _, ok := t.has(s); ok {
			return true
		}
	}
	return false
}

// tokens cuts a text in normal form for one of the two questions.
func (f *figures) tokens(text []rune, u use) []token {
	r := numberReader{f, f.words(u), text}
	out := make([]token, 0, len(text)/3+2)
	for i := 0; i < len(text); {
		t := r.token(i)
		if t.end == i {
			i = r.unknown(i)
			continue
		}
		t.loose = i == 0 || text[i-1] == ' ' || text[i-1] == ':' || r.pause(i-1) > 0
		out = append(out, t)
		i = t.end
	}
	return out
}

// token returns the token at text[i]; one that ends there if there is none.
func (r *numberReader) token(i int) token {
	c := r.text[i]
	if c == ' ' {
		return token{end: i}
	}
	if isDigitRune(c) {
		if end := r.phone(i); end > i {
			return token{at: i, end: end, meanings: phoneNumber}
		}
		if d, end := r.numericDate(i); end > i {
			return token{at: i, end: end, kind: dateToken, date: d}
		}
	}
	n, end := r.at(i)
	meanings, length := r.words.longest(r.text, i)
	switch {
	case length > 0 && (i+length > end || i+length == end && !certainly(n, meanings)):
		return token{at: i, end: i + length, meanings: meanings}
	case end > i:
		return token{at: i, end: end, kind: figureToken, number: n, stuck: r.stuck(i, end), tied: r.tied(end)}
	}
	return token{at: i, end: i + r.pause(i), kind: r.pauseKind(i)}
}

// phoneNumber is the meaning of a phone number: no figure.
var phoneNumber = []meaning{{sense: isPlain}}

// phone returns the end of the mobile phone number at text[i], in one or in groups of 3, 4 and 4 digits; i if there is none.
func (r *numberReader) phone(i int) int {
	if c := r.rune(i + 1); r.text[i] != '1' || c < '3' || c > '9' || isDigitRune(r.rune(i-1)) {
		return i
	}
	end := r.run(i)
	if end-i == 3 {
		for range 2 {
			if c := r.rune(end); c != ' ' && c != '-' || r.run(end+1)-end != 5 {
				return i
			}
			end += 5
		}
	} else if end-i != 11 {
		return i
	}
	return end
}

// certainly says whether what can be read as a number and as a word is the number.
func certainly(n number, meanings []meaning) bool {
	return !n.is(sequence) && meanings[0].sense != isPlain
}

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
	if c < 0x4E00 || c > 0x9FFF || strings.ContainsRune("了的呢啊吗嘛呀哦喔啦喇咯呗噢哈而真没不", c) {
		return false
	}
	_, n := r.words.longest(r.text, i)
	return n == 0
}

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
		if _, n := r.words.longest(r.text, from); n != i-from || n == 1 {
			return true
		}
	}
	if isLetter(r.rune(end)) {
		_, n := r.words.longest(r.text, end)
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
