package telegram

import "time"

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
	l.other.CloseIdleConnections()
	for c := l.pop(); c != nil; c = l.pop() {
		_ = c.Close()
	}
}
