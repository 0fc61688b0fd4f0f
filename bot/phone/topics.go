package phone

import (
	"errors"
	"strings"
)

const (
	maxTopicName = 128
	topicColor   = 0x6FB9F0
)

// mayManage says whether the bot may change a topic: one of its own always, another's with the right to.
func (s *Server) mayManage(c *chat, t *topic) error {
	if t.creator == s.bot.id || c.member(s.bot.id).may(manageTopics) {
		return nil
	}
	return errMayNotEdit
}

func (s *Server) forumFor(p params) (*chat, error) {
	c, err := s.chatFor(p)
	if err != nil {
		return nil, err
	}
	if !c.forum {
		return nil, errNoForum
	}
	return c, nil
}

// topicFor finds the topic of a call that wants to change it.
func (s *Server) topicFor(p params) (*chat, *topic, error) {
	c, err := s.forumFor(p)
	if err != nil {
		return nil, nil, err
	}
	t := c.topic(p.int("message_thread_id"))
	switch {
	case p.int("message_thread_id") <= 0:
		return nil, nil, badRequest("invalid message thread identifier specified")
	case t == nil || t.deleted:
		return nil, nil, errTopicID
	}
	return c, t, s.mayManage(c, t)
}

func topicName(p params) (string, error) {
	name := strings.TrimSpace(p.text("name"))
	if name == "" {
		return "", badRequest("title must be non-empty")
	}
	if runes := []rune(name); len(runes) > maxTopicName {
		name = string(runes[:maxTopicName])
	}
	return name, nil
}

func (s *Server) createForumTopic(p params) (any, error) {
	c, err := s.forumFor(p)
	if err != nil {
		return nil, err
	}
	if !c.member(s.bot.id).may(manageTopics) {
		return nil, errMayNotCreate
	}
	name, err := topicName(p)
	if err != nil {
		return nil, err
	}
	color := p.int("icon_color")
	if color == 0 {
		color = topicColor
	}
	t := s.openTopic(c, &s.bot, name, color)
	return wireTopic{ThreadID: t.id, Name: t.name, IconColor: color}, nil
}

// openTopic makes a topic: its id is that of the service message which opens it.
func (s *Server) openTopic(c *chat, by *user, name string, color int) *topic {
	t := &topic{id: c.lastID + 1, name: name, creator: by.id}
	c.topics = append(c.topics, t)
	s.service(c, t.id, by, &message{topicCreated: &wireTopic{Name: name, IconColor: color}})
	return t
}

func (s *Server) editForumTopic(p params) (any, error) {
	c, t, err := s.topicFor(p)
	if err != nil {
		return nil, err
	}
	if _, given := p.values["name"]; !given {
		return true, nil
	}
	name, err := topicName(p)
	if err != nil {
		return nil, err
	}
	if name == t.name {
		return nil, errTopicSame
	}
	t.name = name
	s.service(c, t.id, &s.bot, &message{topicEdited: &wireTopic{Name: name}})
	return true, nil
}

func (s *Server) closeForumTopic(p params) (any, error) {
	c, t, err := s.topicFor(p)
	if err != nil {
		return nil, err
	}
	return s.setClosed(c, t, &s.bot, true)
}

func (s *Server) reopenForumTopic(p params) (any, error) {
	c, t, err := s.topicFor(p)
	if err != nil {
		return nil, err
	}
	return s.setClosed(c, t, &s.bot, false)
}

func (s *Server) setClosed(c *chat, t *topic, by *user, closed bool) (any, error) {
	if t.closed == closed {
		return nil, errTopicSame
	}
	t.closed = closed
	s.service(c, t.id, by, &message{topicClosed: closed, topicReopened: !closed})
	return true, nil
}

func (s *Server) deleteForumTopic(p params) (any, error) {
	c, t, err := s.topicFor(p)
	if err != nil && !errors.Is(err, errMayNotEdit) {
		return nil, err
	}
	if !c.member(s.bot.id).may(deleteMessages) {
		return nil, errMayNotDelete
	}
	s.dropTopic(c, t)
	return true, nil
}

// dropTopic deletes a topic with its messages. Telegram tells bots nothing of it.
func (s *Server) dropTopic(c *chat, t *topic) {
	t.deleted = true
	kept := c.messages[:0:0]
	for _, m := range c.messages {
		if !m.inTopic || m.thread != t.id {
			kept = append(kept, m)
		}
	}
	c.messages = kept
	s.touch()
}
