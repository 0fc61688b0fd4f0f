package picture

import "unicode"

// wrap cuts words into lines of at most some pixels: at blanks, and between any two Chinese characters except before a closing sign.
func (p pen) wrap(s size, words string, most int) []string {
	var lines []string
	runes := []rune(words)
	for len(runes) > 0 {
		n := p.fitting(s, runes, most)
		lines = append(lines, string(runes[:n]))
		runes = runes[n:]
		for len(runes) > 0 && runes[0] == ' ' {
			runes = runes[1:]
		}
	}
	return lines
}

// fitting is how many characters fit into a line, at least one.
func (p pen) fitting(s size, runes []rune, most int) int {
	if p.width(s, string(runes)) <= most {
		return len(runes)
	}
	fits := 1
	for n := 2; n < len(runes) && p.width(s, string(runes[:n])) <= most; n++ {
		fits = n
	}
	for n := fits; n > 0; n-- {
		if parts(runes[n-1], runes[n]) {
			return n
		}
	}
	return fits
}

// parts says whether a line may end between two characters.
func parts(a, b rune) bool {
	if b == ' ' {
		return true
	}
	return (unicode.Is(unicode.Han, a) || unicode.IsPunct(a) && a > unicode.MaxLatin1) && !unicode.IsPunct(b) || unicode.Is(unicode.Han, b) && a != '¥'
}
