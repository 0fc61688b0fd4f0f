package store

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// mostSaid is how much of a case's transcript is kept.
const mostSaid = 1000

// Transcripts keep what was said in each case.
type Transcripts struct{ client redis.UniversalClient }

// Keep puts an entry into a chat's transcript. seq orders the entries and names them: of two with the same the later stays. Of more than
// a thousand entries the oldest are dropped.
func (t Transcripts) Keep(ctx context.Context, chat, seq int64, entry []byte) error {
	key, at := saidKey(chat), decimal(seq)
	_, err := t.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.ZRemRangeByScore(ctx, key, at, at)
		p.ZAdd(ctx, key, redis.Z{Score: float64(seq), Member: entry})
		p.ZRemRangeByRank(ctx, key, 0, -mostSaid-1)
		return nil
	})
	return wrap("keep transcript", err)
}

// Said returns the last n entries of a chat's transcript, oldest first; all of them for n 0.
func (t Transcripts) Said(ctx context.Context, chat int64, n int) ([][]byte, error) {
	from := int64(0)
	if n > 0 {
		from = -int64(n)
	}
	members, err := t.client.ZRange(ctx, saidKey(chat), from, -1).Result()
	entries := make([][]byte, len(members))
	for i, m := range members {
		entries[i] = []byte(m)
	}
	return entries, wrap("transcript", err)
}

// Erase drops a chat's transcript and whatever pairs its messages with those of the group.
func (t Transcripts) Erase(ctx context.Context, chat int64) error {
	return wrap("erase transcript", t.client.Del(ctx, saidKey(chat), pairsKey(chat)).Err())
}
