package telegram

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"mime"
	"net/http"
	"sync/atomic"
)

const (
	maxBody      = 1 << 20
	maxInHand    = 512 // several times what Telegram sends at once; more are sent away to come again
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
)

// Webhook takes updates that Telegram delivers. It answers 200 only once an update is safe, or its handler returned nil, which is how
// Telegram learns that it is done; on any other answer Telegram delivers it again, for up to 24 hours.
//
// telebot's Webhook answers 200 to a wrong secret and to a bad body, compares the secret in variable time, reads bodies without
// end, and acknowledges before anything is handled.
type Webhook struct {
	client *Client
	lanes  *lanes
	secret [sha256.Size]byte
	inHand atomic.Int64
}

// NewWebhook prepares a handler for the address that SetWebhook names. A secret is 1 to 256 of A-Z, a-z, 0-9, _ and -.
func NewWebhook(c *Client, handle Handler, secret string) (*Webhook, error) {
	if secret == "" {
		return nil, errors.New("webhook secret: empty")
	}
	return &Webhook{client: c, lanes: newLanes(c.survive(handle)), secret: sha256.Sum256([]byte(secret))}, nil
}

// ServeHTTP answers
//
//	200 the update is safe, or it is one that never will be (see below)
//	400 the body is no JSON or names no update
//	401 the secret is missing or wrong
//	405 not POST
//	413 the body is larger than 1 MiB
//	415 the body is not declared as JSON
//	503 the handler failed, too much is in hand, or the bot is ending: to be delivered again
//
// A body that is no JSON was damaged on its way, so it is worth another delivery: 400. An update that is sound JSON of an
// unexpected form would be as unreadable the next time: the handler gets it as Unreadable, it is counted, and it is done.
func (w *Webhook) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	body, status := w.accept(out, r)
	if status == http.StatusOK {
		status = w.deliver(body)
	}
	if status == http.StatusServiceUnavailable {
		out.Header().Set("Retry-After", "1")
	}
	out.WriteHeader(status)
}

func (w *Webhook) accept(out http.ResponseWriter, r *http.Request) (body []byte, status int) {
	if r.Method != http.MethodPost {
		out.Header().Set("Allow", http.MethodPost)
		return nil, http.StatusMethodNotAllowed
	}
	// Hashes are of equal length, so that the time says nothing of the secret, not even how long it is.
	given := sha256.Sum256([]byte(r.Header.Get(secretHeader)))
	if subtle.ConstantTimeCompare(given[:], w.secret[:]) != 1 {
		w.client.observe(Note{Kind: BadSecret, Err: errors.New("a webhook call without the right secret")})
		return nil, http.StatusUnauthorized
	}
	if !isJSON(r.Header.Get("Content-Type")) {
		return nil, http.StatusUnsupportedMediaType
	}
	var b bytes.Buffer
	b.Grow(int(min(max(r.ContentLength, 0), maxBody)) + bytes.MinRead)
	_, err := b.ReadFrom(http.MaxBytesReader(out, r.Body, maxBody))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, http.StatusRequestEntityTooLarge
	}
	if err != nil {
		return nil, http.StatusBadRequest
	}
	return b.Bytes(), http.StatusOK
}

func isJSON(contentType string) bool {
	if contentType == jsonType {
		return true
	}
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && kind == jsonType
}

// deliver waits until the update is safe. What follows is done in another goroutine: here it would hold up the next update that comes over
// this connection. The handler's context is not the request's: when Telegram hangs up, what was begun is finished
// all the same, and the repetition finds it done.
func (w *Webhook) deliver(body []byte) (status int) {
	u, err := decode(body)
	if err != nil {
		w.client.observe(Note{Kind: Undecodable, Update: u.ID, Err: err})
		if u.ID == 0 {
			return http.StatusBadRequest
		}
	}
	if w.inHand.Add(1) > maxInHand {
		w.inHand.Add(-1)
		return http.StatusServiceUnavailable
	}
	defer w.inHand.Add(-1)
	ended := make(chan error, 1)
	w.lanes.add(u, func(err error) { ended <- err })
	if err = <-ended; err == nil {
		return http.StatusOK
	}
	if !errors.Is(err, errStopped) {
		w.client.observe(Note{Kind: Failing, Update: u.ID, Err: err})
	}
	return http.StatusServiceUnavailable
}

// Stop takes no more updates and waits for those at work until ctx ends; then their context ends too. The error says that
// handlers were still at work.
func (w *Webhook) Stop(ctx context.Context) error { return w.lanes.drain(ctx) }
