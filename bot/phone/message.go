package phone

import (
	"time"
	"unicode/utf16"
)

// Limits of what a message holds, in UTF-16 units, and of a button's data, in bytes.
const (
	maxText    = 4096
	maxCaption = 1024
	maxData    = 64
)

type message struct {
	id      int
	chat    *chat
	thread  int  // forum topic or, in supergroups, the message where a chain of replies began
	inTopic bool // thread is a forum topic
	from    *user
	date    time.Time
	edited  time.Time
	edits   int

	text     string // caption if there is media
	entities []Entity
	media    *media
	album    string
	keyboard [][]wireButton
	replyTo  *message
	forward  *wireOrigin
	silent   bool
	pinned   bool
	reaction string

	// Service messages.
	newMembers    []*user
	leftMember    *user
	migrateTo     int64
	migrateFrom   int64
	pinnedMessage *message
	topicCreated  *wireTopic
	topicEdited   *wireTopic
	topicClosed   bool
	topicReopened bool
}

func (m *message) isService() bool {
	return len(m.newMembers) > 0 || m.leftMember != nil || m.migrateTo != 0 || m.migrateFrom != 0 || m.pinnedMessage != nil ||
		m.topicCreated != nil || m.topicEdited != nil || m.topicClosed || m.topicReopened
}

// post adds a message to its chat: it gets its id and date here, and what the bot was seen doing is over.
func (s *Server) post(c *chat, m *message) *message {
	m.chat = c
	m.id = s.newMessageID(c)
	if m.date.IsZero() {
		m.date = s.opt.Now()
	}
	c.messages = append(c.messages, m)
	if m.from == &s.bot {
		c.action = action{}
	}
	s.touch()
	return m
}

func (s *Server) newMessageID(c *chat) int {
	if c.kind == supergroup {
		c.lastID++
		return c.lastID
	}
	s.lastID++
	return s.lastID
}

// service posts a service message in a group and tells the bot, unless it did it itself or is not there.
func (s *Server) service(c *chat, thread int, by *user, m *message) {
	m.from, m.thread, m.inTopic = by, thread, thread != 0
	s.post(c, m)
	if by != &s.bot && c.member(s.bot.id).in() {
		s.push(c, wireUpdate{Message: m.wire(true)})
	}
}

// wire is the message as the Bot API shows it; a message inside another shows no further ones.
func (m *message) wire(outer bool) *wireMessage {
	from := m.from.wire()
	w := &wireMessage{
		MessageID: m.id, From: &from, Date: m.date.Unix(), Chat: m.chat.wire(), ThreadID: m.thread, IsTopicMessage: m.inTopic,
		MediaGroupID: m.album, ForwardOrigin: m.forward, MigrateTo: m.migrateTo, MigrateFrom: m.migrateFrom,
		TopicCreated: m.topicCreated, TopicEdited: m.topicEdited,
	}
	if m.edits > 0 {
		w.EditDate = m.edited.Unix()
	}
	if m.keyboard != nil {
		w.ReplyMarkup = &wireKeyboard{Rows: m.keyboard}
	}
	if outer {
		m.wireInner(w)
	}
	m.wireService(w)
	if m.media == nil {
		w.Text, w.Entities = m.text, m.entities
		return w
	}
	w.Caption, w.CaptionEnts = m.text, m.entities
	m.media.wire(w)
	return w
}

// wireInner adds the messages inside: the one answered and, in a topic, the one that opened it where nothing is answered.
func (m *message) wireInner(w *wireMessage) {
	if m.pinnedMessage != nil {
		w.Pinned = m.pinnedMessage.wire(false)
	}
	if m.replyTo != nil && m.chat.message(m.replyTo.id) != nil {
		w.ReplyTo = m.replyTo.wire(false)
		return
	}
	if !m.inTopic || m.id == m.thread {
		return
	}
	if root := m.chat.message(m.thread); root != nil {
		w.ReplyTo = root.wire(false)
	}
}

func (m *message) wireService(w *wireMessage) {
	for _, u := range m.newMembers {
		w.NewMembers = append(w.NewMembers, u.wire())
	}
	if m.leftMember != nil {
		u := m.leftMember.wire()
		w.LeftMember = &u
	}
	if m.topicClosed {
		w.TopicClosed = &struct{}{}
	}
	if m.topicReopened {
		w.TopicReopened = &struct{}{}
	}
}

// units is the length of a text as Telegram counts it.
func units(text string) int { return len(utf16.Encode([]rune(text))) }
