package chaos_test

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

// TestChaosRestartInTheMiddleOfAFlood kills the process while Telegram takes nothing, and starts it again: all is delivered in order, and
// nothing twice, when Telegram takes messages again.
func TestChaosRestartInTheMiddleOfAFlood(t *testing.T) {
	w := newWorld(t, phone.WebhookOptions{})
	w.add("one", "")
	flood := w.telegram.Fail(phone.Fault{Method: "sendMessage", Kind: phone.TooManyRequests, RetryAfter: 1, Times: -1})
	for _, b := range w.borrowers {
		for n := range 3 {
			b.sent = append(b.sent, fmt.Sprint("word", n))
			b.Say(b.sent[n])
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	met := func(n int) func() bool { return func() bool { return flood.Hits() >= n } }
	require.NoError(t, w.telegram.Wait(ctx, met(borrowers)))
	for _, s := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM} {
		w.instances[0].end(s)
		w.instances[0].start()
		require.NoError(t, w.telegram.Wait(ctx, met(flood.Hits()+borrowers)), "it tries again")
	}
	flood.Remove()
	for _, b := range w.borrowers {
		require.NoError(t, b.settled(time.Minute))
		doubled, seen := b.check(0)
		require.Zero(t, doubled)
		require.Equal(t, 6, seen)
	}
}
