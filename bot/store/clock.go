package store

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// clock relates Redis' clock, by which leases and pauses end, to this process' steady one. So it notices when Redis' clock is
// set: forward, and every lease seems to have lapsed although its owner is at work; back, and those of a dead owner seem to last.
type clock struct {
	steady func() int64 // milliseconds since some moment, never set

	mu      sync.Mutex
	servers map[string]reading
}

// reading is what one server's clock shows more than the steady one: not known exactly, because the time of an answer's way is not.
type reading struct {
	low, high int64
	forward   int64 // when the server's clock was first seen further ahead than that; 0: it is not
}

func newClock() *clock {
	began := time.Now()
	return &clock{steady: func() int64 { return time.Since(began).Milliseconds() }, servers: make(map[string]reading)}
}

// ahead is what Redis' clock shows at most more than the steady one; false if it was not read yet. Servers of a cluster are taken to
// agree.
func (c *clock) ahead() (int64, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var most int64
	for _, r := range c.servers {
		most = max(most, r.high)
	}
	return most, len(c.servers) > 0
}

// local is a time of Redis' clock by the steady one.
func (c *clock) local(score float64) int64 {
	ahead, _ := c.ahead()
	return int64(score) - ahead
}

// believed is the latest that Redis' clock may show unless it was set forward. Scripts take no lease that has not lapsed by it.
func (c *clock) believed() string {
	ahead, known := c.ahead()
	if !known {
		return decimal(1 << 52)
	}
	return decimal(c.steady() + ahead)
}

// note takes in that a server's clock showed t between two moments of the steady one, and says whether it was set back since
// the last time. If it was set forward that is believed only after the length of a lease, when every owner that is alive has
// renewed its own.
func (c *clock) note(server string, t time.Time, sent, received int64, lease time.Duration) (back bool) {
	slack := max(lease/4, time.Second).Milliseconds()
	now := reading{low: t.UnixMilli() - received, high: t.UnixMilli() - sent + 1}
	c.mu.Lock()
	defer c.mu.Unlock()
	before, known := c.servers[server]
	if known && now.low > before.high+slack {
		if before.forward == 0 {
			before.forward = max(received, 1)
		}
		if received-before.forward < lease.Milliseconds() {
			c.servers[server] = before
			return false
		}
	}
	c.servers[server] = now
	return known && now.high < before.low-slack
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
