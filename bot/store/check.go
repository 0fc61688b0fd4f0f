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
	Risk  string // what comes of any other value
}

// Error says what is wrong with the setting.
func (s *Setting) Error() string {
	if s.Value == "" {
		return fmt.Sprintf("redis setting %s is unknown, the server does not tell it; it has to be %s", s.Name, s.Want)
	}
	return fmt.Sprintf("redis setting %s is %s; it has to be %s, or %s", s.Name, s.Value, s.Want, s.Risk)
}

// CheckEviction looks whether any master may evict what it holds: maxmemory-policy has to be noeviction, because a conversation that is
// evicted is a lost case. The error is a *Setting, or that of asking.
func (s *Store) CheckEviction(ctx context.Context) error {
	want := Setting{Name: "maxmemory-policy", Want: "noeviction", Risk: "conversations can be lost"}
	return s.check(ctx, func(ctx context.Context, server redis.UniversalClient) error {
		policy, err := told(ctx, server, "Memory", "maxmemory_policy", want.Name)
		return want.against(policy, err)
	})
}

// CheckPersistence looks whether every master writes what it takes on to its disk at once: appendonly has to be yes. A server that does not
// tell counts as one that does, for services that forbid the question have their own ways. The error is a *Setting, or that of asking.
func (s *Store) CheckPersistence(ctx context.Context) error {
	want := Setting{Name: "appendonly", Want: "yes", Risk: "a restart of Redis loses the answers, plans and reminders since its last snapshot"}
	return s.check(ctx, func(ctx context.Context, server redis.UniversalClient) error {
		enabled, err := told(ctx, server, "Persistence", "aof_enabled", want.Name)
		switch enabled {
		case "0":
			enabled = "no"
		case "1", "":
			enabled = want.Want
		}
		return want.against(enabled, err)
	})
}

// check asks every master.
func (s *Store) check(ctx context.Context, ask func(context.Context, redis.UniversalClient) error) error {
	if cluster, ok := s.client.(*redis.ClusterClient); ok {
		return cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error { return ask(ctx, node) })
	}
	return ask(ctx, s.client)
}

// told is a value as the server tells it: as a field of a section of INFO, because services that forbid CONFIG allow that, or else as a
// setting. Empty: the server does not tell.
func told(ctx context.Context, server redis.UniversalClient, section, field, setting string) (string, error) {
	info, err := server.InfoMap(ctx, section).Result()
	if Temporary(err) {
		return "", wrap("check", err)
	}
	if value := info[section][field]; value != "" {
		return value, nil
	}
	config, err := server.ConfigGet(ctx, setting).Result()
	if Temporary(err) {
		return "", wrap("check", err)
	}
	return config[setting], nil
}

// against is the setting with a value, unless that is the one that it has to have.
func (s Setting) against(value string, err error) error {
	if err != nil || value == s.Want {
		return err
	}
	s.Value = value
	return &s
}
