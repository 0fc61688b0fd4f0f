package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/bot"
)

// desk is a handler that remembers what it got and does what a test tells it to.
type desk struct {
	mu      sync.Mutex
	began   []int64
	ended   []int64
	byChat  map[int64][]int64
	working map[int64]int
	overlap bool
	do      func(ctx context.Context, u bot.Update) error
}

func (d *desk) handle(ctx context.Context, u bot.Update) error {
	d.mu.Lock()
	if d.byChat == nil {
		d.byChat, d.working = map[int64][]int64{}, map[int64]int{}
	}
	d.began = append(d.began, u.ID)
	if d.working[u.Chat]++; d.working[u.Chat] > 1 {
		d.overlap = true
	}
	do := d.do
	d.mu.Unlock()
	var err error
	if do != nil {
		err = do(ctx, u)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.working[u.Chat]--
	if err == nil {
		d.ended = append(d.ended, u.ID)
		d.byChat[u.Chat] = append(d.byChat[u.Chat], u.ID)
	}
	return err
}

func (d *desk) set(do func(ctx context.Context, u bot.Update) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.do = do
}

func (d *desk) done() []int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.ended)
}

func (d *desk) started() []int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.began)
}

// polling runs a poller in a bubble until the test body returns.
func polling(t *testing.T, body func(t *testing.T, f *fake, d *desk, p *Poller, notes *noteBook)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f, d, notes := newFake(), &desk{}, &noteBook{}
		f.results["getMe"] = `{"id":4242,"is_bot":true,"first_name":"Respite"}`
		p := NewPoller(f.client(t, notes), d.handle, 0)
		ran := make(chan error, 1)
		go func() { ran <- p.Run(t.Context()) }()
		synctest.Wait()
		defer func() {
			stopped, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			_ = p.Stop(stopped) // a test that minds has looked already
			require.NoError(t, <-ran)
			synctest.Wait()
		}()
		body(t, f, d, p, notes)
	})
}

func TestPollingBegins(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, _ *desk, _ *Poller, notes *noteBook) {
		require.Equal(t, map[string]any{"drop_pending_updates": false}, f.called("deleteWebhook")[0].params, "what waits is kept")
		time.Sleep(2*pollTimeout + time.Second)
		synctest.Wait()
		polls := f.called("getUpdates")
		require.Len(t, polls, 3, "a poll that brings nothing takes its time")
		for _, c := range polls {
			// The list is sent every time: without it Telegram keeps to whatever list it was given last.
			require.ElementsMatch(t, []any{"message", "edited_message", "callback_query", "my_chat_member", "chat_member"}, c.params["allowed_updates"])
			require.EqualValues(t, 25, c.params["timeout"])
			require.EqualValues(t, 100, c.params["limit"])
			require.NotContains(t, c.params, "offset", "nothing is confirmed by the first polls")
		}
		require.Empty(t, notes.notes, "the call may take longer than the poll")
	})
}

func TestTimeoutIsWholeSecondsAndNotZero(t *testing.T) {
	c := newFake().client(t, nil)
	for given, want := range map[time.Duration]time.Duration{0: pollTimeout, time.Millisecond: time.Second, 2500 * time.Millisecond: 2 * time.Second} {
		require.Equal(t, want, NewPoller(c, nil, given).timeout)
	}
}

func TestConfirmedOnlyWhenAllBeforeIsHandled(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, _ *Poller, _ *noteBook) {
		release := make(chan struct{})
		d.set(func(_ context.Context, u bot.Update) error {
			if u.ID == 101 {
				<-release
			}
			return nil
		})
		for i := range int64(5) {
			f.typed(100+i, 1+i, "x")
		}
		time.Sleep(time.Second)
		synctest.Wait()
		require.ElementsMatch(t, []int64{100, 102, 103, 104}, d.done(), "other chats go on")
		require.EqualValues(t, 101, f.confirmed())
		f.typed(105, 9, "x")
		time.Sleep(time.Second)
		synctest.Wait()
		require.Contains(t, d.done(), int64(105), "what comes later is fetched although an earlier one is in hand")
		require.EqualValues(t, 101, f.confirmed())
		close(release)
		time.Sleep(time.Second)
		synctest.Wait()
		require.EqualValues(t, 106, f.confirmed())
		require.Len(t, d.started(), 6, "what is handed out again is not started again")
	})
}

func TestChatsRunTogetherAndEachInOrder(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, p *Poller, _ *noteBook) {
		d.set(func(_ context.Context, u bot.Update) error {
			time.Sleep(time.Duration(10+u.ID%7) * time.Millisecond)
			return nil
		})
		begin := time.Now()
		for i := range int64(80) {
			f.typed(1000+i, 1+i%8, "x")
		}
		for len(d.done()) < 80 {
			time.Sleep(time.Millisecond)
			synctest.Wait()
		}
		require.Less(t, time.Since(begin), 400*time.Millisecond, "ten of at most 16 ms in each of eight chats")
		require.False(t, d.overlap, "two messages of one chat at once")
		for chat, ids := range d.byChat {
			require.Len(t, ids, 10)
			require.True(t, slices.IsSorted(ids), "chat %d: %v", chat, ids)
		}
		require.Empty(t, p.lanes.chats, "no goroutine for an idle chat")
	})
}

func TestFailedUpdateIsTriedAgainInOrder(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, _ *Poller, notes *noteBook) {
		var down atomic.Bool
		down.Store(true)
		var tries []time.Time
		d.set(func(_ context.Context, u bot.Update) error {
			if u.Chat == 1 && down.Load() {
				tries = append(tries, time.Now())
				return errors.New("store: connection refused")
			}
			return nil
		})
		f.typed(10, 1, "first")
		f.typed(11, 1, "second")
		f.typed(12, 2, "other")
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, []int64{12}, d.done())
		require.EqualValues(t, 10, f.confirmed())
		require.Greater(t, len(tries), 5)
		require.Less(t, len(tries), 25, "with growing pauses")
		require.Equal(t, 1, notes.count(Failing), "said once")
		first, last := tries[1].Sub(tries[0]), tries[len(tries)-1].Sub(tries[len(tries)-2])
		require.Less(t, first, 150*time.Millisecond)
		require.Greater(t, last, 5*time.Second)
		down.Store(false)
		time.Sleep(20 * time.Second)
		synctest.Wait()
		require.Equal(t, []int64{12, 10, 11}, d.done())
		require.EqualValues(t, 13, f.confirmed())
	})
}

// TestPollingRestsWhileAllIsInHand holds that a stuck chat neither makes polling a hot loop nor keeps new updates waiting for long.
func TestPollingRestsWhileAllIsInHand(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, _ *Poller, _ *noteBook) {
		release := make(chan struct{})
		d.set(func(_ context.Context, u bot.Update) error {
			if u.Chat == 1 {
				<-release
			}
			return nil
		})
		f.typed(1, 1, "stuck")
		time.Sleep(10 * time.Second)
		synctest.Wait()
		before := len(f.called("getUpdates"))
		require.Less(t, before, 75, "polls in ten seconds")
		f.typed(2, 2, "x")
		time.Sleep(mostGap)
		synctest.Wait()
		require.Equal(t, []int64{2}, d.done())

		for i := range int64(batch) { // with the stuck one that is more than Telegram gives out
			f.typed(3+i, 10+i, "x")
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		require.Len(t, d.done(), batch-1)
		before = len(f.called("getUpdates"))
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Len(t, f.called("getUpdates"), before, "no poll could bring anything")
		close(release)
		time.Sleep(time.Second)
		synctest.Wait()
		require.Len(t, d.done(), batch+2)
		require.EqualValues(t, batch+3, f.confirmed())
	})
}

func TestUnreadableUpdateIsCountedHandedOnAndConfirmed(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, _ *Poller, notes *noteBook) {
		var mu sync.Mutex
		var kinds []bot.UpdateKind
		d.set(func(_ context.Context, u bot.Update) error {
			mu.Lock()
			defer mu.Unlock()
			kinds = append(kinds, u.Kind)
			return nil
		})
		f.push(7, `{"update_id":7,"message":{"text":{"not":"a text"}}}`)
		f.push(8, `{"update_id":8,"poll":{"id":"1"}}`)
		f.typed(9, 1, "x")
		time.Sleep(time.Second)
		synctest.Wait()
		require.ElementsMatch(t, []bot.UpdateKind{bot.Unreadable, bot.Service, bot.Typed}, kinds)
		require.EqualValues(t, 10, f.confirmed())
		require.Equal(t, 1, notes.count(Undecodable))
	})
}

func TestPanickingUpdateIsGivenUp(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, _ *Poller, notes *noteBook) {
		d.set(func(_ context.Context, u bot.Update) error {
			if u.ID == 5 {
				panic(fmt.Stringer(nil))
			}
			if u.ID == 6 {
				panic("I owe 20000")
			}
			return nil
		})
		f.typed(5, 1, "poison")
		f.typed(6, 2, "poison")
		f.typed(7, 1, "x")
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, []int64{7}, d.done())
		require.EqualValues(t, 8, f.confirmed())
		require.Equal(t, 2, notes.count(Panicked))
		require.Equal(t, 2, notes.count(Abandoned))
		require.Len(t, d.started(), 2*panicTries+1)
		for _, n := range notes.notes {
			require.NotContains(t, n.Err.Error(), "20000", "a panic may quote a borrower")
			require.Contains(t, n.Err.Error(), "poller_test.go", "the stack is there")
		}
	})
}

func TestStopFinishesWhatIsAtWorkAndConfirmsIt(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, p *Poller, _ *noteBook) {
		d.set(func(ctx context.Context, _ bot.Update) error {
			time.Sleep(3 * time.Second)
			return ctx.Err()
		})
		f.typed(20, 1, "at work")
		f.typed(21, 2, "at work")
		f.typed(22, 1, "queued behind the first")
		time.Sleep(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		begin := time.Now()
		require.NoError(t, p.Stop(ctx))
		require.InDelta(t, 2, time.Since(begin).Seconds(), 0.1)
		require.ElementsMatch(t, []int64{20, 21}, d.done())
		require.EqualValues(t, 22, f.confirmed())
		polls := f.called("getUpdates")
		last := polls[len(polls)-1].params
		require.EqualValues(t, 1, last["limit"])
		require.EqualValues(t, 22, last["offset"])
		require.NotContains(t, last, "timeout", "it answers at once")
		require.Equal(t, 1, len(f.pending), "the queued one comes again")
	})
}

func TestStopGivesUpOnHandlersInTheEnd(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, p *Poller, _ *noteBook) {
		d.set(func(ctx context.Context, u bot.Update) error {
			if u.ID == 31 {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		})
		f.typed(30, 1, "x")
		f.typed(31, 2, "for ever")
		f.typed(32, 3, "x")
		time.Sleep(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		require.ErrorIs(t, p.Stop(ctx), context.DeadlineExceeded)
		synctest.Wait()
		require.EqualValues(t, 31, f.confirmed())
	})
}

func TestStopConfirmsWhatAFailedPollDidNot(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, p *Poller, _ *noteBook) {
		f.mu.Lock()
		f.answer = func(method string, n int) *scripted {
			if method == "getUpdates" && n == 2 { // the one that would have confirmed the update
				return &scripted{err: errors.New("connection reset")}
			}
			return nil
		}
		f.mu.Unlock()
		f.typed(60, 1, "x")
		synctest.Wait()
		require.Equal(t, []int64{60}, d.done())
		time.Sleep(leastGap)
		synctest.Wait()
		require.Len(t, f.called("getUpdates"), 2)
		require.Zero(t, f.confirmed())
		require.NoError(t, p.Stop(t.Context()))
		require.EqualValues(t, 61, f.confirmed())
	})
}

func TestStopDoesNotWaitForABackoff(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, p *Poller, _ *noteBook) {
		d.set(func(context.Context, bot.Update) error { return errors.New("store: down") })
		f.typed(40, 1, "x")
		time.Sleep(time.Minute)
		begin := time.Now()
		require.NoError(t, p.Stop(t.Context()))
		require.Zero(t, time.Since(begin))
		require.LessOrEqual(t, f.confirmed(), int64(40))
	})
}

func TestEndOfContextEndsHandlersToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, d := newFake(), &desk{}
		d.set(func(ctx context.Context, _ bot.Update) error { <-ctx.Done(); return ctx.Err() })
		ctx, cancel := context.WithCancel(t.Context())
		p := NewPoller(f.client(t, nil), d.handle, 0)
		ran := make(chan error, 1)
		go func() { ran <- p.Run(ctx) }()
		f.typed(50, 1, "x")
		time.Sleep(time.Second)
		cancel()
		require.NoError(t, <-ran)
		synctest.Wait()
		require.Empty(t, d.done())
		require.Equal(t, []int64{50}, d.started())
	})
}

func TestPollingSurvivesTelegram(t *testing.T) {
	for name, c := range map[string]struct {
		answer    scripted
		most      int // polls in ten minutes
		least     int
		notes     map[NoteKind]int
		recovered NoteKind
	}{
		"unreachable": {scripted{err: errors.New("dial tcp: connection refused")}, 60, 10, map[NoteKind]int{Unreachable: 1}, Reachable},
		"bad gateway": {scripted{status: 502, body: "<html>502</html>"}, 60, 10, map[NoteKind]int{Unreachable: 1}, Reachable},
		"rival": {*refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"),
			140, 50, map[NoteKind]int{RivalPolls: 1}, RivalGone},
		"flood": {scripted{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 60",` +
			`"parameters":{"retry_after":60}}`}, 11, 9, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			polling(t, func(t *testing.T, f *fake, d *desk, p *Poller, notes *noteBook) {
				time.Sleep(time.Minute)
				f.mu.Lock()
				f.answer = func(method string, _ int) *scripted {
					if method == "getUpdates" {
						return &c.answer
					}
					return nil
				}
				before := len(f.of("getUpdates"))
				f.mu.Unlock()
				time.Sleep(10 * time.Minute)
				synctest.Wait()
				polls := len(f.called("getUpdates")) - before
				require.LessOrEqual(t, polls, c.most)
				require.GreaterOrEqual(t, polls, c.least)
				for kind, n := range c.notes {
					require.Equal(t, n, notes.count(kind), "said once")
				}
				for range 20 { // however long the last failure is ago, and although getMe would succeed
					require.Error(t, p.client.Ready(t.Context()))
					time.Sleep(time.Second)
				}
				f.mu.Lock()
				f.answer = nil
				f.mu.Unlock()
				f.typed(1, 1, "x")
				time.Sleep(3 * time.Minute)
				synctest.Wait()
				require.Equal(t, []int64{1}, d.done(), "it goes on by itself")
				require.NoError(t, p.client.Ready(t.Context()))
				if c.recovered != "" {
					require.Equal(t, 1, notes.count(c.recovered))
				}
			})
		})
	}
}

// TestRivalThatTakesTurnsIsSaidOnce holds that two pollers who throw each other out, so that each succeeds now and then, are one
// condition and not many.
func TestRivalThatTakesTurnsIsSaidOnce(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, _ *desk, _ *Poller, notes *noteBook) {
		f.mu.Lock()
		f.answer = func(method string, n int) *scripted {
			if method == "getUpdates" && n%2 == 0 {
				return refused(409, "Conflict: terminated by other getUpdates request")
			}
			return nil
		}
		f.mu.Unlock()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		require.Equal(t, 1, notes.count(RivalPolls))
		require.Zero(t, notes.count(RivalGone))
	})
}

func TestRevokedTokenEndsPolling(t *testing.T) {
	for _, answer := range []*scripted{refused(401, "Unauthorized"), refused(404, "Not Found")} {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			f.answer = func(string, int) *scripted { return answer }
			p := NewPoller(f.client(t, nil), func(context.Context, bot.Update) error { return nil }, 0)
			err := p.Run(t.Context())
			require.Equal(t, bot.BadToken, failureOf(t, err).Kind)
			require.NoError(t, p.Stop(t.Context()))
			require.Len(t, f.calls, 1)
		})
	}
}

func TestNothingIsConfirmedWhenNothingWasHandled(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, _ *desk, p *Poller, _ *noteBook) {
		require.NoError(t, p.Stop(t.Context()))
		require.NoError(t, p.Stop(t.Context()), "twice")
		require.Zero(t, f.confirmed())
		require.Len(t, f.called("getUpdates"), 1)
	})
}

// TestPollerProperty lets updates of a few chats arrive at random and handlers take their time, fail and panic, and holds that
// nothing is confirmed before it and all before it are done, that each chat sees its updates in order and each succeeds once,
// and that in the end everything is confirmed.
func TestPollerProperty(t *testing.T) {
	type happening struct{ Chat, Gap, Takes, Fails, Skip int }
	rapid.Check(t, func(rt *rapid.T) {
		script := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) happening {
			return happening{
				Chat:  rapid.IntRange(1, 6).Draw(rt, "chat"),
				Gap:   rapid.IntRange(0, 8).Draw(rt, "gap"),
				Takes: rapid.IntRange(0, 30).Draw(rt, "takes"),
				Fails: max(0, rapid.IntRange(-6, 2).Draw(rt, "fails")),
				Skip:  rapid.IntRange(1, 3).Draw(rt, "skip"),
			}
		}), 1, 150).Draw(rt, "script")
		var fault string
		polling(t, func(_ *testing.T, f *fake, d *desk, _ *Poller, _ *noteBook) {
			var mu sync.Mutex
			todo := map[int64]happening{}
			failed := map[int64]int{}
			d.set(func(_ context.Context, u bot.Update) error {
				mu.Lock()
				h := todo[u.ID]
				again := failed[u.ID] < h.Fails
				if again {
					failed[u.ID]++
				}
				mu.Unlock()
				time.Sleep(time.Duration(h.Takes) * time.Millisecond)
				if again && h.Fails == 1 {
					panic("once")
				}
				if again {
					return errors.New("not yet")
				}
				return nil
			})
			f.confirming = func(offset int64) {
				for id := range todo {
					if id < offset && !slices.Contains(d.done(), id) {
						fault = fmt.Sprintf("%d is confirmed by %d before it is done", id, offset)
					}
				}
			}
			id := int64(0)
			for _, h := range script {
				id += int64(h.Skip)
				f.mu.Lock() // confirming reads todo under this lock
				mu.Lock()
				todo[id] = h
				mu.Unlock()
				f.mu.Unlock()
				f.typed(id, int64(h.Chat), "x")
				time.Sleep(time.Duration(h.Gap) * time.Millisecond)
			}
			time.Sleep(5 * time.Minute)
			synctest.Wait()
			if n := len(d.done()); fault == "" && n != len(script) {
				fault = fmt.Sprintf("%d of %d done", n, len(script))
			}
			for chat, ids := range d.byChat {
				if !slices.IsSorted(ids) {
					fault = fmt.Sprintf("chat %d: %v", chat, ids)
				}
			}
			if f.confirmed() != id+1 {
				fault = fmt.Sprintf("confirmed %d of %d", f.confirmed(), id)
			}
		})
		if fault != "" {
			rt.Fatal(fault)
		}
	})
}

func TestASafeUpdateIsConfirmedWhileItIsDelivered(t *testing.T) {
	polling(t, func(t *testing.T, f *fake, d *desk, _ *Poller, _ *noteBook) {
		release := make(chan struct{})
		d.set(func(_ context.Context, u bot.Update) error {
			u.Safe()
			u.Safe() // an update that is handled again is answered for once
			<-release
			return nil
		})
		f.typed(100, 1, "x")
		f.typed(101, 1, "x")
		time.Sleep(time.Second)
		synctest.Wait()
		polls := f.called("getUpdates")
		require.EqualValues(t, 101, polls[len(polls)-1].params["offset"])
		require.Equal(t, []int64{100}, d.started(), "the chat's next update waits until this one is delivered")
		close(release)
		time.Sleep(time.Second)
		synctest.Wait()
		require.Equal(t, []int64{100, 101}, d.done())
	})
}

func TestOnlySoManyUpdatesAreAnsweredForBeforeTheyAreDelivered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		l := newLanes(func(_ context.Context, u bot.Update) error {
			u.Safe()
			<-release
			return nil
		})
		var told atomic.Int32
		for i := range int64(mostBehind + 10) {
			l.add(bot.Update{ID: i + 1, Chat: i + 1}, func(error) { told.Add(1) })
		}
		synctest.Wait()
		require.EqualValues(t, mostBehind, told.Load())
		close(release)
		require.NoError(t, l.drain(t.Context()))
		require.EqualValues(t, mostBehind+10, told.Load())
		require.Zero(t, l.behind.Load())
	})
}
