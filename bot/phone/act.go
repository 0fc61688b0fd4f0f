package phone

import (
	"fmt"
	"strings"
	"time"
)

// What people do, for Go and for the page alike. All of it is called with the lock held, and refuses what Telegram's own
// clients would not let a person do.

// mayWrite says whether someone can write into a thread of a chat; 0 and General are open to all members.
func (s *Server) mayWrite(c *chat, who *person, thread int) error {
	switch {
	case c.kind == private && c.blocked:
		return fmt.Errorf("%s has blocked the bot", who.name)
	case c.kind == private:
		return nil
	case c.movedTo != 0:
		return fmt.Errorf("the group has become %d", c.movedTo)
	case !c.member(who.id).in():
		return fmt.Errorf("%s is no member of the group", who.name)
	case thread <= generalTopic:
		return nil
	}
	t := c.topic(thread)
	switch {
	case t == nil || t.deleted:
		return fmt.Errorf("there is no topic %d", thread)
	case t.closed && t.creator != who.id && !c.member(who.id).may(manageTopics):
		return fmt.Errorf("topic %d is closed", thread)
	}
	return nil
}

// write posts a person's message, with m.thread and m.replyTo as given, and tells the bot.
func (s *Server) write(c *chat, who *person, m *message) (*message, error) {
	topic := m.thread
	m.thread, m.inTopic = placed(m.thread)
	m.follow()
	if m.inTopic {
		topic = m.thread
	}
	if err := s.mayWrite(c, who, topic); err != nil {
		return nil, err
	}
	m.from = &who.user
	c.started = true
	s.post(c, m)
	s.tell(m, false)
	return m, nil
}

// placed leaves the thread out for General, as Telegram does.
func placed(thread int) (int, bool) {
	if thread <= generalTopic {
		return 0, false
	}
	return thread, true
}

// say posts a text. As Telegram's clients do, it cuts a text that is too long into several messages; the last one is returned.
func (s *Server) say(c *chat, who *person, thread, replyTo int, text string) (*message, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, fmt.Errorf("there is nothing to say")
	}
	answered := c.message(replyTo)
	if replyTo != 0 && answered == nil {
		return nil, fmt.Errorf("there is no message %d to answer", replyTo)
	}
	var last *message
	for _, part := range cut(text) {
		m, err := s.write(c, who, &message{text: part, entities: commandEntity(part), thread: thread, replyTo: answered})
		if err != nil {
			return nil, err
		}
		last, answered = m, nil
	}
	return last, nil
}

func cut(text string) []string {
	var parts []string
	var part strings.Builder
	n := 0
	for _, r := range text {
		if u := units(string(r)); n+u > maxText {
			parts = append(parts, part.String())
			part.Reset()
			n = 0
		}
		part.WriteRune(r)
		n += units(string(r))
	}
	return append(parts, part.String())
}

// commandEntity marks a command at the start of a text, as Telegram does.
func commandEntity(text string) []Entity {
	word, _, _ := strings.Cut(text, " ")
	name, _, _ := strings.Cut(strings.TrimPrefix(word, "/"), "@")
	if !strings.HasPrefix(word, "/") || !commandName.MatchString(strings.ToLower(name)) {
		return nil
	}
	return []Entity{{Type: "bot_command", Offset: 0, Length: units(word)}}
}

// sendFile posts a file. A picture that cannot be read is sent all the same, for tests that do not care.
func (s *Server) sendFile(c *chat, who *person, thread int, f File, album string) (*message, error) {
	kept := f.file()
	m, err := s.keepMedia(kept)
	if err != nil {
		kept.mime = "image/jpeg"
		kept.width, kept.height, kept.name = 1, 1, ""
		m = &media{file: s.keep(kept)}
	}
	return s.write(c, who, &message{media: m, text: f.Caption, thread: thread, album: album})
}

func (f File) file() file {
	kept := file{kind: f.Kind, name: f.Name, mime: f.MIME, data: f.Bytes, size: f.Size, duration: f.Duration}
	if kept.kind == "" {
		kept.kind = Document
	}
	return kept
}

var voiceFile = File{Kind: Voice, MIME: "audio/ogg", Bytes: []byte("OggS voice"), Duration: 3}

func (s *Server) sticker() *media {
	return &media{sticker: "🙂", file: s.keep(file{kind: Document, name: "sticker.webp", mime: "image/webp", data: []byte("RIFF sticker")})}
}

func (p *person) contact() *media {
	return &media{contact: &wireContact{Phone: "+10000000000", FirstName: p.name, UserID: p.id}}
}

func somewhere() *media {
	return &media{location: &wireLocation{Latitude: 31.2304, Longitude: 121.4737}}
}

// Telegram lets people edit what they wrote for 48 hours.
const editable = 48 * time.Hour

func (s *Server) editOwn(c *chat, who *person, id int, text string) error {
	m := c.message(id)
	text = strings.TrimSpace(text)
	switch {
	case m == nil || m.from != &who.user || m.isService():
		return fmt.Errorf("message %d is none of %s", id, who.name)
	case text == "" && m.media == nil:
		return fmt.Errorf("there is nothing to say")
	case s.opt.Now().Sub(m.date) > editable:
		return fmt.Errorf("message %d is too old to be edited", id)
	case m.text == text:
		return nil
	}
	m.text, m.entities = text, commandEntity(text)
	m.edits++
	m.edited = s.opt.Now()
	s.touch()
	s.tell(m, true)
	return nil
}

// deleteOwn removes a message. Telegram tells bots nothing of it.
func (s *Server) deleteOwn(c *chat, who *person, id int) error {
	m := c.message(id)
	if m == nil || c.kind != private && m.from != &who.user && !c.member(who.id).may(deleteMessages) {
		return fmt.Errorf("%s cannot delete message %d", who.name, id)
	}
	c.remove(m)
	s.touch()
	return nil
}

// pressOn presses a button that a message has now.
func (s *Server) pressOn(c *chat, who *person, id int, data string) (*query, error) {
	m := c.message(id)
	if m == nil {
		return nil, fmt.Errorf("there is no message %d", id)
	}
	if _, ok := m.button(func(b wireButton) bool { return b.Data == data }); !ok {
		return nil, fmt.Errorf("message %d has no button with data %q", id, data)
	}
	if c.kind != private && !c.member(who.id).in() {
		return nil, fmt.Errorf("%s is no member of the group", who.name)
	}
	return s.press(who, c, id, data), nil
}

// pressNewest presses a button on the newest message that has it.
func (s *Server) pressNewest(c *chat, who *person, match func(wireButton) bool) (*query, error) {
	for i := len(c.messages) - 1; i >= 0; i-- {
		m := c.messages[i]
		if b, ok := m.button(match); ok && b.Data != "" {
			return s.pressOn(c, who, m.id, b.Data)
		}
	}
	return nil, fmt.Errorf("no message has this button")
}

func (s *Server) setBlocked(p *person, blocked bool) {
	c := s.privateChat(p)
	if c.blocked == blocked {
		return
	}
	c.blocked = blocked
	was, is := member{status: statusMember}, member{status: statusKicked}
	if !blocked {
		was, is = is, was
	}
	s.push(c, wireUpdate{MyChatMember: &wireMemberUpdate{
		Chat: c.wire(), From: p.wire(), Date: s.opt.Now().Unix(), Old: was.wire(&s.bot), New: is.wire(&s.bot),
	}})
	s.touch()
}
