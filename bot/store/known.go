package store

import (
	"slices"
	"strconv"

	"respite/bot"
	"respite/bot/recent"
)

// known is a conversation as this instance left it in Redis, or found it there. As long as its first line is the same there, it can be
// replaced without being read: the swap script compares the line only. It has no link.
type known struct {
	line    string // with its end
	size    int    // bytes of the value that stands there; 0: not known
	version int64
	seq     int64 // the next entry's number, 0 before the first
	alarm   string
	owner   string
	lasting bool        // it is there until it is forgotten, as far as this instance knows
	listed  int64       // when the outbox index has the chat looked at, by Redis' clock; 0: not known
	touched int64       // when this instance wrote the last step, by the steady clock; 0: it did not
	lively  bool        // the next step is near: it does not pay to take the chat out of the index before
	entries []bot.Entry // what is still to be delivered
	data    []byte      // the conversation's bytes while there is something to be delivered, else nil
}

// head is the first line of a conversation of some length, which it remembers; due is the end of its lease, 0 without one. There is room for
// as many bytes behind it.
func (k *known) head(due int64, length, room int) []byte {
	b := strconv.AppendInt(make([]byte, 0, 96+room), k.version, 10)
	b = strconv.AppendInt(append(b, ' '), k.seq, 10)
	b = append(append(append(b, ' '), k.alarm...), ' ')
	b = strconv.AppendInt(b, due, 10)
	b = append(append(b, ' '), k.owner...)
	b = strconv.AppendInt(append(b, ' '), int64(length), 10)
	b = append(b, " 0\n"...)
	k.line = string(b)
	return b
}

// whole is the new value of a conversation of which nothing is to be delivered.
func (k *known) whole(data []byte) []byte { return append(k.head(0, len(data), len(data)), data...) }

// without gives the entries but those that are struck off; false if some of those are not among them.
func (k *known) without(struck []int64) (left []bot.Entry, ok bool) {
	there := 0
	for _, e := range k.entries {
		if slices.Contains(struck, e.Seq) {
			there++
		} else {
			left = append(left, e)
		}
	}
	return left, there == len(struck)
}

// mostKnown is how many conversations an instance knows of.
const mostKnown = 1024

// acquaintances are the conversations that this instance has to do with just now. The zero value is ready.
type acquaintances struct{ chats recent.Chats[*known] }

// take gives one away, nil if it is not known: whoever took it puts back what became of it, or leaves it unknown.
func (a *acquaintances) take(chat int64) *known { return a.chats.Take(chat) }

// put remembers one.
func (a *acquaintances) put(chat int64, k *known) { a.chats.Put(chat, k, mostKnown) }
