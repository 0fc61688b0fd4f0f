package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/rs/zerolog"

	"respite/bot"
	"respite/bot/budget"
	"respite/bot/store"
	"respite/bot/telegram"
)

// serveCmd runs the bot against Telegram.
type serveCmd struct{ settings }

// drain is how long a stop waits for what is in hand.
const drain = 20 * time.Second

// lease is how long an instance that delivers is taken to be alive. A call to Telegram takes 30 s at most; it must not lapse meanwhile.
const lease = 45 * time.Second

// Run serves until ctx ends.
func (s *serveCmd) Run(ctx context.Context, c *console) error {
	ready, err := s.check()
	if err != nil {
		return err
	}
	log := logger(s.serving, ready.level, c.stderr)
	// While Redis is away this is a line for each dial; what follows from it is said elsewhere, once.
	store.LogTo(func(text string) { log.Debug().Str("redis", text).Msg("said by the client of Redis") })
	kept, err := store.Open(ctx, s.RedisURL, store.Options{Lease: lease})
	if err != nil {
		return usage{fmt.Errorf("REDIS_URL: %w", err)}
	}
	defer func() { _ = kept.Close() }()
	client, err := telegram.New(telegram.Options{Token: s.TelegramToken, URL: s.TelegramAPIURL, Observe: observe(log)})
	if err != nil {
		return usage{fmt.Errorf("TELEGRAM_TOKEN or TELEGRAM_API_URL: %w", err)}
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.Listen)
	if err != nil {
		return usage{fmt.Errorf("LISTEN: %w", err)}
	}
	a, err := wire(parts{serving: s.serving, checked: ready, store: kept, telegram: client, send: budget.New(client, kept.Client(), s.TelegramToken, budget.Limits{PerSecond: s.SendPerSecond, PerChat: s.SendPerChat}), group: s.AgentChatID, owner: instance(listener.Addr()), clock: time.Now, log: log})
	if err != nil {
		return err
	}
	return s.serve(ctx, a, listener)
}

// serve opens the door, waits for Redis and Telegram, and works until ctx ends.
func (s *serveCmd) serve(ctx context.Context, a *app, listener net.Listener) error {
	door := &door{app: a}
	if s.WebhookURL != "" {
		hook, err := telegram.NewWebhook(a.telegram, a.router.Handle, s.WebhookSecret)
		if err != nil {
			return usage{fmt.Errorf("WEBHOOK_SECRET: %w", err)}
		}
		door.hook = hook
	}
	server := &http.Server{Handler: door.routes(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	defer func() { _ = server.Close() }()

	if s.Operator == unnamed {
		a.log.Warn().Msg("OPERATOR_NAME is not set: borrowers read that Respite runs this bot, and not who does")
	}
	go lighten(a.log)
	if err := s.wait(ctx, a); err != nil {
		return err
	}
	if err := a.engine.Reclaim(ctx); err != nil {
		return err
	}
	stop := a.loops(context.WithoutCancel(ctx))
	defer stop()
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	go a.shelf.Watch(ctx, hup)
	go a.introduce(ctx)
	a.log.Info().Str("listen", listener.Addr().String()).Bool("webhook", door.hook != nil).Bool("agents", a.desk.Group() != 0).Msg("serving")
	door.open.Store(true)
	if door.hook != nil {
		return s.hooked(ctx, a, door)
	}
	return s.polled(ctx, a, door)
}

// wait holds until Redis and Telegram answer, and says once what is waited for.
func (s *serveCmd) wait(ctx context.Context, a *app) error {
	if err := waitRedis(ctx, a.store, a.log); err != nil {
		return err
	}
	for _, check := range []func(context.Context) error{a.store.CheckEviction, a.store.CheckPersistence} {
		if err := check(ctx); err != nil {
			a.log.Warn().Err(err).Msg("Redis is not set up to keep conversations")
		}
	}
	if _, err := a.telegram.WaitReady(ctx); err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("stopped while waiting for Telegram (TELEGRAM_API_URL)")
		}
		var f *bot.Failure
		if errors.As(err, &f) && f.Kind == bot.BadToken {
			return usage{fmt.Errorf("TELEGRAM_TOKEN: Telegram does not know this token")}
		}
		return err
	}
	return a.desk.Open(ctx)
}

// waitRedis pings until Redis answers.
func waitRedis(ctx context.Context, s *store.Store, log zerolog.Logger) error {
	for tries := 1; ; tries++ {
		err := s.Ping(ctx)
		if err == nil {
			if tries > 1 {
				log.Info().Msg("Redis answers")
			}
			return nil
		}
		if tries == 1 {
			log.Warn().Err(err).Msg("Redis (REDIS_URL) does not answer; waiting for it")
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("stopped while waiting for Redis (REDIS_URL): %w", err)
		case <-time.After(bot.Backoff(tries)):
		}
	}
}

// polled gets updates by long polling until ctx ends, then finishes what is in hand.
func (s *serveCmd) polled(ctx context.Context, a *app, d *door) error {
	poller := telegram.NewPoller(a.telegram, a.router.Handle, 0)
	failed := make(chan error, 1)
	go func() { failed <- poller.Run(context.WithoutCancel(ctx)) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	d.open.Store(false)
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	err := poller.Stop(within)
	a.log.Info().Err(err).Msg("stopped")
	return err
}

// hooked takes updates that Telegram delivers until ctx ends, then finishes what is in hand.
func (s *serveCmd) hooked(ctx context.Context, a *app, d *door) error {
	if err := a.telegram.SetWebhook(ctx, s.WebhookURL, s.WebhookSecret, 100); err != nil {
		return fmt.Errorf("WEBHOOK_URL: %w", err)
	}
	<-ctx.Done()
	d.open.Store(false)
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	err := d.hook.Stop(within)
	a.log.Info().Err(err).Msg("stopped")
	return err
}

// routes are the paths on LISTEN.
func (d *door) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", d.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(d.registry, promhttp.HandlerOpts{}))
	if d.hook != nil {
		mux.Handle("/telegram", d.hook)
	}
	return mux
}
