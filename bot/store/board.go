package store

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// Board keeps what the board of an agents' group shows.
type Board struct{ client redis.UniversalClient }

// Post puts a chat's entry on the board; nil takes it off.
func (b Board) Post(ctx context.Context, group, chat int64, entry []byte) error {
	if entry == nil {
		return wrap("take off the board", b.client.HDel(ctx, boardKey(group), decimal(chat)).Err())
	}
	return wrap("post", b.client.HSet(ctx, boardKey(group), decimal(chat), entry).Err())
}

// Posts returns all entries of the board by chat.
func (b Board) Posts(ctx context.Context, group int64) (map[int64][]byte, error) {
	all, err := b.client.HGetAll(ctx, boardKey(group)).Result()
	if err != nil {
		return nil, wrap("board", err)
	}
	posts := make(map[int64][]byte, len(all))
	for chat, entry := range all {
		n, err := number([]byte(chat))
		if err != nil {
			return nil, wrap("board", err)
		}
		posts[n] = []byte(entry)
	}
	return posts, nil
}

// BoardTurn gives one instance at a time the right to bring the board up to date, and none for as long as a turn lasts.
func (b Board) BoardTurn(ctx context.Context, group int64, lasts time.Duration) (bool, error) {
	mine, err := b.client.SetNX(ctx, boardTurnKey(group), 1, lasts).Result()
	return mine, wrap("board turn", err)
}

// BoardPost is where the board stands and what it shows, as desk wrote it; nil if there is none.
func (b Board) BoardPost(ctx context.Context, group int64) ([]byte, error) {
	post, err := b.client.Get(ctx, boardPostKey(group)).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	return post, wrap("board post", err)
}

// SetBoardPost notes where the board stands.
func (b Board) SetBoardPost(ctx context.Context, group int64, post []byte) error {
	return wrap("set board post", b.client.Set(ctx, boardPostKey(group), post, 0).Err())
}
