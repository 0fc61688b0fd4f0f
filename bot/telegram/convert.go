package telegram

import (
	"cmp"
	"strings"
	"time"

	telebot "gopkg.in/telebot.v3"

	"respite/bot"
)

// convert says in Respite's words what an update means. What it does not know is a Service message.
func (u *update) convert() bot.Update {
	var out bot.Update
	switch {
	case u.Message != nil:
		out = u.Message.convert()
	case u.Edited != nil:
		out = u.Edited.convertEdit()
	case u.Callback != nil:
		out = u.Callback.convert()
	case u.MyMember != nil:
		out = u.MyMember.convertOwn()
	case u.Member != nil:
		out = u.Member.convertOther()
	default:
		out.Kind = bot.Service
	}
	out.ID = u.ID
	return out
}

func (m *message) convert() bot.Update {
	out := m.place()
	out.At = at(m.Date)
	out.From = m.author()
	out.Text = cmp.Or(m.Text, m.Caption)
	out.Album = m.Album
	switch {
	case m.MigrateTo != 0:
		out.Kind, out.NewChat = bot.Migrated, m.MigrateTo
	case m.Text != "":
		out.Kind = bot.Typed
	case m.LeftMember != nil && !m.LeftMember.IsBot:
		// Groups where the bot is no administrator do not report chat_member.
		out.Kind, out.From = bot.Departed, user(m.LeftMember)
	default:
		if out.File = m.file(); out.File != nil {
			out.Kind = bot.Attached
		} else if m.hasMedia() {
			out.Kind = bot.OtherMedia
		} else {
			out.Kind = bot.Service
		}
	}
	return out
}

// convertEdit takes a new caption for a new text: either may correct what was said before. An edit that changes neither (a live
// location moves on) is nothing to act on.
func (m *message) convertEdit() bot.Update {
	out := m.place()
	out.At = at(cmp.Or(m.EditDate, m.Date))
	out.From = m.author()
	out.Text = cmp.Or(m.Text, m.Caption)
	out.Kind = bot.Edited
	if out.Text == "" {
		out.Kind = bot.Service
	}
	return out
}

// place fills in where a message is.
func (m *message) place() bot.Update {
	out := bot.Update{Chat: m.Chat.ID, Private: m.Chat.Type == telebot.ChatPrivate, Message: m.ID}
	// Without is_topic_message the thread is the first message of a chain of replies, and nothing can be sent to it.
	if m.InTopic {
		out.Thread = m.Thread
	}
	// A message in a topic that answers none answers the topic's own first message.
	if r := m.ReplyTo; r != nil && r.TopicCreated == nil && (out.Thread == 0 || r.ID != out.Thread) {
		out.ReplyTo = r.ID
	}
	return out
}

// author is who speaks. An administrator who posts anonymously appears as the group itself (from is then a bot of Telegram's);
// a channel that speaks in a group counts as a bot, since no person stands behind it.
func (m *message) author() bot.User {
	if s := m.SenderChat; s != nil {
		return bot.User{ID: s.ID, Name: cmp.Or(m.Signature, s.Title), Bot: s.ID != m.Chat.ID}
	}
	return user(m.From)
}

// file gives the attachment of a message, nil if there is none. An animation is announced as a document too: it comes first.
func (m *message) file() *bot.File {
	if n := len(m.Photo); n > 0 { // sizes of the same photo, the largest last
		return m.Photo[n-1].file(bot.Photo)
	}
	for _, a := range [...]struct {
		kind bot.FileKind
		file *attachment
	}{
		{bot.Animation, m.Animation}, {bot.Document, m.Document}, {bot.Voice, m.Voice},
		{bot.Audio, m.Audio}, {bot.Video, m.Video}, {bot.VideoNote, m.VideoNote},
	} {
		if a.file != nil {
			return a.file.file(a.kind)
		}
	}
	return nil
}

func (a *attachment) file(kind bot.FileKind) *bot.File {
	return &bot.File{Kind: kind, ID: a.ID, Unique: a.Unique, Name: a.Name, Size: a.Size}
}

func (m *message) hasMedia() bool {
	for _, p := range [...]*present{m.Sticker, m.Contact, m.Location, m.Venue, m.Poll, m.Dice, m.Game, m.Story,
		m.PaidMedia, m.Checklist} {
		if p != nil {
			return true
		}
	}
	return false
}

// convert leaves Chat 0 for a button of an inline message, which says nothing of where it was pressed: telebot's Context is nil
// there. At stays zero, because the date is the message's and not the press's.
func (c *callback) convert() bot.Update {
	var out bot.Update
	if c.Message != nil {
		out = c.Message.place()
		out.ReplyTo = 0
	}
	out.Kind = bot.Pressed
	out.From = user(c.From)
	out.Press = bot.Press{Query: c.ID, Data: c.Data}
	return out
}

// convertOwn tells what became of the bot itself: in a private chat to be kicked is to be blocked.
func (c *memberChange) convertOwn() bot.Update {
	out := c.place()
	switch {
	case out.Private && c.New.inside():
		out.Kind = bot.Unblocked
	case out.Private:
		out.Kind = bot.Blocked
	case c.New.inside():
		out.Kind = bot.Joined
	default:
		out.Kind = bot.Left
	}
	return out
}

// convertOther tells of others only that they left: From is then who left, not who removed them.
func (c *memberChange) convertOther() bot.Update {
	out := c.place()
	out.Kind = bot.Service
	if c.Old.inside() && !c.New.inside() {
		out.Kind, out.From = bot.Departed, user(c.New.User)
	}
	return out
}

func (c *memberChange) place() bot.Update {
	return bot.Update{Chat: c.Chat.ID, Private: c.Chat.Type == telebot.ChatPrivate, At: at(c.Date), From: user(c.From)}
}

func (m *member) inside() bool {
	switch m.Status {
	case telebot.Creator, telebot.Administrator, telebot.Member:
		return true
	case telebot.Restricted:
		return m.Inside
	}
	return false
}

func user(u *telebot.User) bot.User {
	if u == nil {
		return bot.User{}
	}
	return bot.User{ID: u.ID, Language: u.LanguageCode, Bot: u.IsBot,
		Name: cmp.Or(strings.TrimSpace(u.FirstName+" "+u.LastName), u.Username)}
}

func at(unix int64) time.Time {
	if unix <= 0 {
		return time.Time{}
	}
	return time.Unix(unix, 0).UTC()
}
