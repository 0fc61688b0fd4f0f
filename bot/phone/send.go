package phone

import (
	"slices"
	"strings"
)

// draft is a message that is about to be sent: what all send methods share has been read and checked.
func (s *Server) draft(p params) (*chat, *message, error) {
	c, err := s.chatFor(p)
	if err != nil {
		return nil, nil, err
	}
	thread := p.int("message_thread_id")
	if c.kind == private {
		thread = 0
	}
	m := &message{from: &s.bot, thread: thread, inTopic: thread != 0, silent: p.bool("disable_notification")}
	if m.keyboard, err = readKeyboard(p); err != nil {
		return nil, nil, err
	}
	if err := m.answer(c, p); err != nil {
		return nil, nil, err
	}
	if thread == 0 && m.inTopic { // drawn into the topic of the message that it answers
		thread = m.thread
	}
	return c, m, s.checkThread(c, thread)
}

type replyParameters struct {
	MessageID int  `json:"message_id"`
	Anyway    bool `json:"allow_sending_without_reply"`
}

// answer finds the message that is answered. One in a topic draws the answer into its topic.
func (m *message) answer(c *chat, p params) error {
	reply := replyParameters{MessageID: p.int("reply_to_message_id"), Anyway: p.bool("allow_sending_without_reply")}
	if err := p.object("reply_parameters", &reply); err != nil {
		return err
	}
	if reply.MessageID == 0 {
		return nil
	}
	m.replyTo = c.message(reply.MessageID)
	if m.replyTo == nil && !reply.Anyway {
		return badRequest("message to be replied not found")
	}
	m.follow()
	return nil
}

// follow puts an answer where the message is that it answers.
func (m *message) follow() {
	switch {
	case m.replyTo == nil || m.thread != 0:
	case m.replyTo.inTopic:
		m.thread, m.inTopic = m.replyTo.thread, true
	case m.replyTo.chat.kind == supergroup && m.replyTo.thread != 0:
		m.thread = m.replyTo.thread
	case m.replyTo.chat.kind == supergroup:
		m.thread = m.replyTo.id
	}
}

func (s *Server) sendMessage(p params) (any, error) {
	text, entities, err := messageText(p)
	if err != nil {
		return nil, err
	}
	c, m, err := s.draft(p)
	if err != nil {
		return nil, err
	}
	m.text, m.entities = text, entities
	return s.post(c, m).wire(true), nil
}

func messageText(p params) (string, []Entity, error) {
	if p.text("text") == "" {
		return "", nil, errTextEmpty
	}
	text, entities, err := formatted(p, "text", "entities")
	switch {
	case err != nil:
		return "", nil, err
	case strings.TrimSpace(text) == "":
		return "", nil, errTextBlank
	case units(text) > maxText:
		return "", nil, errTextTooLong
	}
	return text, entities, nil
}

func captionText(p params) (string, []Entity, error) {
	text, entities, err := formatted(p, "caption", "caption_entities")
	if err == nil && units(text) > maxCaption {
		err = errCaptionLong
	}
	return text, entities, err
}

// sendChatAction shows what the bot is doing. Telegram does not look whether the topic exists.
func (s *Server) sendChatAction(p params) (any, error) {
	c, err := s.chatFor(p)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(actions, p.text("action")) {
		return nil, badRequest("wrong parameter action in request")
	}
	c.action = action{kind: p.text("action"), thread: p.int("message_thread_id"), until: s.opt.Now().Add(actionLasts)}
	s.touch()
	return true, nil
}

var actions = []string{
	"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document", "choose_sticker",
	"find_location", "record_video_note", "upload_video_note",
}

type messageID struct {
	ID int `json:"message_id"`
}

// source finds the message to copy or forward.
func (s *Server) source(p params, what string) (*message, error) {
	from := p.int64("from_chat_id")
	c := s.chats[from]
	if c == nil {
		return nil, errChatNotFound
	}
	m := c.message(p.int("message_id"))
	if m == nil {
		return nil, badRequest("message to %s not found", what)
	}
	if m.isService() {
		return nil, badRequest("message can't be %s", map[string]string{"copy": "copied", "forward": "forwarded"}[what])
	}
	return m, nil
}

func (s *Server) copyMessage(p params) (any, error) {
	c, m, err := s.draft(p)
	if err != nil {
		return nil, err
	}
	from, err := s.source(p, "copy")
	if err != nil {
		return nil, err
	}
	m.text, m.entities, m.media = from.text, from.entities, from.media
	if _, given := p.values["caption"]; given && m.media != nil {
		if m.text, m.entities, err = captionText(p); err != nil {
			return nil, err
		}
	}
	return messageID{s.post(c, m).id}, nil
}

func (s *Server) forwardMessage(p params) (any, error) {
	c, m, err := s.draft(p)
	if err != nil {
		return nil, err
	}
	from, err := s.source(p, "forward")
	if err != nil {
		return nil, err
	}
	m.text, m.entities, m.media = from.text, from.entities, from.media
	m.forward = from.forward
	if m.forward == nil {
		sender := from.from.wire()
		m.forward = &wireOrigin{Type: "user", User: &sender, Date: from.date.Unix()}
	}
	return s.post(c, m).wire(true), nil
}
