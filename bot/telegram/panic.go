package telegram

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"respite/bot"
)

// panicTries is how often an update is tried whose handler panics.
const panicTries = 3

// survive makes a handler that does not panic. An update that makes it panic every time is given up: it would be handed out
// again for a day and hold up its chat, and with polling, where Telegram gives out no more than a hundred updates beyond an
// unfinished one, all chats. Whoever wants to do better recovers inside the handler; this is the last line.
func (c *Client) survive(handle Handler) Handler {
	return func(ctx context.Context, u bot.Update) error {
		pause := backoff{least: 50 * time.Millisecond, most: time.Second}
		for {
			err := safely(ctx, handle, u)
			if _, panicked := errors.AsType[*panicError](err); !panicked {
				return err
			}
			if pause.tries == 0 {
				c.observe(Note{Kind: Panicked, Update: u.ID, Err: err})
			}
			if pause.tries == panicTries-1 {
				c.observe(Note{Kind: Abandoned, Update: u.ID, Err: err})
				return nil
			}
			if !sleep(ctx, pause.next()) {
				return err
			}
		}
	}
}

// panicError is a panic of a handler.
type panicError struct {
	what  string
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprintf("panic: %s\n%s", p.what, p.stack) }

// safely turns a panic into an error: one bad update must not end the process (in telebot it does), whatever the value of the
// panic is (telebot's middleware.Recover drops those that are neither error nor string).
func safely(ctx context.Context, handle Handler, u bot.Update) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{describe(v), debug.Stack()}
		}
	}()
	return handle(ctx, u)
}

// describe keeps to the type of a value that may quote what somebody wrote.
func describe(v any) string {
	if e, ok := v.(runtime.Error); ok {
		return e.Error()
	}
	return fmt.Sprintf("%T", v)
}
