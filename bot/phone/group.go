package phone

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Group is a group chat: a plain group, or a supergroup (ids below -1,000,000,000,000), which may be a forum. What its members
// could not do in Telegram makes these methods panic. Threads are topic ids; 0 and 1 are General, or all of a group that has
// no topics.
type Group struct {
	server *Server
	chat   *chat
}

// firstSupergroup is the largest id of a supergroup.
const firstSupergroup = -1_000_000_000_000

// Group makes a group in which the bot is an administrator with all rights, before the bot looked: it gets no update of it.
// With the id of a group that exists it gives that one.
func (s *Server) Group(id int64, title string, forum bool) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[id]
	if c == nil {
		c = s.newGroup(id, title, forum)
		c.members[s.bot.id] = &member{user: &s.bot, status: statusAdmin, rights: AllRights}
	}
	return &Group{server: s, chat: c}
}

// StrangeGroup makes a group in which the bot is not: Group.AddBot adds it.
func (s *Server) StrangeGroup(id int64, title string) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &Group{server: s, chat: s.newGroup(id, title, false)}
}

func (s *Server) newGroup(id int64, title string, forum bool) *chat {
	c := &chat{id: id, kind: group, title: title, forum: forum, members: make(map[int64]*member)}
	if id < firstSupergroup {
		c.kind = supergroup
		c.lastID = generalTopic // the message that made the group, which no bot sees
	}
	switch {
	case id >= 0:
		panic(fmt.Sprintf("phone: %d is no id for a group", id))
	case forum && c.kind != supergroup:
		panic(fmt.Sprintf("phone: %d is a plain group and cannot have topics", id))
	}
	s.chats[id] = c
	s.groups = append(s.groups, c)
	s.touch()
	return c
}

// ID is the group's id, which Upgrade changes.
func (g *Group) ID() int64 {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	return g.chat.id
}

// Join makes people members.
func (g *Group) Join(ids ...int64) { g.each(ids, member{status: statusMember}) }

// Promote makes people administrators with all rights.
func (g *Group) Promote(ids ...int64) { g.each(ids, member{status: statusAdmin, rights: AllRights}) }

// Leave lets members go.
func (g *Group) Leave(ids ...int64) { g.each(ids, member{status: statusLeft}) }

func (g *Group) each(ids []int64, to member) {
	for _, id := range ids {
		g.do(id, func(who *person) error {
			g.server.change(g.chat, &who.user, &who.user, to)
			return nil
		})
	}
}

// AddBot has a member add the bot, as a plain member.
func (g *Group) AddBot(by int64) {
	g.do(by, func(who *person) error {
		g.server.change(g.chat, &who.user, &g.server.bot, member{status: statusMember})
		g.server.service(g.chat, 0, &who.user, &message{newMembers: []*user{&g.server.bot}})
		return nil
	})
}

// RemoveBot has an administrator throw the bot out.
func (g *Group) RemoveBot(by int64) {
	g.do(by, func(who *person) error {
		g.server.change(g.chat, &who.user, &g.server.bot, member{status: statusKicked})
		g.server.post(g.chat, &message{from: &who.user, leftMember: &g.server.bot})
		return nil
	})
}

// PromoteBot has an administrator give the bot rights.
func (g *Group) PromoteBot(by int64, rights Rights) {
	g.do(by, func(who *person) error {
		g.server.change(g.chat, &who.user, &g.server.bot, member{status: statusAdmin, rights: rights})
		return nil
	})
}

// DemoteBot has an administrator make the bot a plain member.
func (g *Group) DemoteBot(by int64) {
	g.do(by, func(who *person) error {
		g.server.change(g.chat, &who.user, &g.server.bot, member{status: statusMember})
		return nil
	})
}

// Upgrade turns a plain group into a supergroup with another id, as Telegram does by itself. Its messages stay behind.
func (g *Group) Upgrade(by, id int64) {
	g.do(by, func(who *person) error {
		old := g.chat
		if old.kind != group || old.movedTo != 0 {
			return fmt.Errorf("%d is no plain group", old.id)
		}
		super := g.server.newGroup(id, old.title, false)
		super.members = old.members
		g.server.service(old, 0, &who.user, &message{migrateTo: id})
		old.movedTo = id
		g.server.service(super, 0, &who.user, &message{migrateFrom: old.id})
		g.chat = super
		return nil
	})
}

// TurnTopics switches topics on or off in a supergroup.
func (g *Group) TurnTopics(on bool) {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	if g.chat.kind != supergroup {
		panic("phone: a plain group cannot have topics")
	}
	g.chat.forum = on
	g.server.touch()
}

// SayIn has a member say something in a thread, and returns the id of the message.
func (g *Group) SayIn(thread int, as int64, text string) int {
	return g.did(as, func(who *person) (*message, error) { return g.server.say(g.chat, who, thread, 0, text) })
}

// ReplyTo has a member answer a message, in its thread.
func (g *Group) ReplyTo(id int, as int64, text string) int {
	return g.did(as, func(who *person) (*message, error) { return g.server.say(g.chat, who, 0, id, text) })
}

// SendIn has a member send a file into a thread.
func (g *Group) SendIn(thread int, as int64, f File) int {
	return g.did(as, func(who *person) (*message, error) { return g.server.sendFile(g.chat, who, thread, f, "") })
}

// AlbumIn has a member send files as one album into a thread.
func (g *Group) AlbumIn(thread int, as int64, files ...File) []int {
	var ids []int
	g.do(as, func(who *person) error {
		album := g.server.newAlbum()
		for _, f := range files {
			m, err := g.server.sendFile(g.chat, who, thread, f, album)
			if err != nil {
				return err
			}
			ids = append(ids, m.id)
		}
		return nil
	})
	return ids
}

// Edit has a member edit an own message.
func (g *Group) Edit(id int, as int64, text string) {
	g.do(as, func(who *person) error { return g.server.editOwn(g.chat, who, id, text) })
}

// Delete has a member delete a message, an own one or, as an administrator, any. Telegram does not tell the bot.
func (g *Group) Delete(id int, as int64) {
	g.do(as, func(who *person) error { return g.server.deleteOwn(g.chat, who, id) })
}

// Press has a member press the button with this label on the newest message that has it, and returns the callback query's id.
func (g *Group) Press(as int64, label string) string {
	return g.pressed(as, func(who *person) (*query, error) {
		return g.server.pressNewest(g.chat, who, func(b wireButton) bool { return b.Text == label })
	})
}

// PressOn has a member press the button with this label on a message.
func (g *Group) PressOn(id int, as int64, label string) string {
	return g.pressed(as, func(who *person) (*query, error) {
		m := g.chat.message(id)
		if m == nil {
			return nil, fmt.Errorf("there is no message %d", id)
		}
		b, ok := m.button(func(b wireButton) bool { return b.Text == label })
		if !ok {
			return nil, fmt.Errorf("message %d has no button %q", id, label)
		}
		return g.server.pressOn(g.chat, who, id, b.Data)
	})
}

// CreateTopic has a member open a topic, and returns its thread.
func (g *Group) CreateTopic(as int64, name string) int {
	id := 0
	g.do(as, func(who *person) error {
		if !g.chat.forum {
			return fmt.Errorf("the group is no forum")
		}
		id = g.server.openTopic(g.chat, &who.user, name, topicColor).id
		return nil
	})
	return id
}

// DeleteTopic has an administrator delete a topic: the bot is told nothing, and its next send is answered "message thread not
// found".
func (g *Group) DeleteTopic(thread int) { g.dropTopic(thread, false) }

// DeleteTopicUnnoticed is DeleteTopic, but the Bot API has not noticed yet: the bot's next send is answered TOPIC_DELETED.
func (g *Group) DeleteTopicUnnoticed(thread int) { g.dropTopic(thread, true) }

func (g *Group) dropTopic(thread int, unnoticed bool) {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	t := g.theTopic(thread)
	t.unnoticed = unnoticed
	g.server.dropTopic(g.chat, t)
}

// CloseTopic has an administrator close a topic.
func (g *Group) CloseTopic(thread int, as int64) { g.setClosed(thread, as, true) }

// ReopenTopic has an administrator open a topic again.
func (g *Group) ReopenTopic(thread int, as int64) { g.setClosed(thread, as, false) }

func (g *Group) setClosed(thread int, as int64, closed bool) {
	g.do(as, func(who *person) error {
		_, err := g.server.setClosed(g.chat, g.theTopic(thread), &who.user, closed)
		return err
	})
}

func (g *Group) theTopic(thread int) *topic {
	t := g.chat.topic(thread)
	if t == nil || t.deleted {
		panic(fmt.Sprintf("phone: there is no topic %d", thread))
	}
	return t
}

// Topic is a forum topic.
type Topic struct {
	ID     int    `json:"id"`
	Name   string `json:"name"` // empty for General
	Closed bool   `json:"closed"`
}

// Topics lists a forum's topics, General first and then in the order in which they were opened.
func (g *Group) Topics() []Topic {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	return g.chat.topicList()
}

func (c *chat) topicList() []Topic {
	if !c.forum {
		return nil
	}
	list := []Topic{{ID: generalTopic}}
	for _, t := range c.topics {
		if !t.deleted {
			list = append(list, Topic{ID: t.id, Name: t.name, Closed: t.closed})
		}
	}
	return list
}

// Messages lists a thread, oldest first; 0 is the whole group.
func (g *Group) Messages(thread int) []Message {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	return g.server.views(g.chat, thread)
}

// Commands lists the names of the commands that a member's menu shows in the group.
func (g *Group) Commands(as int64) []string {
	var names []string
	g.do(as, func(who *person) error {
		names = commandNames(g.server.commandsIn(g.chat, who))
		return nil
	})
	return names
}

// Wait blocks until ok holds for a thread (0: the whole group), and returns it; if ctx ends first the error shows the thread.
func (g *Group) Wait(ctx context.Context, thread int, ok func([]Message) bool) ([]Message, error) {
	var found []Message
	err := g.server.Wait(ctx, func() bool {
		found = g.Messages(thread)
		return ok(found)
	})
	if err != nil {
		err = fmt.Errorf("%w; the group holds:\n%s", err, transcript(found))
	}
	return found, err
}

// WaitFor blocks until a message of the bot in the thread (0: anywhere) contains part, and returns the newest such.
func (g *Group) WaitFor(ctx context.Context, thread int, part string) (Message, error) {
	var found Message
	_, err := g.Wait(ctx, thread, func(all []Message) bool {
		for _, m := range slices.Backward(all) {
			if m.Bot && strings.Contains(m.Text, part) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		return Message{}, fmt.Errorf("waiting for %q: %w", part, err)
	}
	return found, nil
}

func (g *Group) do(as int64, what func(who *person) error) {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	who := g.server.people[as]
	if who == nil {
		panic(fmt.Sprintf("phone: there is no person %d", as))
	}
	if err := what(who); err != nil {
		panic("phone: " + err.Error())
	}
}

func (g *Group) did(as int64, what func(who *person) (*message, error)) int {
	id := 0
	g.do(as, func(who *person) error {
		m, err := what(who)
		if err == nil {
			id = m.id
		}
		return err
	})
	return id
}

func (g *Group) pressed(as int64, what func(who *person) (*query, error)) string {
	id := ""
	g.do(as, func(who *person) error {
		q, err := what(who)
		if err == nil {
			id = q.id
		}
		return err
	})
	return id
}
