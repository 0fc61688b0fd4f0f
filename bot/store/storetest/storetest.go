// Package storetest says what a store of conversations has to do, as tests that any implementation can be put to.
package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

// Open gives another instance's view of one store. Its delivery leases last for lease, and it notices at once what other
// instances do.
type Open func(lease time.Duration) bot.Conversations

// Run puts a store to all tests. fresh makes an empty one.
func Run(t *testing.T, fresh func(testing.TB) Open) {
	Core(t, fresh)
	t.Run("model", func(t *testing.T) { model(t, fresh) })
}

// Core leaves out the test that takes long.
func Core(t *testing.T, fresh func(testing.TB) Open) {
	for _, group := range []map[string]func(*testing.T, Open){records, outboxes, leases, alarms, lives} {
		for name, test := range group {
			t.Run(name, func(t *testing.T) { test(t, fresh(t)) })
		}
	}
	t.Run("many at once", func(t *testing.T) { atOnce(t, fresh(t)) })
}

const (
	long  = time.Hour        // a lease that lasts until the test has ended
	brief = time.Millisecond // a lease that lapses at once
)

// chat is the chat of the tests that need only one. Its id is negative and uses all bits that Telegram's do.
const chat int64 = -1_002_345_678_901

// fixture is a store under test with the calls that most tests make.
type fixture struct {
	t *testing.T
	bot.Conversations
}

func in(t *testing.T, c bot.Conversations) fixture { return fixture{t, c} }

// step commits on top of whatever is there.
func (f fixture) step(owner string, entries ...string) bot.Committed {
	f.t.Helper()
	return f.commit(bot.Commit{Chat: chat, Owner: owner, Data: []byte("step"), Append: list(entries...)})
}

// commit commits on top of whatever is there.
func (f fixture) commit(c bot.Commit) bot.Committed {
	f.t.Helper()
	c.Version = f.load(c.Chat).Version
	done, err := f.Commit(f.t.Context(), c)
	require.NoError(f.t, err)
	return done
}

func (f fixture) load(chat int64) bot.Record {
	f.t.Helper()
	r, err := f.Load(f.t.Context(), chat)
	require.NoError(f.t, err)
	return r
}

func (f fixture) strike(owner string, e bot.Entry) []bot.Entry {
	f.t.Helper()
	left, err := f.Strike(f.t.Context(), chat, owner, e.Seq, nil)
	require.NoError(f.t, err)
	return left
}

func (f fixture) undelivered(owner string, limit int) []bot.Waiting {
	f.t.Helper()
	waiting, err := f.Undelivered(f.t.Context(), owner, limit)
	require.NoError(f.t, err)
	return waiting
}

// lapsed waits until a lease or pause that is about to end has ended, and returns what b claims then.
func (f fixture) lapsed() bot.Waiting {
	f.t.Helper()
	var waiting []bot.Waiting
	require.Eventually(f.t, func() bool {
		var err error
		waiting, err = f.Undelivered(context.Background(), "b", 10)
		return err == nil && len(waiting) > 0
	}, 10*time.Second, time.Millisecond)
	require.Len(f.t, waiting, 1)
	return waiting[0]
}

func (f fixture) ringing(now time.Time, limit int) []int64 {
	f.t.Helper()
	chats, err := f.Ringing(f.t.Context(), now, limit)
	require.NoError(f.t, err)
	return chats
}

func list(entries ...string) [][]byte {
	var raw [][]byte
	for _, e := range entries {
		raw = append(raw, []byte(e))
	}
	return raw
}

// texts are the entries' bytes.
func texts(entries []bot.Entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, string(e.Data))
	}
	return all
}
