package telegram

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"respite/bot"
)

// Handler takes one update. It returns nil when whatever the update led to is safe: only then is Telegram told that the update is
// done. It is called for different chats at once, for one chat in turn, and may be called again for an update that it has
// already taken.
type Handler func(ctx context.Context, u bot.Update) error

// errStopped says that an update was not handled because the bot is ending. Telegram hands it out again.
var errStopped = errors.New("the bot is ending")

// lanes calls the handler: one lane for each chat that has something to do, and none for the others. telebot starts a goroutine
// for each update, so that two messages of one chat overtake each other.
type lanes struct {
	handle Handler
	ctx    context.Context // of the handlers; ends when the time to finish is over
	cancel context.CancelFunc

	mu      sync.Mutex
	chats   map[int64]*lane
	closed  bool
	running sync.WaitGroup
}

type lane struct{ queue []job }

// job is an update and who wants to know its end.
type job struct {
	update bot.Update
	done   func(error)
}

func newLanes(handle Handler) *lanes {
	l := &lanes{handle: handle, chats: make(map[int64]*lane)}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	return l
}

// add queues an update behind the earlier ones of its chat. done is called once, with errStopped if it never came to that.
func (l *lanes) add(u bot.Update, done func(error)) {
	key := u.Chat
	if key == 0 {
		key = u.From.ID // a press in an inline message
	}
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		done(errStopped)
		return
	}
	defer l.mu.Unlock()
	if lane := l.chats[key]; lane != nil {
		lane.queue = append(lane.queue, job{u, done})
		return
	}
	lane := &lane{queue: []job{{u, done}}}
	l.chats[key] = lane
	l.running.Add(1)
	go l.run(key, lane)
}

// run works a lane off and ends with it.
func (l *lanes) run(key int64, lane *lane) {
	defer l.running.Done()
	for {
		j, closed, ok := l.take(key, lane)
		switch {
		case !ok:
			return
		case closed:
			j.done(errStopped)
		default:
			j.done(l.handle(l.ctx, j.update))
		}
	}
}

func (l *lanes) take(key int64, lane *lane) (j job, closed, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(lane.queue) == 0 {
		delete(l.chats, key)
		return job{}, l.closed, false
	}
	j = lane.queue[0]
	lane.queue[0] = job{}
	lane.queue = lane.queue[1:]
	return j, l.closed, true
}

// drain takes nothing more in, gives up what has not begun, and waits for what has. When ctx ends first, the handlers' context
// ends too and drain returns without them.
func (l *lanes) drain(ctx context.Context) error {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	defer l.cancel()
	idle := make(chan struct{})
	go func() {
		l.running.Wait()
		close(idle)
	}()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("handlers still at work: %w", ctx.Err())
	}
}
