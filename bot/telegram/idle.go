package telegram

import (
	"bufio"
	"context"
	"io"
	"time"
)

// take gives the line that was used last, if it still stands, or else a new one.
func (l *lines) take(ctx context.Context) (*line, error) {
	if c := l.standing(); c != nil && c.SetDeadline(time.Time{}) == nil {
		return c, nil
	}
	return l.connect(ctx)
}

// standing gives the line that was used last and still stands; nil if there is none.
func (l *lines) standing() *line {
	for {
		c := l.pop()
		if c == nil {
			return nil
		}
		if idle := time.Since(c.since); idle < trusted || idle < idleTimeout && c.SetDeadline(time.Time{}) == nil && c.stands() {
			return c
		}
		_ = c.Close()
	}
}

func (l *lines) pop() *line {
	l.mu.Lock()
	defer l.mu.Unlock()
	last := len(l.idle) - 1
	if last < 0 {
		return nil
	}
	c := l.idle[last]
	l.idle[last] = nil
	l.idle = l.idle[:last]
	return c
}

// keep takes a line back.
func (l *lines) keep(c *line) {
	c.since = time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.idle) >= mostIdle {
		_ = c.Close()
		return
	}
	l.idle = append(l.idle, c)
	if l.prune == nil {
		l.prune = time.AfterFunc(idleTimeout, l.tidy)
	}
}

// tidy closes the lines that nobody has wanted for long.
func (l *lines) tidy() {
	l.mu.Lock()
	defer l.mu.Unlock()
	old := 0
	for old < len(l.idle) && time.Since(l.idle[old].since) >= idleTimeout {
		_ = l.idle[old].Close()
		old++
	}
	l.idle = append([]*line(nil), l.idle[old:]...)
	if l.prune = nil; len(l.idle) > 0 {
		l.prune = time.AfterFunc(idleTimeout-time.Since(l.idle[0].since), l.tidy)
	}
}

// CloseIdleConnections closes the lines that are not in use.
func (l *lines) CloseIdleConnections() {
	for c := l.pop(); c != nil; c = l.pop() {
		_ = c.Close()
	}
}

// answer is the body of an answer. It has the line until it is closed.
type answer struct {
	lines   *lines
	line    *line
	in      *bufio.Reader
	body    io.ReadCloser
	last    bool        // the server closes the line after this answer
	whole   bool        // all was read
	release func() bool // of the context; false if it has ended the line
}

// Read reads the body.
func (a *answer) Read(b []byte) (int, error) {
	n, err := a.body.Read(b)
	a.whole = a.whole || err == io.EOF
	return n, err
}

// Close gives the line back, or closes it if not all was read.
func (a *answer) Close() error {
	switch {
	case a.in == nil:
	case a.whole && !a.last && a.in.Buffered() == 0 && a.release():
		a.lend()
		a.lines.keep(a.line)
	default:
		a.drop()
	}
	return nil
}

// drop closes the line.
func (a *answer) drop() {
	a.release()
	_ = a.line.Close()
	a.lend()
}

// lend gives the buffer back.
func (a *answer) lend() {
	a.in.Reset(nil)
	readers.Put(a.in)
	a.in = nil
}
