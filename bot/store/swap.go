package store

import (
	"context"

	"respite/bot"
)

// kept is the lifetime that leaves a record's lifetime alone.
const kept = "keep"

// advance writes a step on top of what this instance left of a conversation that has nothing to be delivered. It is what commit does in
// nearly every case, at a quarter of its price; false if this is not such a case, or if another instance was there meanwhile.
func (s *Store) advance(ctx context.Context, c bot.Commit, version int64) (done bot.Committed, ok bool, err error) {
	was := s.known.take(c.Chat)
	if was == nil || c.Version == 0 || was.version != c.Version || len(was.entries) > 0 || len(c.Append) > 0 && was.seq == 0 {
		return done, false, nil
	}
	next := &known{version: version, seq: was.seq, alarm: alarmMillis(c.Alarm), owner: "-", listed: was.listed}
	for _, data := range c.Append {
		next.entries = append(next.entries, bot.Entry{Seq: next.seq, Data: data})
		next.seq++
	}
	keys, args := stepKeys(c), make([]any, 0, 10)
	args = append(args, was.line, millis(c.Expire))
	if len(c.Append) > 0 {
		next.owner, next.data = c.Owner, c.Data
		args = s.leased(args, c.Chat, next)
	} else {
		args = append(args, next.whole(c.Data), "", "0", "0", decimal(c.Chat))
	}
	moved := ""
	if next.alarm != was.alarm {
		moved = next.alarm
	}
	if moved != "" || c.Audit != nil {
		args = append(args, moved)
	}
	if c.Audit != nil {
		args = append(args, decimal(s.o.Audit), c.Audit)
	}
	if ok, err = s.swap(ctx, c.Chat, next, keys, args); !ok {
		return done, false, err
	}
	return bot.Committed{Version: version, Mine: len(c.Append) > 0, Outbox: next.entries}, true, nil
}

// strikeOff takes delivered entries out of an outbox as this instance left it: what strike does in nearly every case. False if this is
// not such a case, or if another instance was there meanwhile.
func (s *Store) strikeOff(ctx context.Context, chat int64, owner string, struck []int64) (left []bot.Entry, ok bool, err error) {
	was := s.known.take(chat)
	if was == nil || was.owner != owner {
		return nil, false, nil
	}
	if left, ok = was.without(struck); !ok {
		return nil, false, nil
	}
	next := *was
	next.entries = left
	keys, args := deliveryKeys(chat), make([]any, 0, 7)
	args = append(args, was.line, kept)
	if len(left) > 0 {
		args = s.leased(args, chat, &next)
	} else {
		next.owner, next.data = "-", nil
		keys, args = keys[:1], append(args, next.whole(was.data))
	}
	ok, err = s.swap(ctx, chat, &next, keys, args)
	return left, ok, err
}

// leased adds the arguments for a conversation whose outbox its owner is to deliver: all up to the chat.
func (s *Store) leased(args []any, chat int64, next *known) []any {
	rest := append(next.after(len(next.data)), next.data...)
	return append(args, next.before(), appendEntries(rest, next.entries), millis(s.o.Lease), decimal(next.listed), decimal(chat))
}

// swap calls the script, and remembers what it left.
func (s *Store) swap(ctx context.Context, chat int64, next *known, keys []string, args []any) (ok bool, err error) {
	a, err := s.run(ctx, s.scripts.swap, 0, keys, args...)
	if err != nil || a.status == 0 {
		return false, err
	}
	if next.owner != "-" {
		next.leasedUntil(a.status, s.o.Lease.Milliseconds())
	}
	s.known.put(chat, next)
	return true, nil
}
