package phone

import (
	"cmp"
	"context"
	"strconv"
	"time"
)

// queryLives is how long a callback query can be answered where Options do not say.
const queryLives = 30 * time.Second

// query is a press of an inline button.
type query struct {
	id       string
	by       *person
	chat     *chat
	at       time.Time
	answered bool
	answer   Toast
}

// Toast is what a press was answered with: a short notice, or an alert to be closed. An empty Text only ends the waiting.
type Toast struct {
	Text  string `json:"text"`
	Alert bool   `json:"alert"`
}

// maxToast is the length of a notice, in UTF-16 units.
const maxToast = 200

func (s *Server) answerCallbackQuery(p params) (any, error) {
	q := s.queries[p.text("callback_query_id")]
	if q == nil || s.opt.Now().Sub(q.at) > cmp.Or(s.opt.Presses, queryLives) {
		return nil, errQueryTooOld
	}
	if units(p.text("text")) > maxToast {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	q.answered = true
	q.answer = Toast{Text: p.text("text"), Alert: p.bool("show_alert")}
	s.touch()
	return true, nil
}

// Answer waits until the bot has answered a press, given by the id that pressing returned.
func (s *Server) Answer(ctx context.Context, press string) (Toast, error) {
	var toast Toast
	err := s.Wait(ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		q := s.queries[press]
		if q == nil || !q.answered {
			return false
		}
		toast = q.answer
		return true
	})
	return toast, err
}

// press queues a callback query. A message that is not there any more is shown to the bot as one that it cannot reach.
func (s *Server) press(by *person, c *chat, id int, data string) *query {
	q := &query{id: strconv.FormatInt(4_300_000_000_000_000_000+s.next(), 10), by: by, chat: c, at: s.opt.Now()}
	s.queries[q.id] = q
	w := &wireQuery{ID: q.id, From: by.wire(), Data: data, ChatInstance: strconv.FormatInt(-7_000_000_000_000-c.id, 10)}
	if m := c.message(id); m != nil {
		w.Message = m.wire(true)
	} else {
		w.Message = wireInaccessible{Chat: c.wire(), MessageID: id}
	}
	s.push(c, wireUpdate{Query: w})
	return q
}
