package phone

import (
	"slices"
	"time"
)

type user struct {
	id                   int64
	name, username, lang string
	bot                  bool
}

func (u *user) wire() wireUser {
	return wireUser{ID: u.id, IsBot: u.bot, FirstName: u.name, Username: u.username, LanguageCode: u.lang}
}

type person struct {
	user
	deactivated bool
}

type chatKind string

const (
	private    chatKind = "private"
	group      chatKind = "group"
	supergroup chatKind = "supergroup"
)

// chat is a private chat of the bot with one person, whose id it has, or a group.
type chat struct {
	id    int64
	kind  chatKind
	title string

	with    *person // private
	started bool    // private: the person has written first
	blocked bool    // private: the person has blocked the bot

	members map[int64]*member // groups; the bot is one of them
	movedTo int64             // plain group: it has become this supergroup
	forum   bool
	topics  []*topic // without General, which every forum has

	messages []*message
	lastID   int // supergroups count their messages on their own
	action   action
}

// generalTopic is the thread that a forum always has. Messages in it carry no thread id.
const generalTopic = 1

type topic struct {
	id        int // also the id of the service message that opened it
	name      string
	creator   int64
	closed    bool
	deleted   bool
	unnoticed bool // deleted, and the next send finds out the hard way: TOPIC_DELETED
}

// action is what the bot is seen to be doing ("typing").
type action struct {
	kind   string
	thread int
	until  time.Time
}

// Telegram shows an action for five seconds or until the next message.
const actionLasts = 5 * time.Second

func (c *chat) wire() wireChat {
	w := wireChat{ID: c.id, Type: string(c.kind), Title: c.title, IsForum: c.forum}
	if c.with != nil {
		w.FirstName, w.Username = c.with.name, c.with.username
	}
	return w
}

func (c *chat) message(id int) *message {
	i, found := slices.BinarySearchFunc(c.messages, id, func(m *message, id int) int { return m.id - id })
	if !found {
		return nil
	}
	return c.messages[i]
}

func (c *chat) remove(m *message) {
	c.messages = slices.DeleteFunc(c.messages, func(x *message) bool { return x == m })
}

func (c *chat) topic(id int) *topic {
	for _, t := range c.topics {
		if t.id == id {
			return t
		}
	}
	return nil
}

func (c *chat) member(id int64) *member {
	if m := c.members[id]; m != nil {
		return m
	}
	return &member{status: statusLeft}
}

// privateChat is the chat of the bot with p; it exists from the start, though the bot may not write first.
func (s *Server) privateChat(p *person) *chat {
	c := s.chats[p.id]
	if c == nil {
		c = &chat{id: p.id, kind: private, with: p}
		s.chats[p.id] = c
	}
	return c
}

// chatFor finds the chat of a call that wants to write into it or change something in it.
func (s *Server) chatFor(p params) (*chat, error) {
	c, err := s.chatToRead(p)
	if err != nil {
		return nil, err
	}
	switch {
	case c.kind == private && c.with.deactivated:
		return nil, errDeactivated
	case c.kind == private && c.blocked:
		return nil, errBlocked
	case c.movedTo != 0:
		return nil, migrated(c.movedTo)
	case c.kind != private && c.member(s.bot.id).status == statusKicked:
		return nil, forbidden("bot was kicked from the " + string(c.kind) + " chat")
	case c.kind != private && !c.member(s.bot.id).in():
		return nil, forbidden("bot is not a member of the " + string(c.kind) + " chat")
	}
	return c, nil
}

// chatToRead finds the chat of a call that only looks.
func (s *Server) chatToRead(p params) (*chat, error) {
	if p.text("chat_id") == "" {
		return nil, errChatEmpty
	}
	c := s.chats[p.int64("chat_id")]
	if c == nil {
		return nil, errChatNotFound
	}
	if c.kind == private && !c.started {
		return nil, errNoInitiate
	}
	return c, nil
}

// checkThread says whether the bot may write into a thread of the chat; 0 is none.
func (s *Server) checkThread(c *chat, thread int) error {
	if thread == 0 {
		return nil
	}
	t := c.topic(thread)
	switch {
	case t != nil && t.deleted && t.unnoticed:
		t.unnoticed = false
		return errTopicDeleted
	case t == nil, t.deleted:
		return errNoThread
	case t.closed && (!s.opt.AdminsWriteClosed || s.mayManage(c, t) != nil):
		return errTopicClosed
	}
	return nil
}
