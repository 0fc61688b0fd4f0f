package trail

import (
	"encoding/binary"
	"slices"
	"strings"
	"sync"
)

// A text is written with one byte for each of the phrases, with ASCII letters, digits and signs as they are, and with anything else after a zero and its
// length. A byte that stands for a phrase is one that ASCII does not print. Texts of a book of one's own may hold few of the phrases; they
// are longer then, and read as well.
const (
	verbatim   = 0
	printFirst = 0x20
	printLast  = 0x7e
)

// phrases are what the texts are made of, each with the byte that stands for it. What is kept was written with these: none is ever changed, moved or
// taken out. There is room for mostPhrases, and each is at least two bytes long.
var phrases = [...]string{
	// An assessment: the facts, the verdicts, the programmes and conditions of the book as shipped.
	"assessed", " days_late=n", " hardship=s", " owed=m", " eligible:", " undecided:", " ineligible:",
	" waive-fees", " deferral", " reduced-payments", " longer-term", " stop-collection", " settle-principal", " instalments-interest-waived",
	" card-instalments", " repeated-default", " student-settlement", " larger-support", " principal-reduction",
	"-hardship", "?hardship", "-recent", "?recent", "-worth-it", "?worth-it", "-unable", "?unable", "-student", "?student", "-share", "?share",
	"-serious", "?serious", "-passing", "?passing", "-often", "?often", "-long", "?long", "-late", "?late", "-income-fell", "?income-fell",
	"-early", "?early", "-charged", "?charged", "-beyond-means", "?beyond-means", "-bank-card", "?bank-card", "-able", "?able",
	"unemployment", "own_illness", "family_medical", "income_drop", "family_event", "disaster", "accident", "unpaid_wages", "student", "other",
	" credit_limit=", " late_before=", " product=", " income=", " housing=", " food=", " travel=", " dependants=", " other_debts=", " surplus=",
	" principal=", " interest=", " fees=", " at_hand=", " monthly_payment=", "bank_card", "credit_line", "cash_loan", "instalment_purchase",
	"never", "once", "often", "00000", "0000", "000", "00",

	// What borrowers and agents do.
	"consent given", "consent to health and finance details given", "consent to health and finance details refused", "started over", "exported",
	"forgotten", "requested ", "agreed ", "request withdrawn", "settled", "notice given", "plan broken", "payment reported", "payment arrived",
	"payment confirmed by ", "payment not found by ", "payment entered by ", "instalment ", " waived by ", "trouble reported", "looks for another plan",
	"keeps the plan", "disputed, on hold", "hold ended by ", "reminders off", "reminders on", "reminders set", "file received", "rated ",
	"handed to a person", "person wanted, none to be reached", "an agent began to talk", "talk ended by ", "agents' group cannot be reached",
	"case opened", " again", "case closed by ", "case muted by ", "claimed by ", "released by ", "transferred by ", " to ", "lease lapsed", "holder gone: ",
	"approved ", "declined for ", "asked for ", "terms changed by ", "changed terms sent by ", "changed terms refused", "changed terms agreed to",
	"terms outside the bounds", " proposed by ", "answer late", "review late", "crisis", "resumed after crisis", "crisis pause ended by ",
	"blocked by the borrower", "reachable again", " by ",
}

// mostPhrases is how many bytes there are that ASCII does not print, but for the one that says that what follows is no phrase.
const mostPhrases = 0x100 - (printLast + 1 - printFirst) - 1

// There are not more phrases than bytes: this does not compile else.
var _ [mostPhrases - len(phrases)]struct{}

// code is the byte that stands for a phrase.
func code(phrase int) byte {
	if phrase < printFirst-1 {
		return byte(phrase + 1)
	}
	return byte(phrase + 1 + printLast + 1 - printFirst)
}

// meant is the phrase that a byte stands for; not below len(phrases) if there is none.
func meant(code byte) int {
	if code < printFirst {
		return int(code) - 1
	}
	return int(code) - 1 - (printLast + 1 - printFirst)
}

func printed(b byte) bool { return b >= printFirst && b <= printLast }

// beginnings has the phrases by their first two bytes, the longest first.
var beginnings = sync.OnceValue(func() map[uint16][]int {
	all := make(map[uint16][]int)
	for i, p := range phrases {
		at := binary.BigEndian.Uint16([]byte(p))
		all[at] = append(all[at], i)
	}
	for _, those := range all {
		slices.SortFunc(those, func(a, b int) int { return len(phrases[b]) - len(phrases[a]) })
	}
	return all
})

// longest finds the longest phrase that a text begins with.
func longest(from map[uint16][]int, text string) (phrase int, ok bool) {
	if len(text) < 2 {
		return 0, false
	}
	for _, i := range from[uint16(text[0])<<8|uint16(text[1])] {
		if strings.HasPrefix(text, phrases[i]) {
			return i, true
		}
	}
	return 0, false
}

// appendPhrased writes a text.
func appendPhrased(b []byte, text string) []byte {
	from := beginnings()
	for len(text) > 0 {
		if i, ok := longest(from, text); ok {
			b, text = append(b, code(i)), text[len(phrases[i]):]
			continue
		}
		n := foreign(text)
		if n > 0 {
			b = append(b, verbatim, byte(n))
		} else {
			n = 1
		}
		b, text = append(b, text[:n]...), text[n:]
	}
	return b
}

// foreign is how many bytes that are not printed ASCII a text begins with: as many as one length can say.
func foreign(text string) int {
	n := 0
	for n < len(text) && n < 0xff && !printed(text[n]) {
		n++
	}
	return n
}

// unphrased reads what appendPhrased wrote.
func unphrased(b []byte) (text string, ok bool) {
	var out strings.Builder
	for len(b) > 0 {
		c := b[0]
		b = b[1:]
		switch {
		case printed(c):
			out.WriteByte(c)
		case c == verbatim:
			if len(b) == 0 || int(b[0]) >= len(b) {
				return "", false
			}
			n := 1 + int(b[0])
			out.Write(b[1:n])
			b = b[n:]
		case meant(c) >= len(phrases):
			return "", false
		default:
			out.WriteString(phrases[meant(c)])
		}
	}
	return out.String(), true
}
