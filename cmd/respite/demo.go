package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/rs/zerolog"

	"respite/bot/phone"
	"respite/bot/store"
	"respite/bot/telegram"
)

// demoCmd runs everything in one process.
type demoCmd struct {
	Page string `default:"127.0.0.1:8080" help:"Address of the page with the phones."`
	serving
}

// The agents' group of the demo and who is in it.
const (
	demoGroup = -1001000000001
	demoAgent = 900001
	demoOther = 900002
)

// Run serves the page until ctx ends.
func (d *demoCmd) Run(ctx context.Context, c *console) error {
	ready, err := d.check()
	if err != nil {
		return err
	}
	if d.Operator == unnamed {
		d.Operator = "Example Debt Advice"
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", d.Page)
	if err != nil {
		return usage{fmt.Errorf("--page: %w", err)}
	}
	log := logger(d.serving, max(ready.level, zerolog.WarnLevel), c.stderr)
	redis := miniredis.NewMiniRedis()
	if err := redis.Start(); err != nil {
		return fmt.Errorf("embedded Redis: %w", err)
	}
	defer redis.Close()
	kept, err := store.Open(ctx, "redis://"+redis.Addr(), store.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = kept.Close() }()
	return d.play(ctx, c, ready, listener, kept, log)
}

// play wires the stand-in and the bot together and waits for the end.
func (d *demoCmd) play(ctx context.Context, c *console, ready checked, listener net.Listener, kept *store.Store, log zerolog.Logger) error {
	clock := &demoClock{}
	alarm := func(ctx context.Context) (time.Time, bool) {
		at, ok, err := kept.NextAlarm(ctx)
		return at, ok && err == nil
	}
	var a *app
	standIn := phone.New(phone.Options{
		Name: "Respite 喘息", Username: "respite_bot", Now: clock.Now, Zone: ready.zone,
		Advance: func(by time.Duration) {
			clock.forward(by, func() (time.Time, bool) { return alarm(context.WithoutCancel(ctx)) }, func() {
				if _, err := a.engine.Ring(context.WithoutCancel(ctx)); err != nil {
					log.Warn().Err(err).Msg("alarms could not ring; the loop tries again")
				}
			})
			select {
			case a.kick <- struct{}{}:
			default:
			}
		},
		NextAlarm: alarm,
	})
	defer standIn.Close()
	client, err := telegram.New(telegram.Options{Token: phone.DefaultToken, URL: "http://" + listener.Addr().String(), Observe: observe(log)})
	if err != nil {
		return err
	}
	if a, err = wire(parts{serving: d.serving, checked: ready, store: kept, telegram: client, group: demoGroup, owner: "demo", clock: clock.Now, log: log}); err != nil {
		return err
	}
	furnish(standIn)
	server := &http.Server{Handler: standIn, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	defer func() { _ = server.Close() }()

	stop := a.loops(context.WithoutCancel(ctx))
	defer stop()
	a.introduce(ctx)
	_, _ = fmt.Fprintf(c.stdout, "Respite's demo: open http://%s\nNothing is kept: all of it is gone when this ends. Ctrl-C ends it.\n", listener.Addr())
	poller := telegram.NewPoller(client, a.router.Handle, 5*time.Second)
	ended := make(chan error, 1)
	go func() { ended <- poller.Run(context.WithoutCancel(ctx)) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	err = poller.Stop(within)
	_, _ = fmt.Fprintln(c.stdout, "The demo has ended, and everything in it is gone.")
	return err
}

// furnish puts people into the stand-in: three borrowers with a language each, and two agents in a group with topics.
func furnish(s *phone.Server) {
	s.Person(100001, "小林", "zh-hans")
	s.Person(100002, "Alex", "en")
	s.Person(100003, "阿珍", "zh-hant")
	s.Person(demoAgent, "客服小周", "zh-hans")
	s.Person(demoOther, "Agent Kim", "en")
	g := s.Group(demoGroup, "Respite · agents", true)
	g.Join(demoAgent, demoOther)
	g.Promote(demoAgent)
	g.AddBot(demoAgent)
	g.PromoteBot(demoAgent, phone.AllRights)
}
