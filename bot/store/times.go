package store

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"respite/bot"
)

var _ bot.Times = (*Store)(nil)

// Seen notes a moment of the bot's clock and returns the latest that was noted.
func (s *Store) Seen(ctx context.Context, now time.Time) (time.Time, error) {
	latest, err := s.client.Get(ctx, clockKey()).Int64()
	if err != nil && !errors.Is(err, redis.Nil) {
		return time.Time{}, wrap("seen", err)
	}
	if at := now.UnixMilli(); at > latest {
		return now, s.SetSeen(ctx, now)
	}
	return time.UnixMilli(latest), nil
}

// SetSeen makes a moment the latest that was noted.
func (s *Store) SetSeen(ctx context.Context, now time.Time) error {
	return wrap("seen", s.client.Set(ctx, clockKey(), strconv.FormatInt(now.UnixMilli(), 10), 0).Err())
}

// Waiting lists the chats of a shard that have an alarm, and the shard after it; 0: that was the last.
func (s *Store) Waiting(ctx context.Context, shard int) ([]int64, int, error) {
	members, err := s.client.ZRange(ctx, alarmsKey(shard), 0, -1).Result()
	if err != nil {
		return nil, shard, wrap("waiting", err)
	}
	chats := make([]int64, len(members))
	for i, m := range members {
		if chats[i], err = number([]byte(m)); err != nil {
			return nil, shard, wrap("waiting", err)
		}
	}
	return chats, (shard + 1) % Shards, nil
}
