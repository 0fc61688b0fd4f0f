package telegram

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	// A success counts for long enough that a long poll which brings nothing does not look like silence.
	successCounts = pollTimeout + pollGrace + 20*time.Second
	// A failure counts for long enough that frequent questions after the bot's health are no flood of calls.
	failureCounts = 5 * time.Second
	probeTimeout  = 5 * time.Second
)

// health is what getUpdates and getMe last said of the way to Telegram.
type health struct {
	mu    sync.Mutex
	at    time.Time // zero: not asked yet
	err   error
	probe sync.Mutex // held by whoever asks Telegram on behalf of Ready
}

func (h *health) record(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at, h.err = time.Now(), err
}

// recent gives the last outcome if it still counts.
func (h *health) recent() (err error, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.at.IsZero() {
		return nil, false
	}
	counts := successCounts
	if h.err != nil {
		counts = failureCounts
	}
	return h.err, time.Since(h.at) < counts
}

// Ready is nil if Telegram answered lately. If nothing is known, which is usual behind a webhook, it asks; so it may take a few
// seconds, and costs at most one call a minute while all is well.
func (c *Client) Ready(ctx context.Context) error {
	if err, ok := c.health.recent(); ok {
		return err
	}
	c.health.probe.Lock()
	defer c.health.probe.Unlock()
	if err, ok := c.health.recent(); ok {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	_, err := c.Me(ctx)
	return err
}

// WaitReady asks who the bot is until Telegram answers, and says once if that takes long. It gives up when ctx ends or the token is
// not taken.
func (c *Client) WaitReady(ctx context.Context) (Self, error) {
	trouble := newTrouble(c)
	for {
		me, err := c.Me(ctx)
		if err == nil {
			trouble.over()
			return me, nil
		}
		if ctx.Err() != nil {
			return Self{}, context.Cause(ctx)
		}
		pause, fatal := trouble.met(err)
		if fatal {
			return Self{}, err
		}
		if !sleep(ctx, pause) {
			return Self{}, errors.Join(context.Cause(ctx), err)
		}
	}
}
