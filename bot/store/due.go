package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"respite/bot"
)

// Undelivered claims up to limit outboxes that nobody delivers. While nothing is due it asks Redis nothing but every
// Options.Refresh; otherwise it takes two round trips. If part of a cluster does not answer, the rest is served.
func (s *Store) Undelivered(ctx context.Context, owner string, limit int) ([]bot.Waiting, error) {
	if err := checkOwner(owner); err != nil {
		return nil, wrap("undelivered", err)
	}
	if err := s.refreshOutbox(ctx); err != nil {
		return nil, wrap("undelivered", err)
	}
	shards := s.outbox.due(time.Now().UnixMilli(), limit)
	if len(shards) == 0 || limit <= 0 {
		return nil, nil
	}
	chats, err := s.candidates(ctx, shards, limit)
	if len(chats) == 0 {
		return nil, wrap("undelivered", err)
	}
	calls := make([]call, len(chats))
	for i, chat := range chats {
		calls[i] = call{deliveryKeys(chat), []any{decimal(chat), owner, millis(s.o.Lease)}}
	}
	var waiting []bot.Waiting
	for i, done := range s.runAll(ctx, s.scripts.claim, 2, calls) {
		if done.err != nil {
			err = done.err
			continue
		}
		if done.answer.status == 0 {
			continue
		}
		w := bot.Waiting{Chat: chats[i]}
		if link := done.answer.parts[0]; link != "" {
			w.Link = []byte(link)
		}
		if w.Outbox, err = parseEntries([]byte(done.answer.parts[1])); err != nil {
			return nil, wrap("undelivered", fmt.Errorf("chat %d: %w", chats[i], err))
		}
		waiting = append(waiting, w)
	}
	if len(waiting) > 0 {
		return waiting, nil
	}
	return nil, wrap("undelivered", err)
}

// candidates lists chats of some shards whose lease or pause seems to be over, at most limit. The claim decides.
func (s *Store) candidates(ctx context.Context, shards []int, limit int) ([]int64, error) {
	before := s.outbox.before()
	each := max(1, limit/len(shards))
	heads, err := s.heads(ctx, outboxKey, shards, each+1)
	now := time.Now().UnixMilli()
	var chats []int64
	for i, members := range heads {
		if members == nil {
			continue
		}
		next := now + s.o.Lease.Milliseconds()
		for j, z := range members {
			at := s.local(z.Score)
			if at > now || j == each || len(chats) == limit {
				next = min(next, at)
				break
			}
			chat, err := member(z)
			if err != nil {
				return nil, err
			}
			chats = append(chats, chat)
		}
		s.outbox.learn(shards[i], next, before[shards[i]])
	}
	return chats, err
}

// Ringing returns up to limit chats with an alarm at or before now, earliest first. While none is due it asks Redis nothing
// but every Options.Refresh: an alarm that another instance set is seen at most that much late. Alarms of conversations that
// have expired are taken away.
func (s *Store) Ringing(ctx context.Context, now time.Time, limit int) ([]int64, error) {
	if s.alarms.stale(s.o.Refresh) {
		if err := s.refreshAlarms(ctx); err != nil && s.alarms.stale(s.o.Refresh) {
			return nil, wrap("ringing", err)
		}
	}
	shards := s.alarms.earliest(now.UnixMilli(), limit)
	if len(shards) == 0 || limit <= 0 {
		return nil, nil
	}
	before := s.alarms.before()
	heads, err := s.heads(ctx, alarmsKey, shards, limit)
	var ringing []redis.Z
	for i, members := range heads {
		if members == nil {
			continue
		}
		s.alarms.learn(shards[i], firstScore(members), before[shards[i]])
		for _, z := range members {
			if int64(z.Score) <= now.UnixMilli() {
				ringing = append(ringing, z)
			}
		}
	}
	if len(ringing) == 0 {
		return nil, wrap("ringing", err)
	}
	slices.SortStableFunc(ringing, func(a, b redis.Z) int { return cmp.Compare(a.Score, b.Score) })
	chats, err := s.alive(ctx, ringing[:min(limit, len(ringing))])
	return chats, wrap("ringing", err)
}

// alive leaves out the chats whose conversation has expired, and takes their alarms away.
func (s *Store) alive(ctx context.Context, alarms []redis.Z) ([]int64, error) {
	p := s.client.Pipeline()
	exist := make([]*redis.IntCmd, len(alarms))
	all := make([]int64, len(alarms))
	for i, z := range alarms {
		chat, err := member(z)
		if err != nil {
			return nil, err
		}
		all[i] = chat
		exist[i] = p.Exists(ctx, chatKey(chat))
	}
	_, err := p.Exec(ctx)
	var chats []int64
	var expired []call
	for i, cmd := range exist {
		switch n, err := cmd.Result(); {
		case err != nil:
		case n > 0:
			chats = append(chats, all[i])
		default:
			expired = append(expired, call{[]string{chatKey(all[i]), alarmsKey(Shard(all[i]))}, []any{decimal(all[i])}})
		}
	}
	if len(expired) > 0 {
		for _, done := range s.runAll(ctx, s.scripts.hush, 0, expired) {
			if done.err != nil {
				err = done.err
			}
		}
	}
	if len(chats) > 0 {
		return chats, nil
	}
	return nil, err
}

// NextAlarm returns the earliest alarm of all chats. It asks every shard, and so is exact.
func (s *Store) NextAlarm(ctx context.Context) (time.Time, bool, error) {
	if err := s.refreshAlarms(ctx); err != nil {
		return time.Time{}, false, wrap("next alarm", err)
	}
	at := s.alarms.first()
	if at == never {
		return time.Time{}, false, nil
	}
	return time.UnixMilli(at).UTC(), true, nil
}

// refreshAlarms reads the earliest alarm of each shard.
func (s *Store) refreshAlarms(ctx context.Context) error {
	before := s.alarms.before()
	heads, err := s.heads(ctx, alarmsKey, everyShard(), 1)
	answered := false
	for shard, members := range heads {
		if members != nil {
			s.alarms.learn(shard, firstScore(members), before[shard])
			answered = true
		}
	}
	if answered {
		s.alarms.refreshed()
	}
	return err
}

// refreshOutbox reads the earliest entry of each shard's outbox index, if it is time to.
func (s *Store) refreshOutbox(ctx context.Context) error {
	if !s.outbox.stale(s.o.Refresh) {
		return nil
	}
	now, err := s.client.Time(ctx).Result()
	if err != nil {
		return err
	}
	s.ahead.Store(now.UnixMilli() - time.Now().UnixMilli())
	before := s.outbox.before()
	heads, err := s.heads(ctx, outboxKey, everyShard(), 1)
	answered := false
	for shard, members := range heads {
		if members == nil {
			continue
		}
		at := int64(never)
		if len(members) > 0 {
			at = s.local(members[0].Score)
		}
		s.outbox.learn(shard, at, before[shard])
		answered = true
	}
	if !answered {
		return err
	}
	s.outbox.refreshed()
	return nil
}

// local is a time of Redis' clock by this machine's clock.
func (s *Store) local(score float64) int64 { return int64(score) - s.ahead.Load() }

func firstScore(members []redis.Z) int64 {
	if len(members) == 0 {
		return never
	}
	return int64(members[0].Score)
}

// member is the chat that a member of an index stands for.
func member(z redis.Z) (int64, error) {
	chat, err := strconv.ParseInt(fmt.Sprint(z.Member), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("index member %q: %w", z.Member, err)
	}
	return chat, nil
}

func everyShard() []int {
	all := make([]int, Shards)
	for i := range all {
		all[i] = i
	}
	return all
}
