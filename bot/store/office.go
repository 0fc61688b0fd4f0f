package store

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"
)

// Office keeps what agents set for their group: who they are, who is away, their hours, and their replies.
type Office struct{ client redis.UniversalClient }

// SetAgent notes an agent's name.
func (o Office) SetAgent(ctx context.Context, group, user int64, name string) error {
	return wrap("set agent", o.client.HSet(ctx, agentsKey(group), decimal(user), name).Err())
}

// DropAgent forgets an agent.
func (o Office) DropAgent(ctx context.Context, group, user int64) error {
	return wrap("drop agent", o.client.HDel(ctx, agentsKey(group), decimal(user)).Err())
}

// Agents returns the names of the agents by their ids.
func (o Office) Agents(ctx context.Context, group int64) (map[int64]string, error) {
	return o.names(ctx, agentsKey(group))
}

// SetAway notes that an agent is away, or with an empty name that the agent is back.
func (o Office) SetAway(ctx context.Context, group, user int64, name string) error {
	if name == "" {
		return wrap("set away", o.client.HDel(ctx, awayKey(group), decimal(user)).Err())
	}
	return wrap("set away", o.client.HSet(ctx, awayKey(group), decimal(user), name).Err())
}

// Away returns the names of the agents who are away.
func (o Office) Away(ctx context.Context, group int64) (map[int64]string, error) {
	return o.names(ctx, awayKey(group))
}

func (o Office) names(ctx context.Context, key string) (map[int64]string, error) {
	all, err := o.client.HGetAll(ctx, key).Result()
	if err != nil {
		return nil, wrap("agents", err)
	}
	names := make(map[int64]string, len(all))
	for id, name := range all {
		n, err := number([]byte(id))
		if err != nil {
			return nil, wrap("agents", err)
		}
		names[n] = name
	}
	return names, nil
}

// SetHours notes when agents are there.
func (o Office) SetHours(ctx context.Context, group int64, hours string) error {
	return wrap("set hours", o.client.Set(ctx, hoursKey(group), hours, 0).Err())
}

// Hours is when agents are there; empty if they did not say.
func (o Office) Hours(ctx context.Context, group int64) (string, error) {
	hours, err := o.client.Get(ctx, hoursKey(group)).Result()
	if errors.Is(err, redis.Nil) {
		return "", nil
	}
	return hours, wrap("hours", err)
}

// SetCanned keeps a reply in a language; an empty text takes it out.
func (o Office) SetCanned(ctx context.Context, group int64, language, name, text string) error {
	field := language + " " + name
	if text == "" {
		return wrap("drop reply", o.client.HDel(ctx, cannedKey(group), field).Err())
	}
	return wrap("set reply", o.client.HSet(ctx, cannedKey(group), field, text).Err())
}

// Canned returns all replies by language, a space and name.
func (o Office) Canned(ctx context.Context, group int64) (map[string]string, error) {
	all, err := o.client.HGetAll(ctx, cannedKey(group)).Result()
	return all, wrap("replies", err)
}
