package telegram

import (
	"bufio"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// lines are connections to one server. A letter has one for itself, and the goroutine that sends it does the writing and the reading.
//
// net/http's Transport has two goroutines for each connection and hands every call through both: half of what a message costs. Calls that
// are not made for every message go through one all the same, over connections of its own.
type lines struct {
	scheme, host string
	dial         func(ctx context.Context, network, address string) (net.Conn, error)
	secure       *tls.Config     // nil: no TLS
	other        *http.Transport // for what is no letter

	mu    sync.Mutex
	idle  []*line     // the one used last at the end
	prune *time.Timer // closes those that nobody wants; nil while there are none
}

// line is one connection. While idle it has neither goroutines nor buffers.
type line struct {
	net.Conn
	since time.Time // when it became idle; zero: it is new
}

// RoundTrip makes a call that is no letter.
func (l *lines) RoundTrip(req *http.Request) (*http.Response, error) { return l.other.RoundTrip(req) }

// buffers are lent to a line for a call.
var (
	readers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 4<<10) }}
	writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, 8<<10) }}
)

// counter counts what goes through it.
type counter struct {
	to net.Conn
	n  int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.n += int64(n)
	return n, err
}

// connect opens a new line, in the time that there is.
func (l *lines) connect(ctx context.Context, until time.Time) (*line, error) {
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	conn, err := l.dial(ctx, "tcp", hostPort(l.scheme, l.host))
	if err != nil {
		return nil, err
	}
	if l.secure == nil {
		return &line{Conn: conn}, nil
	}
	ctx, cancelHandshake := context.WithTimeout(ctx, dialTimeout)
	defer cancelHandshake()
	safe := tls.Client(conn, l.secure)
	if err := safe.HandshakeContext(ctx); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return &line{Conn: safe}, nil
}

// hostPort adds the usual port to a host that names none.
func hostPort(scheme, host string) string {
	u := url.URL{Host: host}
	switch {
	case u.Port() != "":
		return host
	case scheme == "https":
		return net.JoinHostPort(u.Hostname(), "443")
	}
	return net.JoinHostPort(u.Hostname(), "80")
}
