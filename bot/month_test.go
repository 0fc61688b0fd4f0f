package bot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/store"
	"respite/bot/store/redistest"
	"respite/dialog"
	"respite/locales"
	"respite/policy"
	"respite/policy/day"
	"respite/policy/ledger"
	"respite/policy/money"
	"respite/policy/schedule"
)

// firstChat is the chat of the first plan of a month; the others follow.
const firstChat = 7_000_000_000

// month is many running plans, two instances of the bot that share a Redis, and a simulated clock. In December a third of all
// instalments are due on the 10th. Three of ten borrowers pay two days before, five on the day, some later, and one in twenty never.
type month struct {
	tb       testing.TB
	n        int
	zone     *time.Location
	calendar *day.Calendar
	machine  *dialog.Machine
	stores   [2]*store.Store
	engines  [2]*bot.Engine
	redis    *redis.Client
	now      time.Time // written only while nothing rings
	limit    limit
	post     post
	terms    schedule.Terms
	unpaid   bool // nobody pays
	pays     map[day.Date][]payment

	ringing, paying time.Duration // CPU of this process
	rung, paid      int
	took            [2]int
}

// payment is what a borrower pays, as the lender tells it.
type payment struct {
	plan int
	at   time.Time
}

func newMonth(tb testing.TB, n int, every time.Duration) *month {
	tb.Helper()
	server := redistest.Start(tb)
	zone, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(tb, err)
	words, err := locales.Load()
	require.NoError(tb, err)
	calendar, err := day.China()
	require.NoError(tb, err)
	m := &month{tb: tb, n: n, zone: zone, calendar: calendar, redis: server.Client(), now: day.Of(2026, 11, 23).In(zone, 10, 0), pays: map[day.Date][]payment{}}
	m.limit = limit{month: m, every: every, turns: map[int64]time.Time{}}
	m.post = post{month: m, last: make([]day.Date, n), rang: make([]int64, n)}
	render := &bot.Renderer{Words: func() *locales.Bundle { return words }, Zone: zone, Agents: locales.English}
	m.machine = speaker(tb, zone, render)
	m.terms = schedule.Terms{Start: day.At(m.now), Owed: schedule.Parts{Principal: money.Yuan(32000), Interest: money.Yuan(3000)}, Method: schedule.EqualPayment, Rate: "0.12",
		Count: 12, Working: true}
	for i := range m.engines {
		m.stores[i], err = store.Open(context.Background(), server.URL(), store.Options{})
		require.NoError(tb, err)
		metrics, owner := bot.NewMetrics(prometheus.NewRegistry()), fmt.Sprint("instance-", i)
		send := &till{&m.limit, &m.took[i]}
		m.engines[i] = &bot.Engine{Store: m.stores[i], Machine: &m.post, Render: render, Clock: func() time.Time { return m.now }, Owner: owner, Log: zerolog.Nop(), Metrics: metrics,
			Courier: &bot.Courier{Store: m.stores[i], Send: send, Owner: owner, Log: zerolog.Nop(), Metrics: metrics}}
		tb.Cleanup(func() { m.engines[i].Close(); _ = m.stores[i].Close() })
	}
	return m
}

// lot is a number below n that is always the same for a plan, and seems to be drawn.
func lot(plan, salt, n int) int {
	x := uint64(plan)*0x9e3779b97f4a7c15 + uint64(salt)*0xbf58476d1ce4e5b9
	x = (x ^ x>>29) * 0x94d049bb133111eb
	return int((x ^ x>>32) % uint64(n))
}

// due is the day in December on which a plan's first instalment falls due; working days come on top.
func due(plan int) day.Date {
	if lot(plan, 1, 3) == 0 {
		return day.Of(2026, 12, 10)
	}
	return day.Of(2026, 12, 1+lot(plan, 2, 28))
}

// plan is what is kept of a plan at the start: the facts, the plan and the case of a borrower who took every question.
func (m *month) plan(i int) dialog.Conversation {
	yuan := func(n int64) dialog.Value { return dialog.Value{Kind: policy.Money, N: n * 100} }
	terms := m.terms
	terms.First = due(i)
	var history ledger.History
	if at, ok := m.payDay(i); ok && at.Before(m.now) {
		history.Arrive(ledger.Payment{ID: "lT1", Amount: m.instalment(i), On: day.At(at)})
	}
	return dialog.Conversation{Shape: dialog.Shape, State: dialog.Running, Language: locales.English, Turn: 17, Consent: m.now.Unix(), Details: m.now.Unix(),
		Book: "0123456789abcdef", Assessed: day.At(m.now), Story: "The company let 40 of us go at the end of last month and I am still looking.",
		Facts: dialog.Facts{policy.Owed: yuan(35000), policy.DaysLate: {Kind: policy.Count, N: 20}, policy.Hardship: {Kind: policy.Set, Names: []string{"unemployment"}},
			"income": yuan(6000), "housing": yuan(1500), "food": yuan(1000), "travel": yuan(300)},
		Asked: []policy.FactID{policy.Owed, policy.DaysLate, policy.Hardship, "income", "housing", "food", "travel"},
		Case:  &dialog.Case{Tags: []string{"review", "plan"}, Since: m.now.Unix()},
		Plan:  &dialog.Plan{Programme: "longer-term", Terms: terms, Agreed: m.now.Unix(), Spoken: day.At(m.now), History: history}}
}

// fill writes the plans as the engine would, each with its first alarm and the ids of twelve updates.
func (m *month) fill(report *progress) {
	var next atomic.Int64
	var crew sync.WaitGroup
	ids := []byte("6kf12oi,1,3,8,1,2,1,r,1,1,4,2\n")
	for range 16 {
		crew.Go(func() {
			for i := int(next.Add(1)) - 1; i < m.n && !m.tb.Failed(); i = int(next.Add(1)) - 1 {
				chat := firstChat + int64(i)
				c, _ := m.machine.Step(m.plan(i), dialog.Event{Kind: dialog.Pressed, At: m.now, Chat: chat, Press: ".unmute.", Query: "q", Message: 1})
				data, err := dialog.Encode(c)
				if err == nil {
					_, err = m.stores[0].Commit(context.Background(), bot.Commit{Chat: chat, Owner: "fill", Data: append(bytes.Clone(ids), data...), Alarm: c.Next()})
				}
				if err != nil {
					m.tb.Errorf("fill: %v", err)
				}
				report.say("%d of %d plans", i, m.n)
			}
		})
	}
	crew.Wait()
	require.False(m.tb, m.tb.Failed())
	for i := range m.n {
		if at, ok := m.payDay(i); ok && !at.Before(m.now) {
			m.pays[day.At(at)] = append(m.pays[day.At(at)], payment{i, at})
		}
	}
	for _, p := range m.pays {
		slices.SortFunc(p, func(a, b payment) int { return a.at.Compare(b.at) })
	}
}

// payDay is when the lender tells of the first instalment's payment.
func (m *month) payDay(plan int) (time.Time, bool) {
	d := due(plan)
	switch n := lot(plan, 3, 100); {
	case m.unpaid:
		return time.Time{}, false
	case n < 30:
		d -= 2
	case n < 80:
	case n < 95:
		d += 2
	default:
		return time.Time{}, false
	}
	return d.In(m.zone, 8, 0).Add(time.Duration(lot(plan, 4, 12*3600)) * time.Second), true
}

// ring takes the clock to the end, alarm by alarm, with both instances at work on each moment.
func (m *month) ring(end time.Time, report *progress) {
	for idle := 0; m.now.Before(end) && !report.over(); {
		did := m.pay()
		for more := true; more; did = did || more {
			before := cpu()
			if more = m.ringOnce() > 0; more {
				m.ringing += cpu() - before
			}
		}
		if idle++; did {
			idle = 0
		}
		const awhile = 60
		if m.now = m.now.Add(time.Second); idle > awhile {
			m.now = m.skip(end)
			idle = 0
		}
		report.say("%s: %d reminders, %d payments", m.now.Format("2 Jan 15:04:05"), m.post.count(), m.paid)
	}
}

// ringOnce is one pass of both instances.
func (m *month) ringOnce() int {
	var rung [2]int
	var pair sync.WaitGroup
	for i, e := range m.engines {
		pair.Go(func() {
			var err error
			if rung[i], err = e.Ring(context.Background()); err != nil {
				m.tb.Errorf("ring: %v", err)
			}
		})
	}
	pair.Wait()
	m.rung += rung[0] + rung[1]
	require.False(m.tb, m.tb.Failed())
	return rung[0] + rung[1]
}

// pay applies the payments until now; false: there are none.
func (m *month) pay() bool {
	today := day.At(m.now)
	all := m.pays[today]
	n := 0
	for n < len(all) && !all[n].at.After(m.now) {
		n++
	}
	if n == 0 {
		return false
	}
	m.pays[today] = all[n:]
	before := cpu()
	var crew sync.WaitGroup
	for i, p := range all[:n] {
		crew.Go(func() {
			if err := m.engines[i%2].Arrived(context.Background(), firstChat+int64(p.plan), "T1", m.instalment(p.plan)); err != nil {
				m.tb.Errorf("payment: %v", err)
			}
		})
	}
	crew.Wait()
	m.paying += cpu() - before
	m.paid += n
	return true
}

// instalment is what is due first.
func (m *month) instalment(plan int) money.Fen {
	terms := m.terms
	terms.First = due(plan)
	s, err := terms.Schedule(m.calendar)
	require.NoError(m.tb, err)
	return s.Instalments[0].Amount
}

// skip is the next moment at which something happens, if that is later than now.
func (m *month) skip(end time.Time) time.Time {
	next := end
	for _, s := range m.stores { // both, because each learns its alarms by it
		at, ok, err := s.NextAlarm(context.Background())
		require.NoError(m.tb, err)
		if ok && at.Before(next) {
			next = at
		}
	}
	for d := day.At(m.now); d.In(m.zone, 0, 0).Before(next); d++ {
		if p := m.pays[d]; len(p) > 0 {
			next = earlier(next, p[0].at)
			break
		}
	}
	if next.Before(m.now) {
		return m.now
	}
	return next.In(m.zone)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// cpu is what this process has used so far.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// info is a number of Redis' INFO.
func (m *month) info(section, heading, name string) float64 {
	all, err := m.redis.InfoMap(context.Background(), section).Result()
	require.NoError(m.tb, err)
	n, err := strconv.ParseFloat(all[heading][name], 64)
	require.NoError(m.tb, err)
	return n
}

// redisCPU is what Redis has used so far, in seconds.
func (m *month) redisCPU() float64 {
	return m.info("cpu", "CPU", "used_cpu_user") + m.info("cpu", "CPU", "used_cpu_sys")
}

// recordBytes is what Redis uses for the record of a plan, of some of them.
func (m *month) recordBytes() float64 {
	ctx := context.Background()
	const some = 1000
	var sum int64
	for i := range some {
		chat := int64(firstChat + i*m.n/some)
		n, err := m.redis.MemoryUsage(ctx, fmt.Sprintf("respite:{s%d}:c:%d", store.Shard(chat), chat)).Result()
		require.NoError(m.tb, err)
		sum += n
	}
	return float64(sum) / some
}

// alarmBytes is what Redis uses for the indexes of alarms.
func (m *month) alarmBytes() (sum int64) {
	ctx := context.Background()
	for shard := range store.Shards {
		n, err := m.redis.MemoryUsage(ctx, fmt.Sprintf("respite:{s%d}:alarms", shard), 0).Result()
		if !errors.Is(err, redis.Nil) {
			require.NoError(m.tb, err)
		}
		sum += n
	}
	return sum
}

// progress says now and then how far a long run has come, and when it has taken long enough.
type progress struct {
	tb    testing.TB
	began time.Time
	last  atomic.Int64
	most  time.Duration
	loud  bool
}

func (p *progress) say(format string, args ...any) {
	const every = 5 * time.Second
	since := time.Since(p.began)
	last := p.last.Load()
	if since-time.Duration(last) < every || !p.last.CompareAndSwap(last, int64(since)) {
		return
	}
	if p.loud {
		_, _ = fmt.Fprintf(os.Stderr, "%5.0fs  %s\n", since.Seconds(), fmt.Sprintf(format, args...))
	}
}

// over says whether a run has taken too long.
func (p *progress) over() bool { return time.Since(p.began) > p.most }
