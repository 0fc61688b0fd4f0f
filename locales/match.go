package locales

import (
	"slices"

	"golang.org/x/text/language"
)

// Tags of the languages as shipped, which are also the names of their folders in words.
const (
	Simplified  = "zh-Hans"
	Traditional = "zh-Hant"
	English     = "en"
)

// Tags returns the languages in the order in which borrowers are offered them. A new one is a folder of words and a tag here.
func Tags() []string { return []string{Simplified, Traditional, English} }

// Match returns the language that suits an IETF tag as Telegram reports it. Chinese is told apart by its script or else
// by its region; where a tag says neither it is simplified. A language that is not one of Tags gets English. An empty tag gets
// simplified Chinese: Respite is for borrowers of mainland China first.
func Match(ietf string) string {
	switch ietf { // most of what Telegram's own apps report; the rest of the world takes the long way
	case "", "zh-hans":
		return Simplified
	case "zh-hant":
		return Traditional
	case "en":
		return English
	}
	// Of a tag that is not well-formed to its end, as "zh-hans-beta", the good part is returned beside the error.
	tag, _ := language.Parse(ietf)
	switch base, _ := tag.Base(); base.String() {
	case "zh", "cmn", "yue":
	default:
		if slices.Contains(Tags(), base.String()) {
			return base.String()
		}
		return English
	}
	if script, _ := tag.Script(); script.String() == "Hant" {
		return Traditional
	}
	return Simplified
}
