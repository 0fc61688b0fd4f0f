package understand

// numerals gives the meanings of the characters of Chinese numbers.
type numerals struct {
	places   [lastNumeral - firstNumeral]uint8 // in meanings, from 1; 0: none
	meanings []meaning
}

// The characters among which those of numbers are.
const (
	firstNumeral = 0x3100
	lastNumeral  = 0xA000
)

func (n *numerals) set(c rune, m meaning) {
	if c < firstNumeral || c >= lastNumeral {
		return
	}
	if n.places[c-firstNumeral] == 0 {
		n.meanings = append(n.meanings, m)
		n.places[c-firstNumeral] = uint8(len(n.meanings))
	}
}

// at returns the meaning of c; none has the sense noSense.
func (n *numerals) at(c rune) meaning {
	if c < firstNumeral || c >= lastNumeral || n.places[c-firstNumeral] == 0 {
		return meaning{}
	}
	return n.meanings[n.places[c-firstNumeral]-1]
}

// numeral says whether words of s are parts of Chinese numbers.
func numeral(s sense) bool {
	return s == isDigit || s == isScale || s == isTens || s == isPoint || s == isVague || s == isMore
}
