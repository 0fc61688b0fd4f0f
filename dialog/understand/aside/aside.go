// Package aside makes calls beside what their caller does meanwhile.
package aside

import (
	"fmt"
	"runtime/debug"
	"sync/atomic"
)

// Call is a call of a function that another goroutine makes, or whoever waits for it, if that one comes first: where no processor is to spare,
// nobody waits for one.
type Call[T any] struct {
	f      func() T
	begun  atomic.Bool
	done   chan struct{}
	result T
	failed *Panic
}

// Go begins to call f.
func Go[T any](f func() T) *Call[T] {
	c := &Call[T]{f: f, done: make(chan struct{})}
	go c.help()
	return c
}

// Wait returns what f returned, and panics with a *Panic if f did in the other goroutine. Only one may wait, once.
func (c *Call[T]) Wait() T {
	if c.begun.CompareAndSwap(false, true) {
		return c.f()
	}
	<-c.done
	if c.failed != nil {
		panic(c.failed)
	}
	return c.result
}

func (c *Call[T]) help() {
	if !c.begun.CompareAndSwap(false, true) {
		return
	}
	defer close(c.done)
	defer func() {
		if p := recover(); p != nil {
			c.failed = &Panic{p, debug.Stack()}
		}
	}()
	c.result = c.f()
}

// Panic is what a function panicked with, and where.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("%v\n%s", p.Value, p.Stack) }
