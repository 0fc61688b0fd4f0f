package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// healthCmd asks a running bot how it is: a health check for images that hold nothing but the bot.
type healthCmd struct {
	Listen string `var:"LISTEN" default:"127.0.0.1:8081" help:"Address that the bot listens on (LISTEN)."`
}

// Run fails if /healthz does not answer 200.
func (h *healthCmd) Run(ctx context.Context) error {
	host, port, err := net.SplitHostPort(h.Listen)
	if err != nil {
		return usage{fmt.Errorf("LISTEN %q: %w", h.Listen, err)}
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/healthz", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("the bot does not answer: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the bot answers %s", answer.Status)
	}
	return nil
}
