package understand

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// normaliser brings the many ways of typing the same thing to one: narrow forms, small letters, simplified characters, plain
// quotes and dashes, single spaces, no emoji, and the spelling that was meant. Lexicons are normalised by it too, so that
// both sides agree. Applying it twice is applying it once.
type normaliser struct {
	simplified *simplified
	typos      typos
}

func newNormaliser() (*normaliser, error) {
	var n normaliser
	var err error
	if n.simplified, err = loadSimplified(); err != nil {
		return nil, err
	}
	n.typos, err = loadTypos(n.characters)
	return &n, err
}

// apply returns text in its normal form. A line break stays one ("\n"): it ends a sentence. Any other white space is one blank,
// and none at either end.
func (n *normaliser) apply(text string) string { return string(n.runes(text)) }

// runes is apply, for those who read character by character.
func (n *normaliser) runes(text string) []rune { return noughts(n.typos.mend(n.characters(text))) }

// characters is runes without the spelling.
func (n *normaliser) characters(text string) []rune {
	most := len(text)
	if most > usualLength {
		most /= 2 // Chinese takes three bytes a character
	}
	return n.add(make([]rune, 0, most), text)
}

// usualLength is how many bytes most messages have at the most.
const usualLength = 256

// add is characters appended to out, for those who read many texts.
func (n *normaliser) add(out []rune, text string) []rune {
	start, gap := len(out), gone
	for i := 0; i < len(text); {
		r, size := hanAt(text, i), hanSize
		switch {
		case r != 0:
			r = n.simplified.of(r)
		case isLetter(rune(text[i])):
			r, size = rune(text[i]), 1
		default:
			r, size = utf8.DecodeRuneInString(text[i:])
			r = n.character(r)
		}
		i += size
		switch {
		case r == gone:
		case r == '\n' || r == ' ' && gap == gone:
			gap = r
		case r == ' ':
		default:
			if gap != gone && len(out) > start {
				out = append(out, gap)
			}
			gap = gone
			out = append(out, r)
		}
	}
	return out
}

// hanSize is how many bytes a Chinese character of the common block takes.
const hanSize = 3

// hanAt returns the Chinese character of the common block at text[i]; 0 if none is there.
func hanAt(text string, i int) rune {
	if text[i] < 0xE4 || text[i] > 0xE9 || i+hanSize > len(text) || text[i+1]&0xC0 != 0x80 || text[i+2]&0xC0 != 0x80 {
		return 0
	}
	r := rune(text[i]&0x0F)<<12 | rune(text[i+1]&0x3F)<<6 | rune(text[i+2]&0x3F)
	if !isHan(r) {
		return 0
	}
	return r
}

// gone stands for a character that leaves no trace.
const gone rune = -1

// character returns the normal form of r: itself, another, a blank, a line break, or gone.
func (n *normaliser) character(r rune) rune {
	if r < utf8.RuneSelf {
		return ascii(r)
	}
	if r >= 0xFF00 && r <= 0xFFEF || r == 0x3000 {
		if f := width.LookupRune(r).Folded(); f != 0 {
			r = f
		}
		if r < utf8.RuneSelf {
			return ascii(r)
		}
	}
	if s := n.simplified.of(r); s != r {
		return s
	}
	if isHan(r) {
		return r
	}
	return symbol(r)
}

func ascii(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r == '\n' || r == '\r' || r == '\v' || r == '\f':
		return '\n'
	case r < ' ' || r == 0x7F:
		return ' '
	case r == '`':
		return '\''
	}
	return r
}

// symbol returns the normal form of what is neither ASCII nor a Chinese character of the common block.
func symbol(r rune) rune {
	switch r {
	case '‘', '’', 'ʼ', '′', '´':
		return '\''
	case '“', '”', '„', '″', '「', '」', '『', '』':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−', '─', '﹣':
		return '-'
	case '〜', '∼', '～':
		return '~'
	case '•', '・', '‧', '∙':
		return '·'
	case '〇', '○', '◯':
		return '零'
	case '\u0085', '\u2028', '\u2029':
		return '\n'
	case '、', '。', '¥', '£', '€', '·', '½', '¼', '¾', '…':
		return r
	}
	switch {
	case r == utf8.RuneError:
		return ' '
	case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me):
		return gone
	case unicode.IsDigit(r):
		return digit(r)
	case unicode.In(r, unicode.Z, unicode.Cc, unicode.So, unicode.Sk, unicode.No, unicode.Co, unicode.Cn, unicode.Cs):
		return ' '
	}
	return unicode.ToLower(r)
}

// digit returns the ASCII form of a decimal digit of any script. Unicode lays them out in runs of ten, from the zero.
func digit(r rune) rune {
	if r >= 0x1D7CE && r <= 0x1D7FF { // mathematical digits: five runs without a gap
		return '0' + (r-0x1D7CE)%10
	}
	zero := r
	for unicode.IsDigit(zero - 1) {
		zero--
	}
	return '0' + (r-zero)%10
}
