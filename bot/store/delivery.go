package store

import (
	"context"
	"slices"
	"time"

	"respite/bot"
)

// Strike removes delivered entries. An entry that is not there any more is as good as struck.
func (s *Store) Strike(ctx context.Context, chat int64, owner string, seq int64, link []byte, also ...int64) ([]bot.Entry, error) {
	if err := checkOwner(owner); err != nil {
		return nil, wrap("strike", err)
	}
	if link == nil {
		left, ok, err := s.strikeOff(ctx, chat, owner, append(slices.Clip(also), seq))
		if ok || err != nil && !full(err) {
			return left, wrap("strike", err)
		}
	}
	s.known.take(chat)
	struck := decimal(seq)
	for _, other := range also {
		struck += " " + decimal(other)
	}
	args := append(make([]any, 0, 6), decimal(chat), owner, struck, millis(s.o.Lease), s.clock.believed())
	if link != nil {
		args = append(args, link)
	}
	a, err := s.run(ctx, s.scripts.strike, 1, deliveryKeys(chat), args...)
	if err != nil {
		return nil, wrap("strike", err)
	}
	if a.status == 0 {
		return nil, bot.ErrLeaseLost
	}
	left, err := parseEntries([]byte(a.parts[0]))
	return left, wrap("strike", err)
}

// Mark notes that a call ended without an answer, and renews the lease. ErrLeaseLost if the lease is another's: the entry is
// marked all the same.
func (s *Store) Mark(ctx context.Context, chat int64, owner string, seq int64) error {
	if err := checkOwner(owner); err != nil {
		return wrap("mark", err)
	}
	s.known.take(chat)
	a, err := s.run(ctx, s.scripts.mark, 0, deliveryKeys(chat),
		decimal(chat), owner, decimal(seq), millis(s.o.Lease), s.clock.believed())
	return lost("mark", a, err)
}

// Park gives the lease back; zero wait makes the outbox due at once. A commit to the chat ends the pause, because its owner gets
// the lease. ErrLeaseLost if the lease is another's: nothing changes then.
func (s *Store) Park(ctx context.Context, chat int64, owner string, wait time.Duration) error {
	if err := checkOwner(owner); err != nil {
		return wrap("park", err)
	}
	s.known.take(chat)
	a, err := s.run(ctx, s.scripts.park, 0, deliveryKeys(chat), decimal(chat), owner, millis(max(wait, 0)), s.clock.believed())
	if err == nil && a.status == 1 {
		s.outbox.lower(Shard(chat), s.clock.steady()+wait.Milliseconds())
	}
	return lost("park", a, err)
}

// deliveryKeys are those of the scripts that deal with an outbox.
func deliveryKeys(chat int64) []string { return []string{chatKey(chat), outboxKey(Shard(chat))} }

// lost is the error of a script that answers 0 if another instance holds the lease.
func lost(operation string, a answer, err error) error {
	if err != nil {
		return wrap(operation, err)
	}
	if a.status == 0 {
		return bot.ErrLeaseLost
	}
	return nil
}
