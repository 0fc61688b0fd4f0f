package store

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// clock relates Redis' clock, by which leases and pauses end, to this process' steady one. It notices when Redis' clock is set:
// forward, and every lease seems to have lapsed although its owner is at work; back, and those of a dead owner seem to last.
type clock struct {
	steady func() int64 // milliseconds since some moment, never set

	mu     sync.Mutex
	ahead  map[string]span // by server: what Redis' clock shows more than the steady one
	latest int64           // the most of all servers: an outbox may be looked at too early, the script knows better
	held   int64           // until then, by the steady clock, no lease is taken from anybody
}

// span holds a number that is not known exactly: the time of an answer's way is not.
type span struct{ low, high int64 }

func newClock() *clock {
	began := time.Now()
	return &clock{steady: func() int64 { return time.Since(began).Milliseconds() }, ahead: make(map[string]span)}
}

// local is a time of Redis' clock by the steady one.
func (c *clock) local(score float64) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return int64(score) - c.latest
}

// holds says whether leases are respected although they seem to have lapsed.
func (c *clock) holds() bool {
	now := c.steady()
	c.mu.Lock()
	defer c.mu.Unlock()
	return now < c.held
}

// note takes in that a server's clock showed t between two moments of the steady one. If it was set by more than slack since the
// last time, no lease is taken for the length of one: time for the owners to renew theirs. It says whether it was set back.
func (c *clock) note(server string, t time.Time, sent, received int64, lease time.Duration) (back bool) {
	slack := max(lease/4, time.Second).Milliseconds()
	now := span{low: t.UnixMilli() - received, high: t.UnixMilli() - sent + 1}
	c.mu.Lock()
	defer c.mu.Unlock()
	before, known := c.ahead[server]
	c.ahead[server] = now
	c.latest = now.high
	for _, s := range c.ahead {
		c.latest = max(c.latest, s.high)
	}
	back = known && now.high < before.low-slack
	if back || known && now.low > before.high+slack {
		c.held = received + lease.Milliseconds()
	}
	return back
}

// readClock asks every master for its time, and says whether a clock was set back.
func (s *Store) readClock(ctx context.Context) (back bool, err error) {
	read := func(ctx context.Context, node redis.UniversalClient, name string) error {
		sent := s.clock.steady()
		t, err := node.Time(ctx).Result()
		if err == nil && s.clock.note(name, t, sent, s.clock.steady(), s.o.Lease) {
			back = true
		}
		return err
	}
	cluster, ok := s.client.(*redis.ClusterClient)
	if !ok {
		err := read(ctx, s.client, "")
		return back, err
	}
	var mu sync.Mutex
	answered := false
	err = cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
		mu.Lock()
		defer mu.Unlock()
		err := read(ctx, node, node.Options().Addr)
		answered = answered || err == nil
		return err
	})
	if answered {
		err = nil
	}
	return back, err
}

// shorten has every outbox that seems to wait for longer than a lease looked at after one: Redis' clock was set back. A pause
// that really is longer ends early then, which costs a look.
func (s *Store) shorten(ctx context.Context) error {
	p := s.client.Pipeline()
	far := make([]*redis.StringSliceCmd, Shards)
	for shard := range Shards {
		far[shard] = p.ZRange(ctx, outboxKey(shard), 0, -1)
	}
	_, err := p.Exec(ctx)
	var calls []call
	for _, cmd := range far {
		for _, m := range cmd.Val() {
			chat, err := number([]byte(m))
			if err != nil {
				return err
			}
			calls = append(calls, call{deliveryKeys(chat), []any{m, millis(s.o.Lease)}})
		}
	}
	for _, done := range s.runAll(ctx, s.scripts.shorten, 0, calls) {
		if done.err != nil {
			err = done.err
		}
	}
	return err
}
