package telegram

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"time"
)

// lines are connections to one server. A call has one for itself, and the goroutine that makes it does the writing and the reading.
//
// net/http's Transport has two goroutines for each connection and hands every call through both: half of what a message costs.
type lines struct {
	scheme, host string
	dial         func(ctx context.Context, network, address string) (net.Conn, error)
	secure       *tls.Config // nil: no TLS

	mu    sync.Mutex
	idle  []*line     // the one used last at the end
	prune *time.Timer // closes those that nobody wants; nil while there are none
}

// line is one connection. While idle it has neither goroutines nor buffers.
type line struct {
	net.Conn
	since time.Time // when it became idle; zero: it is new
}

// errOtherServer refuses a request that would carry the token elsewhere.
var errOtherServer = errors.New("the request is for another server")

// buffers are lent to a line for a call.
var (
	readers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 4<<10) }}
	writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, 8<<10) }}
)

// RoundTrip makes a call. It ends with the request's context. The hooks GotConn and WroteRequest of a httptrace.ClientTrace are told how far
// it came.
func (l *lines) RoundTrip(req *http.Request) (*http.Response, error) {
	defer func() {
		if req.Body != nil {
			_ = req.Body.Close() // it was read, or is not wanted
		}
	}()
	if req.URL.Host != l.host || req.URL.Scheme != l.scheme {
		return nil, errOtherServer
	}
	ctx := req.Context()
	c, err := l.take(ctx)
	if err != nil {
		return nil, err
	}
	got, err := l.call(ctx, c, req)
	if errors.Is(err, errStale) {
		// Nothing of the request left on a connection that the server had closed.
		if c, err = l.connect(ctx); err != nil {
			return nil, err
		}
		got, err = l.call(ctx, c, req)
	}
	return got, err
}

// errStale says that a connection that was kept turned out to be closed before anything was written.
var errStale = errors.New("the kept connection was closed")

// call writes the request and reads the head of the answer. The line goes back when the answer's body is closed.
func (l *lines) call(ctx context.Context, c *line, req *http.Request) (*http.Response, error) {
	a := &answer{lines: l, line: c, release: context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })}
	trace := httptrace.ContextClientTrace(ctx)
	if trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{Conn: c.Conn, Reused: !c.since.IsZero()})
	}
	written, err := c.write(req)
	if trace != nil && trace.WroteRequest != nil {
		trace.WroteRequest(httptrace.WroteRequestInfo{Err: err})
	}
	a.in = readers.Get().(*bufio.Reader)
	a.in.Reset(c)
	var resp *http.Response
	switch {
	case err == nil:
		resp, err = head(a.in, req)
	case written == 0 && !c.since.IsZero() && ctx.Err() == nil:
		err = errStale
	case ctx.Err() == nil:
		// A server that wants no more may have said why before it hung up.
		_ = c.SetReadDeadline(time.Now().Add(reason))
		if early, failed := head(a.in, req); failed == nil && early.StatusCode >= http.StatusBadRequest {
			resp, err, early.Close = early, nil, true
		}
	}
	if err != nil {
		a.drop()
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return nil, err
	}
	a.body, a.last, a.whole = resp.Body, resp.Close, resp.Body == http.NoBody
	resp.Body = a
	return resp, nil
}

// head reads the head of an answer, passing over those that only announce it.
func head(in *bufio.Reader, req *http.Request) (*http.Response, error) {
	for {
		resp, err := http.ReadResponse(in, req)
		if err != nil || resp.StatusCode >= http.StatusOK || resp.StatusCode == http.StatusSwitchingProtocols {
			return resp, err
		}
	}
}

// write sends a request, a short one in one piece, and says how much of it left.
func (c *line) write(req *http.Request) (written int64, err error) {
	out := writers.Get().(*bufio.Writer)
	defer writers.Put(out)
	n := &counter{to: c.Conn}
	out.Reset(n)
	if err = req.Write(out); err == nil {
		err = out.Flush()
	}
	out.Reset(nil)
	return n.n, err
}

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

// connect opens a new line.
func (l *lines) connect(ctx context.Context) (*line, error) {
	conn, err := l.dial(ctx, "tcp", hostPort(l.scheme, l.host))
	if err != nil {
		return nil, err
	}
	if l.secure == nil {
		return &line{Conn: conn}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
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
