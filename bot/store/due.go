package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"respite/bot"
)

// Undelivered claims up to limit outboxes that nobody delivers. While nothing is due it asks Redis nothing but every
// Options.Refresh; otherwise it takes two round trips, and more while it meets only chats that have nothing to deliver any more, which
// stay in the index until then. If part of a cluster does not answer, the rest is served. If an
// answer is lost, the outboxes that were claimed are claimed again when their leases lapse.
func (s *Store) Undelivered(ctx context.Context, owner string, limit int) ([]bot.Waiting, error) {
	if err := checkOwner(owner); err != nil {
		return nil, wrap("undelivered", err)
	}
	if limit < 1 {
		return nil, nil
	}
	if s.outbox.stale(s.o.Refresh) {
		if err := s.refreshOutbox(ctx); err != nil {
			return nil, wrap("undelivered", err)
		}
	}
	const most = 16
	for range most {
		shards := s.outbox.due(s.clock.steady(), limit)
		if len(shards) == 0 {
			break
		}
		chats, err := s.candidates(ctx, shards, limit)
		if err != nil {
			return nil, wrap("undelivered", err)
		}
		waiting, idle, err := s.claim(ctx, owner, chats)
		if err != nil || len(waiting) > 0 || idle == 0 {
			return waiting, wrap("undelivered", err)
		}
	}
	return nil, nil
}

// candidates lists chats of some shards whose lease or pause seems to be over, at most limit. The claim decides.
func (s *Store) candidates(ctx context.Context, shards []int, limit int) ([]int64, error) {
	before := s.outbox.before()
	each := max(1, limit/len(shards))
	heads, err := s.heads(ctx, outboxKey, shards, each+1)
	if none(heads) {
		return nil, err
	}
	now := s.clock.steady()
	var chats []int64
	for i, members := range heads {
		if members == nil {
			continue
		}
		next := now + s.o.Lease.Milliseconds()
		for taken, m := range members {
			at := s.clock.local(m.score)
			if at > now || taken == each {
				next = min(next, at)
				break
			}
			chats = append(chats, m.chat)
		}
		s.outbox.learn(shards[i], next, before[shards[i]])
	}
	return chats, nil
}

// again is when a claim that was refused is looked into once more.
const again = 20 * time.Millisecond

// Answers of the claim script.
const (
	claimTooEarly = iota
	claimGranted
	claimIdle
)

// claim takes the leases of some chats and returns those that it got, and how many chats had nothing to deliver. It fails only if no
// claim was answered: the leases of the others must not be lost.
func (s *Store) claim(ctx context.Context, owner string, chats []int64) (waiting []bot.Waiting, idle int, err error) {
	believed := s.clock.believed()
	calls := make([]call, len(chats))
	for i, chat := range chats {
		calls[i] = call{deliveryKeys(chat), []any{decimal(chat), owner, millis(s.o.Lease), believed}}
	}
	var failed error
	for i, done := range s.runAll(ctx, s.scripts.claim, 2, calls) {
		if done.err != nil {
			failed = done.err
			s.outbox.lower(Shard(chats[i]), s.clock.steady())
			continue
		}
		if done.answer.status == claimIdle {
			idle++
			continue
		}
		if done.answer.status == claimTooEarly {
			// Another instance was faster, or Redis' clock shows a little less than it was taken to: the shard is looked at again soon.
			s.outbox.lower(Shard(chats[i]), s.clock.steady()+again.Milliseconds())
			continue
		}
		w := bot.Waiting{Chat: chats[i]}
		if link := done.answer.parts[0]; link != "" {
			w.Link = []byte(link)
		}
		var err error
		if w.Outbox, err = parseEntries([]byte(done.answer.parts[1])); err != nil {
			failed = err
			continue
		}
		waiting = append(waiting, w)
	}
	if len(waiting) > 0 {
		failed = nil
	}
	return waiting, idle, failed
}

// Ringing returns up to limit chats with an alarm at or before now, earliest first. While none is due it asks Redis nothing
// but every Options.Refresh: an alarm that another instance set is seen at most that much late. Alarms of conversations that
// have expired are taken away. If part of a cluster does not answer, the rest is served.
func (s *Store) Ringing(ctx context.Context, now time.Time, limit int) ([]int64, error) {
	if limit < 1 {
		return nil, nil
	}
	if s.alarms.stale(s.o.Refresh) {
		if _, answered, err := s.refreshAlarms(ctx); !answered {
			return nil, wrap("ringing", err)
		}
	}
	shards := s.alarms.earliest(now.UnixMilli(), limit)
	if len(shards) == 0 {
		return nil, nil
	}
	before := s.alarms.before()
	const fewest = 4
	each := min(limit, max(fewest, 2*limit/len(shards))) // a shard that has more of the earliest has its turn in the next pass
	heads, err := s.heads(ctx, alarmsKey, shards, each)
	if none(heads) {
		return nil, wrap("ringing", err)
	}
	var ringing []scored
	for i, members := range heads {
		if members == nil {
			continue
		}
		s.alarms.learn(shards[i], firstScore(members), before[shards[i]])
		for _, m := range members {
			if int64(m.score) <= now.UnixMilli() {
				ringing = append(ringing, m)
			}
		}
	}
	slices.SortStableFunc(ringing, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	chats, err := s.alive(ctx, ringing[:min(limit, len(ringing))])
	return chats, wrap("ringing", err)
}

// alive leaves out the chats whose conversation has expired, and takes their alarms away.
func (s *Store) alive(ctx context.Context, alarms []scored) ([]int64, error) {
	if len(alarms) == 0 {
		return nil, nil
	}
	p := s.client.Pipeline()
	exist := make([]*redis.IntCmd, len(alarms))
	for i, m := range alarms {
		exist[i] = p.Exists(ctx, chatKey(m.chat))
	}
	_, err := p.Exec(ctx)
	var chats []int64
	var expired []call
	for i, m := range alarms {
		switch n, failed := exist[i].Result(); {
		case failed != nil:
		case n > 0:
			chats = append(chats, m.chat)
		default:
			expired = append(expired, call{[]string{chatKey(m.chat), alarmsKey(Shard(m.chat))}, []any{decimal(m.chat)}})
		}
	}
	for _, done := range s.runAll(ctx, s.scripts.hush, 0, expired) {
		err = cmp.Or(err, done.err)
	}
	if len(chats) > 0 {
		return chats, nil
	}
	return nil, err
}

// NextAlarm returns the earliest alarm of all chats. It asks every shard, and so is exact; only the alarm of a conversation that
// has expired may be among them until Ringing has met it.
func (s *Store) NextAlarm(ctx context.Context) (time.Time, bool, error) {
	at, _, err := s.refreshAlarms(ctx)
	if err != nil {
		return time.Time{}, false, wrap("next alarm", err)
	}
	if at == never {
		return time.Time{}, false, nil
	}
	return time.UnixMilli(at).UTC(), true, nil
}

// refreshAlarms reads the earliest alarm of each shard, and returns the earliest of those that answered. The error is that of
// one that did not.
func (s *Store) refreshAlarms(ctx context.Context) (earliest int64, answered bool, err error) {
	before := s.alarms.before()
	heads, err := s.heads(ctx, alarmsKey, everyShard(), 1)
	if none(heads) {
		return 0, false, err
	}
	earliest = never
	for shard, members := range heads {
		if members != nil {
			s.alarms.learn(shard, firstScore(members), before[shard])
			earliest = min(earliest, firstScore(members))
		}
	}
	s.alarms.refreshed()
	return earliest, true, err
}

// refreshOutbox reads the earliest entry of each shard's outbox index.
func (s *Store) refreshOutbox(ctx context.Context) error {
	back, err := s.readClock(ctx)
	if err != nil {
		return err
	}
	if back {
		if err := s.shorten(ctx); err != nil {
			return err
		}
	}
	before := s.outbox.before()
	heads, err := s.heads(ctx, outboxKey, everyShard(), 1)
	if none(heads) {
		return err
	}
	for shard, members := range heads {
		if members == nil {
			continue
		}
		at := int64(never)
		if len(members) > 0 {
			at = s.clock.local(members[0].score)
		}
		s.outbox.learn(shard, at, before[shard])
	}
	s.outbox.refreshed()
	return nil
}

func firstScore(members []scored) int64 {
	if len(members) == 0 {
		return never
	}
	return int64(members[0].score)
}

func everyShard() []int {
	all := make([]int, Shards)
	for i := range all {
		all[i] = i
	}
	return all
}
