// Package recent keeps what was last put down for chats, and forgets the rest.
package recent

import (
	"container/list"
	"sync"
)

// Chats holds a value for each of the chats that one was put down for last. The zero value is ready; all methods are safe for concurrent
// use.
type Chats[V any] struct {
	mu     sync.Mutex
	byChat map[int64]*list.Element
	order  list.List // of entry[V], latest first
}

type entry[V any] struct {
	chat  int64
	value V
}

// Take gives a chat's value away, the zero value if there is none: whoever took it puts back what became of it, or leaves it forgotten.
func (c *Chats[V]) Take(chat int64) (value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.byChat[chat]
	if !ok {
		return value
	}
	delete(c.byChat, chat)
	return c.order.Remove(at).(entry[V]).value
}

// Put keeps a chat's value, and forgets the one that was put down first if there are more than most.
func (c *Chats[V]) Put(chat int64, value V, most int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byChat == nil {
		c.byChat = make(map[int64]*list.Element)
	}
	if at, ok := c.byChat[chat]; ok {
		c.order.Remove(at)
	}
	c.byChat[chat] = c.order.PushFront(entry[V]{chat, value})
	if c.order.Len() > most {
		delete(c.byChat, c.order.Remove(c.order.Back()).(entry[V]).chat)
	}
}
