package understand

// noughts makes the letter o a zero where it stands for one in a number: 12oo, 2,o00. Letters before or after that number make it a name.
func noughts(text []rune) []rune {
	for i := 1; i < len(text); i++ {
		if text[i] != 'o' || !isDigitRune(text[i-1]) && (text[i-1] != ',' || i == 1 || !isDigitRune(text[i-2])) {
			continue
		}
		end := i
		for end < len(text) && (text[end] == 'o' || isDigitRune(text[end])) {
			end++
		}
		if end < len(text) && isLetter(text[end]) {
			continue
		}
		for ; i < end; i++ {
			if text[i] == 'o' {
				text[i] = '0'
			}
		}
	}
	return text
}
