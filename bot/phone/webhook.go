package phone

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// WebhookOptions shape how updates are delivered to a webhook.
type WebhookOptions struct {
	Client   *http.Client                  // nil: one of its own with Telegram's timeout
	Backoff  func(tries int) time.Duration // wait after so many failures in a row; nil: 1 s, doubled up to a minute
	Disorder bool                          // updates of one chat overtake each other: the newest goes first
	Twice    bool                          // every update is delivered two times
}

type webhook struct {
	url, secret string
	max         int
	cancel      context.CancelFunc
	lastError   string
	lastErrorAt time.Time
}

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

const (
	webhookConnections = 40
	webhookTimeout     = 60 * time.Second
)

func (s *Server) setWebhook(p params) (any, error) {
	link := p.text("url")
	if link == "" {
		return s.deleteWebhook(p)
	}
	if s.done.Err() != nil {
		return nil, errInternal
	}
	if err := checkWebhookURL(link); err != nil {
		return nil, err
	}
	if secret := p.text("secret_token"); secret != "" && !secretToken.MatchString(secret) {
		return nil, badRequest("secret token contains unallowed characters")
	}
	if err := s.updates.allow(p); err != nil {
		return nil, err
	}
	if p.bool("drop_pending_updates") {
		s.updates.pending = nil
	}
	s.updates.end(errSetWebhook)
	s.stopWebhook()
	ctx, cancel := context.WithCancel(s.done)
	s.hook = &webhook{url: link, secret: p.text("secret_token"), max: p.int("max_connections"), cancel: cancel}
	if s.hook.max <= 0 || s.hook.max > 100 {
		s.hook.max = webhookConnections
	}
	s.hooks.Add(1)
	go s.runWebhook(ctx, s.hook)
	s.touch()
	return true, nil
}

// checkWebhookURL wants HTTPS, as Telegram does, but for addresses of this machine.
func checkWebhookURL(link string) error {
	u, err := url.Parse(link)
	if err != nil || u.Hostname() == "" {
		return badRequest("bad webhook: invalid webhook URL specified")
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	if u.Scheme != "https" && (u.Scheme != "http" || !local) {
		return badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	return nil
}

func (s *Server) deleteWebhook(p params) (any, error) {
	s.stopWebhook()
	if p.bool("drop_pending_updates") {
		s.updates.pending = nil
	}
	s.touch()
	return true, nil
}

func (s *Server) stopWebhook() {
	if s.hook == nil {
		return
	}
	s.hook.cancel()
	s.hook = nil
	for _, u := range s.updates.pending {
		u.flying, u.tries, u.notBefore = false, 0, time.Time{}
	}
}

func (s *Server) getWebhookInfo(params) (any, error) {
	info := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": len(s.updates.pending)}
	if s.updates.allowed != nil {
		info["allowed_updates"] = s.updates.allowed
	}
	if s.hook == nil {
		return info, nil
	}
	info["url"], info["max_connections"] = s.hook.url, s.hook.max
	if s.hook.lastError != "" {
		info["last_error_message"], info["last_error_date"] = s.hook.lastError, s.hook.lastErrorAt.Unix()
	}
	return info, nil
}

// runWebhook delivers updates until ctx ends. It runs on the real clock: only messages live on the one that is moved.
func (s *Server) runWebhook(ctx context.Context, hook *webhook) {
	defer s.hooks.Done()
	client := s.opt.Webhook.Client
	if client == nil {
		client = &http.Client{Timeout: webhookTimeout, Transport: &http.Transport{MaxConnsPerHost: hook.max}}
		defer client.CloseIdleConnections()
	}
	for {
		u, wake, changed := s.nextDelivery(hook)
		if u != nil {
			s.hooks.Add(1)
			go func() {
				defer s.hooks.Done()
				s.deliver(ctx, client, hook, u)
			}()
			continue
		}
		timer := time.NewTimer(wake)
		select {
		case <-changed:
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return
		}
		timer.Stop()
	}
}

// nextDelivery picks an update to deliver now, or says how long there is nothing to do if nothing changes.
func (s *Server) nextDelivery(hook *webhook) (*queued, time.Duration, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	wake, flying := time.Hour, 0
	busy := make(map[int64]bool)
	pending := slices.Clone(s.updates.pending)
	if s.opt.Webhook.Disorder {
		slices.Reverse(pending)
	}
	for _, u := range pending {
		if u.flying {
			flying++
			busy[u.chat] = true
		}
	}
	if s.hook != hook || flying >= hook.max {
		return nil, wake, s.changed
	}
	for _, u := range pending {
		if u.flying || busy[u.chat] && !s.opt.Webhook.Disorder {
			continue
		}
		busy[u.chat] = true
		if wait := time.Until(u.notBefore); wait > 0 {
			wake = min(wake, wait)
			continue
		}
		u.flying = true
		return u, 0, nil
	}
	return nil, wake, s.changed
}

func (s *Server) deliver(ctx context.Context, client *http.Client, hook *webhook, u *queued) {
	err := post(ctx, client, hook, u.update)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook != hook {
		return
	}
	u.flying = false
	defer s.touch()
	if err != nil {
		hook.lastError, hook.lastErrorAt = err.Error(), s.opt.Now()
		u.tries++
		u.notBefore = time.Now().Add(s.backoff(u.tries))
		return
	}
	u.tries = 0
	if u.delivered++; s.opt.Webhook.Twice && u.delivered < 2 {
		return
	}
	s.updates.pending = slices.DeleteFunc(s.updates.pending, func(x *queued) bool { return x == u })
}

func (s *Server) backoff(tries int) time.Duration {
	if s.opt.Webhook.Backoff != nil {
		return s.opt.Webhook.Backoff(tries)
	}
	return min(time.Second<<min(tries-1, 6), time.Minute)
}

func post(ctx context.Context, client *http.Client, hook *webhook, u wireUpdate) error {
	body, err := json.Marshal(u)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if hook.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", hook.secret)
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20)); err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("Wrong response from the webhook: %s", resp.Status) //nolint:staticcheck // Telegram's words
	}
	return nil
}
