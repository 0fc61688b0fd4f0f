package store

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

// cardLife is how long an agent may answer a message by replying to it.
const cardLife = 180 * 24 * time.Hour

// Cards finds the chat that a message in an agents' group without topics is about, so that a reply to it reaches the borrower.
type Cards struct{ client redis.UniversalClient }

// SetCard says which chat a message is about. It is forgotten after half a year.
func (c Cards) SetCard(ctx context.Context, group int64, message int, chat int64) error {
	return wrap("set card", c.client.Set(ctx, cardKey(group, message), chat, cardLife).Err())
}

// CardChat is the chat that a message is about; false if it is none of ours, or was forgotten.
func (c Cards) CardChat(ctx context.Context, group int64, message int) (int64, bool, error) {
	return found("card", c.client.Get(ctx, cardKey(group, message)))
}
