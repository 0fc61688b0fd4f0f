package phone_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

// reply is an answer of the Bot API.
type reply struct {
	Status      int             `json:"-"`
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

func (r reply) into(t *testing.T, v any) {
	t.Helper()
	require.True(t, r.OK, r.Description)
	require.NoError(t, json.Unmarshal(r.Result, v))
}

func (r reply) messageID(t *testing.T) int {
	t.Helper()
	var m struct {
		ID int `json:"message_id"`
	}
	r.into(t, &m)
	return m.ID
}

// fixture is a stand-in behind a real HTTP server, with a clock that is moved by hand.
type fixture struct {
	*phone.Server
	t    *testing.T
	http *httptest.Server
	now  atomic.Pointer[time.Time]
}

type fields map[string]any

func newFixture(t *testing.T, opt phone.Options) *fixture {
	t.Helper()
	f := &fixture{t: t}
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	f.now.Store(&start)
	opt.Now = func() time.Time { return *f.now.Load() }
	f.Server = phone.New(opt)
	f.http = httptest.NewServer(f.Server)
	t.Cleanup(func() {
		f.Close()
		f.http.Close()
	})
	return f
}

func (f *fixture) advance(d time.Duration) {
	now := f.now.Load().Add(d)
	f.now.Store(&now)
}

func (f *fixture) url(method string) string { return f.http.URL + "/bot" + f.Token() + "/" + method }

// call makes a call with a JSON body.
func (f *fixture) call(method string, p fields) reply {
	f.t.Helper()
	r, err := f.try(method, p)
	require.NoError(f.t, err)
	return r
}

func (f *fixture) try(method string, p fields) (reply, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return reply{}, err
	}
	resp, err := http.Post(f.url(method), "application/json", bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	return read(resp)
}

func read(resp *http.Response) (reply, error) {
	defer func() { _ = resp.Body.Close() }()
	r := reply{Status: resp.StatusCode}
	return r, json.NewDecoder(resp.Body).Decode(&r)
}

// refused wants a call to be refused with exactly this code and text.
func (f *fixture) refused(code int, description, method string, p fields) reply {
	f.t.Helper()
	r := f.call(method, p)
	require.False(f.t, r.OK, "%s was carried out", method)
	require.Equal(f.t, description, r.Description)
	require.Equal(f.t, code, r.Code)
	require.Equal(f.t, code, r.Status)
	return r
}

func (f *fixture) allowed(method string, p fields) reply {
	f.t.Helper()
	r := f.call(method, p)
	require.True(f.t, r.OK, "%s: %s", method, r.Description)
	return r
}

func keyboard(rows ...[]fields) fields { return fields{"inline_keyboard": rows} }

func key(text, data string) fields { return fields{"text": text, "callback_data": data} }
