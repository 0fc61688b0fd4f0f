package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

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
	next := &known{version: version, seq: was.seq, alarm: alarmMillis(c.Alarm), owner: "-", lasting: c.Expire == 0, listed: was.listed, touched: max(s.clock.steady(), 1)}
	next.lively = c.Version == 0 || was.touched > 0 && next.touched-was.touched < s.o.Lease.Milliseconds()/4
	for _, data := range c.Append {
		next.entries = append(next.entries, bot.Entry{Seq: next.seq, Data: data})
		next.seq++
	}
	x := was.exchange(c.Chat, millis(c.Expire))
	if len(c.Append) == 0 {
		x.value = next.whole(c.Data)
	} else if next.owner, next.data = c.Owner, c.Data; !s.leased(ctx, c.Chat, next, x) {
		return done, false, nil
	}
	if next.alarm != was.alarm {
		x.indexed(alarmsKey(Shard(c.Chat)), next.alarm, c.Chat)
	}
	if c.Audit != nil {
		x.writes = append(x.writes, write{trailKey(Shard(c.Chat)), "RPUSH", decimal(s.o.Audit), c.Audit})
	}
	if ok, err = s.swap(ctx, c.Chat, next, x); !ok {
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
	x := was.exchange(chat, kept)
	if was.lasting {
		x.life = "0"
	}
	if len(left) > 0 {
		if !s.leased(ctx, chat, &next, x) {
			return nil, false, nil
		}
	} else {
		next.owner, next.data = "-", nil
		x.value = next.whole(was.data)
		if !next.lively {
			next.listed = 0
			x.indexed(outboxKey(Shard(chat)), "0", chat)
		}
	}
	ok, err = s.swap(ctx, chat, &next, x)
	return left, ok, err
}

// leased fills in the value of a conversation whose outbox its owner is to deliver, and has the outbox index look at it in time. A chat is
// taken out of the index only when it is looked at, which is not before its time: that it is there already counts while this is not near.
// False if it is not known when the lease ends.
func (s *Store) leased(ctx context.Context, chat int64, next *known, x *exchange) bool {
	now, ok := s.redisTime(ctx)
	if !ok {
		return false
	}
	lease := s.o.Lease.Milliseconds()
	x.due = now + lease
	head := next.head(x.due, len(next.data), len(next.data)+bytesOf(next.entries))
	x.value = appendEntries(append(head, next.data...), next.entries)
	if next.listed < now+lease/4 || next.listed > x.due {
		next.listed = x.due
		x.indexed(outboxKey(Shard(chat)), decimal(x.due), chat)
	}
	return true
}

// redisTime is what Redis' clock shows, in milliseconds, as far as it is known.
func (s *Store) redisTime(ctx context.Context) (now int64, ok bool) {
	ahead, read := s.clock.ahead()
	if !read {
		if _, err := s.readClock(ctx); err != nil {
			return 0, false
		}
		ahead, read = s.clock.ahead()
	}
	return s.clock.steady() + ahead, read
}

// swap calls the script, and remembers what it left.
func (s *Store) swap(ctx context.Context, chat int64, next *known, x *exchange) (ok bool, err error) {
	ok, err = s.swapped(ctx, x)
	if ok && err == nil {
		next.size = len(x.value)
		s.known.put(chat, next)
	}
	return ok && err == nil, err
}

// exchange is one conversation for the swap script, and what became of it.
type exchange struct {
	key, line, life string
	short           bool // what is to be replaced is: it may be read in full
	value           []byte
	due             int64 // the end of the lease in value; 0: there is none
	writes          []write

	done bool
	err  error
}

// shortValue is up to how many bytes a value is read sooner in full, with others, than in part by itself.
const shortValue = 400

// exchange prepares for a conversation to be replaced.
func (k *known) exchange(chat int64, life string) *exchange {
	short := k.line == "" || k.size > 0 && k.size <= shortValue
	return &exchange{key: chatKey(chat), line: k.line, life: life, short: short}
}

// write is a further command for one key that is carried out with an exchange.
type write struct {
	key, command string
	first        string
	second       any
}

// indexed has an index list the chat by a score; "0" takes it out.
func (x *exchange) indexed(key, score string, chat int64) {
	if score == "0" {
		x.writes = append(x.writes, write{key, "ZREM", "", decimal(chat)})
	} else {
		x.writes = append(x.writes, write{key, "ZADD", score, decimal(chat)})
	}
}

// swapped has the script called, together with others where that is possible. What fails then is tried by itself.
func (s *Store) swapped(ctx context.Context, x *exchange) (ok bool, err error) {
	if s.batch != nil {
		if ok, err = s.batch.swap(ctx, x); err == nil || !redis.HasErrorPrefix(err, "") {
			return ok, err
		}
	}
	alone := []*exchange{x}
	keys, args := together(alone, s.o.Lease)
	cmd, err := s.eval(ctx, s.scripts.swap, keys, args)
	if err != nil {
		return false, err
	}
	share(cmd, alone)
	return x.done, x.err
}

// together gives the keys and arguments of one call of the script for several conversations, which it puts into the script's order.
func together(all []*exchange, lease time.Duration) (keys []string, args []any) {
	slices.SortStableFunc(all, func(a, b *exchange) int {
		switch {
		case a.short == b.short:
			return 0
		case a.short:
			return -1
		}
		return 1
	})
	short, writes := 0, 0
	var earliest, latest int64
	for _, x := range all {
		writes += len(x.writes)
		if x.short {
			short++
		}
		if x.due != 0 && (earliest == 0 || x.due < earliest) {
			earliest = x.due
		}
		latest = max(latest, x.due)
	}
	keys = make([]string, 0, len(all)+writes)
	args = make([]any, 0, 5+4*len(all)+4*writes)
	args = append(args, len(all), short, millis(lease), decimal(earliest), decimal(latest))
	for _, x := range all {
		keys, args = append(keys, x.key), append(args, x.line, x.life, x.value)
		if !x.short {
			args = append(args, len(x.line)-1)
		}
	}
	for i, x := range all {
		for _, w := range x.writes {
			keys, args = append(keys, w.key), append(args, i+1, w.command, w.first, w.second)
		}
	}
	return keys, args
}

// share tells each conversation its part of the answer.
func share(cmd *redis.Cmd, all []*exchange) {
	done, err := cmd.Int64Slice()
	if err == nil && len(done) != len(all) {
		err = fmt.Errorf("script answered for %d conversations of %d", len(done), len(all))
	}
	for i, x := range all {
		if x.err = err; err == nil {
			x.done = done[i] == 1
		}
	}
}
