package store

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// Reclaim makes the outboxes due at once on which owner holds a lease. It looks at every outbox that waits, in two round trips.
func (s *Store) Reclaim(ctx context.Context, owner string) (int, error) {
	if err := checkOwner(owner); err != nil {
		return 0, wrap("reclaim", err)
	}
	p := s.client.Pipeline()
	waiting := make([]*redis.StringSliceCmd, Shards)
	for shard := range Shards {
		waiting[shard] = p.ZRange(ctx, outboxKey(shard), 0, -1)
	}
	if _, err := p.Exec(ctx); err != nil {
		return 0, wrap("reclaim", err)
	}
	var calls []call
	var shards []int
	for shard, cmd := range waiting {
		for _, m := range cmd.Val() {
			chat, err := number([]byte(m))
			if err != nil {
				return 0, wrap("reclaim", err)
			}
			calls, shards = append(calls, call{deliveryKeys(chat), []any{m, owner}}), append(shards, shard)
		}
	}
	n := 0
	for i, done := range s.runAll(ctx, s.scripts.reclaim, 0, calls) {
		if done.err != nil {
			return n, wrap("reclaim", done.err)
		}
		if done.answer.status == 1 {
			s.outbox.lower(shards[i], s.clock.steady())
			n++
		}
	}
	return n, nil
}
