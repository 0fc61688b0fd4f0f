package phone_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

func hello(chat int64) fields { return fields{"chat_id": chat, "text": "hello"} }

func TestFaultsBeforeTheCall(t *testing.T) {
	f, p := started(t)
	f.Person(12, "Li", "zh-hant").Start()
	f.Fail(phone.Fault{Method: "sendMessage", Chat: 11, Kind: phone.TooManyRequests, RetryAfter: 7})
	f.Fail(phone.Fault{Chat: 11, Kind: phone.ServerError})
	f.Fail(phone.Fault{Chat: 11, Kind: phone.Refused})
	f.Fail(phone.Fault{Chat: 11, Kind: phone.Refused, Code: 400, Description: "Bad Request: TOPIC_CLOSED"})
	require.True(t, f.call("sendMessage", hello(12)).OK, "another chat is not met")
	require.Equal(t, 7, f.refused(429, "Too Many Requests: retry after 7", "sendMessage", hello(11)).Parameters.RetryAfter)
	f.refused(500, "Internal Server Error", "sendMessage", hello(11))
	f.refused(403, "Forbidden: bot was blocked by the user", "sendMessage", hello(11))
	f.refused(400, "Bad Request: TOPIC_CLOSED", "sendMessage", hello(11))
	require.True(t, f.call("getUpdates", nil).OK)

	f.Fail(phone.Fault{Kind: phone.BadGateway})
	resp, err := http.Get(f.url("getMe"))
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, 502, resp.StatusCode)
	require.False(t, json.Valid(body))

	dropped := f.Fail(phone.Fault{Kind: phone.Dropped, Times: -1})
	_, err = f.try("sendMessage", hello(11))
	require.Error(t, err)
	_, err = f.try("sendMessage", hello(11))
	require.Error(t, err)
	require.GreaterOrEqual(t, dropped.Hits(), 2)
	dropped.Remove()
	require.Zero(t, p.Last().ID, "none of these was carried out")
	f.allowed("sendMessage", hello(11))
}

func TestFaultsAfterTheCall(t *testing.T) {
	f, p := started(t)
	f.Fail(phone.Fault{Method: "sendMessage", Kind: phone.Cut})
	_, err := f.try("sendMessage", hello(11))
	require.Error(t, err)
	require.Equal(t, "> /start\n< hello\n", p.Transcript(), "it was carried out all the same")

	f.Fail(phone.Fault{Method: "sendMessage", Kind: phone.MidBody})
	resp, err := http.Post(f.url("sendMessage"), "application/json", strings.NewReader(`{"chat_id":11,"text":"again"}`))
	require.NoError(t, err)
	require.Equal(t, 200, resp.StatusCode)
	_, err = io.ReadAll(resp.Body)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, "again", p.Last().Text)
}

func TestACallHangsUntilItIsReleased(t *testing.T) {
	f, p := started(t)
	for _, kind := range []phone.FaultKind{phone.Hang, phone.Stall} {
		hang := f.Fail(phone.Fault{Method: "sendMessage", Kind: kind})
		before := len(p.Messages())
		done := make(chan error, 1)
		go func() {
			_, err := f.try("sendMessage", hello(11))
			done <- err
		}()
		require.NoError(t, f.Wait(t.Context(), func() bool { return hang.Hits() == 1 }))
		if kind == phone.Hang {
			require.Len(t, p.Messages(), before)
		} else {
			_, err := p.Wait(t.Context(), func(all []phone.Message) bool { return len(all) == before+1 })
			require.NoError(t, err)
		}
		select {
		case err := <-done:
			t.Fatalf("%s: answered too early: %v", kind, err)
		default:
		}
		hang.Release()
		require.NoError(t, <-done)
		require.Len(t, p.Messages(), before+1)
	}
}

func TestWithoutASocketInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := phone.New(phone.Options{})
		defer s.Close()
		p := s.Person(11, "Mei", "zh-hans")
		client := &http.Client{Transport: s.Transport()}
		get := func(ctx context.Context, query string) (reply, error) {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://telegram/bot"+s.Token()+query, nil)
			require.NoError(t, err)
			resp, err := client.Do(req)
			if err != nil {
				return reply{}, err
			}
			return read(resp)
		}
		start := time.Now()
		r, err := get(t.Context(), "/getUpdates?timeout=30")
		require.NoError(t, err)
		require.JSONEq(t, "[]", string(r.Result))
		require.Equal(t, 30*time.Second, time.Since(start), "a long poll takes its time, by the bubble's clock")

		p.Start()
		r, err = get(t.Context(), "/sendMessage?chat_id=11&text=hello")
		require.NoError(t, err)
		require.True(t, r.OK)
		require.Equal(t, time.Now(), p.Last().At)

		s.Fail(phone.Fault{Method: "sendMessage", Kind: phone.Cut})
		_, err = get(t.Context(), "/sendMessage?chat_id=11&text=again")
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		s.Fail(phone.Fault{Method: "sendMessage", Kind: phone.MidBody})
		_, err = get(t.Context(), "/sendMessage?chat_id=11&text=again")
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		s.Fail(phone.Fault{Method: "sendMessage", Kind: phone.Hang})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = get(ctx, "/sendMessage?chat_id=11&text=never")
		require.ErrorIs(t, err, context.DeadlineExceeded)
		synctest.Wait()
		require.Equal(t, "> /start\n< hello\n< again\n< again\n", p.Transcript())
	})
}
