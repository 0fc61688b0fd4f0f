package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"respite/bot"
)

// said is one entry of a case's transcript. Its JSON names are for years.
type said struct {
	Seq  int64  `json:"q"` // makes entries of the same words different ones
	At   int64  `json:"t"` // unix seconds
	Who  who    `json:"w"`
	Name string `json:"n,omitempty"` // of an agent
	Text string `json:"x"`
}

// who says who said something.
type who string

const (
	theBorrower who = "b"
	anAgent     who = "a"
	theBot      who = "r"
)

// keep notes in the transcript what a parcel says.
func (d *Desk) keep(ctx context.Context, chat int64, p bot.Parcel) error {
	s := said{Seq: p.Seq, At: p.At, Text: p.Out.Text}
	switch p.Desk {
	case bot.DeskWords:
		s.Who = theBorrower
	case bot.DeskCopy:
		s.Who, s.Text = theBorrower, d.say("transcript.file", nil)
	case bot.DeskKeep:
		s.Who, s.Name = anAgent, p.Who
	case bot.DeskTell:
		s.Who = theBot
	default:
		return nil
	}
	entry, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return d.index.Keep(ctx, chat, p.Seq, entry)
}

// transcript writes the last n entries of a case, all of them for n 0; empty if nothing was said.
func (d *Desk) transcript(ctx context.Context, chat int64, n int) (string, error) {
	entries, err := d.index.Said(ctx, chat, n)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, entry := range entries {
		var s said
		if err := json.Unmarshal(entry, &s); err != nil {
			return "", fmt.Errorf("transcript: %w", err)
		}
		mark := map[who]string{theBorrower: "👤", anAgent: s.Name, theBot: "·"}[s.Who]
		fmt.Fprintf(&b, "%s %s  %s\n", time.Unix(s.At, 0).In(d.Zone).Format("2006-01-02 15:04"), mark, strings.ReplaceAll(s.Text, "\n", "\n    "))
	}
	return b.String(), nil
}

// restored is how much of a transcript is shown again when a topic had to be made again.
const restored = 10

// restore shows the last of what was said in a topic that was deleted.
func (j *job) restore(ctx context.Context) error {
	text, err := j.transcript(ctx, j.chat, restored)
	if err != nil || text == "" || j.Words == nil {
		return err
	}
	if len(text) > longest {
		text = "…" + strings.ToValidUTF8(text[len(text)-longest:], "")
	}
	_, err = j.put(ctx, bot.Outgoing{Op: bot.OpSend, Text: j.say("desk.restored", nil) + "\n\n" + text, Silent: true})
	return err
}
