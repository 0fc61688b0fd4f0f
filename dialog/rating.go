package dialog

import (
	"strconv"
	"strings"
)

// Verbs of the buttons under the summary of a talk.
const (
	rate Verb = "rate" // rate.<stars>
	word Verb = "word"
)

const mostStars = 5

// starKeys are the five buttons of a rating.
func starKeys() [][]Key {
	var row []Key
	for n := 1; n <= mostStars; n++ {
		row = append(row, lasting(T("button.star", "N", n), rate, strconv.Itoa(n)))
	}
	return [][]Key{row}
}

// rated takes a rating; the place in the dialog stays as it is.
func (t *turn) rated(arg string) {
	n, err := strconv.Atoi(arg)
	if t.c.Case == nil || err != nil || n < 1 || n > mostStars {
		t.again()
		return
	}
	t.c.Case.Stars = n
	t.note("rated " + arg)
	t.tell(T("desk.rated", "Stars", strings.Repeat("★", n)+strings.Repeat("☆", mostStars-n)))
	t.edit([][]Key{{lasting(label(word), word, "")}}, T("rating.thanks"))
}

// askWord waits for the word that goes with a rating.
func (t *turn) askWord(string) {
	if t.c.Case == nil {
		t.again()
		return
	}
	t.c.Case.Word = true
	t.say([][]Key{{lasting(label(resume), resume, "")}}, T("rating.word"))
}

// takesWord takes the next message as the word that goes with a rating.
func (t *turn) takesWord(text string) bool {
	c := t.c.Case
	if c == nil || !c.Word {
		return false
	}
	c.Word = false
	t.tell(T("desk.rating_word"), Plain(clip(text)))
	t.again(T("rating.noted"))
	return true
}
