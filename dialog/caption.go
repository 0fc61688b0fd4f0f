package dialog

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// captions says whether the text is a button's caption, in any language.
func (t *turn) captions(label Text, text string) bool {
	return slices.ContainsFunc(t.m.Labels(label), func(l string) bool { return alike(l, text) })
}

// alike says whether two texts differ in case, space and signs only, and say anything besides: "✓ Yes" and "yes" are alike. Most are
// told apart by their first letters.
func alike(a, b string) bool {
	said := false
	for {
		x, restOfA := firstBare(a)
		y, restOfB := firstBare(b)
		if x != y {
			return false
		}
		if x == nothingBare {
			return said
		}
		a, b, said = restOfA, restOfB, true
	}
}

// nothingBare is what comes after the last letter.
const nothingBare rune = -1

// firstBare returns the first rune of a text that bare would leave, as bare leaves it, and the rest of the text.
func firstBare(s string) (rune, string) {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		if r = unicode.ToLower(r); !ornament(r) {
			return r, s
		}
	}
	return nothingBare, ""
}

// bare strips a caption of case, space and signs, so that "✓ Yes" and "yes" are the same.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if ornament(r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// ornament says whether r is a sign that says nothing in a caption.
func ornament(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 0x4E00 && r <= 0x9FFF // most are
	return !letter && strings.ContainsRune(" .,!?。，！？、:：✓✅←→↩️👤❓💬🌐✏️📄", r)
}
