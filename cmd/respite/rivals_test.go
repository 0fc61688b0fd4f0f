package main

import (
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/store/redistest"
)

// TestTwoPollersOfOneBotAreToldSo has two processes poll with one token: each throws the other out. Both say what is to be done, neither asks in a
// hot loop, the borrower is answered all the same and once, and when one of them goes the other is alone.
func TestTwoPollersOfOneBotAreToldSo(t *testing.T) {
	w := newWorld(t)
	p := w.Person(1, "Ann", "en")
	one := start(t, []string{"serve"}, w.env...)
	two := start(t, []string{"serve"}, append(w.env, "LISTEN=127.0.0.1:0")...)
	began := time.Now()
	const advice = "another instance polls with this token, or a webhook is set (409): stop the other one, or set WEBHOOK_URL on all of them"
	require.NoError(t, redistest.Poll(time.Minute, func(context.Context) error {
		if !strings.Contains(one.out.String(), advice) || !strings.Contains(two.out.String(), advice) {
			return errors.New("one of them does not say that there is another")
		}
		return nil
	}))
	p.Start()
	until(t, p, "may I keep your answers")
	p.Press("I agree")
	until(t, p, "How much is overdue")
	require.Less(t, float64(len(w.Calls("getUpdates"))), 40+10*time.Since(began).Seconds())
	require.Equal(t, 1, strings.Count(one.out.String(), advice), "once")
	require.Zero(t, two.end(t, syscall.SIGTERM))
	p.Say("3500")
	until(t, p, "Since when")
	asked := 0
	for _, m := range p.Messages() {
		if m.Bot && strings.Contains(m.Text, "How much is overdue") {
			asked++
		}
	}
	require.Equal(t, 1, asked)
}
