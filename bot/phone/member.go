package phone

import "errors"

type memberStatus string

const (
	statusCreator memberStatus = "creator"
	statusAdmin   memberStatus = "administrator"
	statusMember  memberStatus = "member"
	statusLeft    memberStatus = "left"
	statusKicked  memberStatus = "kicked"
)

// Rights are what an administrator of a group may do, as far as the stand-in cares.
type Rights struct {
	ManageTopics bool // make topics, and edit, close and reopen those of others
	Delete       bool // delete others' messages, and topics
	Pin          bool
}

// AllRights are the rights of an administrator from whom nothing was kept back.
var AllRights = Rights{ManageTopics: true, Delete: true, Pin: true}

type member struct {
	user   *user
	status memberStatus
	rights Rights
}

func (m *member) in() bool {
	return m.status == statusCreator || m.status == statusAdmin || m.status == statusMember
}

func (m *member) admin() bool { return m.status == statusCreator || m.status == statusAdmin }

func (m *member) may(right func(Rights) bool) bool {
	return m.status == statusCreator || m.status == statusAdmin && right(m.rights)
}

func manageTopics(r Rights) bool   { return r.ManageTopics }
func deleteMessages(r Rights) bool { return r.Delete }
func pinMessages(r Rights) bool    { return r.Pin }

func (m *member) wire(u *user) wireMember {
	w := wireMember{User: u.wire(), Status: string(m.status)}
	w.User.LanguageCode = ""
	switch m.status {
	case statusAdmin:
		no := false
		w.CanBeEdited = &no
		w.CanManageChat, w.CanManageTopics, w.CanDelete, w.CanPin = true, m.rights.ManageTopics, m.rights.Delete, m.rights.Pin
	case statusKicked:
		forever := int64(0)
		w.UntilDate = &forever
	}
	return w
}

// change gives someone another standing in a group and tells the bot if it is about the bot or about somebody it watches.
func (s *Server) change(c *chat, by, who *user, to member) {
	old := c.member(who.id)
	to.user = who
	c.members[who.id] = &to
	u := &wireMemberUpdate{Chat: c.wire(), From: by.wire(), Date: s.opt.Now().Unix(), Old: old.wire(who), New: to.wire(who)}
	switch {
	case who.id == s.bot.id:
		s.push(c, wireUpdate{MyChatMember: u})
	case c.member(s.bot.id).admin():
		s.push(c, wireUpdate{ChatMember: u})
	}
	s.touch()
}

func (s *Server) getChatMember(p params) (any, error) {
	c, err := s.groupToRead(p)
	if err != nil {
		return nil, err
	}
	id := p.int64("user_id")
	if id == s.bot.id {
		return c.member(id).wire(&s.bot), nil
	}
	who := s.people[id]
	if who == nil {
		return nil, badRequest("PARTICIPANT_ID_INVALID")
	}
	return c.member(id).wire(&who.user), nil
}

func (s *Server) getChatAdministrators(p params) (any, error) {
	c, err := s.groupToRead(p)
	if err != nil {
		return nil, err
	}
	if c.kind == private {
		return nil, badRequest("there are no administrators in the private chat")
	}
	admins := []wireMember{}
	for _, who := range s.everyone() {
		if m := c.member(who.id); m.admin() && who.id != s.bot.id {
			admins = append(admins, m.wire(who))
		}
	}
	return admins, nil
}

func (s *Server) getChatMemberCount(p params) (any, error) {
	c, err := s.groupToRead(p)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, m := range c.members {
		if m.in() {
			n++
		}
	}
	return n, nil
}

// groupToRead finds a chat whose members a bot may ask for: of one it has been thrown out of it learns nothing.
func (s *Server) groupToRead(p params) (*chat, error) {
	c, err := s.chatToRead(p)
	if err != nil {
		return nil, err
	}
	if c.kind == private {
		return c, nil
	}
	return s.chatFor(p)
}

func (s *Server) everyone() []*user {
	all := []*user{&s.bot}
	for _, p := range s.order {
		all = append(all, &p.user)
	}
	return all
}

func (s *Server) getChat(p params) (any, error) {
	c, err := s.chatToRead(p)
	if err != nil {
		if errors.Is(err, errNoInitiate) {
			err = errChatNotFound
		}
		return nil, err
	}
	if c.kind == supergroup {
		if _, err := s.chatFor(p); err != nil {
			return nil, err
		}
	}
	return c.wire(), nil
}

func (s *Server) leaveChat(p params) (any, error) {
	c, err := s.chatFor(p)
	if err != nil {
		return nil, err
	}
	if c.kind == private {
		return nil, badRequest("chat member status can't be changed in private chats")
	}
	c.members[s.bot.id] = &member{user: &s.bot, status: statusLeft}
	s.service(c, 0, &s.bot, &message{leftMember: &s.bot})
	s.touch()
	return true, nil
}
