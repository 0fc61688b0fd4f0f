package store

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// pairLife is how long after the last message an edit or a reply finds what it is about.
const pairLife = 60 * 24 * time.Hour

// Pairs remember which message of the agents' group stands for which of a borrower's chat.
type Pairs struct{ client redis.UniversalClient }

// SetPair notes that two messages are the same. It is forgotten two months after the last one.
func (p Pairs) SetPair(ctx context.Context, chat int64, group, private int) error {
	key := pairsKey(chat)
	_, err := p.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.HSet(ctx, key, "g"+strconv.Itoa(group), private, "p"+strconv.Itoa(private), group)
		p.Expire(ctx, key, pairLife)
		return nil
	})
	return wrap("set pair", err)
}

// Private is the message in the chat that a message of the group stands for; 0 if there is none.
func (p Pairs) Private(ctx context.Context, chat int64, group int) (int, error) {
	return p.other(ctx, chat, "g"+strconv.Itoa(group))
}

// Grouped is the message in the group that a message of the chat stands for; 0 if there is none.
func (p Pairs) Grouped(ctx context.Context, chat int64, private int) (int, error) {
	return p.other(ctx, chat, "p"+strconv.Itoa(private))
}

func (p Pairs) other(ctx context.Context, chat int64, field string) (int, error) {
	id, err := p.client.HGet(ctx, pairsKey(chat), field).Int()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	return id, wrap("pair", err)
}
