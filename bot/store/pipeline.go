package store

import (
	"context"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// call is one script call among many.
type call struct {
	keys []string
	args []any
}

// outcome is what became of one call.
type outcome struct {
	answer answer
	err    error
}

// runAll makes many calls of one script in one round trip; in a cluster in one for each node. Each call has its own outcome: a
// node that is down does not keep the others from answering.
func (s *Store) runAll(ctx context.Context, script *redis.Script, parts int, calls []call) []outcome {
	done := make([]outcome, len(calls))
	if len(calls) == 0 {
		return done
	}
	cmds := s.evalAll(ctx, calls, func(p redis.Pipeliner, c call) *redis.Cmd {
		return script.EvalSha(ctx, p, c.keys, c.args...)
	})
	var unknown []int
	for i, cmd := range cmds {
		if redis.HasErrorPrefix(cmd.Err(), "NOSCRIPT") {
			unknown = append(unknown, i)
			continue
		}
		done[i] = outcomeOf(cmd, parts)
	}
	if len(unknown) == 0 {
		return done
	}
	again := make([]call, len(unknown))
	for i, at := range unknown {
		again[i] = calls[at]
	}
	cmds = s.evalAll(ctx, again, func(p redis.Pipeliner, c call) *redis.Cmd {
		return script.Eval(ctx, p, c.keys, c.args...)
	})
	for i, cmd := range cmds {
		done[unknown[i]] = outcomeOf(cmd, parts)
	}
	return done
}

func (s *Store) evalAll(ctx context.Context, calls []call, add func(redis.Pipeliner, call) *redis.Cmd) []*redis.Cmd {
	p := s.client.Pipeline()
	cmds := make([]*redis.Cmd, len(calls))
	for i, c := range calls {
		cmds[i] = add(p, c)
	}
	// Exec's error is the first of the commands' own errors.
	_, _ = p.Exec(ctx)
	return cmds
}

func outcomeOf(cmd *redis.Cmd, parts int) outcome {
	v, err := cmd.Result()
	if err != nil {
		return outcome{err: err}
	}
	a, err := parseAnswer(v, parts)
	return outcome{answer: a, err: err}
}

// scored is a member of an index.
type scored struct {
	chat  int64
	score float64
}

// heads reads the first n members of an index in several shards, in one round trip; in a cluster in one for each node. A shard
// that did not answer is nil, one with nothing in it is empty. The error is the first shard's that did not answer.
func (s *Store) heads(ctx context.Context, key func(shard int) string, shards []int, n int) ([][]scored, error) {
	p := s.client.Pipeline()
	cmds := make([]*redis.ZSliceCmd, len(shards))
	for i, shard := range shards {
		cmds[i] = p.ZRangeWithScores(ctx, key(shard), 0, int64(n)-1)
	}
	_, err := p.Exec(ctx)
	heads := make([][]scored, len(shards))
	for i, cmd := range cmds {
		members, failed := cmd.Result()
		if failed != nil {
			continue
		}
		heads[i] = make([]scored, 0, len(members))
		for _, z := range members {
			chat, err := strconv.ParseInt(fmt.Sprint(z.Member), 10, 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", key(shards[i]), err)
			}
			heads[i] = append(heads[i], scored{chat, z.Score})
		}
	}
	return heads, err
}

// none says whether no shard answered.
func none(heads [][]scored) bool {
	for _, members := range heads {
		if members != nil {
			return false
		}
	}
	return true
}
