package phone

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Message is a message as it is seen on a phone.
type Message struct {
	ID       int         `json:"id"`
	Thread   int         `json:"thread,omitempty"` // topic of a forum (General is 1), else 0
	From     int64       `json:"from"`
	Name     string      `json:"name"`
	Bot      bool        `json:"bot,omitempty"` // it is the bot's
	At       time.Time   `json:"at"`
	Text     string      `json:"text,omitempty"` // text or caption
	Entities []Entity    `json:"entities,omitempty"`
	Buttons  [][]Button  `json:"buttons,omitempty"`
	File     *Attachment `json:"file,omitempty"`
	Album    string      `json:"album,omitempty"`
	ReplyTo  int         `json:"replyTo,omitempty"`
	Edits    int         `json:"edits,omitempty"`
	Forward  string      `json:"forward,omitempty"` // name of whom it is forwarded from
	Service  string      `json:"service,omitempty"` // what happened, for a service message: "topic_created", "pinned"...
	Silent   bool        `json:"silent,omitempty"`
	Pinned   bool        `json:"pinned,omitempty"`
	Reaction string      `json:"reaction,omitempty"` // the bot's
}

// Button is one key of an inline keyboard.
type Button struct {
	Label string `json:"label"`
	Data  string `json:"data,omitempty"`
	URL   string `json:"url,omitempty"`
}

// Attachment is what a message carries besides text.
type Attachment struct {
	Kind     string `json:"kind"` // a FileKind, or "sticker", "contact", "location"
	ID       string `json:"id,omitempty"`
	Name     string `json:"name,omitempty"` // file name, emoji of a sticker, name of a contact
	MIME     string `json:"mime,omitempty"`
	Size     int    `json:"size,omitempty"` // bytes
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Duration int    `json:"duration,omitempty"` // seconds
	Bytes    []byte `json:"-"`
}

// Labels are the labels of the buttons in reading order.
func (m Message) Labels() []string {
	var labels []string
	for _, row := range m.Buttons {
		for _, b := range row {
			labels = append(labels, b.Label)
		}
	}
	return labels
}

// views shows a chat, or one of its threads.
func (s *Server) views(c *chat, thread int) []Message {
	var list []Message
	for _, m := range c.messages {
		if v := s.view(m); thread == 0 || v.Thread == thread {
			list = append(list, v)
		}
	}
	return list
}

func (s *Server) view(m *message) Message {
	v := Message{
		ID: m.id, Thread: m.where(), From: m.from.id, Name: m.from.name, Bot: m.from == &s.bot, At: m.date, Text: m.text,
		Entities: slices.Clone(m.entities), Album: m.album, Edits: m.edits, Silent: m.silent, Pinned: m.pinned, Reaction: m.reaction,
	}
	if v.Bot {
		v.Name = s.botName(m.chat)
	}
	for _, row := range m.keyboard {
		var keys []Button
		for _, b := range row {
			keys = append(keys, Button{Label: b.Text, Data: b.Data, URL: b.URL})
		}
		v.Buttons = append(v.Buttons, keys)
	}
	if m.replyTo != nil {
		v.ReplyTo = m.replyTo.id
	}
	if m.forward != nil {
		v.Forward = m.forward.User.FirstName
	}
	if m.media != nil {
		v.File = m.media.view()
	}
	m.viewService(&v)
	return v
}

// botName is the bot's name as it is shown in a chat: people see it in their language.
func (s *Server) botName(c *chat) string {
	lang := ""
	if c.with != nil {
		lang = c.with.lang
	}
	return s.profile.texts["name"].get(lang)
}

func (m *message) where() int {
	switch {
	case m.inTopic:
		return m.thread
	case m.chat.forum:
		return generalTopic
	}
	return 0
}

func (m *media) view() *Attachment {
	switch {
	case m.contact != nil:
		return &Attachment{Kind: "contact", Name: m.contact.FirstName}
	case m.location != nil:
		return &Attachment{Kind: "location", Name: fmt.Sprintf("%.4f, %.4f", m.location.Latitude, m.location.Longitude)}
	case m.sticker != "":
		return &Attachment{Kind: "sticker", Name: m.sticker}
	}
	f := m.file
	return &Attachment{
		Kind: string(f.kind), ID: f.id, Name: f.name, MIME: f.mime, Size: f.size, Width: f.width, Height: f.height, Duration: f.duration, Bytes: f.data,
	}
}

func (m *message) viewService(v *Message) {
	switch {
	case m.topicCreated != nil:
		v.Service, v.Text = "topic_created", m.topicCreated.Name
	case m.topicEdited != nil:
		v.Service, v.Text = "topic_edited", m.topicEdited.Name
	case m.topicClosed:
		v.Service = "topic_closed"
	case m.topicReopened:
		v.Service = "topic_reopened"
	case m.pinnedMessage != nil:
		v.Service, v.Text = "pinned", m.pinnedMessage.text
	case len(m.newMembers) > 0:
		v.Service, v.Text = "joined", m.newMembers[0].name
	case m.leftMember != nil:
		v.Service, v.Text = "left", m.leftMember.name
	case m.migrateTo != 0, m.migrateFrom != 0:
		v.Service = "migrated"
	}
}

func lastOfBot(all []Message) Message {
	for _, m := range slices.Backward(all) {
		if m.Bot && m.Service == "" {
			return m
		}
	}
	return Message{}
}

func (s *Server) actionIn(c *chat, thread int) string {
	if c.action.thread != thread || !s.opt.Now().Before(c.action.until) {
		return ""
	}
	return c.action.kind
}

func transcript(all []Message) string {
	var b strings.Builder
	for _, m := range all {
		mark := "> "
		if m.Bot {
			mark = "< "
		}
		text := m.Text
		if m.File != nil {
			text = strings.TrimSpace("(" + m.File.Kind + ") " + text)
		}
		if m.Service != "" {
			text = "(" + m.Service + ") " + text
		}
		b.WriteString(mark + strings.ReplaceAll(text, "\n", "\n  ") + "\n")
		for _, row := range m.Buttons {
			b.WriteString(" ")
			for _, key := range row {
				b.WriteString(" [" + key.Label + "]")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// Confirmed blocks until the bot has confirmed every update.
func (s *Server) Confirmed(ctx context.Context) error {
	return s.Wait(ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.updates.pending) == 0
	})
}

// Profile is the bot as people with this language see it.
func (s *Server) Profile(lang string) Profile {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profileIn(lang)
}

func (s *Server) profileIn(lang string) Profile {
	return Profile{
		Name:             s.profile.texts["name"].get(lang),
		Description:      s.profile.texts["description"].get(lang),
		ShortDescription: s.profile.texts["short_description"].get(lang),
	}
}

// Profile is what people see of the bot before they start it.
type Profile struct {
	Name             string `json:"name"`
	Description      string `json:"description"`
	ShortDescription string `json:"shortDescription"`
}
