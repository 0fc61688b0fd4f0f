package telegram

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

const testToken = "4242:secret-of-the-bot"

// fake is Telegram in memory: a transport that answers calls and hands out updates with Telegram's rules. It works inside a
// synctest bubble, where time is its own.
type fake struct {
	mu      sync.Mutex
	pending []pendingUpdate
	wake    chan struct{} // closed and made anew when an update arrives
	calls   []fakeCall
	// answer, if not nil, answers a call instead of the fake; nil leaves it to the fake. n counts the calls of the method from 1.
	answer  func(method string, n int) *scripted
	results map[string]string // result of a method, as JSON; "true" for others
	offset  int64             // everything below is confirmed
	// confirming, if not nil, is told of each offset before anything is forgotten.
	confirming func(offset int64)
}

type pendingUpdate struct {
	id  int64
	raw string
}

type fakeCall struct {
	method string
	at     time.Time
	params map[string]any
}

// scripted is an answer of the HTTP kind, or an error of the connection.
type scripted struct {
	status int
	body   string
	err    error
}

func newFake() *fake { return &fake{wake: make(chan struct{}), results: map[string]string{}} }

func (f *fake) client(t testing.TB, notes *noteBook) *Client {
	t.Helper()
	o := Options{Token: testToken, Transport: f}
	if notes != nil {
		o.Observe = notes.add
	}
	c, err := New(o)
	require.NoError(t, err)
	return c
}

// RoundTrip implements http.RoundTripper.
func (f *fake) RoundTrip(req *http.Request) (*http.Response, error) {
	defer func() { _ = req.Body.Close() }()
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	method := path.Base(req.URL.Path)
	params := map[string]any{}
	if err := json.Unmarshal(body, &params); err != nil && !bytes.Equal(bytes.TrimSpace(body), []byte("null")) {
		return nil, fmt.Errorf("fake: %s: %w", method, err)
	}
	f.mu.Lock()
	f.calls = append(f.calls, fakeCall{method, time.Now(), params})
	var r *scripted
	if f.answer != nil {
		r = f.answer(method, len(f.of(method)))
	}
	result, known := f.results[method]
	f.mu.Unlock()
	switch {
	case r != nil && r.err != nil:
		return nil, r.err
	case r != nil:
	case method == "getUpdates":
		updates, err := f.poll(req, params)
		if err != nil {
			return nil, err
		}
		r = &scripted{status: 200, body: `{"ok":true,"result":[` + strings.Join(updates, ",") + `]}`}
	case known:
		r = &scripted{status: 200, body: `{"ok":true,"result":` + result + `}`}
	default:
		r = &scripted{status: 200, body: `{"ok":true,"result":true}`}
	}
	rec := httptest.NewRecorder()
	rec.WriteHeader(r.status)
	_, _ = rec.WriteString(r.body)
	return rec.Result(), nil
}

func (f *fake) poll(req *http.Request, params map[string]any) ([]string, error) {
	number := func(name string) int64 { n, _ := params[name].(float64); return int64(n) }
	over := time.NewTimer(time.Duration(number("timeout")) * time.Second)
	defer over.Stop()
	for {
		f.mu.Lock()
		if offset := number("offset"); offset > 0 {
			f.offset = offset
			if f.confirming != nil {
				f.confirming(offset)
			}
			f.pending = slices.DeleteFunc(f.pending, func(u pendingUpdate) bool { return u.id < offset })
		}
		var out []string
		for _, u := range f.pending[:min(len(f.pending), int(number("limit")))] {
			out = append(out, u.raw)
		}
		wake := f.wake
		f.mu.Unlock()
		if len(out) > 0 {
			return out, nil
		}
		select {
		case <-wake:
		case <-over.C:
			return nil, nil
		case <-req.Context().Done():
			return nil, req.Context().Err()
		}
	}
}

// push makes an update available.
func (f *fake) push(id int64, raw string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pending = append(f.pending, pendingUpdate{id, raw})
	close(f.wake)
	f.wake = make(chan struct{})
}

// typed makes a text message of a chat available.
func (f *fake) typed(id, chat int64, text string) { f.push(id, typedUpdate(id, chat, text)) }

func typedUpdate(id, chat int64, text string) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"from":{"id":%d,"first_name":"A"},`+
		`"chat":{"id":%[3]d,"type":"private"},"date":1763790000,"text":%[4]q}}`, id, id, chat, text)
}

// of gives the calls of a method. The caller holds the lock.
func (f *fake) of(method string) []fakeCall {
	var out []fakeCall
	for _, c := range f.calls {
		if c.method == method {
			out = append(out, c)
		}
	}
	return out
}

func (f *fake) called(method string) []fakeCall {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.of(method)
}

func (f *fake) confirmed() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.offset
}

func refused(code int, description string) *scripted {
	return &scripted{status: code, body: fmt.Sprintf(`{"ok":false,"error_code":%d,"description":%q}`, code, description)}
}

// noteBook collects what an operator is told.
type noteBook struct {
	mu    sync.Mutex
	notes []Note
}

func (b *noteBook) add(n Note) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.notes = append(b.notes, n)
}

func (b *noteBook) count(kind NoteKind) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, note := range b.notes {
		if note.Kind == kind {
			n++
		}
	}
	return n
}

// failureOf asserts that an error is a *bot.Failure and never shows the token.
func failureOf(t testing.TB, err error) bot.Failure {
	t.Helper()
	require.Error(t, err)
	var f *bot.Failure
	require.ErrorAs(t, err, &f)
	require.NotContains(t, err.Error(), "secret-of-the-bot")
	require.NotContains(t, fmt.Sprintf("%+v %#v", err, f.Err), "secret-of-the-bot")
	return *f
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}
