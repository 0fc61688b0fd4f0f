package store_test

import (
	"bytes"
	"io"
	"sync"
	"testing"

	"respite/bot/store/redistest"
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
	p := &proxy{}
	p.addr = redistest.Between(t, to, func(client, server io.Writer) (said, answered io.Writer) {
		cut := &cutter{p: p}
		return io.MultiWriter(cut, server), answers{client, cut}
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
