package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

const hookSecret = "s3cret_-of-the-hook"

func hook(t *testing.T, handle Handler) (*Webhook, *noteBook) {
	t.Helper()
	notes := &noteBook{}
	w, err := NewWebhook(newFake().client(t, notes), handle, hookSecret)
	require.NoError(t, err)
	t.Cleanup(func() {
		over, cancel := context.WithCancel(context.Background())
		cancel()
		_ = w.Stop(over) // whatever still waits
	})
	return w, notes
}

// deliver posts a body as Telegram does, changed by edit.
func deliver(w http.Handler, body string, edit func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/telegram", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", hookSecret)
	if edit != nil {
		edit(r)
	}
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	return rec
}

func TestWebhookAnswers(t *testing.T) {
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for _, c := range []struct {
		name    string
		body    string
		edit    func(*http.Request)
		status  int
		handled bool
		note    NoteKind
	}{
		{"update", typedUpdate(5, 1, "x"), nil, 200, true, ""},
		{"charset", typedUpdate(5, 1, "x"), header("Content-Type", "application/json; charset=utf-8"), 200, true, ""},
		{"get", "", func(r *http.Request) { r.Method = http.MethodGet }, 405, false, ""},
		{"wrong secret", typedUpdate(5, 1, "x"), header(secretHeader, hookSecret+"x"), 401, false, BadSecret},
		{"prefix of the secret", typedUpdate(5, 1, "x"), header(secretHeader, hookSecret[:5]), 401, false, BadSecret},
		{"no secret", typedUpdate(5, 1, "x"), func(r *http.Request) { r.Header.Del(secretHeader) }, 401, false, BadSecret},
		{"form", "a=b", header("Content-Type", "application/x-www-form-urlencoded"), 415, false, ""},
		{"no type", typedUpdate(5, 1, "x"), func(r *http.Request) { r.Header.Del("Content-Type") }, 415, false, ""},
		{"too large", typedUpdate(5, 1, strings.Repeat("x", maxBody)), nil, 413, false, ""},
		{"cut short", typedUpdate(5, 1, "x")[:60], nil, 400, false, Undecodable},
		{"cut short behind the id", `{"update_id":5`, nil, 400, false, Undecodable},
		{"no JSON", "hello", nil, 400, false, Undecodable},
		{"no update", `{"message":{}}`, nil, 400, false, Undecodable},
		{"unreadable update", `{"update_id":5,"message":{"text":7}}`, nil, 200, true, Undecodable},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []bot.Update
			w, notes := hook(t, func(_ context.Context, u bot.Update) error { got = append(got, u); return nil })
			rec := deliver(w, c.body, c.edit)
			require.Equal(t, c.status, rec.Code)
			require.Equal(t, c.handled, len(got) == 1)
			if c.handled {
				require.EqualValues(t, 5, got[0].ID)
			}
			require.Equal(t, c.note != "", notes.count(c.note) == 1)
			for _, n := range notes.notes {
				require.NotContains(t, n.Err.Error(), "hello")
			}
			require.Empty(t, rec.Body.String())
		})
	}
	_, err := NewWebhook(nil, nil, "")
	require.Error(t, err, "without a secret anybody could speak for anybody")
}

func TestWebhookAnswersAfterTheHandler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		w, _ := hook(t, func(context.Context, bot.Update) error { <-release; return nil })
		answered := make(chan int, 1)
		go func() { answered <- deliver(w, typedUpdate(5, 1, "x"), nil).Code }()
		synctest.Wait()
		require.Empty(t, answered)
		close(release)
		require.Equal(t, 200, <-answered)
	})
}

func TestWebhookAnswersForWhatIsSafe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release, delivered := make(chan struct{}), 0
		w, _ := hook(t, func(_ context.Context, u bot.Update) error {
			u.Safe()
			<-release
			delivered++
			return nil
		})
		require.Equal(t, 200, deliver(w, typedUpdate(5, 1, "x"), nil).Code)
		stopped := make(chan error, 1)
		go func() { stopped <- w.Stop(context.Background()) }()
		synctest.Wait()
		require.Empty(t, stopped, "what is being delivered is finished")
		close(release)
		require.NoError(t, <-stopped)
		require.Equal(t, 1, delivered)
	})
}

func TestWebhookSendsAwayWhatFailed(t *testing.T) {
	fail := true
	w, notes := hook(t, func(context.Context, bot.Update) error {
		if fail {
			return errors.New("store: down")
		}
		return nil
	})
	rec := deliver(w, typedUpdate(5, 1, "x"), nil)
	require.Equal(t, 503, rec.Code)
	require.Equal(t, "1", rec.Header().Get("Retry-After"))
	require.Equal(t, 1, notes.count(Failing))
	fail = false
	require.Equal(t, 200, deliver(w, typedUpdate(5, 1, "x"), nil).Code)
}

func TestWebhookGivesUpOnPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		w, notes := hook(t, func(context.Context, bot.Update) error { tries++; panic("boom") })
		require.Equal(t, 200, deliver(w, typedUpdate(5, 1, "x"), nil).Code, "or Telegram would deliver it for a day, and nothing else of the chat")
		require.Equal(t, panicTries, tries)
		require.Equal(t, 1, notes.count(Abandoned))
	})
}

func TestWebhookKeepsTheOrderWithinAChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &desk{}
		d.set(func(context.Context, bot.Update) error { time.Sleep(10 * time.Millisecond); return nil })
		w, _ := hook(t, d.handle)
		begin := time.Now()
		answered := make(chan int, 40)
		for i := range int64(40) {
			go func() { answered <- deliver(w, typedUpdate(100+i, 1+i%4, "x"), nil).Code }()
			synctest.Wait() // each has arrived before the next
		}
		for range 40 {
			require.Equal(t, 200, <-answered)
		}
		require.Equal(t, 100*time.Millisecond, time.Since(begin), "ten one after another in each of four chats")
		require.False(t, d.overlap)
		for _, ids := range d.byChat {
			require.True(t, slices.IsSorted(ids))
		}
		synctest.Wait()
		require.Empty(t, w.lanes.chats)
	})
}

func TestWebhookSendsAwayWhatIsTooMuch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		w, _ := hook(t, func(context.Context, bot.Update) error { <-release; return nil })
		answered := make(chan int, maxInHand)
		for i := range int64(maxInHand) {
			go func() { answered <- deliver(w, typedUpdate(100+i, 1+i, "x"), nil).Code }()
		}
		synctest.Wait()
		require.Equal(t, 503, deliver(w, typedUpdate(5000, 9000, "x"), nil).Code)
		close(release)
		for range maxInHand {
			require.Equal(t, 200, <-answered)
		}
		require.Equal(t, 200, deliver(w, typedUpdate(5000, 9000, "x"), nil).Code)
	})
}

func TestWebhookFinishesAlthoughTelegramHangsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		d := &desk{}
		d.set(func(ctx context.Context, _ bot.Update) error { <-release; return ctx.Err() })
		w, _ := hook(t, d.handle)
		ctx, cancel := context.WithCancel(t.Context())
		go deliver(w, typedUpdate(5, 1, "x"), func(r *http.Request) { *r = *r.WithContext(ctx) })
		synctest.Wait()
		cancel()
		close(release)
		synctest.Wait()
		require.Equal(t, []int64{5}, d.done())
	})
}

func TestWebhookDrains(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _ := hook(t, func(ctx context.Context, u bot.Update) error {
			if u.Chat == 2 {
				<-ctx.Done()
				return ctx.Err()
			}
			time.Sleep(3 * time.Second)
			return nil
		})
		post := func(id, chat int64) <-chan int {
			answered := make(chan int, 1)
			go func() { answered <- deliver(w, typedUpdate(id, chat, "x"), nil).Code }()
			synctest.Wait()
			return answered
		}
		short, queued, endless := post(10, 1), post(11, 1), post(20, 2)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		stopped := make(chan error, 1)
		go func() { stopped <- w.Stop(ctx) }()
		synctest.Wait()
		require.Equal(t, 503, deliver(w, typedUpdate(12, 3, "late"), nil).Code)
		require.Equal(t, 200, <-short)
		require.Equal(t, 503, <-queued, "what has not begun comes again")
		require.ErrorIs(t, <-stopped, context.DeadlineExceeded)
		require.Equal(t, 503, <-endless)
	})
}

func TestWebhookThroughARealServer(t *testing.T) {
	d := &desk{}
	w, _ := hook(t, d.handle)
	s := httptest.NewServer(w)
	defer s.Close()
	for i := range 3 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL, io.NopCloser(strings.NewReader(typedUpdate(int64(i+1), 1, "x"))))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set(secretHeader, hookSecret)
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, 200, resp.StatusCode)
	}
	require.Equal(t, "[1 2 3]", fmt.Sprint(d.done()))
}
