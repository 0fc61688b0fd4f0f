package store

import (
	"context"
	"errors"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// Desk finds the chat that something in the agents' group is about.
type Desk struct {
	Topics
	Cards
	Cases
	Groups
	Transcripts
	Pairs
	Board
	Office
}

// Desk is kept in the same Redis as the conversations.
func (s *Store) Desk() Desk {
	return Desk{Topics{s.client}, Cards{s.client}, Cases{s.client}, Groups{s.client}, Transcripts{s.client}, Pairs{s.client}, Board{s.client}, Office{s.client}}
}

// Topics finds the chat that a forum topic is about.
type Topics struct{ client redis.UniversalClient }

// SetTopic says which chat a topic is about.
func (t Topics) SetTopic(ctx context.Context, group int64, thread int, chat int64) error {
	return wrap("set topic", t.client.HSet(ctx, topicsKey(group), strconv.Itoa(thread), chat).Err())
}

// TopicChat is the chat that a topic is about; false if it is none of ours.
func (t Topics) TopicChat(ctx context.Context, group int64, thread int) (int64, bool, error) {
	return found("topic", t.client.HGet(ctx, topicsKey(group), strconv.Itoa(thread)))
}

// DropTopic forgets a topic.
func (t Topics) DropTopic(ctx context.Context, group int64, thread int) error {
	return wrap("drop topic", t.client.HDel(ctx, topicsKey(group), strconv.Itoa(thread)).Err())
}

// found is the chat in an answer; false if there is none.
func found(operation string, cmd *redis.StringCmd) (int64, bool, error) {
	chat, err := cmd.Int64()
	if errors.Is(err, redis.Nil) {
		return 0, false, nil
	}
	return chat, err == nil, wrap(operation, err)
}
