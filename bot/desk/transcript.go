package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
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

// said is what a parcel says; false: nothing that belongs into a transcript.
func (d *Desk) said(p bot.Parcel) (said, bool) {
	s := said{Seq: p.Seq, At: p.At, Text: p.Out.Text}
	switch p.Desk {
	case bot.DeskWords:
		s.Who = theBorrower
	case bot.DeskCopy:
		s.Who, s.Text = theBorrower, d.say("transcript.file", map[string]any{"Text": p.Words})
	case bot.DeskKeep:
		s.Who, s.Name = anAgent, p.Who
	case bot.DeskTell:
		s.Who = theBot
	default:
		return s, false
	}
	return s, true
}

// keep notes in the transcript what a parcel says.
func (d *Desk) keep(ctx context.Context, chat int64, p bot.Parcel) error {
	s, ok := d.said(p)
	if !ok {
		return nil
	}
	entry, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return d.index.Keep(ctx, chat, p.Seq, entry)
}

// kept are the last n entries of a case's transcript, all of them for n 0.
func (d *Desk) kept(ctx context.Context, chat int64, n int) ([]said, error) {
	entries, err := d.index.Said(ctx, chat, n)
	if err != nil {
		return nil, err
	}
	all := make([]said, len(entries))
	for i, entry := range entries {
		if err := json.Unmarshal(entry, &all[i]); err != nil {
			return nil, fmt.Errorf("transcript: %w", err)
		}
	}
	return all, nil
}

// committed is a case's whole transcript: what is kept, and what was committed and is still on its way into the group. What is said is
// committed with the step that it belongs to, and kept before it is struck off the outbox, so that nothing is missing and nothing
// stands twice, whenever the process died.
func (d *Desk) committed(ctx context.Context, chat int64) ([]said, error) {
	rec, err := d.Load(ctx, chat) // before what is kept: what is struck off between the two is found in both, and never in neither
	if err != nil {
		return nil, err
	}
	all, err := d.kept(ctx, chat, 0)
	if err != nil {
		return nil, err
	}
	for _, entry := range rec.Outbox {
		var p bot.Parcel
		if json.Unmarshal(entry.Data, &p) != nil {
			continue // the courier gives it up, and says so
		}
		p.Seq = entry.Seq
		if s, ok := d.said(p); ok && !slices.ContainsFunc(all, func(k said) bool { return k.Seq == s.Seq }) {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b said) int { return cmp.Compare(a.Seq, b.Seq) })
	return all, nil
}

// written is a transcript as people read it.
func (d *Desk) written(all []said) string {
	var b strings.Builder
	borrower := d.say("transcript.borrower", nil)
	for _, s := range all {
		mark := map[who]string{theBorrower: borrower, anAgent: s.Name, theBot: "·"}[s.Who]
		text := strings.ReplaceAll(strings.TrimSpace(s.Text), "\n", "\n    ")
		fmt.Fprintf(&b, "%s %s  %s\n", time.Unix(s.At, 0).In(d.Zone).Format("2006-01-02 15:04"), mark, text)
	}
	return b.String()
}

// restored is how much of a transcript is shown again when a topic had to be made again.
const restored = 10

// restore shows the last of what was said in a topic that was deleted, up to what the job itself brings.
func (j *job) restore(ctx context.Context) error {
	all, err := j.kept(ctx, j.chat, restored)
	if err != nil {
		return err
	}
	if j.parcel.Desk != bot.DeskCard {
		all = slices.DeleteFunc(all, func(s said) bool { return s.Seq >= j.seq })
	}
	if len(all) == 0 || j.Words == nil {
		return nil
	}
	text := j.written(all)
	if len(text) > longest {
		text = "…" + strings.ToValidUTF8(text[len(text)-longest:], "")
	}
	_, err = j.put(ctx, bot.Outgoing{Op: bot.OpSend, Text: j.say("desk.restored", nil) + "\n\n" + text, Silent: true})
	return err
}
