package main

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"respite/bot/telegram"
)

// door is what answers on LISTEN.
type door struct {
	*app
	hook *telegram.Webhook // nil with long polling
	open atomic.Bool       // the bot works: started, and not yet asked to stop
}

// ready answers whether the bot can work: it was not asked to stop, and Redis and Telegram answer.
func (d *door) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	if !d.open.Load() {
		http.Error(w, "starting or stopping", http.StatusServiceUnavailable)
		return
	}
	if err := d.store.Ping(ctx); err != nil {
		http.Error(w, "Redis does not answer", http.StatusServiceUnavailable)
		return
	}
	if err := d.telegram.Ready(ctx); err != nil {
		http.Error(w, "Telegram does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = fmt.Fprintln(w, "ready")
}
