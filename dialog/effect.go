package dialog

import (
	"fmt"
	"strings"
)

// Effect is one thing to be done in the world, as plain data.
type Effect struct {
	Do      Act
	Body    []Text  // paragraphs
	Rows    [][]Key // keyboard under the message
	Message int     // Edit: the message to change. Copy, Pass: the message to copy
	Query   string  // Toast: the press to answer
	File    *File   // Send
	Urgency Urgency // who waits for it
	Note    string  // Audit: what to write down
	Title   Text    // Card: the topic's title
	Alert   bool    // Card, Note: agents are to be woken
}

// Act is the kind of an effect.
type Act string

// Acts. Say, Edit, Toast, Send and Pass go to the borrower; Card, Tell and Copy go to the agents' group; Miss goes to
// the metrics, Audit and Forget to the store.
const (
	Say    Act = "say"    // a new message
	Edit   Act = "edit"   // change the message that was pressed
	Toast  Act = "toast"  // answer a press, perhaps with a few words
	Send   Act = "send"   // a document
	Pass   Act = "pass"   // an agent's message as it is
	Card   Act = "card"   // the case's card: made the first time, changed afterwards
	Tell   Act = "tell"   // a message in the case's topic
	Copy   Act = "copy"   // the borrower's message as it is
	Miss   Act = "miss"   // something was not understood: to be counted
	Audit  Act = "audit"  // an entry in the audit trail
	Forget Act = "forget" // drop everything that is kept of this chat
)

// Urgency orders effects that wait for Telegram's rate limit.
type Urgency uint8

// Urgencies.
const (
	Answer Urgency = iota
	Agents
	Reminder
)

// Text is a message of the locales with what goes into it, or words that stay as they are.
type Text struct {
	Key   string
	Args  Args
	Plain string // for Key "": somebody's own words
}

// Args go into a message's gaps: money.Fen, day.Date, time.Time, int, string, Text or []Text (a list).
type Args map[string]any

// Key is a button. Data is made by the machine and understood by it alone; it takes at most 64 bytes.
type Key struct {
	Label Text
	Data  string
}

// File is a document to be sent.
type File struct {
	Name  string
	Bytes []byte
}

// T makes a Text from a key and pairs of argument names and values.
func T(key string, pairs ...any) Text {
	t := Text{Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if t.Args == nil {
			t.Args = Args{}
		}
		t.Args[pairs[i].(string)] = pairs[i+1]
	}
	return t
}

// Plain makes a Text of somebody's own words.
func Plain(words string) Text { return Text{Plain: words} }

// String describes the effect in one line, without anybody's words or figures.
func (e Effect) String() string {
	var b strings.Builder
	b.WriteString(string(e.Do))
	for _, t := range e.Body {
		fmt.Fprintf(&b, " %s", t.Key)
	}
	if e.Note != "" {
		fmt.Fprintf(&b, " %s", e.Note)
	}
	return b.String()
}
