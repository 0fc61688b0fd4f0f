package bot_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/budget"
	"respite/bot/store"
	"respite/bot/store/redistest"
	"respite/dialog"
	"respite/locales"
	"respite/policy/day"
)

// counter is a Telegram that takes 50 ms for a message.
type counter struct {
	mu        sync.Mutex
	since     time.Time // from when on reminders count: at first, the waiting ones are given their turns
	reminders int
	answered  map[int64]time.Time
}

func (c *counter) Do(_ context.Context, out bot.Outgoing) (bot.Sent, error) {
	c.mu.Lock()
	if out.Class == bot.Reminder {
		if time.Now().After(c.since) {
			c.reminders++
		}
	} else if _, ok := c.answered[out.Chat]; !ok {
		c.answered[out.Chat] = time.Now()
	}
	c.mu.Unlock()
	time.Sleep(50 * time.Millisecond)
	return bot.Sent{Message: 1}, nil
}

// BenchmarkAnswersBesideReminders lets two instances send reminders, of which far more are due than the budget of 30 messages a second
// lets through, while five borrowers a second write something. It shows how long they wait for the answer, by the wall clock:
//
//	go test ./bot -run '^$' -bench Answers -benchtime 1x
func BenchmarkAnswersBesideReminders(b *testing.B) {
	const due, chats, lasts, first = 3000, 100, 20 * time.Second, 10 * time.Second
	for b.Loop() {
		server, telegram := redistest.Start(b), &counter{answered: map[int64]time.Time{}}
		words, err := locales.Load()
		require.NoError(b, err)
		render := &bot.Renderer{Words: func() *locales.Bundle { return words }, Zone: time.UTC, Agents: locales.English}
		machine := speaker(b, time.UTC, render)
		began, noon := time.Now(), day.Of(2026, 12, 10).In(time.UTC, 13, 0)
		clock := func() time.Time { return noon.Add(time.Since(began)) }
		ctx, cancel := context.WithCancel(context.Background())
		var engines []*bot.Engine
		var loops sync.WaitGroup
		for _, owner := range []string{"one", "two"} {
			kept, err := store.Open(ctx, server.URL(), store.Options{})
			require.NoError(b, err)
			b.Cleanup(func() { _ = kept.Close() })
			send := budget.New(telegram, server.Client(), "token", budget.Limits{PerSecond: 30, PerChat: 1})
			metrics := bot.NewMetrics(prometheus.NewRegistry())
			e := &bot.Engine{Store: kept, Machine: machine, Render: render, Clock: clock, Owner: owner, Log: zerolog.Nop(), Metrics: metrics,
				Courier: &bot.Courier{Store: kept, Send: send, Owner: owner, Log: zerolog.Nop(), Metrics: metrics}}
			engines = append(engines, e)
		}
		for i := range due + chats {
			c := running(noon.AddDate(0, 0, -17), day.Of(2026, 12, 10), 1)
			if i < due {
				c.Alarms = append(c.Alarms, alarm(noon))
			}
			data, err := dialog.Encode(c)
			require.NoError(b, err)
			_, err = engines[0].Store.Commit(ctx, bot.Commit{Chat: firstChat + int64(i), Owner: "fill", Data: append([]byte("\n"), data...), Alarm: c.Next()})
			require.NoError(b, err)
		}
		began = time.Now()
		telegram.since = began.Add(first)
		for _, e := range engines {
			loops.Go(func() { e.Loop(ctx, "alarms", time.Second, nil, e.Ring) })
			loops.Go(func() { e.Loop(ctx, "outbox", 500*time.Millisecond, nil, e.Sweep) })
		}
		waits := ask(b, engines, telegram, firstChat+due, chats, lasts)
		telegram.mu.Lock()
		b.ReportMetric(float64(telegram.reminders)/time.Since(telegram.since).Seconds(), "reminders/s")
		telegram.mu.Unlock()
		cancel()
		loops.Wait()
		for _, e := range engines {
			e.Close()
		}
		slices.Sort(waits)
		b.ReportMetric(float64(waits[len(waits)/2].Milliseconds()), "median-ms")
		b.ReportMetric(float64(waits[len(waits)*99/100].Milliseconds()), "p99-ms")
	}
}

// ask lets borrowers write something, one after the other, and returns how long each waited until the answer was handed to Telegram.
func ask(b *testing.B, engines []*bot.Engine, telegram *counter, first int64, chats int, lasts time.Duration) (waits []time.Duration) {
	var crew sync.WaitGroup
	asked := make([]time.Time, chats)
	for i := range chats {
		time.Sleep(lasts / time.Duration(chats))
		asked[i] = time.Now()
		crew.Go(func() {
			e := engines[i%len(engines)]
			ev := dialog.Event{ID: int64(i + 1), At: e.Clock(), Kind: dialog.Typed, Text: "how does this affect my credit record?", Message: 1, Language: locales.English}
			if err := e.Apply(context.Background(), first+int64(i), ev); err != nil {
				b.Error(err)
			}
		})
	}
	crew.Wait()
	time.Sleep(3 * time.Second) // for those that the budget kept waiting
	telegram.mu.Lock()
	defer telegram.mu.Unlock()
	for i, at := range asked {
		done, ok := telegram.answered[first+int64(i)]
		if !ok {
			b.Errorf("chat %d was not answered", i)
		}
		waits = append(waits, done.Sub(at))
	}
	return waits
}
