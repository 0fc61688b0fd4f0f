package chaos_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/phone"
	"respite/bot/store"
	"respite/bot/store/redistest"
	"respite/bot/telegram"
	"respite/dialog"
	"respite/locales"
)

// The variables that make the test binary an instance of the bot, so that it can be killed as a process is.
const (
	apiVariable    = "CHAOS_TELEGRAM"
	redisVariable  = "CHAOS_REDIS"
	ownerVariable  = "CHAOS_OWNER"
	listenVariable = "CHAOS_LISTEN" // of the webhook; empty: long polling
)

const secret = "chaos"

func TestMain(m *testing.M) {
	if os.Getenv(apiVariable) == "" {
		os.Exit(m.Run())
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// tally is a dialog in which nothing can be lost or doubled unseen: every event has a number, and every answer says it.
type tally struct{}

// Step says the number of the event twice, so that there is a moment between. "alarm" sets one, and "boom" breaks down.
func (tally) Step(c dialog.Conversation, e dialog.Event) (dialog.Conversation, []dialog.Effect) {
	if strings.HasPrefix(e.Text, "boom") && e.Kind == dialog.Typed {
		panic("boom")
	}
	c.Shape, c.Consent, c.State = dialog.Shape, 1, dialog.AskOwed
	c.Turn++
	words := e.Text
	if e.Kind == dialog.Stumbled {
		words = "stumbled"
	}
	if e.Kind == dialog.Rang {
		words, c.Alarms = rang(c.Alarms, e.At)
	}
	if strings.HasPrefix(e.Text, "alarm") {
		at := e.At.Unix() + 2
		words = fmt.Sprintf("%s set %d", e.Text, at)
		c.Alarms = append(append([]dialog.Alarm(nil), c.Alarms...), dialog.Alarm{Kind: dialog.AlarmKind(e.Text), At: at})
	}
	say := func(part string, rows ...[]dialog.Key) dialog.Effect {
		return dialog.Effect{Do: dialog.Say, Body: []dialog.Text{dialog.Plain(fmt.Sprintf("%d%s %s", c.Turn, part, words))}, Rows: rows}
	}
	effects := []dialog.Effect{say("a"), say("b", []dialog.Key{{Label: dialog.Plain(again), Data: again}})}
	if e.Kind == dialog.Pressed {
		effects = append([]dialog.Effect{{Do: dialog.Toast, Query: e.Query, Body: []dialog.Text{dialog.Plain(toast)}}}, effects...)
	}
	return c, effects
}

// The one button that there is, and what a press of it is answered with.
const again, toast = "again", "pressed"

// rang names the alarms that are due, and gives those that are not.
func rang(all []dialog.Alarm, now time.Time) (words string, left []dialog.Alarm) {
	words = "rang"
	for _, a := range all {
		if a.At <= now.Unix() {
			words += " " + string(a.Kind)
		} else {
			left = append(left, a)
		}
	}
	return words, left
}

// serve is one instance, until SIGTERM.
func serve() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	kept, err := store.Open(ctx, os.Getenv(redisVariable), store.Options{Lease: 40 * time.Second, Refresh: 100 * time.Millisecond})
	if err != nil {
		return err
	}
	client, err := telegram.New(telegram.Options{Token: phone.DefaultToken, URL: os.Getenv(apiVariable)})
	if err != nil {
		return err
	}
	e, err := engine(kept, client, os.Getenv(ownerVariable))
	if err != nil {
		return err
	}
	if err := redistest.Poll(time.Minute, e.Reclaim); err != nil {
		return err
	}
	var loops sync.WaitGroup
	running, end := context.WithCancel(context.Background())
	loops.Go(func() { e.Loop(running, "alarms", 50*time.Millisecond, nil, e.Ring) })
	loops.Go(func() { e.Loop(running, "outbox", 50*time.Millisecond, nil, e.Sweep) })
	defer e.Close()
	defer loops.Wait() // a pass may begin something that Close waits for
	defer end()
	handle := func(ctx context.Context, u bot.Update) error {
		switch u.Kind {
		case bot.Typed:
			return e.Apply(ctx, u.Chat, dialog.Event{ID: u.ID, At: u.At, Kind: dialog.Typed, Text: u.Text})
		case bot.Pressed:
			return e.Apply(ctx, u.Chat, dialog.Event{ID: u.ID, At: time.Now(), Kind: dialog.Pressed, Text: u.Press.Data, Query: u.Press.Query})
		}
		return nil
	}
	if listen := os.Getenv(listenVariable); listen != "" {
		return hooked(ctx, client, handle, listen)
	}
	poller := telegram.NewPoller(client, handle, time.Second)
	ended := make(chan error, 1)
	go func() { ended <- poller.Run(context.Background()) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return poller.Stop(context.Background())
	}
}

func hooked(ctx context.Context, client *telegram.Client, handle telegram.Handler, listen string) error {
	hook, err := telegram.NewWebhook(client, handle, secret)
	if err != nil {
		return err
	}
	server := &http.Server{Addr: listen, Handler: hook, ReadHeaderTimeout: time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return hook.Stop(context.Background())
	}
}

func engine(kept *store.Store, client *telegram.Client, owner string) (*bot.Engine, error) {
	words, err := locales.Load()
	if err != nil {
		return nil, err
	}
	log, metrics := zerolog.New(os.Stderr), bot.NewMetrics(prometheus.NewRegistry())
	render := &bot.Renderer{Words: func() *locales.Bundle { return words }, Zone: time.UTC, Agents: locales.English}
	courier := &bot.Courier{Store: kept, Send: client, Owner: owner, Log: log, Metrics: metrics}
	return &bot.Engine{Store: kept, Machine: tally{}, Render: render, Courier: courier, Clock: time.Now, Owner: owner, Log: log, Metrics: metrics}, nil
}

// instance is a process of the bot that is killed and started again.
type instance struct {
	t   *testing.T
	env []string
	cmd *exec.Cmd
	out *os.File
}

func (i *instance) start() {
	i.cmd = exec.Command(os.Args[0])
	i.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}, i.env...)
	i.cmd.Stdout, i.cmd.Stderr = i.out, i.out
	require.NoError(i.t, i.cmd.Start())
}

// end signals the process and waits until it is gone. SIGTERM may come before it has begun to listen for it, and then just ends it.
func (i *instance) end(s syscall.Signal) {
	require.NoError(i.t, i.cmd.Process.Signal(s))
	err := i.cmd.Wait()
	early := i.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if s == syscall.SIGTERM && (!early.Signaled() || early.Signal() != s) {
		require.NoError(i.t, err, "SIGTERM ends it cleanly")
	}
}
