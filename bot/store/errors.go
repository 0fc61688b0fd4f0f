package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/redis/go-redis/v9"

	"respite/bot"
)

// ErrFull says that Redis refuses to write because it is out of memory (OOM, with maxmemory-policy noeviction) or cannot
// save to its disk (MISCONF). Nothing was written. It passes once an operator makes room; it is Temporary.
var ErrFull = errors.New("redis has no room to write")

// temporaryReplies begin the replies of a Redis that is not ready now and may be later.
var temporaryReplies = []string{
	"LOADING", "READONLY", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "ASK", "MASTERDOWN", "NOREPLICAS", "BUSY", "UNKILLABLE",
	"max number of clients",
}

// Temporary says whether an error of this package may pass by itself: Redis cannot be reached, is starting, failing over,
// resharding or full, or did not answer in time. It is false for nil, bot.ErrRace, bot.ErrLeaseLost and a cancelled context.
func Temporary(err error) bool {
	switch {
	case err == nil, errors.Is(err, bot.ErrRace), errors.Is(err, bot.ErrLeaseLost):
		return false
	case errors.Is(err, ErrFull):
		return true
	case errors.Is(err, context.Canceled), errors.Is(err, redis.ErrClosed):
		return false
	}
	if unready(err) {
		return true
	}
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, redis.ErrPoolTimeout) || errors.Is(err, redis.ErrPoolExhausted)
}

// unready says whether Redis answered that it cannot do this now.
func unready(err error) bool {
	for _, prefix := range temporaryReplies {
		if redis.HasErrorPrefix(err, prefix) {
			return true
		}
	}
	return false
}

// full says whether Redis refused to write for want of room. Before version 7 the reason comes in the middle of the reply.
func full(err error) bool {
	for _, reason := range []string{"OOM command not allowed", "MISCONF "} {
		if strings.Contains(err.Error(), reason) {
			return true
		}
	}
	return false
}

// wrap names the operation that failed.
func wrap(operation string, err error) error {
	switch {
	case err == nil, errors.Is(err, bot.ErrRace):
		return err
	case full(err):
		return fmt.Errorf("redis %s: %w: %w", operation, ErrFull, err)
	}
	return fmt.Errorf("redis %s: %w", operation, err)
}
