package dialog

import (
	"fmt"
	"strings"
)

// Effect is one thing to be done in the world, as plain data.
type Effect struct {
	Do      Act
	Body    []Text      // paragraphs
	Rows    [][]Key     // keyboard under the message
	Message int         // Edit: the message to change. Copy, Pass: the message to copy
	Query   string      // Toast: the press to answer
	File    *File       // Send
	Urgency Urgency     // who waits for it
	Note    string      // Audit: what to write down
	Title   Text        // Card: the topic's title
	Alert   bool        // Card, Tell: agents are to be woken
	Anew    bool        // Card: as a new message at the end of the topic
	Reply   int         // Say, Pass, Words: the message that it answers, by its id on the other side
	Paired  int         // Say, Pass, Amend, Words: the message that it passes on, by its id on the other side
	Shut    bool        // Card: the topic is to be closed
	Post    *Post       // Card: what the board shows of the case; nil: nothing
	Call    []Colleague // Tell: agents to be mentioned
	CallAll bool        // Tell: all agents who are there are to be mentioned
}

// Act is the kind of an effect.
type Act string

// Acts. Say, Edit, Toast, Send, Pass and Amend go to the borrower; Card, Tell, Words, Copy and Mark go to the agents' group; Keep
// and Erase go to the case's transcript, Miss to the metrics, Audit and Forget to the store.
const (
	Say    Act = "say"    // a new message
	Edit   Act = "edit"   // change the message that was pressed
	Toast  Act = "toast"  // answer a press, perhaps with a few words
	Send   Act = "send"   // a document
	Pass   Act = "pass"   // an agent's message as it is
	Card   Act = "card"   // the case's card: made the first time, changed afterwards
	Tell   Act = "tell"   // a message in the case's topic
	Copy   Act = "copy"   // the borrower's message as it is
	Words  Act = "words"  // what the borrower wrote
	Mark   Act = "mark"   // show an agent that a message was taken as a note
	Amend  Act = "amend"  // change what was passed on of an agent's message
	Keep   Act = "keep"   // note in the case's transcript what stands in its topic already
	Erase  Act = "erase"  // drop the case's transcript and all that leads to the borrower
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
	Plain string // for Key "": somebody's own words, with gaps such as {owed} if there are Args
}

// Args go into a message's gaps, each name once. There are few, and very many Args: looking through a slice costs less than making a map.
type Args []Arg

// Arg goes into one gap: money.Fen, day.Date, time.Time, int, string, Text or []Text (a list).
type Arg struct {
	Name  string
	Value any
}

// Get returns what goes into a gap.
func (a Args) Get(name string) (value any, ok bool) {
	for _, arg := range a {
		if arg.Name == name {
			return arg.Value, true
		}
	}
	return nil, false
}

// args makes Args from pairs of names and values.
func args(pairs ...any) Args {
	if len(pairs) == 0 {
		return nil
	}
	a := make(Args, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		a = append(a, Arg{pairs[i].(string), pairs[i+1]})
	}
	return a
}

// Key is a button. Data is made by the machine and understood by it alone; it takes at most 64 bytes.
type Key struct {
	Label Text
	Data  string
}

// File is a document to be sent: bytes, or what a picture or a calendar file is made of.
type File struct {
	Name  string
	Bytes []byte
	Chart *Chart
	Diary *Diary
}

// T makes a Text from a key and pairs of argument names and values.
func T(key string, pairs ...any) Text { return Text{Key: key, Args: args(pairs...)} }

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
