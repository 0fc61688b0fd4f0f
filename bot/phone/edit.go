package phone

import (
	"reflect"
	"slices"
	"time"
)

// toEdit finds a message that the bot may edit: its own, and no service message.
func (s *Server) toEdit(p params) (*message, error) {
	c, err := s.chatFor(p)
	if err != nil {
		return nil, err
	}
	m := c.message(p.int("message_id"))
	switch {
	case p.text("message_id") == "":
		return nil, badRequest("message identifier is not specified")
	case m == nil:
		return nil, badRequest("message to edit not found")
	case m.from != &s.bot, m.isService(), m.forward != nil:
		return nil, errCantEdit
	}
	return m, nil
}

// rewrite gives a message a new text and keyboard, unless they are the ones it has.
func (s *Server) rewrite(m *message, text string, entities []Entity, keyboard [][]wireButton) (any, error) {
	if text == m.text && sameEntities(entities, m.entities) && sameKeyboard(keyboard, m.keyboard) {
		return nil, errNotModified
	}
	if text != m.text || !sameEntities(entities, m.entities) {
		m.edits++
		m.edited = s.opt.Now()
	}
	m.text, m.entities, m.keyboard = text, entities, keyboard
	s.touch()
	return m.wire(true), nil
}

func sameEntities(a, b []Entity) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}

func (s *Server) editMessageText(p params) (any, error) {
	return s.editWords(p, "text", messageText, false)
}

func (s *Server) editMessageCaption(p params) (any, error) {
	return s.editWords(p, "caption", captionText, true)
}

// editWords changes the text of a message without a file, or the caption of one with a file.
func (s *Server) editWords(p params, what string, words func(params) (string, []Entity, error), file bool) (any, error) {
	text, entities, err := words(p)
	if err != nil {
		return nil, err
	}
	m, err := s.toEdit(p)
	if err != nil {
		return nil, err
	}
	if (m.media != nil) != file {
		return nil, badRequest("there is no %s in the message to edit", what)
	}
	keyboard, err := readKeyboard(p)
	if err != nil {
		return nil, err
	}
	return s.rewrite(m, text, entities, keyboard)
}

func (s *Server) editMessageReplyMarkup(p params) (any, error) {
	m, err := s.toEdit(p)
	if err != nil {
		return nil, err
	}
	keyboard, err := readKeyboard(p)
	if err != nil {
		return nil, err
	}
	return s.rewrite(m, m.text, m.entities, keyboard)
}

// Bots may delete messages for so long; administrators of groups always may.
const deletable = 48 * time.Hour

func (s *Server) deleteMessage(p params) (any, error) {
	c, err := s.chatFor(p)
	if err != nil {
		return nil, err
	}
	m := c.message(p.int("message_id"))
	if m == nil {
		return nil, badRequest("message to delete not found")
	}
	admin := c.kind != private && c.member(s.bot.id).may(deleteMessages)
	own := m.from == &s.bot || c.kind == private
	if !admin && (!own || s.opt.Now().Sub(m.date) > deletable) {
		return nil, errCantDelete
	}
	c.remove(m)
	s.touch()
	return true, nil
}

type reaction struct {
	Type  string `json:"type"`
	Emoji string `json:"emoji"`
}

func (s *Server) setMessageReaction(p params) (any, error) {
	c, err := s.chatFor(p)
	if err != nil {
		return nil, err
	}
	m := c.message(p.int("message_id"))
	if m == nil {
		return nil, badRequest("message to react not found")
	}
	var list []reaction
	if err := p.object("reaction", &list); err != nil {
		return nil, err
	}
	m.reaction = ""
	if len(list) > 0 {
		if !slices.Contains(reactions, list[0].Emoji) {
			return nil, badRequest("REACTION_INVALID")
		}
		m.reaction = list[0].Emoji
	}
	s.touch()
	return true, nil
}

// reactions are some of the emoji that Telegram allows as reactions.
var reactions = []string{"👍", "👎", "❤", "🙏", "👌", "👀", "🤝", "✍", "🤔", "🎉", "😢", "🕊", "💯", "🔥"}

func (s *Server) pinChatMessage(p params) (any, error) {
	m, err := s.toPin(p)
	if err != nil {
		return nil, err
	}
	if m.pinned {
		return true, nil
	}
	m.pinned = true
	note := &message{from: &s.bot, thread: m.thread, inTopic: m.inTopic, pinnedMessage: m}
	s.post(m.chat, note)
	return true, nil
}

func (s *Server) unpinChatMessage(p params) (any, error) {
	if p.text("message_id") == "" {
		return s.unpinNewest(p)
	}
	m, err := s.toPin(p)
	if err != nil {
		return nil, err
	}
	m.pinned = false
	s.touch()
	return true, nil
}

func (s *Server) unpinNewest(p params) (any, error) {
	c, err := s.chatFor(p)
	if err != nil {
		return nil, err
	}
	for _, m := range slices.Backward(c.messages) {
		if m.pinned {
			m.pinned = false
			break
		}
	}
	s.touch()
	return true, nil
}

func (s *Server) toPin(p params) (*message, error) {
	c, err := s.chatFor(p)
	if err != nil {
		return nil, err
	}
	m := c.message(p.int("message_id"))
	switch {
	case m == nil:
		return nil, badRequest("message to pin not found")
	case c.kind != private && !c.member(s.bot.id).may(pinMessages):
		return nil, errMayNotPin
	}
	return m, nil
}
