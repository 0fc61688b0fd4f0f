package phone

import (
	"context"
	"fmt"
	"strings"
)

// Person is somebody with a phone: in a private chat with the bot and perhaps in groups. What a person could not do on a real
// phone makes these methods panic, for then the test is wrong.
type Person struct {
	server *Server
	person *person
}

// Person gives the person with this id, who is made if there is none yet. lang is an IETF tag as Telegram reports it, or empty.
func (s *Server) Person(id int64, name, lang string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.people[id]
	if p == nil {
		p = &person{user: user{id: id, name: name, lang: lang}}
		s.people[id] = p
		s.order = append(s.order, p)
		s.privateChat(p)
		s.touch()
	}
	return &Person{server: s, person: p}
}

// ID is the person's id, and that of the private chat.
func (p *Person) ID() int64 { return p.person.id }

// SetLanguage changes the language of the person's Telegram.
func (p *Person) SetLanguage(lang string) {
	p.do(func(*chat) error { p.person.lang = lang; return nil })
}

// Start presses START: it unblocks the bot if need be and sends "/start".
func (p *Person) Start() int {
	return p.did(func(c *chat) (*message, error) {
		p.server.setBlocked(p.person, false)
		return p.server.say(c, p.person, 0, 0, "/start")
	})
}

// Say sends a text and returns the id of its message. A text over Telegram's limit becomes several messages, of which the last
// one's id is returned.
func (p *Person) Say(text string) int { return p.Reply(0, text) }

// Reply answers a message with a text.
func (p *Person) Reply(id int, text string) int {
	return p.did(func(c *chat) (*message, error) { return p.server.say(c, p.person, 0, id, text) })
}

// Edit gives one of the person's own messages, or its caption, another text.
func (p *Person) Edit(id int, text string) {
	p.do(func(c *chat) error { return p.server.editOwn(c, p.person, id, text) })
}

// Delete removes a message for both sides. Telegram does not tell the bot.
func (p *Person) Delete(id int) {
	p.do(func(c *chat) error { return p.server.deleteOwn(c, p.person, id) })
}

// Press presses the button with this label on the newest message that has it, and returns the id of the callback query for
// Server.Answer.
func (p *Person) Press(label string) string {
	return p.pressed(func(c *chat) (*query, error) {
		return p.server.pressNewest(c, p.person, func(b wireButton) bool { return b.Text == label })
	})
}

// PressData is Press by what the button carries.
func (p *Person) PressData(data string) string {
	return p.pressed(func(c *chat) (*query, error) {
		return p.server.pressNewest(c, p.person, func(b wireButton) bool { return b.Data == data })
	})
}

// PressStale sends a press of a button that the message may no longer have, as happens when a press and an edit cross, or when
// the message is gone.
func (p *Person) PressStale(id int, data string) string {
	return p.pressed(func(c *chat) (*query, error) { return p.server.press(p.person, c, id, data), nil })
}

// Send sends a file and returns the id of its message.
func (p *Person) Send(f File) int {
	return p.did(func(c *chat) (*message, error) { return p.server.sendFile(c, p.person, 0, f, "") })
}

// Album sends files as one album: several messages with one media_group_id.
func (p *Person) Album(files ...File) []int {
	var ids []int
	p.do(func(c *chat) error {
		album := p.server.newAlbum()
		for _, f := range files {
			m, err := p.server.sendFile(c, p.person, 0, f, album)
			if err != nil {
				return err
			}
			ids = append(ids, m.id)
		}
		return nil
	})
	return ids
}

// Voice sends a voice message of a few seconds.
func (p *Person) Voice() int { return p.Send(voiceFile) }

// Sticker sends a sticker.
func (p *Person) Sticker() int { return p.send(p.server.sticker) }

// Contact sends the person's own contact.
func (p *Person) Contact() int { return p.send(p.person.contact) }

// Location sends a place.
func (p *Person) Location() int { return p.send(somewhere) }

func (p *Person) send(what func() *media) int {
	return p.did(func(c *chat) (*message, error) {
		return p.server.write(c, p.person, &message{media: what()})
	})
}

// Block blocks the bot.
func (p *Person) Block() {
	p.do(func(*chat) error { p.server.setBlocked(p.person, true); return nil })
}

// Unblock lets the bot back in.
func (p *Person) Unblock() {
	p.do(func(*chat) error { p.server.setBlocked(p.person, false); return nil })
}

// Deactivate deletes the person's account: the bot may not write any more.
func (p *Person) Deactivate() {
	p.do(func(*chat) error { p.person.deactivated = true; return nil })
}

// Messages lists the private chat, oldest first.
func (p *Person) Messages() []Message {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.server.views(p.server.privateChat(p.person), 0)
}

// Last is the bot's newest message, or the zero Message.
func (p *Person) Last() Message { return lastOfBot(p.Messages()) }

// Typing says whether the bot is seen to be doing something ("typing", "upload_document"...), empty if not.
func (p *Person) Typing() string {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.server.actionIn(p.server.privateChat(p.person), 0)
}

// Commands lists the names of the commands in the person's menu.
func (p *Person) Commands() []string {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return commandNames(p.server.commandsIn(p.server.privateChat(p.person), p.person))
}

// Wait blocks until ok holds for the private chat, and returns it; if ctx ends first the error shows the chat.
func (p *Person) Wait(ctx context.Context, ok func([]Message) bool) ([]Message, error) {
	var found []Message
	err := p.server.Wait(ctx, func() bool {
		found = p.Messages()
		return ok(found)
	})
	if err != nil {
		err = fmt.Errorf("%w; the chat holds:\n%s", err, transcript(found))
	}
	return found, err
}

// WaitFor blocks until the bot's newest message contains part, and returns it.
func (p *Person) WaitFor(ctx context.Context, part string) (Message, error) {
	found, err := p.Wait(ctx, func(all []Message) bool {
		last := lastOfBot(all)
		return last.ID != 0 && strings.Contains(last.Text, part)
	})
	if err != nil {
		return Message{}, fmt.Errorf("waiting for %q: %w", part, err)
	}
	return lastOfBot(found), nil
}

// Transcript is the private chat as text: "> " before what the person said, "< " before what the bot said, and the buttons in
// brackets, row by row.
func (p *Person) Transcript() string { return transcript(p.Messages()) }

// do does what a person does, with the lock held.
func (p *Person) do(what func(*chat) error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	if err := what(p.server.privateChat(p.person)); err != nil {
		panic("phone: " + err.Error())
	}
	p.server.touch()
}

func (p *Person) did(what func(*chat) (*message, error)) int {
	id := 0
	p.do(func(c *chat) error {
		m, err := what(c)
		if err == nil {
			id = m.id
		}
		return err
	})
	return id
}

func (p *Person) pressed(what func(*chat) (*query, error)) string {
	id := ""
	p.do(func(c *chat) error {
		q, err := what(c)
		if err == nil {
			id = q.id
		}
		return err
	})
	return id
}
