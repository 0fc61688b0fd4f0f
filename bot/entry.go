package bot

import (
	"encoding/json"
	"fmt"

	"respite/bot/trail"
	"respite/dialog"
)

// Parcel is what one outbox entry holds: a call to Telegram, and whether it is for the agents' desk, which knows where
// in the group it goes.
type Parcel struct {
	Out   Outgoing `json:"o"`
	Desk  DeskJob  `json:"d,omitempty"`
	Title string   `json:"t,omitempty"` // DeskCard: the topic's name without the case's number
	Alert bool     `json:"a,omitempty"` // agents are to be woken

	Seq   int64              `json:"-"`           // of the outbox entry: names the parcel
	At    int64              `json:"w,omitempty"` // unix seconds of what led to it, for the transcript
	Who   string             `json:"n,omitempty"` // DeskKeep: who said it
	Words string             `json:"x,omitempty"` // DeskCopy: what stands under the file, for the transcript
	Pair  int                `json:"p,omitempty"` // the message that it passes on, by its id on the other side
	Reply int                `json:"r,omitempty"` // the message that it answers, by its id on the other side
	Calls []dialog.Colleague `json:"l,omitempty"` // agents to be mentioned
	All   bool               `json:"v,omitempty"` // all agents who are there are to be mentioned
	Post  *dialog.Post       `json:"b,omitempty"` // DeskCard: what the board shows; nil: nothing
	Anew  bool               `json:"e,omitempty"` // DeskCard: as a new message
	Shut  bool               `json:"s,omitempty"` // DeskCard: the topic is to be closed
	Link  []byte             `json:"k,omitempty"` // where the case stood, in parcels that are delivered when its record is gone
}

// DeskJob says what the desk does with a parcel. The empty job is none of the desk's: the parcel goes to the borrower.
type DeskJob string

// The desk's jobs.
const (
	DeskCard DeskJob = "card" // make or change the case's card
	DeskTell DeskJob = "tell" // a message in the case's topic
	DeskCopy DeskJob = "copy" // the borrower's message Out.Message in the case's topic

	DeskWords DeskJob = "words" // what the borrower wrote; several are put together while the group has to be spared
	DeskMark  DeskJob = "mark"  // show that the agent's message Out.Message was taken as a note
	DeskKeep  DeskJob = "keep"  // note in the transcript what stands in the topic already
	DeskErase DeskJob = "erase" // drop the transcript and whatever leads from the group to the borrower
)

// shows says whether the parcel is seen in the agents' group.
func (p Parcel) shows() bool { return p.Desk != "" && p.Desk != DeskKeep && p.Desk != DeskErase }

// pack renders effects into parcels, and gives the outbox entries that hold them and the audit entry of the step.
func (r *Renderer) pack(
	chat int64, c *dialog.Conversation, e *dialog.Event, effects []dialog.Effect,
) (all []Parcel, entries [][]byte, audit []byte, err error) {
	borrower, agents := r.voice(c.Language, e.At), r.voice(r.Agents, e.At)
	entry := trail.Entry{At: e.At.Unix(), Chat: chat, Book: c.Book}
	all = make([]Parcel, 0, len(effects))
	for i := range effects {
		f := &effects[i]
		if f.Do == dialog.Audit {
			entry.What = append(entry.What, f.Note)
			continue
		}
		v := borrower
		if forAgents(f, e) {
			v = agents
		}
		if all, err = v.parcels(all, chat, e, f); err != nil {
			return nil, nil, nil, fmt.Errorf("effect %s: %w", *f, err)
		}
	}
	entries = make([][]byte, 0, len(all))
	for i := range all {
		data, err := json.Marshal(&all[i])
		if err != nil {
			return nil, nil, nil, err
		}
		entries = append(entries, data)
	}
	if entry.What != nil {
		audit = entry.Pack()
	}
	return all, entries, audit, nil
}

// forAgents says whether agents read the effect.
func forAgents(f *dialog.Effect, e *dialog.Event) bool {
	switch f.Do {
	case dialog.Card, dialog.Tell, dialog.Copy, dialog.Words, dialog.Keep:
		return true
	case dialog.Toast:
		return e.Kind == dialog.AgentPress
	}
	return false
}

// parcels renders one effect, behind others. A text that is too long for one message makes several, with the buttons under the last.
func (v voice) parcels(all []Parcel, chat int64, e *dialog.Event, f *dialog.Effect) ([]Parcel, error) {
	text, err := v.body(f.Body)
	if err != nil {
		return nil, err
	}
	rows, err := v.keyboard(f.Rows)
	if err != nil {
		return nil, err
	}
	p := Parcel{Out: Outgoing{Chat: chat, Text: text, Buttons: rows, Class: Class(f.Urgency), Message: f.Message}, Alert: f.Alert,
		At: e.At.Unix(), Pair: f.Paired, Reply: f.Reply, Calls: f.Call, All: f.CallAll}
	switch f.Do {
	case dialog.Toast:
		p.Out = Outgoing{Op: OpToast, Query: f.Query, Text: clip(text, 200)}
	case dialog.Send:
		if p.Out.File, err = v.file(f.File); err != nil {
			return nil, err
		}
		p.Out.Op = OpFile
	case dialog.Pass:
		p.Out.Op, p.Out.From = OpCopy, e.Group
	case dialog.Copy:
		p.Desk, p.Words, p.Out = DeskCopy, text, Outgoing{Op: OpCopy, From: chat, Message: f.Message, Class: Agent}
	case dialog.Card:
		if p.Title, err = v.text(f.Title); err != nil {
			return nil, err
		}
		p.Desk, p.Out.Op, p.Out.Chat = DeskCard, OpSend, 0
		p.Post, p.Anew, p.Shut = f.Post, f.Anew, f.Shut
		p.Out.Text = clip(text, longestText)
	case dialog.Tell:
		p.Desk, p.Out.Op, p.Out.Chat = DeskTell, OpSend, 0
		return v.pages(all, p), nil
	case dialog.Words:
		p.Desk, p.Out.Op, p.Out.Chat = DeskWords, OpSend, 0
		return v.pages(all, p), nil
	case dialog.Mark:
		p.Desk, p.Out = DeskMark, Outgoing{Op: OpReact, Message: f.Message, Text: noteMark, Class: Agent}
	case dialog.Keep:
		p.Desk, p.Who, p.Out = DeskKeep, f.Note, Outgoing{Op: OpSend, Text: text}
	case dialog.Erase:
		p.Desk, p.Out = DeskErase, Outgoing{Op: OpSend}
	case dialog.Edit, dialog.Amend:
		p.Out.Op = OpEdit
		p.Out.Text = clip(text, longestText)
	case dialog.Say:
		p.Out.Op = OpSend
		return v.pages(all, p), nil
	default:
		return all, nil
	}
	return append(all, p), nil
}

// noteMark is the reaction on an agent's message that stays in the group.
const noteMark = "✍"

// pages spreads a long text over several messages.
func (v voice) pages(all []Parcel, p Parcel) []Parcel {
	texts := split(p.Out.Text, longestText)
	for i, text := range texts {
		page := p
		page.Out.Text = text
		if i < len(texts)-1 {
			page.Out.Buttons = nil
		}
		all = append(all, page)
	}
	return all
}

// clip cuts a text to what fits into n UTF-16 units.
func clip(s string, n int) string {
	if units(s) <= n {
		return s
	}
	return s[:fitting(s, n-1)] + "…"
}
