package store_test

import (
	"bytes"
	"io"
	"net"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// proxy stands between a store and its Redis and loses answers.
type proxy struct {
	addr string

	mu     sync.Mutex
	losing []byte // cut the connection instead of giving the answer to what contains this
	lost   int
}

// lose has the answer to the next message that contains text lost, and the connection with it.
func (p *proxy) lose(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.losing = []byte(text)
}

func (p *proxy) losses() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lost
}

func startProxy(t *testing.T, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &proxy{addr: l.Addr().String()}
	var running sync.WaitGroup
	t.Cleanup(func() {
		_ = l.Close()
		running.Wait()
	})
	running.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", to)
			if err != nil {
				_ = client.Close()
				continue
			}
			cut := &cutter{p: p}
			both := func() {
				_ = client.Close()
				_ = server.Close()
			}
			running.Go(func() {
				defer both()
				_, _ = io.Copy(io.MultiWriter(cut, server), client)
			})
			running.Go(func() {
				defer both()
				_, _ = io.Copy(answers{client, cut}, server)
			})
		}
	})
	return p
}

// cutter watches what a client sends on one connection.
type cutter struct {
	p   *proxy
	mu  sync.Mutex
	cut bool
}

func (c *cutter) Write(b []byte) (int, error) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	if c.p.losing != nil && bytes.Contains(b, c.p.losing) {
		c.p.losing = nil
		c.p.lost++
		c.mu.Lock()
		defer c.mu.Unlock()
		c.cut = true
	}
	return len(b), nil
}

// answers passes answers on until they are to be lost.
type answers struct {
	io.Writer
	c *cutter
}

func (a answers) Write(b []byte) (int, error) {
	a.c.mu.Lock()
	defer a.c.mu.Unlock()
	if a.c.cut {
		return 0, io.ErrClosedPipe
	}
	return a.Writer.Write(b)
}
