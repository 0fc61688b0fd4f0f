package understand

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

//go:embed lexicon/simplified.txt
var simplifiedTable string

// normaliser brings the many ways of typing the same thing to one: narrow forms, small letters, simplified characters, plain
// quotes and dashes, single spaces, no emoji, and the spelling that was meant. Lexicons are normalised by it too, so that
// both sides agree. Applying it twice is applying it once.
type normaliser struct {
	simplified map[rune]rune
	typos      typos
}

func newNormaliser() (*normaliser, error) {
	n := &normaliser{simplified: make(map[rune]rune, 4200)}
	for line := range strings.Lines(simplifiedTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for pair := range strings.FieldsSeq(line) {
			from, size := utf8.DecodeRuneInString(pair)
			to, rest := utf8.DecodeRuneInString(pair[size:])
			if size+rest != len(pair) {
				return nil, fmt.Errorf("simplified characters: %q is not a pair", pair)
			}
			n.simplified[from] = to
		}
	}
	var err error
	n.typos, err = loadTypos(n.characters)
	return n, err
}

// apply returns text in its normal form. A line break stays one ("\n"): it ends a sentence. Any other white space is one blank,
// and none at either end.
func (n *normaliser) apply(text string) string { return string(n.runes(text)) }

// runes is apply for those who read character by character.
func (n *normaliser) runes(text string) []rune { return n.typos.mend(n.characters(text)) }

// characters is runes without the spelling.
func (n *normaliser) characters(text string) []rune {
	out := make([]rune, 0, len(text))
	gap := gone
	for _, r := range text {
		r = n.character(r)
		switch {
		case r == gone:
		case r == '\n' || r == ' ' && gap == gone:
			gap = r
		case r == ' ':
		default:
			if gap != gone && len(out) > 0 {
				out = append(out, gap)
			}
			gap = gone
			out = append(out, r)
		}
	}
	return out
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
	if s, ok := n.simplified[r]; ok {
		return s
	}
	if r >= 0x4E00 && r <= 0x9FFF {
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
	zero := r
	for unicode.IsDigit(zero - 1) {
		zero--
	}
	return '0' + (r-zero)%10
}
