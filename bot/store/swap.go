package store

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/redis/go-redis/v9"

	"respite/bot"
)

// kept is the lifetime that leaves a record's lifetime alone.
const kept = "keep"

// advance writes a step on top of what this instance left of a conversation that has nothing to be delivered. It is what commit does in
// nearly every case, at a quarter of its price; false if this is not such a case, or if another instance was there meanwhile.
func (s *Store) advance(ctx context.Context, c bot.Commit, version int64) (done bot.Committed, ok bool, err error) {
	was := s.known.take(c.Chat)
	if c.Version == 0 {
		was = s.unbegun()
	}
	if was == nil || was.version != c.Version || len(was.entries) > 0 || len(c.Append) > 0 && was.seq == 0 {
		return done, false, nil
	}
	next := &known{version: version, seq: was.seq, alarm: alarmMillis(c.Alarm), owner: "-", listed: was.listed, touched: max(s.clock.steady(), 1)}
	next.lively = c.Version == 0 || was.touched > 0 && next.touched-was.touched < s.o.Lease.Milliseconds()/4
	for _, data := range c.Append {
		next.entries = append(next.entries, bot.Entry{Seq: next.seq, Data: data})
		next.seq++
	}
	keys, args := stepKeys(c), make([]any, 2, 12)
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

// unbegun is a conversation of which there is nothing in Redis; nil if Redis' clock is not known yet, at which the numbers of entries begin.
// What it is taken to show is not less than it shows, so that numbers of a conversation that was forgotten do not come back.
func (s *Store) unbegun() *known {
	ahead, read := s.clock.ahead()
	if !read {
		return nil
	}
	return &known{seq: (s.clock.steady()+ahead)*1000 + rand.Int64N(1000), alarm: "0", owner: "-"}
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
	keys, args := deliveryKeys(chat), make([]any, 2, 9)
	args = append(args, was.line, kept)
	if len(left) > 0 {
		args = s.leased(args, chat, &next)
	} else {
		next.owner, next.data = "-", nil
		args = append(args, next.whole(was.data))
		if next.lively {
			keys = keys[:1]
		} else {
			next.listed = 0
			args = append(args, "", "0", "out", decimal(chat))
		}
	}
	ok, err = s.swap(ctx, chat, &next, keys, args)
	return left, ok, err
}

// leased adds the arguments for a conversation whose outbox its owner is to deliver: all up to the chat.
func (s *Store) leased(args []any, chat int64, next *known) []any {
	rest := append(next.after(len(next.data)), next.data...)
	return append(args, next.before(), appendEntries(rest, next.entries), millis(s.o.Lease), decimal(next.listed), decimal(chat))
}

// swap calls the script, and remembers what it left. The first two of args are to be filled in.
func (s *Store) swap(ctx context.Context, chat int64, next *known, keys []string, args []any) (ok bool, err error) {
	args[0], args[1] = len(keys), len(args)-2
	status, err := s.swapped(ctx, &exchange{keys: keys, args: args})
	if err != nil || status == 0 {
		return false, err
	}
	if next.owner != "-" {
		next.leasedUntil(status, s.o.Lease.Milliseconds())
	}
	s.known.put(chat, next)
	return true, nil
}

// exchange is one conversation for the swap script, and what became of it.
type exchange struct {
	keys   []string
	args   []any
	status int64
	err    error
}

// swapped has the script called, together with others where that is possible. What fails then is tried by itself.
func (s *Store) swapped(ctx context.Context, x *exchange) (status int64, err error) {
	if s.batch != nil {
		if status, err = s.batch.swap(ctx, x); err == nil || !redis.HasErrorPrefix(err, "") {
			return status, err
		}
	}
	cmd, err := s.eval(ctx, s.scripts.swap, x.keys, x.args)
	if err != nil {
		return 0, err
	}
	alone := []*exchange{{}}
	share(cmd, alone)
	return alone[0].status, alone[0].err
}

// together is one call of the script for several conversations.
func together(ctx context.Context, script *redis.Script, all []*exchange) *redis.Cmd {
	if len(all) == 1 {
		return evalSha(ctx, script, all[0].keys, all[0].args)
	}
	var keys []string
	var args []any
	for _, x := range all {
		keys, args = append(keys, x.keys...), append(args, x.args...)
	}
	return evalSha(ctx, script, keys, args)
}

// share gives each conversation its part of the answer.
func share(cmd *redis.Cmd, all []*exchange) {
	statuses, err := cmd.Int64Slice()
	if err == nil && len(statuses) != len(all) {
		err = fmt.Errorf("script answered for %d conversations of %d", len(statuses), len(all))
	}
	for i, x := range all {
		if x.err = err; err == nil {
			x.status = statuses[i]
		}
	}
}
