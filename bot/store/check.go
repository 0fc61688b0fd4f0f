package store

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

// Setting is a setting of the Redis server that puts conversations at risk. It is a warning: everything works meanwhile.
type Setting struct {
	Name  string
	Value string // empty: the server does not tell
	Want  string
}

// Error says what is wrong with the setting.
func (s *Setting) Error() string {
	if s.Value == "" {
		return fmt.Sprintf("redis setting %s is unknown, the server does not tell it; it has to be %s", s.Name, s.Want)
	}
	return fmt.Sprintf("redis setting %s is %s; it has to be %s, or conversations can be lost", s.Name, s.Value, s.Want)
}

// Check looks at the settings of every master: maxmemory-policy has to be noeviction, because a conversation that is evicted is a
// lost case. The error is a *Setting, or that of asking.
func (s *Store) Check(ctx context.Context) error {
	if cluster, ok := s.client.(*redis.ClusterClient); ok {
		return cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
			return checkPolicy(ctx, node)
		})
	}
	return checkPolicy(ctx, s.client)
}

// checkPolicy asks INFO first: services that forbid CONFIG allow it.
func checkPolicy(ctx context.Context, server redis.UniversalClient) error {
	const name, want = "maxmemory-policy", "noeviction"
	policy := ""
	if info, err := server.InfoMap(ctx, "memory").Result(); err == nil {
		policy = info["Memory"]["maxmemory_policy"]
	} else if Temporary(err) {
		return wrap("check", err)
	}
	if policy == "" {
		config, err := server.ConfigGet(ctx, name).Result()
		if Temporary(err) {
			return wrap("check", err)
		}
		policy = config[name]
	}
	if policy != want {
		return &Setting{Name: name, Value: policy, Want: want}
	}
	return nil
}
