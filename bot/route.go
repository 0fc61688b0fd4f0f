package bot

import (
	"context"

	"respite/dialog"
	"respite/locales"
)

// Topics finds the borrower's chat to which a place in the agents' group belongs; false if it belongs to none.
type Topics interface {
	Borrower(ctx context.Context, u Update) (chat int64, ok bool, err error)
	// Moved notes that the group became a supergroup with another id.
	Moved(ctx context.Context, to int64) error
	// Returned notes that the bot was added to the group, or that its rights there changed.
	Returned()
	// Group is the agents' group as it is known now; 0: there is none.
	Group() int64
	// Admit says what somebody may do in the group.
	Admit(ctx context.Context, who User) (Standing, error)
	// Colleagues are the agents who were seen in the group.
	Colleagues() []dialog.Colleague
	// Dismiss forgets somebody who left the group, and gives the chats of the cases that they held.
	Dismiss(ctx context.Context, user int64) ([]int64, error)
	// Command carries out a command of an agent that is not a case's own; chat is 0 outside a case.
	Command(ctx context.Context, c Command) (Outcome, error)
}

// Standing is what somebody may do in the agents' group.
type Standing struct {
	Inside  bool // is a member
	Decides bool // may decide on requests
}

// Router turns updates into events of the conversations that they belong to.
type Router struct {
	Engine *Engine
	Topics Topics
	Send   Messenger
}

// Handle takes one update. nil means that it is done with and can be confirmed to Telegram.
func (r *Router) Handle(ctx context.Context, u Update) error {
	r.Engine.Metrics.updates.Inc()
	switch {
	case u.Kind == Unreadable:
		r.Engine.Log.Warn().Int64("update", u.ID).Msg("an update could not be read and is passed over")
		return nil
	case u.Kind == Service || u.From.Bot:
		return nil
	case u.Private:
		return r.private(ctx, u)
	case u.Chat != 0 && u.Chat == r.Topics.Group():
		return r.agents(ctx, u)
	}
	return r.stranger(ctx, u)
}

// private takes an update of a borrower's own chat.
func (r *Router) private(ctx context.Context, u Update) error {
	ev := dialog.Event{ID: u.ID, At: u.At, Text: u.Text, Message: u.Message, ReplyTo: u.ReplyTo, Album: u.Album, Language: locales.Match(u.From.Language)}
	switch u.Kind {
	case Typed:
		ev.Kind = dialog.Typed
	case Edited:
		ev.Kind = dialog.Edited
	case Pressed:
		ev.Kind, ev.Press, ev.Query = dialog.Pressed, u.Press.Data, u.Press.Query
	case Attached:
		ev.Kind = dialog.Attached
		if u.File != nil && (u.File.Kind == Voice || u.File.Kind == VideoNote) {
			ev.Kind = dialog.Spoken
		}
	case Blocked:
		ev.Kind = dialog.Blocked
	case Unblocked:
		ev.Kind = dialog.Unblocked
	default:
		ev.Kind = dialog.Odd
	}
	if ev.At.IsZero() {
		ev.At = r.Engine.Clock()
	}
	if u.Safe == nil {
		return r.Engine.Apply(ctx, u.Chat, ev)
	}
	return r.Engine.apply(ctx, u.Chat, ev, u.Safe)
}

// stranger leaves a group that is not the agents': debts are spoken of in private only.
func (r *Router) stranger(ctx context.Context, u Update) error {
	if u.Kind == Left || u.Kind == Migrated || u.Chat == 0 {
		return nil
	}
	if words, err := r.Engine.Render.Words().In(locales.Match(u.From.Language)).Say("group.private_only", nil); err == nil {
		_, err = r.Send.Do(ctx, Outgoing{Op: OpSend, Chat: u.Chat, Text: words})
		r.Engine.note("group", err)
	}
	_, err := r.Send.Do(ctx, Outgoing{Op: OpLeave, Chat: u.Chat})
	r.Engine.note("leave group", err)
	return nil
}

// note logs an error that nobody has to act on.
func (e *Engine) note(what string, err error) {
	if err != nil {
		e.Log.Info().Err(err).Str("what", what).Msg("passed over")
	}
}
