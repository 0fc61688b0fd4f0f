package phone_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

// receiver is a bot's webhook. It fails the first so many requests.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	failing int
	secrets []string
	texts   chan string
	hold    chan struct{} // closed: requests are answered
}

func newReceiver(t *testing.T, failing int) *receiver {
	t.Helper()
	r := &receiver{failing: failing, texts: make(chan string, 100), hold: make(chan struct{})}
	close(r.hold)
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.mu.Lock()
		r.secrets = append(r.secrets, req.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
		r.failing--
		fail, hold := r.failing >= 0, r.hold
		r.mu.Unlock()
		<-hold
		var u update
		if fail || json.NewDecoder(req.Body).Decode(&u) != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		r.texts <- u.Message.Text
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) next(n int) []string {
	var texts []string
	for range n {
		texts = append(texts, <-r.texts)
	}
	return texts
}

func noWait(int) time.Duration { return 0 }

func TestWebhookDelivers(t *testing.T) {
	f := newFixture(t, phone.Options{Webhook: phone.WebhookOptions{Backoff: noWait}})
	hook := newReceiver(t, 2)
	f.allowed("setWebhook", fields{"url": hook.URL, "secret_token": "s3cret"})
	p := f.Person(11, "Mei", "zh-hans")
	p.Say("one")
	p.Say("two")
	require.Equal(t, []string{"one", "two"}, hook.next(2), "a failed delivery is tried again before the next of the chat")
	require.NoError(t, f.Confirmed(t.Context()))
	require.Equal(t, []string{"s3cret", "s3cret", "s3cret", "s3cret"}, hook.secrets)
	f.refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", "getUpdates", nil)

	var info struct {
		URL   string
		Error string `json:"last_error_message"`
	}
	f.allowed("getWebhookInfo", nil).into(t, &info)
	require.Equal(t, hook.URL, info.URL)
	require.Equal(t, "Wrong response from the webhook: 500 Internal Server Error", info.Error)

	f.allowed("deleteWebhook", nil)
	p.Say("three")
	require.Equal(t, "three", f.drain()[0].Message.Text)
}

func TestWebhookDisorderAndRepeats(t *testing.T) {
	f := newFixture(t, phone.Options{Webhook: phone.WebhookOptions{Disorder: true, Twice: true}})
	p := f.Person(11, "Mei", "zh-hans")
	p.Say("one")
	p.Say("two")
	hook := newReceiver(t, 0)
	f.allowed("setWebhook", fields{"url": hook.URL, "max_connections": 1})
	require.Equal(t, []string{"two", "two", "one", "one"}, hook.next(4))
	require.NoError(t, f.Confirmed(t.Context()))
}

func TestSettingAWebhookEndsThePoll(t *testing.T) {
	f := newFixture(t, phone.Options{})
	poll := f.poll()
	require.NoError(t, f.Wait(t.Context(), f.Polling))
	hook := newReceiver(t, 0)
	f.allowed("setWebhook", fields{"url": hook.URL})
	require.Equal(t, "Conflict: terminated by setWebhook request", (<-poll).Description)
}

func TestWebhookAddresses(t *testing.T) {
	f := newFixture(t, phone.Options{})
	const https = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
	f.refused(400, https, "setWebhook", fields{"url": "http://example.org/hook"})
	f.refused(400, https, "setWebhook", fields{"url": "ftp://127.0.0.1/hook"})
	f.refused(400, "Bad Request: bad webhook: invalid webhook URL specified", "setWebhook", fields{"url": "hook"})
	f.refused(400, "Bad Request: secret token contains unallowed characters", "setWebhook", fields{"url": "https://example.org/", "secret_token": "a b"})
}
