package telegram

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// letter is a request without what net/http needs to carry one: headers, contexts and hooks are half of what a call costs.
type letter struct {
	uri, contentType string // uri is the address without the server
	body             []byte
	until            time.Time // the call fails after it
	sent             *progress
	answer           *bytes.Buffer // for the answer's body
}

// post makes a call. It ends with ctx or at its time.
func (l *lines) post(ctx context.Context, m letter) (response, error) {
	c := l.standing()
	for {
		kept := c != nil
		if !kept {
			var err error
			if c, err = l.connect(ctx, m.until); err != nil {
				return response{}, err
			}
		}
		got, err := l.exchange(ctx, c, m)
		if kept && errors.Is(err, errStale) {
			c = nil
			continue
		}
		return got, err
	}
}

// errStale says that a connection that was kept turned out to be closed before anything was written.
var errStale = errors.New("the kept connection was closed")

// exchange writes a letter and reads the answer. The line is kept if it can be used again.
func (l *lines) exchange(ctx context.Context, c *line, m letter) (got response, err error) {
	if err := c.SetDeadline(m.until); err != nil {
		_ = c.Close()
		return got, errStale
	}
	release := func() bool { return true }
	if ctx.Done() != nil {
		release = context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	}
	m.sent.connected.Store(true)
	again := false
	defer func() {
		if release() && again && err == nil {
			l.keep(c)
			return
		}
		_ = c.Close()
		if err != nil && ctx.Err() != nil {
			err = context.Cause(ctx)
		}
	}()
	written, err := c.send(l.host, m)
	m.sent.broken.Store(err != nil)
	in := readers.Get().(*bufio.Reader)
	in.Reset(c)
	defer func() {
		in.Reset(nil)
		readers.Put(in)
	}()
	switch {
	case err == nil:
		got, again, err = receive(in, m.answer)
	case written == 0 && !c.since.IsZero() && ctx.Err() == nil:
		err = errStale
	case ctx.Err() == nil:
		// A server that wants no more may have said why before it hung up.
		_ = c.SetReadDeadline(time.Now().Add(reason))
		if early, _, failed := receive(in, m.answer); failed == nil && early.status >= http.StatusBadRequest {
			got, err = early, nil
		}
	}
	return got, err
}

// send writes a letter in one piece if it is short, and says how much of it left.
func (c *line) send(host string, m letter) (written int64, err error) {
	out := writers.Get().(*bufio.Writer)
	defer writers.Put(out)
	n := &counter{to: c.Conn}
	out.Reset(n)
	for _, part := range [...]string{"POST ", m.uri, " HTTP/1.1\r\nHost: ", host, "\r\nContent-Type: ", m.contentType, "\r\nContent-Length: "} {
		_, _ = out.WriteString(part) // an error stays until Flush
	}
	_, _ = out.Write(strconv.AppendInt(out.AvailableBuffer(), int64(len(m.body)), 10))
	_, _ = out.WriteString("\r\n\r\n")
	_, _ = out.Write(m.body)
	err = out.Flush()
	out.Reset(nil)
	return n.n, err
}

// receive reads an answer; again says that the line can be used for another call.
func receive(in *bufio.Reader, answer *bytes.Buffer) (got response, again bool, err error) {
	answer.Reset()
	if length, ok := usual(in); ok {
		answer.Grow(length)
		b := answer.AvailableBuffer()[:length]
		if _, err := io.ReadFull(in, b); err != nil {
			return got, false, err
		}
		_, _ = answer.Write(b)
		return response{status: http.StatusOK, body: answer.Bytes()}, in.Buffered() == 0, nil
	}
	resp, err := head(in)
	if err != nil {
		return got, false, err
	}
	got, whole, err := read(resp, answer)
	return got, whole && !resp.Close && in.Buffered() == 0, err
}

// head reads the head of an answer, passing over those that only announce it.
func head(in *bufio.Reader) (*http.Response, error) {
	for {
		resp, err := http.ReadResponse(in, nil)
		if err != nil || resp.StatusCode >= http.StatusOK || resp.StatusCode == http.StatusSwitchingProtocols {
			return resp, err
		}
	}
}

// usual reads the head of an answer of the form that nearly all have: 200, and the length of a body that is not too large. Of any other it
// consumes nothing.
func usual(in *bufio.Reader) (length int, ok bool) {
	if _, err := in.Peek(1); err != nil {
		return 0, false
	}
	all, _ := in.Peek(in.Buffered())
	end := bytes.Index(all, []byte("\r\n\r\n"))
	status, lines, _ := bytes.Cut(all[:max(end, 0)], []byte("\r\n"))
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200 ")) {
		return 0, false
	}
	length = -1
	for line := range bytes.SplitSeq(lines, []byte("\r\n")) {
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")) && length < 0:
			n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
			if err != nil || n < 0 || n > maxAnswer {
				return 0, false
			}
			length = n
		case bytes.EqualFold(name, []byte("Content-Length")), bytes.EqualFold(name, []byte("Transfer-Encoding")),
			bytes.EqualFold(name, []byte("Connection")) && !bytes.EqualFold(bytes.TrimSpace(value), []byte("keep-alive")):
			return 0, false
		}
	}
	if length < 0 {
		return 0, false
	}
	_, err := in.Discard(end + len("\r\n\r\n"))
	return length, err == nil
}
