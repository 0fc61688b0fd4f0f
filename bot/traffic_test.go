package bot_test

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/dialog"
	"respite/locales"
)

var (
	idle = flag.String("idle", "0,10000", "how many plans that nobody writes about BenchmarkTraffic fills Redis with; several numbers with commas between")
	rate = flag.Int("rate", 500, "how many updates a second BenchmarkTraffic sends")
)

// BenchmarkTraffic sends updates to an instance at a fixed rate, whatever becomes of them, beside plans that nobody writes about. It shows how
// long an update takes from the moment at which it was to be sent until its answer is handed to Telegram and struck off, and what it costs:
//
//	go test ./bot -run '^$' -bench Traffic -benchtime 1x -timeout 1h -idle 0,1000000
//
// To fill a Redis with 1,000,000 plans takes minutes and 1 GB.
func BenchmarkTraffic(b *testing.B) {
	const writers, warm, lasts = 1000, 3 * time.Second, 15 * time.Second
	for number := range strings.SplitSeq(*idle, ",") {
		var n int
		_, err := fmt.Sscan(number, &n)
		require.NoError(b, err)
		b.Run(number, func(b *testing.B) {
			for b.Loop() {
				m := newMonth(b, n+writers, every)
				m.fill(&progress{tb: b, began: time.Now(), loud: true})
				t := &traffic{tb: b, engine: m.engines[0], first: firstChat + int64(n), writers: writers}
				t.engine.Courier.Send = t
				stop := t.work()
				t.send(*rate, warm)
				runtime.GC() // of what the filling left
				spent, redis := cpu(), m.redisCPU()
				waits := t.send(*rate, lasts)
				spent, redis = cpu()-spent, m.redisCPU()-redis
				stop()
				thousands := float64(len(waits)) / 1000
				slices.Sort(waits)
				b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds())/1000, "p99-ms")
				b.ReportMetric(spent.Seconds()/thousands, "cpu-s/1000")
				b.ReportMetric(redis/thousands, "redis-s/1000")
			}
		})
	}
}

// traffic is an instance at work, borrowers who write to it, and a Telegram that takes everything at once.
type traffic struct {
	tb      testing.TB
	engine  *bot.Engine
	first   int64 // the chat of the first borrower who writes; the others follow
	writers int
	sent    int64
}

// Do takes a message.
func (t *traffic) Do(context.Context, bot.Outgoing) (bot.Sent, error) {
	return bot.Sent{Message: 1}, nil
}

// work runs the instance's loops until stop is called.
func (t *traffic) work() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var loops sync.WaitGroup
	loops.Go(func() { t.engine.Loop(ctx, "alarms", time.Second, nil, t.engine.Ring) })
	loops.Go(func() { t.engine.Loop(ctx, "outbox", 100*time.Millisecond, nil, t.engine.Sweep) })
	return func() {
		cancel()
		loops.Wait()
	}
}

// send sends so many updates a second for a while, to one borrower after the other, and gives how long each took.
func (t *traffic) send(rate int, lasts time.Duration) []time.Duration {
	waits := make([]time.Duration, int(lasts.Seconds()*float64(rate)))
	began := time.Now()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	var crew sync.WaitGroup
	for i := range waits {
		due := began.Add(time.Duration(i) * time.Second / time.Duration(rate))
		for time.Now().Before(due) {
			<-tick.C
		}
		t.sent++
		id := t.sent
		crew.Go(func() {
			t.ask(t.first+int64(i%t.writers), id)
			waits[i] = time.Since(due)
		})
	}
	crew.Wait()
	return waits
}

// ask has a borrower write something.
func (t *traffic) ask(chat, id int64) {
	const begin = 20_000_000_000 // above the ids that the records hold
	ev := dialog.Event{ID: begin + id, At: t.engine.Clock(), Kind: dialog.Typed, Text: "how does this affect my credit record?", Message: 1, Language: locales.English}
	if err := t.engine.Apply(context.Background(), chat, ev); err != nil {
		t.tb.Errorf("update %d: %v", id, err)
	}
}
