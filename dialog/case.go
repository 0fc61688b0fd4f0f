package dialog

import (
	"slices"
	"strconv"
)

// Case is the agents' side of a conversation. Its JSON names are for years.
type Case struct {
	Talking bool        `json:"t,omitempty"` // a person has the conversation: the bot is silent
	Tags    []string    `json:"g,omitempty"` // why the case was opened: human, review, crisis, complaint, trouble, misses, documents, blocked
	Files   int         `json:"f,omitempty"` // attachments received
	Since   int64       `json:"s"`           // unix seconds at which it was opened
	Holder  *Colleague  `json:"h,omitempty"` // the agent who has claimed it; nil: nobody
	Watch   []Colleague `json:"w,omitempty"` // agents who want to be called when something happens
	Wait    *Wait       `json:"q,omitempty"` // the borrower waits for an agent's first answer
	Open    bool        `json:"o,omitempty"` // the borrower has written since the last answer
	Muted   bool        `json:"m,omitempty"` // what the borrower writes is not for the agents: spam
	Closed  bool        `json:"c,omitempty"`
	Album   string      `json:"b,omitempty"` // the album of which something was received last
	Papers  []string    `json:"p,omitempty"` // documents asked for in the present talk
	Change  *Change     `json:"x,omitempty"` // other terms that an agent prepares or has offered
	Lost    bool        `json:"l,omitempty"` // the borrower was told that the agents cannot be reached for now
	Stars   int         `json:"r,omitempty"` // the borrower's last rating, 1 to 5
	Word    bool        `json:"y,omitempty"` // the next message is the word that goes with the rating
	Past    []Past      `json:"e,omitempty"` // the last things that happened, oldest first
}

// Past is something that happened in a case, for its card.
type Past struct {
	At   int64  `json:"t"`           // unix seconds
	What string `json:"w"`           // names the message past.<what>
	Who  string `json:"n,omitempty"` // the agent who did it
}

// mostPast is how much of its past a card shows.
const mostPast = 8

// happened notes something for the card.
func (t *turn) happened(what string) {
	c := t.c.Case
	if c == nil {
		return
	}
	c.Past = append(c.Past, Past{At: t.e.At.Unix(), What: what, Who: t.e.Agent})
	c.Past = c.Past[max(0, len(c.Past)-mostPast):]
}

// Colleague is an agent by Telegram's id, with the name that the group knows.
type Colleague struct {
	ID   int64  `json:"i"`
	Name string `json:"n"`
}

func (c *Case) clone() *Case {
	if c = copied(c); c == nil {
		return nil
	}
	c.Tags, c.Watch, c.Papers, c.Past = slices.Clone(c.Tags), slices.Clone(c.Watch), slices.Clone(c.Papers), slices.Clone(c.Past)
	c.Holder, c.Wait = copied(c.Holder), copied(c.Wait)
	if c.Change = copied(c.Change); c.Change != nil {
		c.Change.Beyond, c.Change.Second = copied(c.Change.Beyond), copied(c.Change.Second)
	}
	return c
}

// talking says whether a person has the conversation.
func (t *turn) talking() bool { return t.c.Case != nil && t.c.Case.Talking }

func (t *turn) tagged(tag string) bool {
	return t.c.Case != nil && slices.Contains(t.c.Case.Tags, tag)
}

// open makes sure that there is an open case, tags it and brings its card up to date.
func (t *turn) open(tag string) {
	if t.c.Case == nil {
		t.c.Case = &Case{Since: t.e.At.Unix()}
		t.note("case opened")
	}
	if t.c.Case.Closed {
		t.c.Case.Closed = false
		t.note("case opened again")
	}
	if !t.tagged(tag) {
		t.c.Case.Tags = append(t.c.Case.Tags, tag)
	}
	t.card(true)
}

// untag takes a tag off the card.
func (t *turn) untag(tag string) {
	if t.tagged(tag) {
		t.c.Case.Tags = slices.DeleteFunc(t.c.Case.Tags, func(g string) bool { return g == tag })
	}
	t.card(false)
}

// attached puts a photo or document with the case.
func (t *turn) attached() {
	if t.c.State == Fresh || t.c.Consent == 0 {
		t.lead = append(t.lead, T("file.consent_first"))
		if t.c.State == Fresh {
			t.begin()
			return
		}
		t.enter()
		return
	}
	talking := t.talking()
	if !talking && t.says(t.e.Text).Crisis().Crisis { // of the caption
		t.enterCrisis()
		return
	}
	t.open("documents")
	c := t.c.Case
	c.Files++
	t.card(true)
	more := t.e.Album != "" && t.e.Album == c.Album
	if c.Album = t.e.Album; !more {
		t.happened("file")
	}
	t.card(true)
	t.relay()
	t.note("file received")
	if !talking && !more {
		t.thankForFile()
	}
}

// relay puts what the borrower wrote or sent into the case's topic.
func (t *turn) relay() {
	c := t.c.Case
	if c == nil || c.Muted {
		return
	}
	if t.e.Kind == Typed && t.e.Text != "" {
		t.emit(Effect{Do: Words, Urgency: Agents, Paired: t.e.Message, Reply: t.e.ReplyTo, Body: []Text{Plain(t.e.Text)}, Call: c.Watch})
	} else {
		t.emit(Effect{Do: Copy, Message: t.e.Message, Urgency: Agents, Paired: t.e.Message, Reply: t.e.ReplyTo, Body: []Text{Plain(t.e.Text)}})
	}
	if !c.Talking {
		return
	}
	c.Open = true
	if c.Holder == nil && c.Wait == nil {
		t.wait()
		t.card(false)
	}
}

// tell writes into the case's topic.
func (t *turn) tell(body ...Text) {
	t.emit(Effect{Do: Tell, Urgency: Agents, Body: body})
}

// relayEdit shows the agents that the borrower changed a message.
func (t *turn) relayEdit(text string) {
	t.emit(Effect{Do: Tell, Urgency: Agents, Reply: t.e.Message, Body: []Text{T("desk.edited"), Plain(text)}})
	t.c.Case.Open = true
}

// alertAll is alert for what must not wait: if nobody has to do with the case yet, all agents are called.
func (t *turn) alertAll(body ...Text) {
	t.alert(body...)
	e := &t.out[len(t.out)-1]
	e.CallAll = len(e.Call) == 0
}

// alert writes into the case's topic and wakes those who have to do with the case.
func (t *turn) alert(body ...Text) {
	e := Effect{Do: Tell, Urgency: Agents, Alert: true, Body: body}
	if c := t.c.Case; c != nil {
		e.Call = slices.Clone(c.Watch)
		if h := c.Holder; h != nil && !slices.Contains(e.Call, *h) {
			e.Call = append(e.Call, *h)
		}
	}
	t.emit(e)
}

// by names the agent of the event for the audit trail.
func (t *turn) by() string { return t.e.Agent + " (" + strconv.FormatInt(t.e.By, 10) + ")" }

// me is the agent of the event.
func (t *turn) me() Colleague { return Colleague{ID: t.e.By, Name: t.e.Agent} }
