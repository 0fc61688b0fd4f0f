package phrase

import "unicode"

// Token is one Chinese character, one word of letters, one number in digits, or one sign that is not punctuation.
type Token struct {
	At, End int32 // runes of the text that it stands for
	symbol  symbol
	exact   symbol // of a number: the symbol of these very digits, where a pattern names them
	filler  uint8  // tokens of the filler that starts here, 0 if none does
	Before  Break
}

func (t *Token) weight() int32 {
	if t.symbol >= firstHan {
		return 1
	}
	return 2
}

// Break is what stands between two tokens.
type Break uint8

// Breaks, the stronger the higher.
const (
	Joined Break = iota // nothing, or a blank between words
	Blank               // a blank beside a Chinese character, where people leave out a comma
	Comma
	Stop // the end of a sentence or line
)

// symbol stands for a token: a rune, or, below zero, a number in digits or a word of the vocabulary.
type symbol = rune

const (
	unknown   symbol = 0
	firstHan  symbol = 0x2E80
	number    symbol = -1
	firstWord symbol = -2 // the next has the number below
)

// anyNumber is how patterns write a number that may be any.
const anyNumber = "0"

// longestWord is the length in letters above which a word is not looked up.
const longestWord = 24

// tokens cuts a text in normal form. word gives the symbol of a word or of the digits of a number.
func tokens(text []rune, into []Token, word func([]rune) symbol) []Token {
	gap := Stop
	for i := 0; i < len(text); {
		if commonHan(text[i]) {
			into = append(into, Token{At: int32(i), End: int32(i + 1), symbol: text[i], Before: gap})
			gap, i = Joined, i+1
			continue
		}
		if b, ok := breaks(text, i); ok {
			gap = max(gap, b)
			i++
			continue
		}
		t := cut(text, i, word)
		if gap == Blank && !han(text[i]) && (len(into) == 0 || !han(text[into[len(into)-1].At])) {
			gap = Joined
		}
		t.Before = gap
		into = append(into, t)
		gap, i = Joined, int(t.End)
	}
	return into
}

// cut returns the token that starts at text[i].
func cut(text []rune, i int, word func([]rune) symbol) Token {
	end := i + 1
	switch r := text[i]; {
	case digit(r):
		for end < len(text) && (digit(text[end]) || (text[end] == '.' || text[end] == ',') && end+1 < len(text) && digit(text[end+1])) {
			end++
		}
		return Token{At: int32(i), End: int32(end), symbol: number, exact: word(text[i:end])}
	case letter(r):
		for end < len(text) && letter(text[end]) {
			end++
		}
		// n't belongs to its verb (dont), other short forms stand alone ('s, 'll).
		if end+1 < len(text) && text[end] == '\'' && text[end+1] == 't' && text[end-1] == 'n' {
			end += 2
		}
		return Token{At: int32(i), End: int32(end), symbol: word(text[i:end])}
	case r == '\'':
		for end < len(text) && letter(text[end]) {
			end++
		}
		return Token{At: int32(i), End: int32(end), symbol: word(text[i:end])}
	}
	return Token{At: int32(i), End: int32(end), symbol: text[i]}
}

// breaks says what the rune at text[i] parts, if it is one that parts.
func breaks(text []rune, i int) (Break, bool) {
	switch text[i] {
	case ' ', '-', '"', '(', ')', '[', ']', '*', '_', '·':
		return Blank, true
	case ',', '、', '/', ':', '~', '<', '>', '+', '|':
		return Comma, true
	case '.', '。', '!', '?', ';', '\n', '…':
		return Stop, true
	case '\'':
		if i+1 < len(text) && letter(text[i+1]) && (i == 0 || letter(text[i-1])) {
			return Joined, false
		}
		return Blank, true
	}
	return Joined, false
}

// commonHan says whether r is a character of the block in which almost all Chinese is written.
func commonHan(r rune) bool { return 0x4E00 <= r && r <= 0x9FFF }

func han(r rune) bool   { return r >= firstHan }
func digit(r rune) bool { return '0' <= r && r <= '9' }
func letter(r rune) bool {
	return 'a' <= r && r <= 'z' || r >= 0xC0 && r < firstHan && unicode.IsLetter(r)
}
