package store

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// Cases numbers the cases that agents see.
type Cases struct{ client redis.UniversalClient }

// NextCase gives out a number, from 1 upwards, that was never given out before. If an answer is lost a number is left out.
func (c Cases) NextCase(ctx context.Context) (int64, error) {
	n, err := c.client.Incr(ctx, caseCounterKey()).Result()
	return n, wrap("next case", err)
}

// SetCase says which chat a case is about.
func (c Cases) SetCase(ctx context.Context, number, chat int64) error {
	return wrap("set case", c.client.HSet(ctx, casesKey(number), decimal(number), chat).Err())
}

// CaseChat is the chat that a case is about; false if there is none.
func (c Cases) CaseChat(ctx context.Context, number int64) (int64, bool, error) {
	return found("case", c.client.HGet(ctx, casesKey(number), decimal(number)))
}

// DropCase forgets which chat a case is about. Its number is not given out again.
func (c Cases) DropCase(ctx context.Context, number int64) error {
	return wrap("drop case", c.client.HDel(ctx, casesKey(number), decimal(number)).Err())
}
