package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"respite/bot"
)

// Answers of the commit and forget scripts.
const (
	statusRace = iota
	statusTheirs
	statusMine
)

// Load reads a chat's record. A chat that was forgotten has version 0 and may have something to deliver yet.
func (s *Store) Load(ctx context.Context, chat int64) (bot.Record, error) {
	raw, err := s.get(ctx, chatKey(chat))
	if err != nil || raw == nil {
		return bot.Record{}, wrap("load", err)
	}
	r, err := parseRecord(raw)
	if err == nil && r.Version != 0 && len(r.Outbox) == 0 && len(r.Link) == 0 {
		err = s.learn(bot.Commit{Chat: chat}, string(raw[:len(raw)-len(r.Data)]), nil)
	}
	return r, wrap("load", err)
}

// learn remembers what stands in Redis after a step that began with nothing to be delivered, unless there is a link; entries are the step's.
func (s *Store) learn(c bot.Commit, line string, entries []bot.Entry) error {
	h, err := parseLine([]byte(line))
	if err != nil || h.link != 0 {
		return err
	}
	if before := s.known.take(c.Chat); before != nil && before.line == line {
		s.known.put(c.Chat, before)
		return nil
	}
	k := &known{line: line, version: h.version, seq: h.seq, alarm: h.alarm, owner: h.owner, entries: entries}
	if len(entries) == 0 {
		k.size = len(line) + int(h.length)
	} else {
		k.data, k.listed, k.lasting = c.Data, h.due, c.Expire == 0
		k.touched, k.lively = max(s.clock.steady(), 1), c.Version == 0
	}
	s.known.put(c.Chat, k)
	return nil
}

// Commit writes one step. Versions are random numbers: compare them for equality only. If the answer was lost, and the
// connection's own retries too, the step may have been written: a load shows it. What c holds must not be changed afterwards.
// A record that expires takes what is still in its outbox with it.
func (s *Store) Commit(ctx context.Context, c bot.Commit) (bot.Committed, error) {
	version, err := newVersion(c)
	if err != nil {
		return bot.Committed{}, fmt.Errorf("commit: %w", err)
	}
	done, ok, err := s.advance(ctx, c, version)
	if !ok && err == nil {
		done, err = s.commit(ctx, c, version)
	}
	if err == nil && !c.Alarm.IsZero() {
		s.alarms.lower(Shard(c.Chat), c.Alarm.UnixMilli())
	}
	return done, wrap("commit", err)
}

// commit writes a step of a conversation of which nothing is known.
func (s *Store) commit(ctx context.Context, c bot.Commit, version int64) (bot.Committed, error) {
	keys, args := s.step(c, version, 3)
	args = append(args, alarmMillis(c.Alarm), millis(c.Expire), c.Data)
	a, err := s.run(ctx, s.scripts.commit, 4, keys, s.effects(c, args)...)
	if err != nil {
		return bot.Committed{}, err
	}
	line := a.parts[0]
	a.parts = a.parts[1:]
	done, err := committed(a, version, c.Append)
	if err == nil && line != "" && len(done.Outbox) == len(c.Append) {
		err = s.learn(c, line, done.Outbox)
	}
	return done, err
}

// Forget removes a chat if c.Version is still its version, and fails with ErrRace otherwise. Of c, Chat, Version, Owner, Append
// and Audit count.
func (s *Store) Forget(ctx context.Context, c bot.Commit) (bot.Committed, error) {
	version, err := newVersion(c)
	if err != nil {
		return bot.Committed{}, fmt.Errorf("forget: %w", err)
	}
	keys, args := s.step(c, version, 0)
	s.known.take(c.Chat)
	a, err := s.run(ctx, s.scripts.forget, 2, keys, s.effects(c, args)...)
	if err != nil {
		return bot.Committed{}, wrap("forget", err)
	}
	done, err := committed(a, 0, c.Append)
	return done, wrap("forget", err)
}

// step gives the keys and the first arguments of a script that writes a step, with room for more and for its effects.
func (s *Store) step(c bot.Commit, version int64, more int) (keys []string, args []any) {
	keys = stepKeys(c)
	args = make([]any, 0, 8+more+len(c.Append))
	args = append(args, decimal(c.Chat), decimal(c.Version), decimal(version), c.Owner, millis(s.o.Lease), s.clock.believed())
	return keys, args
}

func stepKeys(c bot.Commit) []string {
	shard := Shard(c.Chat)
	keys := []string{chatKey(c.Chat), outboxKey(shard), alarmsKey(shard)}
	if c.Audit != nil {
		keys = append(keys, trailKey(shard))
	}
	return keys
}

// effects adds the last arguments of such a script: the entries for the outbox and for the audit trail.
func (s *Store) effects(c bot.Commit, args []any) []any {
	for _, entry := range c.Append {
		args = append(args, entry)
	}
	if c.Audit != nil {
		args = append(args, decimal(s.o.Audit), c.Audit)
	}
	return args
}

// newVersion draws the version that a commit leads to. It fits a float64, as Lua's numbers are.
func newVersion(c bot.Commit) (int64, error) {
	if err := checkOwner(c.Owner); err != nil {
		return 0, err
	}
	for {
		if v := rand.Int64N(1<<52) + 1; v != c.Version {
			return v, nil
		}
	}
}

// committed reads the answer of commit or forget.
func committed(a answer, version int64, appended [][]byte) (bot.Committed, error) {
	switch a.status {
	case statusRace:
		return bot.Committed{}, bot.ErrRace
	case statusTheirs:
		return bot.Committed{Version: version}, nil
	}
	done := bot.Committed{Version: version, Mine: true}
	if len(a.parts) > 2 && a.parts[2] != "" {
		done.Link = []byte(a.parts[2])
	}
	var err error
	if done.Outbox, err = parseEntries([]byte(a.parts[1])); err != nil || a.parts[0] == "" {
		return done, err
	}
	first, err := number([]byte(a.parts[0]))
	if err != nil {
		return done, err
	}
	for i, data := range appended {
		done.Outbox = append(done.Outbox, bot.Entry{Seq: first + int64(i), Data: data})
	}
	return done, nil
}

// millis rounds up, so that a duration that is not zero does not become none.
func millis(d time.Duration) string {
	return decimal(int64((d + time.Millisecond - 1) / time.Millisecond))
}

// alarmMillis rounds up: an alarm never rings early. One before 1970 is as good as one then.
func alarmMillis(t time.Time) string {
	if t.IsZero() {
		return "0"
	}
	return decimal(max(t.Add(time.Millisecond-1).UnixMilli(), 1))
}
