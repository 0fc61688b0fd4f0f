package phone

import (
	"maps"
	"strings"
	"time"
)

// Call is a call that the bot made.
type Call struct {
	Method string            // in lower case
	Chat   int64             // chat_id, 0 if there is none
	Params map[string]string // as text; lists and objects are JSON
	Files  map[string]string // names of uploaded files by field
	At     time.Time         // by the stand-in's clock
	Done   bool              // it was answered, or cut off
	Error  string            // Telegram's description of why it was not carried out; empty if it was
}

// maxCalls is how many calls are remembered: when there are more, the older half goes.
const maxCalls = 20_000

// record notes a call and finds the fault that is meant for it.
func (s *Server) record(name string, p params) (*Call, *Faulted) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.calls) >= maxCalls {
		s.calls = append([]*Call(nil), s.calls[maxCalls/2:]...)
	}
	c := &Call{Method: name, Chat: p.int64("chat_id"), Params: maps.Clone(p.values), Files: make(map[string]string), At: s.opt.Now()}
	for field, up := range p.uploads {
		c.Files[field] = up.name
	}
	s.calls = append(s.calls, c)
	s.touch()
	return c, s.faultFor(c)
}

func (s *Server) settle(c *Call, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Done = true
	if err != nil {
		c.Error = err.Error()
	}
	s.touch()
}

// Calls lists the calls made to the given methods, oldest first, however their names are written; with none given, all calls
// but getUpdates.
func (s *Server) Calls(methods ...string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Call
	for _, c := range s.calls {
		if c.among(methods) {
			found = append(found, *c)
		}
	}
	return found
}

// Count is how many calls Calls would list.
func (s *Server) Count(methods ...string) int { return len(s.Calls(methods...)) }

func (c *Call) among(methods []string) bool {
	if len(methods) == 0 {
		return c.Method != "getupdates"
	}
	for _, m := range methods {
		if strings.EqualFold(m, c.Method) {
			return true
		}
	}
	return false
}
