package phone

import (
	"context"
	"slices"
	"strings"
	"time"
)

// queue holds the updates that the bot has not confirmed yet. Telegram forgets them after 24 hours; the stand-in does not,
// because its clock jumps.
type queue struct {
	pending []*queued
	lastID  int64
	allowed []string // update types to hand out; nil: all but those that must be asked for
	waiting *poll    // the getUpdates that is under way
}

// poll is a getUpdates that waits.
type poll struct {
	cancel context.CancelFunc
	ended  error // why another call ended it
}

type queued struct {
	update wireUpdate
	chat   int64

	// Deliveries to a webhook.
	flying    bool
	tries     int
	notBefore time.Time
	delivered int
}

func newQueue() queue { return queue{lastID: 500_000_000} }

// mustBeAsked are the update types that a bot only gets when its list names them.
var mustBeAsked = []string{"chat_member"}

func (u *wireUpdate) kind() string {
	switch {
	case u.Message != nil:
		return "message"
	case u.EditedMessage != nil:
		return "edited_message"
	case u.Query != nil:
		return "callback_query"
	case u.MyChatMember != nil:
		return "my_chat_member"
	default:
		return "chat_member"
	}
}

func (q *queue) wants(kind string) bool {
	if len(q.allowed) == 0 {
		return !slices.Contains(mustBeAsked, kind)
	}
	return slices.Contains(q.allowed, kind)
}

// allow reads allowed_updates: absent, the list stays as it was; empty, it is Telegram's default.
func (q *queue) allow(p params) error {
	if text := p.text("allowed_updates"); text == "" || text == "null" {
		return nil
	}
	var list []string
	if err := p.object("allowed_updates", &list); err != nil {
		return err
	}
	q.allowed = list
	return nil
}

// push queues an update for the bot if it wants its type.
func (s *Server) push(c *chat, u wireUpdate) {
	if !s.updates.wants(u.kind()) {
		return
	}
	s.updates.lastID++
	u.ID = s.updates.lastID
	s.updates.pending = append(s.updates.pending, &queued{update: u, chat: c.id})
	s.touch()
}

// tell queues what a person wrote or edited, if the bot may see it: in groups, without rights and with group privacy on, it
// sees only commands and answers to its own messages.
func (s *Server) tell(m *message, edited bool) {
	if m.chat.kind != private && !s.sees(m) {
		return
	}
	if edited {
		s.push(m.chat, wireUpdate{EditedMessage: m.wire(true)})
		return
	}
	s.push(m.chat, wireUpdate{Message: m.wire(true)})
}

func (s *Server) sees(m *message) bool {
	bot := m.chat.member(s.bot.id)
	if !bot.in() {
		return false
	}
	answered := m.replyTo != nil && m.replyTo.from == &s.bot
	return bot.admin() || s.opt.ReadAll || answered || strings.HasPrefix(m.text, "/") ||
		strings.Contains(m.text, "@"+s.bot.username)
}

// Polling says whether a long poll is waiting for updates.
func (s *Server) Polling() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.updates.waiting != nil
}

// Most updates that one getUpdates hands out, and most seconds that it waits.
const (
	maxUpdates = 100
	maxPoll    = 50
)

func (s *Server) getUpdates(ctx context.Context, p params) (any, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	own := &poll{cancel: cancel}
	if err := s.startPoll(own, p); err != nil {
		return nil, err
	}
	defer s.endPoll(own)
	limit := p.int("limit")
	if limit <= 0 || limit > maxUpdates {
		limit = maxUpdates
	}
	wait := time.NewTimer(time.Duration(min(max(p.int("timeout"), 0), maxPoll)) * time.Second)
	defer wait.Stop()
	for late := false; ; {
		s.mu.Lock()
		found, changed, ended := s.updates.first(limit), s.changed, own.ended
		s.mu.Unlock()
		if ended != nil || len(found) > 0 || late {
			return found, ended
		}
		select {
		case <-changed:
		case <-wait.C:
			late = true
		case <-ctx.Done():
			late = true
		case <-s.done.Done():
			return nil, errInternal
		}
	}
}

// startPoll confirms updates below the offset and ends the poll that is waiting.
func (s *Server) startPoll(own *poll, p params) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook != nil {
		return errWebhookIsSet
	}
	if err := s.updates.allow(p); err != nil {
		return err
	}
	s.updates.end(errOtherPoller)
	s.updates.waiting = own
	s.updates.confirm(p.int64("offset"))
	s.touch()
	return nil
}

func (s *Server) endPoll(own *poll) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.updates.waiting == own {
		s.updates.waiting = nil
		s.touch()
	}
}

func (q *queue) end(why error) {
	if q.waiting != nil {
		q.waiting.ended = why
		q.waiting.cancel()
		q.waiting = nil
	}
}

// confirm drops the updates below offset; a negative one keeps that many of the newest.
func (q *queue) confirm(offset int64) {
	if offset < 0 {
		keep := min(int(-offset), len(q.pending))
		q.pending = q.pending[len(q.pending)-keep:]
		return
	}
	q.pending = slices.DeleteFunc(q.pending, func(u *queued) bool { return u.update.ID < offset })
}

func (q *queue) first(limit int) []wireUpdate {
	found := []wireUpdate{}
	for _, u := range q.pending[:min(limit, len(q.pending))] {
		found = append(found, u.update)
	}
	return found
}
