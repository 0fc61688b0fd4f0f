package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"path"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// life is one run of the bot as the world outside sees it. When it dies nothing of it reaches Telegram or Redis any more, in the middle
// of whatever it was doing, as after kill -9.
type life struct {
	http  http.RoundTripper
	redis net.Listener
	died  chan struct{}

	mu    sync.Mutex
	dead  bool
	at    death
	conns []net.Conn
}

// death is the call in which a life ends.
type death struct {
	method  string // of the Bot API; empty: at once
	nth     int    // how many of them
	carried bool   // Telegram carries the call out, and nobody learns of it
}

var errDead = errors.New("the process is dead")

// born begins a life in front of a Redis.
func born(t *testing.T, redis string) *life {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l := &life{http: &http.Transport{}, redis: listener, died: make(chan struct{})}
	go l.pass(redis)
	return l
}

// pass lets Redis be reached.
func (l *life) pass(redis string) {
	for {
		in, err := l.redis.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", redis)
		if err != nil || !l.holds(in, out) {
			_ = in.Close()
			return
		}
		go func() { _, _ = io.Copy(out, in); _ = out.Close() }()
		go func() { _, _ = io.Copy(in, out); _ = in.Close() }()
	}
}

func (l *life) holds(in, out net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.dead {
		_ = out.Close()
		return false
	}
	l.conns = append(l.conns, in, out)
	return true
}

// diesIn says when the life is to end.
func (l *life) diesIn(d death) {
	l.mu.Lock()
	l.at = d
	l.mu.Unlock()
	if d.method == "" {
		l.end()
	}
}

// RoundTrip makes a call to Telegram as long as there is life.
func (l *life) RoundTrip(r *http.Request) (*http.Response, error) {
	last, carried := l.last(path.Base(r.URL.Path))
	if last && !carried {
		l.end()
	}
	if l.over() {
		return nil, errDead
	}
	response, err := l.http.RoundTrip(r)
	if last {
		l.end()
	}
	if l.over() {
		if err == nil {
			_ = response.Body.Close()
		}
		return nil, errDead
	}
	return response, err
}

// last says whether the life ends in this call.
func (l *life) last(method string) (last, carried bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.dead || l.at.method != method {
		return false, false
	}
	l.at.nth--
	return l.at.nth == 0, l.at.carried
}

func (l *life) over() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dead
}

// end is the death.
func (l *life) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.dead {
		return
	}
	l.dead = true
	_ = l.redis.Close()
	for _, c := range l.conns {
		_ = c.Close()
	}
	close(l.died)
}

// dies waits for the death, and clears up what was left behind by it.
func (b *bureau) dies(t *testing.T) {
	t.Helper()
	select {
	case <-b.life.died:
	case <-time.After(20 * time.Second):
		require.Fail(t, "the bot did not make the call in which it was to die")
	}
	b.abandon()
}

// rises starts the bot again, when leases and pauses are over by the clock of Redis.
func (b *bureau) rises(t *testing.T) {
	t.Helper()
	b.pause(t, 2*time.Minute)
	b.start(t)
}

// pause moves the clock of Redis, which goes on from there.
func (b *bureau) pause(t *testing.T, by time.Duration) {
	t.Helper()
	b.redis.SetTime(time.Now().Add(time.Duration(b.rests.Add(int64(by)))))
	b.ticks.Do(func() {
		ticker := time.NewTicker(20 * time.Millisecond)
		done := make(chan struct{})
		t.Cleanup(func() { ticker.Stop(); close(done) })
		go func() {
			for {
				select {
				case now := <-ticker.C:
					b.redis.SetTime(now.Add(time.Duration(b.rests.Load())))
				case <-done:
					return
				}
			}
		}()
	})
}
