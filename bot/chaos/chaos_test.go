package chaos_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/chaos"
	"respite/bot/phone"
	"respite/bot/store/redistest"
	"respite/bot/telegram"
)

// world is borrowers, instances of the bot, Redis, and the trouble between them.
type world struct {
	t         *testing.T
	rand      *rand.Rand
	telegram  *phone.Server
	redis     *redistest.Server
	slow      *slow // between the instances and Redis
	instances []*instance
	borrowers []*borrower
	leaver    *leaver
	kills     int
}

const borrowers = 10

// TestChaosPolling kills the one instance that polls.
func TestChaosPolling(t *testing.T) {
	w := newWorld(t, phone.WebhookOptions{})
	w.add("one", "")
	w.run()
}

// TestChaosWebhook has four instances behind a balancer that repeats, reorders and delays what it delivers: of the updates of a chat that wait,
// the newest goes first, and the others beside it.
func TestChaosWebhook(t *testing.T) {
	b := &balancer{rand: rand.New(rand.NewPCG(*chaos.Seed, 2))}
	w := newWorld(t, phone.WebhookOptions{Client: &http.Client{Transport: b}, Twice: true, Disorder: true, Backoff: func(int) time.Duration { return 20 * time.Millisecond }})
	for n := range 4 {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		b.addresses = append(b.addresses, listener.Addr().String())
		require.NoError(t, listener.Close())
		w.add(fmt.Sprint("instance", n), b.addresses[n])
	}
	client, err := telegram.New(telegram.Options{Token: phone.DefaultToken, URL: w.api()})
	require.NoError(t, err)
	require.NoError(t, client.SetWebhook(t.Context(), "https://bot.test/telegram", secret, 40))
	w.run()
}

// balancer delivers to any instance. Some updates it delivers to two, and some late.
type balancer struct {
	addresses []string
	mu        sync.Mutex
	rand      *rand.Rand
}

// RoundTrip gives the last answer: an update counts as done only if all deliveries of it were taken.
func (b *balancer) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	times, late := 1+b.rand.IntN(2), time.Duration(b.rand.IntN(20))*time.Millisecond
	first := b.rand.IntN(len(b.addresses))
	b.mu.Unlock()
	<-time.After(late)
	var answer *http.Response
	for n := range times {
		again := r.Clone(r.Context())
		again.URL.Scheme, again.URL.Host = "http", b.addresses[(first+n)%len(b.addresses)]
		again.Body = io.NopCloser(bytes.NewReader(body))
		if answer != nil {
			_ = answer.Body.Close()
		}
		if answer, err = http.DefaultTransport.RoundTrip(again); err != nil || answer.StatusCode != http.StatusOK {
			break
		}
	}
	return answer, err
}

func newWorld(t *testing.T, hook phone.WebhookOptions) *world {
	w := &world{t: t, rand: rand.New(rand.NewPCG(*chaos.Seed, 1)), telegram: phone.New(phone.Options{Webhook: hook, Presses: patience})}
	w.redis = redistest.Start(t, "appendonly", "yes", "appendfsync", "always")
	w.slow = newSlow(t, w.redis.Addr)
	t.Cleanup(w.telegram.Close)
	w.leaver = &leaver{world: w, Person: w.telegram.Person(borrowers+1, "Bob", "en"), rand: rand.New(rand.NewPCG(*chaos.Seed, 3))}
	for n := range borrowers {
		w.borrowers = append(w.borrowers, &borrower{world: w, Person: w.telegram.Person(int64(n+1), "Ann", "en"), rand: rand.New(rand.NewPCG(*chaos.Seed, uint64(n+10)))})
	}
	return w
}

// api is an address of the stand-in of its own.
func (w *world) api() string {
	server := httptest.NewServer(w.telegram)
	w.t.Cleanup(server.CloseClientConnections)
	return server.URL
}

// add starts one more instance, which ends with the test.
func (w *world) add(owner, listen string) {
	out, err := os.Create(filepath.Join(w.t.TempDir(), owner))
	require.NoError(w.t, err)
	i := &instance{t: w.t, out: out, env: []string{apiVariable + "=" + w.api(), redisVariable + "=redis://" + w.slow.addr + "/0", ownerVariable + "=" + owner, listenVariable + "=" + listen}}
	i.start()
	w.instances = append(w.instances, i)
	w.t.Cleanup(func() {
		i.end(syscall.SIGKILL)
		if w.t.Failed() {
			said, _ := os.ReadFile(out.Name())
			w.t.Logf("%s said:\n%s", owner, said[max(0, len(said)-8000):])
		}
	})
}

// run makes trouble while borrowers write, waits until all is quiet, and looks at what they saw.
func (w *world) run() {
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Duration(*chaos.Seconds)*time.Second)
	defer cancel()
	var writing sync.WaitGroup
	for _, b := range w.borrowers {
		writing.Go(func() { b.write(ctx) })
	}
	writing.Go(func() { w.leaver.write(ctx) })
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-tick.C:
			w.trouble()
		}
	}
	writing.Wait()
	w.slow.by.Store(0)
	for _, f := range w.borrowers {
		require.NoError(w.t, f.settled(2*time.Minute))
	}
	w.leaver.check(w.kills)
	doubled, seen := 0, 0
	for _, b := range w.borrowers {
		d, n := b.check(w.kills)
		doubled, seen = doubled+d, seen+n
	}
	w.t.Logf("seed %d: %d messages seen, %d kills, %d seen twice", *chaos.Seed, seen, w.kills, doubled)
}

// trouble makes one thing go wrong.
func (w *world) trouble() {
	i := w.instances[w.rand.IntN(len(w.instances))]
	chat := w.borrowers[w.rand.IntN(len(w.borrowers))]
	switch w.rand.IntN(12) {
	case 0, 1, 2:
		i.end(syscall.SIGKILL)
		w.kills++
		i.start()
	case 3:
		i.end(syscall.SIGTERM)
		i.start()
	case 4:
		w.redis.Pause()
		<-time.After(150 * time.Millisecond)
		w.redis.Resume()
	case 5:
		w.redis.Kill()
		w.redis.Restart()
	case 6:
		w.slow.by.Store(int64(40 * time.Millisecond))
	case 7:
		w.slow.by.Store(0)
	default:
		kinds := []phone.FaultKind{phone.TooManyRequests, phone.ServerError, phone.BadGateway, phone.Dropped, phone.Cut, phone.MidBody}
		chat.faults = append(chat.faults, w.telegram.Fail(phone.Fault{Method: "sendMessage", Chat: chat.ID(), Kind: kinds[w.rand.IntN(len(kinds))], RetryAfter: 1}))
	}
}

// borrower is somebody who writes, and waits for answers only sometimes.
type borrower struct {
	*phone.Person
	world  *world
	rand   *rand.Rand
	sent   []string
	pushed []string         // presses of the one button, by their query ids
	faults []*phone.Faulted // calls to this chat that went wrong, or will
}

func (b *borrower) write(ctx context.Context) {
	for ctx.Err() == nil {
		for range 1 + b.rand.IntN(3) {
			text := fmt.Sprintf("%s%d", []string{"word", "word", "word", "alarm", "boom"}[b.rand.IntN(5)], len(b.sent))
			b.sent = append(b.sent, text)
			b.Say(text)
		}
		if len(b.seen()) > 1 {
			for range b.rand.IntN(3) { // twice is a double tap
				b.pushed = append(b.pushed, b.Press(again))
			}
		}
		_, _ = b.Wait(ctx, func([]phone.Message) bool { return b.answered() }) // check looks at how it ended
	}
}

// answered says whether everything that was written, and every alarm, was answered.
func (b *borrower) answered() bool {
	turns, alarms, rings := 0, 0, 0
	for _, s := range b.seen() {
		part, words, _ := strings.Cut(s, " ")
		switch {
		case strings.HasSuffix(part, "a"):
		case strings.HasPrefix(words, "rang"):
			rings += strings.Count(words, "alarm")
		default:
			turns++
			alarms += strings.Count(words, " set ")
		}
	}
	return turns >= len(b.sent)+len(b.pushed) && rings >= alarms
}

// seen is what the bot said, a message that was seen twice in a row once.
func (b *borrower) seen() (said []string) {
	for _, m := range b.Messages() {
		if m.Bot {
			said = append(said, m.Text)
		}
	}
	return slices.Compact(said)
}

// settled waits until nothing is left to come.
func (b *borrower) settled(patience time.Duration) error {
	ctx, cancel := context.WithTimeout(b.world.t.Context(), patience)
	defer cancel()
	_, err := b.Wait(ctx, func([]phone.Message) bool { return b.answered() })
	return err
}

// check holds the chat against the model: every event has one number and two messages, in order; every text was answered once, and
// every alarm rang once and not early; and no message was seen more often than answers were lost and processes killed.
func (b *borrower) check(kills int) (doubled, seen int) {
	t, said := b.world.t, b.seen()
	answered := map[string]int{}
	due := map[string]int64{}
	require.Zero(t, len(said)%2, "every event has two messages:\n%s", b.Transcript())
	for n, s := range said {
		part, words, _ := strings.Cut(s, " ")
		require.Equal(t, fmt.Sprintf("%d%c", n/2+1, "ab"[n%2]), part, "in order and without gaps:\n%s", b.Transcript())
		if n%2 == 1 {
			continue
		}
		if name, at, ok := strings.Cut(words, " set "); ok {
			words = name
			_, err := fmt.Sscan(at, new(int64))
			require.NoError(t, err)
			var when int64
			_, _ = fmt.Sscan(at, &when)
			due[name] = when
		}
		answered[words]++
	}
	b.checkTexts(answered)
	b.checkPresses(answered)
	b.checkAlarms(due)
	lost := kills
	for _, f := range b.faults {
		lost += f.Hits()
	}
	for _, m := range b.Messages() {
		if m.Bot {
			seen++
		}
	}
	doubled = seen - len(said)
	require.LessOrEqual(t, doubled, lost, "at most one for each kill and lost answer:\n%s", b.Transcript())
	return doubled, seen
}

// checkTexts wants one answer to each text.
func (b *borrower) checkTexts(answered map[string]int) {
	stumbled := 0
	for _, text := range b.sent {
		if strings.HasPrefix(text, "boom") {
			stumbled++
			continue
		}
		require.Equal(b.world.t, 1, answered[text], "%s is answered once:\n%s", text, b.Transcript())
	}
	require.Equal(b.world.t, stumbled, answered["stumbled"], "each breakdown is told once:\n%s", b.Transcript())
}

// patience is how long a press may wait: to come too late for its words is no loss, but to be lost is.
const patience = time.Hour

// checkPresses wants an event for each press, and a few words on the screen where it was made.
func (b *borrower) checkPresses(answered map[string]int) {
	t := b.world.t
	require.Equal(t, len(b.pushed), answered[again], "each press counts once:\n%s", b.Transcript())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for _, query := range b.pushed {
		shown, err := b.world.telegram.Answer(ctx, query)
		require.NoError(t, err, "a press that nothing answers")
		require.Equal(t, toast, shown.Text)
	}
}

// checkAlarms wants each alarm to ring once, and not before its time.
func (b *borrower) checkAlarms(due map[string]int64) {
	rings := map[string]int{}
	last := ""
	for _, m := range b.Messages() {
		part, words, _ := strings.Cut(m.Text, " ")
		if !m.Bot || m.Text == last || !strings.HasSuffix(part, "a") || !strings.HasPrefix(words, "rang") {
			continue
		}
		last = m.Text
		for _, name := range strings.Fields(words)[1:] {
			rings[name]++
			require.GreaterOrEqual(b.world.t, m.At.Unix(), due[name], "%s rang early", name)
		}
	}
	for name := range due {
		require.Equal(b.world.t, 1, rings[name], "%s rings once:\n%s", name, b.Transcript())
	}
}
