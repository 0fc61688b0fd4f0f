package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"respite/bot"
)

// reference is what a store should hold of one chat, said as simply as possible.
type reference struct {
	bot.Record
	Alarm  time.Time
	owner  string // holds the lease
	paused bool   // parked for long
	next   int64  // number of the next entry; 0: not known yet
	past   []int64
}

// machine compares a store with references while both are put through the same random calls by three instances. Leases last
// longer than the test; giving one back is Park.
type machine struct {
	stores []bot.Conversations
	chats  map[int64]*reference
}

var owners = []string{"a", "b", "c"}

func model(t *testing.T, fresh func(testing.TB) Open) {
	rapid.Check(t, func(rt *rapid.T) {
		open := fresh(t)
		m := &machine{chats: map[int64]*reference{-5: {}, 1: {}, 7_000_000_000: {}}}
		for range owners {
			m.stores = append(m.stores, open(long))
		}
		rt.Repeat(map[string]func(*rapid.T){
			"":            m.same,
			"commit":      m.commit,
			"forget":      m.forget,
			"strike":      m.strike,
			"mark":        m.mark,
			"park":        m.park,
			"reclaim":     m.reclaim,
			"undelivered": m.undelivered,
			"ringing":     m.ringing,
		})
	})
}

// draw picks an instance and a chat.
func (m *machine) draw(t *rapid.T) (s bot.Conversations, owner string, id int64, chat *reference) {
	n := rapid.IntRange(0, len(owners)-1).Draw(t, "instance")
	ids := make([]int64, 0, len(m.chats))
	for id := range m.chats {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	id = rapid.SampledFrom(ids).Draw(t, "chat")
	return m.stores[n], owners[n], id, m.chats[id]
}

// version is the right one, or one that is not.
func (r *reference) version(t *rapid.T) (version int64, right bool) {
	if len(r.past) == 0 || rapid.IntRange(0, 3).Draw(t, "stale") > 0 {
		return r.Version, true
	}
	version = rapid.SampledFrom(r.past).Draw(t, "version")
	return version, version == r.Version
}

// append adds entries as a commit does, and says whether owner got the lease.
func (r *reference) append(owner string, entries [][]byte, outbox []bot.Entry) bool {
	for _, data := range entries {
		if r.next == 0 && len(outbox) > 0 {
			r.next = outbox[0].Seq
		}
		r.Outbox = append(r.Outbox, bot.Entry{Seq: r.next, Data: data})
		r.next++
	}
	if len(r.Outbox) == 0 || r.owner != "" && r.owner != owner {
		return false
	}
	r.owner, r.paused = owner, false
	return true
}

var entries = rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 5), 0, 3)

func (m *machine) commit(t *rapid.T) {
	s, owner, id, chat := m.draw(t)
	version, right := chat.version(t)
	c := bot.Commit{Chat: id, Version: version, Owner: owner, Data: rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(t, "data"),
		Append: entries.Draw(t, "entries")}
	if minutes := rapid.IntRange(0, 5).Draw(t, "alarm"); minutes > 0 {
		c.Alarm = noon.Add(time.Duration(minutes) * time.Minute)
	}
	done, err := s.Commit(context.Background(), c)
	if !right {
		expect(t, errors.Is(err, bot.ErrRace), true)
		return
	}
	expect(t, err, nil)
	chat.Version, chat.Data, chat.Alarm = done.Version, c.Data, c.Alarm
	chat.past = append(chat.past, done.Version)
	m.delivers(t, chat, owner, c.Append, done)
}

func (m *machine) forget(t *rapid.T) {
	s, owner, id, chat := m.draw(t)
	version, right := chat.version(t)
	c := bot.Commit{Chat: id, Version: version, Owner: owner, Append: entries.Draw(t, "entries")}
	done, err := s.Forget(context.Background(), c)
	if !right {
		expect(t, errors.Is(err, bot.ErrRace), true)
		return
	}
	expect(t, err, nil)
	expect(t, done.Version, 0)
	*chat = reference{next: chat.next, past: chat.past}
	if len(c.Append) == 0 {
		chat.next = 0
	}
	m.delivers(t, chat, owner, c.Append, done)
}

// delivers compares what a commit says about the outbox.
func (m *machine) delivers(t *rapid.T, chat *reference, owner string, entries [][]byte, done bot.Committed) {
	if chat.next == 0 && len(entries) > 0 && len(done.Outbox) == 0 {
		t.Fatalf("a first entry without a lease")
	}
	mine := chat.append(owner, entries, done.Outbox)
	expect(t, done.Mine, mine)
	if mine {
		same(t, done.Outbox, chat.Outbox)
		expect(t, string(done.Link), string(chat.Link))
	}
}

func (m *machine) strike(t *rapid.T) {
	s, owner, id, chat := m.draw(t)
	seq := chat.sequence(t)
	struck := []int64{seq}
	for range rapid.IntRange(0, 2).Draw(t, "also") {
		struck = append(struck, chat.sequence(t))
	}
	var link []byte
	if rapid.Bool().Draw(t, "link") {
		link = rapid.SliceOfN(rapid.Byte(), 1, 5).Draw(t, "new link")
	}
	left, err := s.Strike(context.Background(), id, owner, seq, link, struck[1:]...)
	chat.Outbox = slices.DeleteFunc(chat.Outbox, func(e bot.Entry) bool { return slices.Contains(struck, e.Seq) })
	if link != nil && chat.Version != 0 {
		chat.Link = link
	}
	if len(chat.Outbox) == 0 {
		chat.owner, chat.paused = "", false
		if chat.Version == 0 {
			chat.next = 0
		}
	}
	if !chat.leased(t, owner, err) {
		same(t, left, chat.Outbox)
	}
}

func (m *machine) mark(t *rapid.T) {
	s, owner, id, chat := m.draw(t)
	seq := chat.sequence(t)
	err := s.Mark(context.Background(), id, owner, seq)
	for i := range chat.Outbox {
		if chat.Outbox[i].Seq == seq {
			chat.Outbox[i].Tried = true
		}
	}
	chat.leased(t, owner, err)
}

func (m *machine) park(t *rapid.T) {
	s, owner, id, chat := m.draw(t)
	paused := rapid.Bool().Draw(t, "for long")
	wait := time.Duration(0)
	if paused {
		wait = long
	}
	err := s.Park(context.Background(), id, owner, wait)
	if !chat.leased(t, owner, err) && len(chat.Outbox) > 0 {
		chat.owner, chat.paused = "", paused
	}
}

// leased gives the lease to owner unless it is another's, and says whether it is.
func (r *reference) leased(t *rapid.T, owner string, err error) (theirs bool) {
	theirs = len(r.Outbox) > 0 && r.owner != "" && r.owner != owner
	expect(t, errors.Is(err, bot.ErrLeaseLost), theirs)
	if !theirs {
		expect(t, err, nil)
		if len(r.Outbox) > 0 {
			r.owner, r.paused = owner, false
		}
	}
	return theirs
}

// sequence is the number of an entry, mostly of one that is there.
func (r *reference) sequence(t *rapid.T) int64 {
	if len(r.Outbox) == 0 || rapid.IntRange(0, 5).Draw(t, "miss") == 0 {
		return rapid.Int64Range(0, 1000).Draw(t, "sequence")
	}
	return rapid.SampledFrom(r.Outbox).Draw(t, "entry").Seq
}

func (m *machine) reclaim(t *rapid.T) {
	if seldom(t) {
		return
	}
	s, owner, _, _ := m.draw(t)
	want := 0
	for _, chat := range m.chats {
		if chat.owner == owner {
			chat.owner = ""
			want++
		}
	}
	n, err := s.Reclaim(context.Background(), owner)
	expect(t, err, nil)
	expect(t, n, want)
}

// seldom skips three of four calls: those that ask every shard are slow.
func seldom(t *rapid.T) bool { return rapid.IntRange(0, 3).Draw(t, "skip") > 0 }

func (m *machine) undelivered(t *rapid.T) {
	if seldom(t) {
		return
	}
	s, owner, _, _ := m.draw(t)
	waiting, err := s.Undelivered(context.Background(), owner, 10)
	expect(t, err, nil)
	want := map[int64]*reference{}
	for id, chat := range m.chats {
		if len(chat.Outbox) > 0 && chat.owner == "" && !chat.paused {
			want[id] = chat
		}
	}
	expect(t, len(waiting), len(want))
	for _, w := range waiting {
		chat := want[w.Chat]
		if chat == nil {
			t.Fatalf("chat %d was handed out", w.Chat)
		}
		same(t, w.Outbox, chat.Outbox)
		expect(t, string(w.Link), string(chat.Link))
		chat.owner = owner
	}
}

func (m *machine) ringing(t *rapid.T) {
	if seldom(t) {
		return
	}
	s, _, _, _ := m.draw(t)
	now := noon.Add(time.Duration(rapid.IntRange(0, 6).Draw(t, "now")) * time.Minute)
	ringing, err := s.Ringing(context.Background(), now, 10)
	expect(t, err, nil)
	want := 0
	var first time.Time
	for _, chat := range m.chats {
		if chat.Alarm.IsZero() {
			continue
		}
		if !chat.Alarm.After(now) {
			want++
		}
		if first.IsZero() || chat.Alarm.Before(first) {
			first = chat.Alarm
		}
	}
	expect(t, len(ringing), want)
	for i, id := range ringing {
		at := m.chats[id].Alarm
		expect(t, at.IsZero() || at.After(now), false)
		expect(t, i > 0 && at.Before(m.chats[ringing[i-1]].Alarm), false)
	}
	next, set, err := s.NextAlarm(context.Background())
	expect(t, err, nil)
	expect(t, set, !first.IsZero())
	expect(t, set && !next.Equal(first), false)
}

// same compares every chat with its reference.
func (m *machine) same(t *rapid.T) {
	for id, chat := range m.chats {
		r, err := m.stores[0].Load(context.Background(), id)
		expect(t, err, nil)
		expect(t, r.Version, chat.Version)
		expect(t, string(r.Data), string(chat.Data))
		expect(t, string(r.Link), string(chat.Link))
		same(t, r.Outbox, chat.Outbox)
	}
}

func same(t *rapid.T, got, want []bot.Entry) {
	t.Helper()
	equal := slices.EqualFunc(got, want, func(a, b bot.Entry) bool {
		return a.Seq == b.Seq && a.Tried == b.Tried && string(a.Data) == string(b.Data)
	})
	if !equal {
		t.Fatalf("outbox is %v, want %v", got, want)
	}
}

func expect[T comparable](t *rapid.T, got, want T) {
	t.Helper()
	if got != want {
		t.Fatalf("got %v, want %v", got, want)
	}
}
