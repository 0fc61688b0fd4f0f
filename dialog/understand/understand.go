// Package understand reads what borrowers type, in simplified and traditional Chinese and in English, into amounts, days,
// hardships, words of crisis and intents. It answers with a value, a reading to confirm, or "unknown": it never guesses silently.
//
// A Reader owns the lexicons, a Text what was read of one text with them. Whoever has more than one question about a text makes one Text
// and asks that, so that the text is brought into normal form, searched for phrases and cut into figures once.
package understand

import (
	"errors"
	"sync"

	"respite/policy/money"
)

// Status says how far a reading can be trusted.
type Status string

// The three answers.
const (
	Value   Status = "value"   // certain
	Confirm Status = "confirm" // the best figure; ask before using it
	Unknown Status = "unknown" // nothing was read
)

// Amount is a reading of money that is owed now.
type Amount struct {
	Status   Status
	Fen      money.Fen
	Currency string // ISO code where one is stated or implied ("CNY"); empty: none stated
	Why      string // for Confirm and Unknown: approximate, range, foreign, zero, negative, absurd, several, sum...: a stable id
}

// Lateness is a reading of days past due as of the day on which it was said.
type Lateness struct {
	Status Status
	Days   int    // 0: due today or not yet late
	Why    string // for Confirm and Unknown: approximate, ambiguous_date, not_late, instalments, future...: a stable id
}

// Hardship is a reading of what happened.
type Hardship struct {
	Status    Status
	Hardships []string // ids of HardshipIDs, in that order, no repeats; empty with Value: none (just forgot)
	Why       string   // forgotten, negated, weak...
}

// Crisis says whether somebody may be in danger.
type Crisis struct {
	Crisis bool // words of self-harm or hopelessness
	Threat bool // threats by collectors, or violence at home
	Hunch  bool // no phrase says that it is a crisis, only how all the words lean
}

// Intent is what somebody wants of the bot at any moment, whatever is being asked.
type Intent struct {
	Intent string // one of IntentIDs
	Field  string // for correct: amount, lateness or hardship; empty if not said
	Hunch  bool   // no phrase says what is wanted, only how all the words lean: a plain answer to a question is one all the same
}

// HardshipIDs are the hardships of the field, in the order in which readings list them.
var HardshipIDs = []string{"unemployment", "own_illness", "family_medical", "income_drop", "family_event", "disaster",
	"accident", "unpaid_wages", "student", "other"}

// IntentIDs are the intents; "none" includes every answer to the question that is being asked.
var IntentIDs = []string{"human", "back", "cancel", "correct", "stop_reminders", "language", "paid", "cannot_pay", "complaint",
	"question", "greeting", "none"}

// Message is everything that was read out of one message.
type Message struct {
	Amount   Amount
	Lateness Lateness
	Hardship Hardship
	Crisis   Crisis
	Intent   Intent
}

// Reader reads messages. It is compiled once from the embedded lexicons, is safe for concurrent use and keeps nothing
// between calls. Texts may be of any length and need not be valid UTF-8.
type Reader struct {
	normal  *normaliser
	figures *figures
	phrases *phrases
	yesno   map[string]YesNo
	topics  []topic
	options options
}

// New compiles the embedded lexicons, beside each other. An error names the file and the entry that is at fault.
func New() (*Reader, error) {
	var lean, wishLean *leanings
	var leanErr, wishLeanErr error
	var wg sync.WaitGroup
	// The parts that are in normal form as they are written need not wait for it.
	wg.Go(func() { lean, leanErr = loadLeanings("leanings.txt", leaningFile, len(leanKinds)) })
	wg.Go(func() {
		wishLean, wishLeanErr = loadLeanings("leanings.intent.txt", wishLeaningFile, len(wishKinds))
	})
	normal, err := newNormaliser()
	if err != nil {
		return nil, err
	}
	r := Reader{normal: normal}
	parts := []func() error{
		func() (err error) { r.phrases, err = loadPhrases(normal); return },
		func() (err error) { r.figures, err = loadFigures(normal.runes); return },
		func() (err error) { r.options, err = loadOptions(normal); return },
		func() (err error) { r.yesno, err = loadYesNo(normal); return },
		func() (err error) { r.topics, err = loadTopics(normal); return },
	}
	errs := make([]error, len(parts))
	for i, load := range parts {
		wg.Go(func() { errs[i] = load() })
	}
	wg.Wait()
	if err := errors.Join(append(errs, leanErr, wishLeanErr)...); err != nil {
		return nil, err
	}
	lean.know(r.phrases.senses)
	r.phrases.lean, r.phrases.wishLean = lean, wishLean
	return &r, nil
}
