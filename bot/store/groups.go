package store

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// Groups remembers where the agents' group went when it became a supergroup with another id.
type Groups struct{ client redis.UniversalClient }

// SetGroup notes that the group that was configured has the id now.
func (g Groups) SetGroup(ctx context.Context, configured, now int64) error {
	return wrap("set group", g.client.Set(ctx, groupKey(configured), now, 0).Err())
}

// Group is the id that the configured group has now; false if it never moved.
func (g Groups) Group(ctx context.Context, configured int64) (int64, bool, error) {
	return found("group", g.client.Get(ctx, groupKey(configured)))
}
