// Package telegram is where Respite meets Telegram: updates come in, calls go out, and no other package knows the library.
package telegram

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"respite/bot"
)

// DefaultURL is Telegram's own Bot API server.
const DefaultURL = "https://api.telegram.org"

// Options says which bot on which server.
type Options struct {
	Token     string            // as BotFather gave it; never appears in an error or a note
	URL       string            // Bot API server; empty: DefaultURL
	Observe   func(Note)        // told what an operator should know; nil: nobody is. Must not block
	Transport http.RoundTripper // nil: NewTransport
}

// Client talks to one Bot API server on behalf of one bot. It is safe for concurrent use.
type Client struct {
	token string
	api   string // URL without a trailing slash
	base  *url.URL
	json  http.Header // of most requests; never changed

	addresses sync.Map // of methods: string to *address, never changed
	// Not an http.Client: that would follow a redirect, with the token in the path, and put the address into its errors.
	transport http.RoundTripper
	observe   func(Note)
	health    health
}

var _ bot.Messenger = (*Client)(nil)

// tokenShape is what BotFather gives out: the bot's id, a colon and a secret.
var tokenShape = regexp.MustCompile(`^[0-9]{1,20}:[A-Za-z0-9_-]{1,128}$`)

// New prepares a client. It opens no connection: whether Telegram answers is found out by WaitReady.
func New(o Options) (*Client, error) {
	if !tokenShape.MatchString(o.Token) {
		return nil, errors.New("telegram token: not of the form 123456:secret")
	}
	api := strings.TrimRight(cmp.Or(o.URL, DefaultURL), "/")
	u, err := url.Parse(api)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("telegram api url: not an http or https address")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("telegram api url: only host and path are possible")
	}
	c := &Client{token: o.Token, api: api, base: u, json: http.Header{"Content-Type": {jsonType}}, transport: o.Transport, observe: o.Observe}
	if c.observe == nil {
		c.observe = func(Note) {}
	}
	if c.transport == nil {
		c.transport = NewTransport(u)
	}
	return c, nil
}

// Note is something that an operator should know. Conditions that last are said once when they begin and once when they end,
// the others each time.
type Note struct {
	Kind   NoteKind
	Update int64 // the update concerned, 0 for none
	Err    error // never holds the token nor a borrower's words
}

// NoteKind says what happened.
type NoteKind string

// What an operator is told.
const (
	Unreachable NoteKind = "unreachable" // Telegram does not answer; it is tried again
	Reachable   NoteKind = "reachable"   // it answers again
	RivalPolls  NoteKind = "rival"       // another instance polls with this token, or somebody set a webhook
	RivalGone   NoteKind = "rival_gone"  // no conflict for a minute
	Undecodable NoteKind = "undecodable" // an update or a webhook body could not be read
	Failing     NoteKind = "failing"     // a handler failed for the first time for this update; it is tried again
	Panicked    NoteKind = "panicked"    // the same, by a panic: Err holds the stack
	Abandoned   NoteKind = "abandoned"   // an update whose handler panicked every time: it is confirmed unhandled
	BadSecret   NoteKind = "bad_secret"  // a webhook call without the right secret
)

const (
	callTimeout   = 30 * time.Second // for one call, unless the caller's context is shorter
	uploadTimeout = 30 * time.Second // no longer either: the lease under which it is sent must not lapse meanwhile
)
