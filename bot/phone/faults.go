package phone

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// Fault says what goes wrong with which calls.
type Fault struct {
	Method      string // empty: any method but getUpdates
	Chat        int64  // 0: any chat
	Kind        FaultKind
	RetryAfter  int    // seconds, for TooManyRequests
	Code        int    // for Refused
	Description string // for Refused, in Telegram's words: "Bad Request: TOPIC_CLOSED"
	Times       int    // how many calls; 0: one, negative: all until Remove
}

// FaultKind is what goes wrong.
type FaultKind string

// Kinds of fault. The first group keeps the call from being carried out; in the second it is carried out and the bot does not
// learn of it.
const (
	TooManyRequests FaultKind = "too many requests" // 429 with RetryAfter
	ServerError     FaultKind = "server error"      // 500 in JSON
	BadGateway      FaultKind = "bad gateway"       // 502, a page of HTML
	Refused         FaultKind = "refused"           // Code and Description; 403 "bot was blocked by the user" if they are empty
	Dropped         FaultKind = "dropped"           // the connection ends without an answer
	Hang            FaultKind = "hang"              // no answer until Release, then it is carried out

	Cut     FaultKind = "cut"     // carried out, and the connection ends without an answer
	MidBody FaultKind = "midbody" // carried out, and the connection ends in the middle of the answer
	Stall   FaultKind = "stall"   // carried out, and no answer until Release
)

// Faulted is a fault that lies in wait.
type Faulted struct {
	fault   Fault
	server  *Server
	left    int
	hits    int
	release chan struct{}
	once    sync.Once
}

// Fail makes calls go wrong. Faults are tried in the order in which they were made.
func (s *Server) Fail(f Fault) *Faulted {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := &Faulted{fault: f, server: s, left: f.Times, release: make(chan struct{})}
	if f.Times == 0 {
		x.left = 1
	}
	s.faults = append(s.faults, x)
	return x
}

// Hits is how many calls the fault has met so far.
func (f *Faulted) Hits() int {
	f.server.mu.Lock()
	defer f.server.mu.Unlock()
	return f.hits
}

// Release lets the calls go on that hang, and those that are still to come.
func (f *Faulted) Release() { f.once.Do(func() { close(f.release) }) }

// Remove takes the fault away and releases what hangs.
func (f *Faulted) Remove() {
	f.server.mu.Lock()
	f.left = 0
	f.server.mu.Unlock()
	f.Release()
}

func (s *Server) faultFor(c *Call) *Faulted {
	for _, f := range s.faults {
		if f.left != 0 && f.fault.meets(c) {
			f.left--
			f.hits++
			return f
		}
	}
	return nil
}

func (f *Fault) meets(c *Call) bool {
	if f.Method == "" && c.Method == "getupdates" || f.Method != "" && !strings.EqualFold(f.Method, c.Method) {
		return false
	}
	return f.Chat == 0 || f.Chat == c.Chat
}

// lets says whether the call is to be carried out at all; a call that hangs is held here.
func (f *Faulted) lets(r *http.Request) bool {
	switch f.fault.Kind {
	case TooManyRequests, ServerError, Refused, BadGateway, Dropped:
		return false
	case Hang:
		return f.wait(r)
	}
	return true
}

// refuse answers a call that was not carried out.
func (f *Faulted) refuse(w http.ResponseWriter) {
	switch f.fault.Kind {
	case BadGateway:
		badGateway(w)
	case Dropped, Hang:
		abort()
	default:
		writeError(w, f.error())
	}
}

// spoil keeps the answer from a call that was carried out, or holds it back for a while.
func (f *Faulted) spoil(w http.ResponseWriter, r *http.Request, result any, err error) {
	switch f.fault.Kind {
	case Cut:
		abort()
	case MidBody:
		halfAnswer(w, result, err)
	case Stall:
		if !f.wait(r) {
			abort()
		}
	}
}

func (f *Faulted) error() error {
	switch f.fault.Kind {
	case TooManyRequests:
		return tooMany(max(f.fault.RetryAfter, 1))
	case Refused:
		if f.fault.Code == 0 {
			return errBlocked
		}
		return &apiError{Code: f.fault.Code, Description: f.fault.Description}
	}
	return errInternal
}

// wait hangs until the fault is released; false if the client gave up or the Server was closed.
func (f *Faulted) wait(r *http.Request) bool {
	select {
	case <-f.release:
		return true
	case <-r.Context().Done():
		return false
	case <-f.server.done.Done():
		return false
	}
}

// abort ends the connection: net/http knows this panic and keeps quiet about it.
func abort() { panic(http.ErrAbortHandler) }

func halfAnswer(w http.ResponseWriter, result any, err error) {
	code, body := answer(result, err)
	raw, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	w.WriteHeader(code)
	_, _ = w.Write(raw[:len(raw)/2])
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
	abort()
}
