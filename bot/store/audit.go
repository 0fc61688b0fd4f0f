package store

import "context"

// Trail lists the entries of a shard's audit trail, oldest first.
func (s *Store) Trail(ctx context.Context, shard int) ([][]byte, error) {
	entries, err := s.client.LRange(ctx, trailKey(shard), 0, -1).Result()
	all := make([][]byte, len(entries))
	for i, e := range entries {
		all[i] = []byte(e)
	}
	return all, wrap("audit trail", err)
}
