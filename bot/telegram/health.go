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
	mu     sync.Mutex
	at     time.Time // of the last outcome; zero: not asked yet
	err    error
	polled error      // the last getUpdates failed: it counts until one succeeds, however well getMe does
	probe  sync.Mutex // held by whoever asks Telegram on behalf of Ready
}

// asked notes the outcome of a getMe.
func (h *health) asked(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at, h.err = time.Now(), err
}

// polls notes the outcome of a getUpdates.
func (h *health) polls(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at, h.err, h.polled = time.Now(), err, err
}

// recent gives the last outcome if it still counts.
func (h *health) recent() (err error, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.polled != nil:
		return h.polled, true
	case h.at.IsZero():
		return nil, false
	case h.err != nil:
		return h.err, time.Since(h.at) < failureCounts
	}
	return nil, time.Since(h.at) < successCounts
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
