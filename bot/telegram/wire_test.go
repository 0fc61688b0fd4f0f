package telegram

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

var hello = bot.Outgoing{Op: bot.OpSend, Chat: 7, Text: "hello"}

func clientOf(t *testing.T, api string) *Client {
	t.Helper()
	c, err := New(Options{Token: testToken, URL: api})
	require.NoError(t, err)
	t.Cleanup(c.transport.(*lines).CloseIdleConnections)
	return c
}

// rawServer takes connections and lets each be handled without net/http, so that it can break off wherever it likes.
func rawServer(t *testing.T, handle func(conn net.Conn)) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			handle(conn)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() {
		_ = ln.Close()
		<-done
	})
	return "http://" + ln.Addr().String()
}

// swallow reads one whole request.
func swallow(conn net.Conn) {
	req, err := http.ReadRequest(bufio.NewReader(conn))
	if err == nil {
		_, _ = io.Copy(io.Discard, req.Body)
	}
}

func reset(conn net.Conn) { _ = conn.(*net.TCPConn).SetLinger(0) }

func TestRefusedConnectionIsUnavailable(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, ln.Close())
	_, err = clientOf(t, "http://"+ln.Addr().String()).Do(t.Context(), hello)
	f := failureOf(t, err)
	require.Equal(t, bot.Unavailable, f.Kind)
	require.Equal(t, bot.OpSend, f.Op)
}

func TestAnswerLostAfterTheRequestIsUncertain(t *testing.T) {
	for name, handle := range map[string]func(net.Conn){
		"closed": swallow,
		"reset":  func(conn net.Conn) { swallow(conn); reset(conn) },
		"cut": func(conn net.Conn) {
			swallow(conn)
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":true,\"resu")
			reset(conn)
		},
		"nonsense": func(conn net.Conn) { swallow(conn); _, _ = io.WriteString(conn, "what?\r\n\r\n") },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := clientOf(t, rawServer(t, handle)).Do(t.Context(), hello)
			require.Equal(t, bot.Uncertain, failureOf(t, err).Kind)
		})
	}
}

func TestRequestThatCannotBeWrittenIsUnavailable(t *testing.T) {
	// The server hangs up after the head of a request that is much larger than what a socket takes in advance.
	api := rawServer(t, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 1024))
		reset(conn)
	})
	_, err := clientOf(t, api).Do(t.Context(), bot.Outgoing{Op: bot.OpFile, Chat: 7,
		File: &bot.FileOut{Kind: bot.Document, Name: "plan.pdf", Bytes: make([]byte, 40<<20)}})
	require.Equal(t, bot.Unavailable, failureOf(t, err).Kind)
}

func TestTimeoutAfterTheRequestIsUncertain(t *testing.T) {
	arrived := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(arrived)
		<-r.Context().Done()
	}))
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	_, err := clientOf(t, s.URL).Do(ctx, hello)
	require.Equal(t, bot.Uncertain, failureOf(t, err).Kind)
}

func TestContextThatEndsBeforeAConnectionIsUnavailable(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := clientOf(t, "http://127.0.0.1:1")
	c.transport.(*lines).dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
		cancel()
		<-ctx.Done()
		return nil, ctx.Err()
	}
	_, err := c.Do(ctx, hello)
	require.Equal(t, bot.Unavailable, failureOf(t, err).Kind)
}

// TestStaleConnection shows that a call on a connection that the server has closed meanwhile is written on a new one, and that
// only a call that may have been read counts as uncertain.
func TestStaleConnection(t *testing.T) {
	calls := make(chan string, 4)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls <- r.URL.Path
		_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":1}}`)
	}))
	defer s.Close()
	c := clientOf(t, s.URL)
	_, err := c.Do(t.Context(), hello)
	require.NoError(t, err)
	s.CloseClientConnections()
	if _, err = c.Do(t.Context(), hello); err != nil {
		require.Equal(t, bot.Uncertain, failureOf(t, err).Kind)
	}
	close(calls)
	for path := range calls {
		require.True(t, strings.HasSuffix(path, "/sendMessage"))
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a request with the token went to another server: %d bytes of path", len(r.URL.Path))
	}))
	defer elsewhere.Close()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL+r.URL.Path, http.StatusTemporaryRedirect)
	}))
	defer s.Close()
	_, err := clientOf(t, s.URL).Do(t.Context(), hello)
	require.Equal(t, bot.Unavailable, failureOf(t, err).Kind)
}

func TestTokenIsInNoError(t *testing.T) {
	// Clients of net/http quote the address in their errors, and the address holds the token; telebot's is one.
	c := clientOf(t, "http://127.0.0.1:1")
	_, err := c.Do(t.Context(), hello)
	failureOf(t, err)
	_, err = c.Me(t.Context())
	failureOf(t, err)
	failureOf(t, c.RemoveWebhook(t.Context()))
	_, err = c.Download(t.Context(), "some-file", 0)
	failureOf(t, err)
	require.NotContains(t, c.redact(errors.New("dial "+testToken)).Error(), "secret")

	for _, token := range []string{"", "s3krit", "1:s3k/rit", "1:s3k rit", "1:s3krit\n"} {
		_, err := New(Options{Token: token})
		require.Error(t, err, token)
		require.NotContains(t, err.Error(), "s3k")
	}
}

func TestNewRefusesBadAddresses(t *testing.T) {
	for _, api := range []string{"api.telegram.org", "ftp://x", "http://", "::", "http://user:pw@host", "http://host?x=1"} {
		_, err := New(Options{Token: testToken, URL: api})
		require.Error(t, err, api)
	}
	c, err := New(Options{Token: testToken, URL: "http://localhost:8081/"})
	require.NoError(t, err)
	require.Equal(t, "http://localhost:8081", c.api)
}

func TestConnectionsAreKept(t *testing.T) {
	// The default transport keeps two idle connections for a host: more chats than that open new ones all the time.
	var opened atomic.Int64
	release := make(chan struct{})
	arrived := make(chan struct{}, 50)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		arrived <- struct{}{}
		<-release
		_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":1}}`)
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	s.Start()
	c := clientOf(t, s.URL)
	for round := range 3 {
		errs := make(chan error, 50)
		for range 50 {
			go func() {
				_, err := c.Do(t.Context(), hello)
				errs <- err
			}()
		}
		for range 50 {
			<-arrived
		}
		for range 50 {
			release <- struct{}{}
		}
		for range 50 {
			require.NoError(t, <-errs, round)
		}
	}
	s.Close()
	require.LessOrEqual(t, opened.Load(), int64(60), "150 calls, 50 at a time")
}
