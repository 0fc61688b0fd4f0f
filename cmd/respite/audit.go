package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"

	"respite/bot/store"
	"respite/bot/trail"
)

// auditCmd prints the audit trail: a line of JSON for each entry, oldest first within a chat.
type auditCmd struct {
	RedisURL string `name:"redis-url" var:"REDIS_URL" required:"" placeholder:"URL" help:"Where the bot keeps its conversations (REDIS_URL)."`
	Chat     int64  `help:"Only the entries of this chat." placeholder:"ID"`
}

// Run fails after the last entry if some could not be read.
func (a *auditCmd) Run(ctx context.Context, c *console) error {
	kept, err := store.Open(ctx, a.RedisURL, store.Options{})
	if err != nil {
		return usage{fmt.Errorf("REDIS_URL: %w", err)}
	}
	defer func() { _ = kept.Close() }()
	first, last := 0, store.Shards-1
	if a.Chat != 0 {
		first, last = store.Shard(a.Chat), store.Shard(a.Chat)
	}
	out := bufio.NewWriter(c.stdout)
	unread := 0
	for shard := first; shard <= last; shard++ {
		entries, err := kept.Trail(ctx, shard)
		if err != nil {
			return err
		}
		failed, err := a.print(out, entries)
		if err != nil {
			return err
		}
		unread += failed
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if unread > 0 {
		return fmt.Errorf("entries that cannot be read, because a later version of respite wrote them: %d", unread)
	}
	return nil
}

// print writes entries out, and says how many it could not read.
func (a *auditCmd) print(out *bufio.Writer, entries [][]byte) (unread int, err error) {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, raw := range entries {
		e, err := trail.Parse(raw)
		switch {
		case err != nil:
			unread++
		case a.Chat == 0 || e.Chat == a.Chat:
			if err := encoder.Encode(e); err != nil {
				return unread, err
			}
		}
	}
	return unread, nil
}
