package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/rs/zerolog"

	"respite/bot"
	"respite/bot/desk"
	"respite/bot/shelf"
	"respite/bot/store"
	"respite/bot/telegram"
	"respite/dialog"
	"respite/dialog/understand"
	"respite/locales"
)

// app is the whole bot, wired.
type app struct {
	log      zerolog.Logger
	store    *store.Store
	telegram *telegram.Client
	desk     *desk.Desk
	engine   *bot.Engine
	router   *bot.Router
	shelf    *shelf.Shelf
	words    *locales.Bundle
	registry *prometheus.Registry
	language string        // tag of the agents' language
	kick     chan struct{} // wakes the alarm loop before its time
}

// parts are what differs between the bot and its demo.
type parts struct {
	serving
	checked
	store    *store.Store
	telegram *telegram.Client
	send     bot.Messenger // telegram, kept within its limits; nil: telegram itself
	group    int64
	owner    string // names this instance
	clock    func() time.Time
	log      zerolog.Logger
	library  *library // nil: it is opened
}

// library is what the bot reads once: words, policy books and lexicons.
type library struct {
	words  *locales.Bundle
	books  *shelf.Shelf
	reader *understand.Reader
}

func openLibrary(policyDir string, log zerolog.Logger) (*library, error) {
	type lexicon struct {
		*understand.Reader
		error
	}
	reading := make(chan lexicon, 1) // the longest of what is to be loaded, beside the rest
	go func() {
		r, err := understand.New()
		reading <- lexicon{r, err}
	}()
	words, err := locales.Load()
	if err != nil {
		return nil, fmt.Errorf("locales: %w", err)
	}
	books, err := shelf.Open(policyDir, words, log)
	if err != nil {
		return nil, usage{fmt.Errorf("policy book: %w", err)}
	}
	reader := <-reading
	if reader.error != nil {
		return nil, fmt.Errorf("lexicon: %w", reader.error)
	}
	return &library{words, books, reader.Reader}, nil
}

// wire puts the bot together, from the outside in.
func wire(p parts) (*app, error) {
	if p.send == nil {
		p.send = p.telegram
	}
	if p.library == nil {
		var err error
		if p.library, err = openLibrary(p.PolicyDir, p.log); err != nil {
			return nil, err
		}
	}
	words, books, reader := p.library.words, p.library.books, p.library.reader
	a := &app{log: p.log, store: p.store, telegram: p.telegram, shelf: books, words: words, language: p.AgentLanguage, registry: prometheus.NewRegistry(), kick: make(chan struct{}, 1)}
	a.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	metrics := bot.NewMetrics(a.registry)
	render := &bot.Renderer{Words: books.Words, Zone: p.zone, Agents: p.AgentLanguage}
	machine := dialog.New(dialog.Settings{Operator: p.Operator, Zone: p.zone, Quiet: p.quiet, Languages: words.Tags(), Agents: p.group != 0, FirstAnswer: p.AnswerWithin, Lease: p.ClaimLease,
		Lines: p.lines, LinesIn: p.linesIn}, books, reader, render.Labels)
	a.desk = desk.New(desk.Options{Send: p.send, Index: p.store.Desk(), Members: members{p.telegram}, Group: p.group, Deciders: p.deciders, Hours: p.hours,
		Words: books.Words, Language: p.AgentLanguage, Zone: p.zone, Clock: p.clock, Log: p.log, Load: p.store.Load})
	courier := &bot.Courier{Store: p.store, Send: p.send, Owner: p.owner, Log: p.log, Metrics: metrics}
	if p.group != 0 {
		courier.Desk, courier.Pairs = a.desk, p.store.Desk()
	}
	a.engine = &bot.Engine{Store: p.store, Machine: machine, Render: render, Courier: courier, Clock: p.clock, Owner: p.owner, Log: p.log, Metrics: metrics, Times: p.store}
	if p.group != 0 {
		a.engine.Desk = a.desk.Standing
	}
	a.router = &bot.Router{Engine: a.engine, Topics: a.desk, Send: p.send}
	return a, nil
}

// instance names this instance by where it listens. No two can listen there at once, and one that is started again after a
// crash goes by the same name: it takes up at once what it left undelivered, without waiting for its own leases to lapse.
func instance(listen net.Addr) string {
	host, err := os.Hostname()
	if err != nil {
		host = "localhost"
	}
	sum := sha256.Sum256([]byte(host + " " + listen.String()))
	return hex.EncodeToString(sum[:5])
}

// logger writes what an operator reads.
func logger(s serving, level zerolog.Level, out io.Writer) zerolog.Logger {
	if s.LogFormat == "console" {
		out = zerolog.ConsoleWriter{Out: out, TimeFormat: time.TimeOnly, NoColor: os.Getenv("NO_COLOR") != ""}
	}
	return zerolog.New(out).Level(level).With().Timestamp().Logger()
}

// observe logs what the Telegram client notices.
func observe(log zerolog.Logger) func(telegram.Note) {
	said := map[telegram.NoteKind]string{
		telegram.Unreachable: "Telegram does not answer; trying again",
		telegram.Reachable:   "Telegram answers again",
		telegram.RivalPolls:  "another instance polls with this token, or a webhook is set (409): stop the other one, or set WEBHOOK_URL on all of them",
		telegram.RivalGone:   "the other poller is gone",
		telegram.Undecodable: "an update could not be read",
		telegram.Failing:     "an update could not be worked on; trying again",
		telegram.Panicked:    "a handler panicked; trying again",
		telegram.Abandoned:   "a handler panicked every time; the update is given up",
		telegram.BadSecret:   "a webhook call came without the right secret",
	}
	return func(n telegram.Note) {
		e := log.Warn()
		if n.Kind == telegram.Reachable || n.Kind == telegram.RivalGone {
			e = log.Info()
		}
		if n.Update != 0 {
			e = e.Int64("update", n.Update)
		}
		e.Err(n.Err).Str("kind", string(n.Kind)).Msg(said[n.Kind])
	}
}

// loops starts the passes over alarms and waiting outboxes; stop ends them and waits.
func (a *app) loops(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{}, 4)
	go func() {
		a.engine.Loop(ctx, "clock", time.Minute, nil, a.engine.SetRight)
		done <- struct{}{}
	}()
	go func() {
		a.engine.Loop(ctx, "board", 5*time.Second, nil, func(ctx context.Context) (int, error) { return 0, a.desk.Refresh(ctx, a.router.Dismissed) })
		done <- struct{}{}
	}()
	go func() {
		a.engine.Loop(ctx, "alarms", time.Second, a.kick, a.engine.Ring)
		done <- struct{}{}
	}()
	go func() {
		a.engine.Loop(ctx, "outbox", 100*time.Millisecond, nil, a.engine.Sweep)
		done <- struct{}{}
	}()
	return func() {
		cancel()
		for range cap(done) {
			<-done
		}
		a.finish()
	}
}

// finish waits for what the engine has in hand, but not for a Redis or a Telegram that does not come back.
func (a *app) finish() {
	ended := make(chan struct{})
	go func() {
		a.engine.Close()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(drain):
		a.log.Warn().Msg("deliveries were still at work; they are taken up at the next start")
	}
}

// introduce sets the menus and descriptions in all languages.
func (a *app) introduce(ctx context.Context) {
	profile := telegram.Profile{Languages: map[string]telegram.Introduction{}, Agents: a.desk.Group()}
	for _, name := range desk.Commands() {
		profile.Commands = append(profile.Commands, telegram.Command{Name: name, Help: must(a.words.In(a.language), "command.desk_"+name)})
	}
	codes := map[string]string{"": locales.English}
	for _, tag := range slices.Backward(locales.Tags()) { // Telegram knows one code for Chinese: the first of its scripts has it
		code, _, _ := strings.Cut(tag, "-")
		codes[code] = tag
	}
	for code, tag := range codes {
		speaker := a.words.In(tag)
		in := telegram.Introduction{Description: must(speaker, "about.description"), Short: must(speaker, "about.short")}
		for _, name := range dialog.Commands {
			in.Commands = append(in.Commands, telegram.Command{Name: name, Help: must(speaker, "command."+name)})
		}
		profile.Languages[code] = in
	}
	if err := a.telegram.Introduce(ctx, profile); err != nil && ctx.Err() == nil {
		a.log.Warn().Err(err).Msg("the command menu or the description could not be set; it is tried again at the next start")
	}
}

// must says a text that a test proves to be there.
func must(s *locales.Speaker, key string) string {
	words, err := s.Say(key, nil)
	if err != nil {
		return key
	}
	return words
}

// members asks Telegram what somebody is in a group.
type members struct{ *telegram.Client }

// Member says whether somebody is in the group, and an administrator there.
func (m members) Member(ctx context.Context, group, user int64) (inside, admin bool, err error) {
	is, err := m.Client.Member(ctx, group, user)
	return is.Inside, is.Admin, err
}
