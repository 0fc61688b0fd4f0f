package store

import (
	"context"
	_ "embed" // the scripts
	"errors"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// The scripts. Each says above it what its keys, arguments and answers are.
var (
	//go:embed lua/record.lua
	recordLua string
	//go:embed lua/trail.lua
	trailLua string
	//go:embed lua/swap.lua
	swapLua string
	//go:embed lua/commit.lua
	commitLua string
	//go:embed lua/strike.lua
	strikeLua string
	//go:embed lua/mark.lua
	markLua string
	//go:embed lua/park.lua
	parkLua string
	//go:embed lua/forget.lua
	forgetLua string
	//go:embed lua/claim.lua
	claimLua string
	//go:embed lua/hush.lua
	hushLua string
	//go:embed lua/shorten.lua
	shortenLua string
	//go:embed lua/reclaim.lua
	reclaimLua string
)

// scripts are the prepared scripts.
type scripts struct {
	swap, commit, strike, mark, park, forget, claim, hush, shorten, reclaim *redis.Script
}

func newScripts() scripts {
	prepare := func(source string) *redis.Script { return redis.NewScript(recordLua + source) }
	return scripts{
		swap:    redis.NewScript(trailLua + swapLua),
		commit:  prepare(trailLua + commitLua),
		strike:  prepare(strikeLua),
		mark:    prepare(markLua),
		park:    prepare(parkLua),
		forget:  prepare(trailLua + forgetLua),
		claim:   prepare(claimLua),
		hush:    redis.NewScript(hushLua),
		shorten: prepare(shortenLua),
		reclaim: prepare(reclaimLua),
	}
}

// answer is what a script gave back: a status and byte strings.
type answer struct {
	status int64
	parts  []string
}

// run calls a script that answers {status, string...} with the given number of strings at most, the last of which may be left out if
// they are empty; or a bare status with none.
func (s *Store) run(ctx context.Context, script *redis.Script, parts int, keys []string, args ...any) (answer, error) {
	cmd, err := s.eval(ctx, script, keys, args)
	if err != nil {
		return answer{}, err
	}
	return parseAnswer(cmd.Val(), parts)
}

// eval calls a script that writes.
func (s *Store) eval(ctx context.Context, script *redis.Script, keys []string, args []any) (*redis.Cmd, error) {
	var cmd *redis.Cmd
	var err error
	switch cluster, many := s.client.(*redis.ClusterClient); {
	case !many:
		cmd = evalSha(ctx, script, keys, args)
		err = s.batch.do(ctx, cmd, true)
	case s.o.Replicas > 0:
		cmd, err = s.evalAt(ctx, cluster, script, keys, args)
	}
	// What is not settled goes through the client, which tries again and follows a slot that moves.
	if cmd == nil || err != nil && (redis.HasErrorPrefix(err, "NOSCRIPT") || unready(err)) {
		cmd = script.Run(ctx, s.client, keys, args...)
		err = cmd.Err()
	}
	return cmd, err
}

// evalAt calls a script at the node that has the keys, and waits there for its replicas.
func (s *Store) evalAt(
	ctx context.Context, cluster *redis.ClusterClient, script *redis.Script, keys []string, args []any,
) (*redis.Cmd, error) {
	node, err := cluster.MasterForKey(ctx, keys[0])
	if err != nil {
		return nil, err
	}
	p := node.Pipeline()
	cmd := script.EvalSha(ctx, p, keys, args...)
	answered := s.replicas.after(ctx, p)
	_, _ = p.Exec(ctx)
	answered()
	if err := cmd.Err(); err != nil && !redis.HasErrorPrefix(err, "") {
		// The node is gone: the client knows where its replica is.
		return nil, err
	}
	return cmd, cmd.Err()
}

func evalSha(ctx context.Context, script *redis.Script, keys []string, args []any) *redis.Cmd {
	all := make([]any, 0, 3+len(keys)+len(args))
	all = append(all, "evalsha", script.Hash(), len(keys))
	for _, key := range keys {
		all = append(all, key)
	}
	return redis.NewCmd(ctx, append(all, args...)...)
}

// get reads one STRING; nil if there is none.
func (s *Store) get(ctx context.Context, key string) ([]byte, error) {
	var cmd *redis.StringCmd
	var err error
	if s.batch != nil {
		cmd = redis.NewStringCmd(ctx, "get", key)
		err = s.batch.do(ctx, cmd, false)
	}
	if cmd == nil || err != nil && unready(err) {
		cmd = s.client.Get(ctx, key)
		err = cmd.Err()
	}
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return cmd.Bytes()
}

func parseAnswer(v any, parts int) (answer, error) {
	if status, ok := v.(int64); ok && parts == 0 {
		return answer{status: status}, nil
	}
	list, ok := v.([]any)
	if !ok || len(list) == 0 || len(list) > parts+1 {
		return answer{}, fmt.Errorf("script answered %T of an unknown shape", v)
	}
	a := answer{parts: make([]string, parts)}
	if a.status, ok = list[0].(int64); !ok {
		return answer{}, errors.New("script answered without a status")
	}
	for i, part := range list[1:] {
		if a.parts[i], ok = part.(string); !ok {
			return answer{}, errors.New("script answered something that is not a string")
		}
	}
	return a, nil
}

// decimal is a number as an argument of a script.
func decimal(n int64) string { return strconv.FormatInt(n, 10) }
