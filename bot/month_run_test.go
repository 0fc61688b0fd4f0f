package bot_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/policy/day"
)

var (
	plans   = flag.String("plans", "10000", "how many plans BenchmarkMonth fills Redis with; several numbers with commas between")
	longest = flag.Duration("longest", 40*time.Minute, "how long BenchmarkMonth may take for each number of plans")
	until   = flag.Int("until", 31, "the day of December at whose end BenchmarkMonth stops")
	from    = flag.Int("from", 0, "the day of December on whose evening BenchmarkMonth begins; 0: on 23 November")
	unpaid  = flag.Bool("unpaid", false, "in BenchmarkMonth nobody pays")
	every   = 45 * time.Millisecond // between two turns: what package budget makes of 30 messages a second
)

// TestAMonthOfPlans rings December for a few plans with two instances, within a limit that keeps most of those on the 10th waiting.
func TestAMonthOfPlans(t *testing.T) {
	const n = 90
	m := newMonth(t, n, 10*time.Minute)
	report := &progress{tb: t, began: time.Now(), most: 5 * time.Minute}
	m.fill(report)
	m.ring(day.Of(2027, 1, 1).In(m.zone, 0, 0), report)

	require.False(t, report.over())
	tenth := m.post.days[day.Of(2026, 12, 10)]
	require.GreaterOrEqual(t, len(tenth.late[dueToday]), 5, "%d of %d are due", len(tenth.late[dueToday]), n)
	require.Positive(t, slices.Max(tenth.late[dueToday]), "the limit keeps some waiting")
	for i := range n {
		at, ok := m.payDay(i)
		if !ok || day.At(at) > due(i)+1 {
			require.NotZero(t, m.post.last[i], "plan %d was reminded", i)
		}
	}
	for d, of := range m.post.days {
		for second, sent := range of.second {
			require.LessOrEqual(t, sent, 1, "%s %d", d, second)
		}
	}
	require.Positive(t, m.took[0])
	require.Positive(t, m.took[1])
	require.Equal(t, m.post.sent, m.took[0]+m.took[1])
}

// BenchmarkMonth fills a Redis with running plans and rings December:
//
//	go test ./bot -run '^$' -bench Month -benchtime 1x -timeout 3h -plans 10000,100000,1000000
//
// It prints what a plan costs in Redis, how late reminders get on the worst day, by kind, and what the work costs. 1,000,000 plans take 2 GB.
func BenchmarkMonth(b *testing.B) {
	for number := range strings.SplitSeq(*plans, ",") {
		var n int
		_, err := fmt.Sscan(number, &n)
		require.NoError(b, err)
		b.Run(number, func(b *testing.B) {
			for b.Loop() {
				m := newMonth(b, n, every)
				m.unpaid = *unpaid
				if *from > 0 {
					m.now = day.Of(2026, 12, *from).In(m.zone, 21, 0)
				}
				m.measure(b)
			}
		})
	}
}

func (m *month) measure(b *testing.B) {
	report := &progress{tb: b, began: time.Now(), most: *longest, loud: true}
	memory := func() float64 { return m.info("memory", "Memory", "used_memory") }
	before := memory()
	m.fill(report)
	of := float64(m.n)
	b.ReportMetric((memory()-before)/of, "B/plan")
	b.ReportMetric(float64(m.alarmBytes())/of, "alarm-B/plan")
	spent := m.redisCPU()
	began := time.Now()
	m.ring(day.Of(2026, 12, 1+*until).In(m.zone, 0, 0), report)
	b.ReportMetric((memory()-before)/of, "B/plan-at-the-end")
	b.ReportMetric(m.recordBytes(), "record-B-at-the-end")
	thousands := float64(m.post.sent) / 1000
	b.ReportMetric(m.ringing.Seconds()/thousands, "cpu-s/1000")
	b.ReportMetric((m.redisCPU()-spent)/(thousands+float64(m.paid)/1000), "redis-s/1000")
	b.ReportMetric(float64(m.post.sent), "reminders")
	b.ReportMetric(float64(m.took[0])/float64(m.post.sent)*100, "%-by-one")
	b.ReportMetric(time.Since(began).Seconds(), "s")
	m.write()
}

// write prints the days.
func (m *month) write() {
	_, _ = fmt.Fprintf(os.Stdout, "\nuntil %s\n", m.now.Format("2 January 15:04"))
	days := make([]day.Date, 0, len(m.post.days))
	for d := range m.post.days {
		days = append(days, d)
	}
	slices.Sort(days)
	_, _ = fmt.Fprintf(os.Stdout, "%-10s %-9s %9s %9s %9s %9s %6s\n", "day", "kind", "reminders", "median s", "p99 s", "latest s", "last")
	for _, d := range days {
		t := m.post.days[d]
		for k := range kindsOf {
			late := t.late[k]
			if len(late) == 0 || len(late)*200 < m.n {
				continue
			}
			slices.Sort(late)
			_, _ = fmt.Fprintf(os.Stdout, "%-10s %-9s %9d %9d %9d %9d %6s\n", d, k, len(late), late[len(late)/2], late[len(late)*99/100], late[len(late)-1], t.ended[k].Format("15:04"))
		}
	}
}
