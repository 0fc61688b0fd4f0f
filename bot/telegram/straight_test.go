package telegram

import (
	"bufio"
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What usual does not know it leaves to net/http, to the last byte.
func TestAnswersOfAnyForm(t *testing.T) {
	const body = `{"ok":true}`
	for name, c := range map[string]struct {
		raw   string
		usual bool
		again bool
	}{
		"usual":           {"HTTP/1.1 200 OK\r\nServer: x\r\ncontent-length: 11\r\nConnection: Keep-Alive\r\n\r\n" + body, true, true},
		"more than asked": {"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + body + "?", true, false},
		"last":            {"HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n" + body, false, false},
		"chunked":         {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n" + body + "\r\n0\r\n\r\n", false, true},
		"of no length":    {"HTTP/1.1 200 OK\r\n\r\n" + body, false, false},
		"twice as long":   {"HTTP/1.1 200 OK\r\nContent-Length: 11\r\nContent-Length: 11\r\n\r\n" + body, false, true},
		"old":             {"HTTP/1.0 200 OK\r\nContent-Length: 11\r\n\r\n" + body, false, false},
		"announced":       {"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + body, false, true},
	} {
		_, known := usual(bufio.NewReader(strings.NewReader(c.raw)))
		require.Equal(t, c.usual, known, name)
		got, again, err := receive(bufio.NewReader(strings.NewReader(c.raw)), new(bytes.Buffer))
		require.NoError(t, err, name)
		require.Equal(t, http.StatusOK, got.status, name)
		require.Equal(t, body, string(got.body), name)
		require.Equal(t, c.again, again, name)
	}
	for name, raw := range map[string]string{
		"nothing":   "",
		"cut head":  "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n",
		"cut body":  "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{",
		"bad size":  "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + body,
		"two sizes": "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nContent-Length: 12\r\n\r\n" + body,
	} {
		_, _, err := receive(bufio.NewReader(strings.NewReader(raw)), new(bytes.Buffer))
		require.Error(t, err, name)
	}
	got, again, err := receive(bufio.NewReader(strings.NewReader("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 9\r\n\r\n<html>")), new(bytes.Buffer))
	require.NoError(t, err)
	require.Equal(t, http.StatusBadGateway, got.status)
	require.False(t, again, "what follows may be the rest of the page")
	got, _, err = receive(bufio.NewReader(strings.NewReader("HTTP/1.1 429 No\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}")), new(bytes.Buffer))
	require.NoError(t, err)
	require.Equal(t, "7", got.header.Get("Retry-After"))
}

// A glance sees what decoding would find, or nothing.
func TestGlance(t *testing.T) {
	for body, id := range map[string]int{
		`{"ok":true,"result":{"message_id":12,"date":3}}`:     12,
		`{"ok":true,"result":{"message_id":12}}`:              0,
		`{"ok":true,"result":{"message_id":12,"date":3`:       0,
		`{"ok":true,"result":{"message_id":"12","date":3}}`:   0,
		`{"ok":true,"result":{"date":3,"message_id":12}}`:     0,
		`{"ok":false,"error_code":400,"description":"no"}`:    0,
		`{"ok":true,"result":true}`:                           0,
		`{"ok":true,"result":{"message_id":1e3,"date":{}}}`:   0,
		`{"ok":true,"result":{"message_id":,"date":{"a":1}}}`: 0,
	} {
		var s sent
		require.Equal(t, id != 0, s.glance([]byte(body)), body)
		require.Equal(t, id, s.Message, body)
	}
	require.True(t, new(nothing).glance([]byte(`{"ok":true,"result":true}`)))
	require.False(t, new(nothing).glance([]byte(`{"ok":true,"result":false}`)))
}
