package bot

import (
	"context"
	"fmt"
	"strings"

	"respite/dialog"
)

// Command is what an agent wrote in the group behind a slash.
type Command struct {
	Name   string // without the slash, in lower case
	Text   string // what follows
	Chat   int64  // the borrower's chat of the case that it stands in; 0: none
	Update Update
}

// Outcome is what became of a command.
type Outcome struct {
	Done   bool              // it is dealt with; else it is the case's own
	Canned map[string]string // a reply to be sent to the borrower, by language
	Leave  []int64           // chats of cases that the agent gives back
}

// agents takes an update of the agents' group. What belongs to no case is the agents' own talk.
func (r *Router) agents(ctx context.Context, u Update) error {
	switch u.Kind {
	case Migrated:
		return r.Topics.Moved(ctx, u.NewChat)
	case Departed:
		chats, err := r.Topics.Dismiss(ctx, u.From.ID)
		if err != nil {
			return fmt.Errorf("dismiss an agent: %w", err)
		}
		return r.leave(ctx, u, chats)
	case Left:
		r.Engine.Log.Error().Msg("the bot was removed from the agents' group: cases are kept until it is back")
		r.Engine.Metrics.agents.Set(0)
		return nil
	case Joined:
		r.Engine.Metrics.agents.Set(1)
		r.Topics.Returned()
		return nil
	}
	kind, ok := map[UpdateKind]dialog.EventKind{
		Typed: dialog.AgentWrote, Edited: dialog.AgentEdit, Attached: dialog.AgentSent, OtherMedia: dialog.AgentSent, Pressed: dialog.AgentPress,
	}[u.Kind]
	if !ok {
		return nil
	}
	may, err := r.Topics.Admit(ctx, u.From)
	if err != nil {
		return fmt.Errorf("look up an agent: %w", err)
	}
	if !may.Inside {
		return r.refuse(ctx, u)
	}
	chat, inCase, err := r.Topics.Borrower(ctx, u)
	if err != nil {
		return fmt.Errorf("find the case: %w", err)
	}
	ev := dialog.Event{ID: u.ID, At: r.Engine.Clock(), Kind: kind, Text: u.Text, Message: u.Message, ReplyTo: u.ReplyTo, Press: u.Press.Data,
		Query: u.Press.Query, Agent: u.From.Name, Group: u.Chat, By: u.From.ID, Decides: may.Decides, Colleagues: r.Topics.Colleagues()}
	if kind == dialog.AgentWrote && strings.HasPrefix(u.Text, "/") && !strings.HasPrefix(u.Text, "//") {
		return r.commanded(ctx, u, chat, ev)
	}
	if !inCase {
		return nil
	}
	return r.Engine.Apply(ctx, chat, ev)
}

// commanded carries out a command: the desk's own at once, a case's as an event of the conversation.
func (r *Router) commanded(ctx context.Context, u Update, chat int64, ev dialog.Event) error {
	name, text, _ := strings.Cut(strings.TrimPrefix(u.Text, "/"), " ")
	name, _, _ = strings.Cut(name, "@")
	c := Command{Name: strings.ToLower(name), Text: strings.TrimSpace(text), Chat: chat, Update: u}
	out, err := r.Topics.Command(ctx, c)
	if err != nil {
		return fmt.Errorf("command of an agent: %w", err)
	}
	if err := r.leave(ctx, u, out.Leave); err != nil {
		return err
	}
	switch {
	case out.Canned != nil:
		ev.Canned = out.Canned
	case out.Done:
		return nil
	default:
		ev.Kind, ev.Press, ev.Text = dialog.AgentAsked, c.Name, c.Text
	}
	return r.Engine.Apply(ctx, chat, ev)
}

// leave gives an agent's cases back to the queue.
func (r *Router) leave(ctx context.Context, u Update, chats []int64) error {
	for _, chat := range chats {
		if err := r.Dismissed(ctx, chat, u.From.ID); err != nil {
			return err
		}
	}
	return nil
}

// Dismissed gives a case back whose holder is not in the group any more.
func (r *Router) Dismissed(ctx context.Context, chat, agent int64) error {
	return r.Engine.Apply(ctx, chat, dialog.Event{At: r.Engine.Clock(), Kind: dialog.AgentLeft, By: agent})
}

// refuse answers a press of somebody who is not in the group. What such a person writes is passed over.
func (r *Router) refuse(ctx context.Context, u Update) error {
	if u.Kind != Pressed {
		return nil
	}
	words, err := r.Engine.Render.Words().In(r.Engine.Render.Agents).Say("toast.desk_members", nil)
	if err == nil {
		_, err = r.Send.Do(ctx, Outgoing{Op: OpToast, Query: u.Press.Query, Text: words})
	}
	r.Engine.note("refuse", err)
	return nil
}
