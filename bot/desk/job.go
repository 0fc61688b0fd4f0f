package desk

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"unicode/utf16"

	"respite/bot"
	"respite/dialog"
)

// link is where a case stands in the group, as the store keeps it for the desk. Its JSON names are for years.
type link struct {
	Case   int64  `json:"n"`
	Thread int    `json:"t,omitempty"`
	Card   int    `json:"c,omitempty"`
	Title  string `json:"x,omitempty"`
	Shut   bool   `json:"s,omitempty"` // the topic is closed
	Face   uint32 `json:"f,omitempty"` // what the card shows, as a checksum: an edit that changes nothing costs a message too
}

// mostTries is how often one parcel is tried anew after the group turned out to be different from what was known.
const mostTries = 4

// job is one parcel on its way into the group.
type job struct {
	*Desk
	chat   int64
	link   *link
	parcel bot.Parcel
	pairs  []int // the borrower's messages that the parcel holds
	seq    int64 // of the first of what it holds
	bare   bool  // a topic was made for it
	again  bool  // in place of one that was deleted
}

func (j *job) run(ctx context.Context) error {
	var err error
	for range mostTries {
		if err = j.once(ctx); err == nil || !j.mend(ctx, err) {
			return err
		}
	}
	return err
}

// once tries to put the parcel into place.
func (j *job) once(ctx context.Context) error {
	if err := j.number(ctx); err != nil {
		return err
	}
	if err := j.topic(ctx); err != nil {
		return err
	}
	switch j.parcel.Desk {
	case bot.DeskCard:
		return j.card(ctx)
	case bot.DeskMark:
		return j.mark(ctx)
	default:
		return j.message(ctx)
	}
}

// message puts words or a file into the topic.
func (j *job) message(ctx context.Context) error {
	out := j.parcel.Out
	out.Silent = !j.parcel.Alert && j.parcel.Desk == bot.DeskTell
	if j.parcel.Reply != 0 {
		// A message that cannot be found is not answered; that must not hold up what is said.
		out.ReplyTo, _ = j.index.Grouped(ctx, j.chat, j.parcel.Reply)
	}
	if j.parcel.Desk == bot.DeskWords && j.Words != nil {
		// Agents see at once which of the bot's messages are the borrower's own words.
		if said := j.say("desk.says", map[string]any{"Text": out.Text}); units(said) <= longestText {
			out.Text = said
		}
	}
	j.mention(ctx, &out)
	sent, err := j.put(ctx, out)
	if err != nil {
		return err
	}
	for _, private := range j.pairs {
		if err := j.index.SetPair(ctx, j.chat, sent.Message, private); err != nil {
			j.log.Warn().Err(err).Msg("a message came into the group, but a reply to it will not find what it answers")
		}
	}
	if j.flat.Load() || out.Buttons != nil {
		return j.index.SetCard(ctx, j.Group(), sent.Message, j.chat)
	}
	return nil
}

// mostCalled is how many agents are called at once when nobody in particular is meant.
const mostCalled = 8

// called are the agents whom a parcel calls. A store that does not answer is no reason to call nobody.
func (j *job) called(ctx context.Context) []dialog.Colleague {
	if !j.parcel.All {
		return j.parcel.Calls
	}
	away, err := j.index.Away(ctx, j.Options.Group)
	if err != nil {
		j.log.Warn().Err(err).Msg("who is away is not known; all agents are called")
	}
	here := slices.DeleteFunc(j.Colleagues(), func(a dialog.Colleague) bool { return away[a.ID] != "" })
	return here[:min(len(here), mostCalled)]
}

// mention adds the names of those who are to be called, as links that wake them.
func (j *job) mention(ctx context.Context, out *bot.Outgoing) {
	for _, a := range j.called(ctx) {
		name := a.Name
		if name == "" || out.Op != bot.OpSend || len(out.Text)+len(name) > 3900 {
			continue
		}
		out.Text += "\n"
		out.Mention = append(out.Mention, bot.Mention{User: a.ID, Offset: units(out.Text), Length: units(name)})
		out.Text += name
	}
}

// longestText is Telegram's limit for a message, in UTF-16 units.
const longestText = 4096

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// mark shows an agent that a message stays in the group. One that is gone needs no mark.
func (j *job) mark(ctx context.Context) error {
	out := j.parcel.Out
	out.Chat = j.Group()
	_, err := j.send.Do(ctx, out)
	if k := failed(err); k == bot.NoMessage || k == bot.Refused || k == bot.NoRights {
		return nil
	}
	return err
}

// number gives the case its number.
func (j *job) number(ctx context.Context) (err error) {
	if j.link.Case != 0 {
		return nil
	}
	if j.link.Case, err = j.index.NextCase(ctx); err != nil {
		return err
	}
	return j.index.SetCase(ctx, j.link.Case, j.chat)
}

// topic makes the case's topic if the group has topics and the case has none.
func (j *job) topic(ctx context.Context) error {
	if j.link.Thread != 0 || j.flat.Load() {
		return nil
	}
	sent, err := j.send.Do(ctx, bot.Outgoing{Op: bot.OpTopic, Chat: j.Group(), Text: j.name(), Class: bot.Agent})
	if f := failure(err); f != nil && (f.Kind == bot.Refused || f.Kind == bot.NoRights) {
		j.flat.Store(true)
		j.log.Warn().Err(f).Msg("the agents' group has no topics for the bot; cases are kept as replies to their cards")
		return nil
	}
	if err != nil {
		return err
	}
	j.link.Thread, j.link.Card, j.link.Title, j.link.Shut, j.bare = sent.Thread, 0, j.parcel.Title, false, true
	if err := j.index.SetTopic(ctx, j.Group(), sent.Thread, j.chat); err != nil {
		return err
	}
	if j.again {
		j.again = false
		return j.restore(ctx)
	}
	return nil
}

// name is a topic's title: the case's number and how it stands, never a name or an amount.
func (j *job) name() string {
	title := j.parcel.Title
	if title == "" {
		title = j.link.Title
	}
	if title == "" {
		return fmt.Sprintf("#%d", j.link.Case)
	}
	return fmt.Sprintf("#%d · %s", j.link.Case, title)
}

// card makes the card, or changes it in place and renames the topic with it.
func (j *job) card(ctx context.Context) error {
	out := j.parcel.Out
	out.Text = fmt.Sprintf("#%d · %s", j.link.Case, out.Text)
	face := face(out)
	if j.link.Card == 0 || j.parcel.Anew {
		out.Silent = !j.parcel.Alert
		sent, err := j.put(ctx, out)
		if err != nil {
			return err
		}
		j.link.Card, j.link.Face, j.bare, j.parcel.Anew = sent.Message, face, false, false
		if err := j.index.SetCard(ctx, j.Group(), sent.Message, j.chat); err != nil {
			return err
		}
		return j.rename(ctx)
	}
	out.Op, out.Chat, out.Message, out.Class = bot.OpEdit, j.Group(), j.link.Card, keeping
	if face != j.link.Face {
		if _, err := j.send.Do(ctx, out); err != nil && failed(err) != bot.Unchanged {
			return err
		}
		j.link.Face = face
	}
	return j.rename(ctx)
}

// face is a checksum of what a card shows.
func face(out bot.Outgoing) uint32 {
	h := fnv.New32a()
	_, _ = fmt.Fprintf(h, "%q %q", out.Text, out.Buttons) // a hash takes every write
	return h.Sum32()
}

// rename gives the topic the case's title, and closes or opens it.
func (j *job) rename(ctx context.Context) error {
	if j.link.Thread == 0 {
		return nil
	}
	if j.link.Title != j.parcel.Title {
		if err := j.topicCall(ctx, bot.OpRenameTopic, j.name()); err != nil {
			return err
		}
		j.link.Title = j.parcel.Title
	}
	if j.link.Shut != j.parcel.Shut {
		op := bot.OpReopenTopic
		if j.parcel.Shut {
			op = bot.OpCloseTopic
		}
		if err := j.topicCall(ctx, op, ""); err != nil {
			return err
		}
		j.link.Shut = j.parcel.Shut
	}
	return nil
}

// topicCall changes the topic. What the bot may not do there, agents have to do themselves.
func (j *job) topicCall(ctx context.Context, op bot.Op, text string) error {
	_, err := j.send.Do(ctx, bot.Outgoing{Op: op, Chat: j.Group(), Thread: j.link.Thread, Text: text, Class: keeping})
	if k := failed(err); k == bot.Unchanged || k == bot.NoRights {
		return nil
	}
	return err
}

// keeping is the class of what brings cards and topics up to date: it leaves most of the group's budget to words. The board leaves all.
const keeping = bot.Reminder

// put sends into the case's topic, or as a reply to its card.
func (j *job) put(ctx context.Context, out bot.Outgoing) (bot.Sent, error) {
	out.Chat, out.Class = j.Group(), bot.Agent
	if j.flat.Load() {
		out.Thread = 0
		if out.ReplyTo == 0 {
			out.ReplyTo = j.link.Card
		}
	} else {
		out.Thread = j.link.Thread
	}
	return j.send.Do(ctx, out)
}

// mend answers what the group turned out to be; false: there is nothing to be done about the error here.
func (j *job) mend(ctx context.Context, err error) bool {
	f := failure(err)
	if f == nil {
		return false
	}
	switch f.Kind {
	case bot.NoTopic:
		if err := j.index.DropTopic(ctx, j.Group(), j.link.Thread); err != nil {
			return false
		}
		j.link.Thread, j.link.Card, j.again = 0, 0, true
		return true
	case bot.ClosedTopic:
		_, err := j.send.Do(ctx, bot.Outgoing{Op: bot.OpReopenTopic, Chat: j.Group(), Thread: j.link.Thread, Class: bot.Agent})
		j.link.Shut = false
		return err == nil || failed(err) == bot.Unchanged
	case bot.NoMessage:
		// The card is gone, or the message to copy: only the first can be mended.
		if j.link.Card == 0 || j.parcel.Desk == bot.DeskCopy && !j.flat.Load() {
			return false
		}
		j.link.Card = 0
		return true
	case bot.Moved:
		return f.Chat != 0 && j.Moved(ctx, f.Chat) == nil
	}
	return false
}

func failure(err error) *bot.Failure {
	var f *bot.Failure
	if errors.As(err, &f) {
		return f
	}
	return nil
}

func failed(err error) bot.FailureKind {
	if f := failure(err); f != nil {
		return f.Kind
	}
	return ""
}
