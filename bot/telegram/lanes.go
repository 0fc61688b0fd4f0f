package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

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
	resting []chan *lane // the workers that have nothing to do, the one that worked last at the end
	running sync.WaitGroup
	behind  atomic.Int32 // updates that are safe and still being delivered
}

// mostBehind is how many updates may be answered for before they are delivered.
const mostBehind = 512

// mostResting is how many workers wait for the next lane. The stack of one that has worked is as large as a handler needs it; a new
// one's has to grow in many steps.
const mostResting = 256

type lane struct {
	key   int64
	queue []job
}

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
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		done(errStopped)
		return
	}
	defer l.mu.Unlock()
	if mine, first := l.enter(job{u, done}); first {
		l.begin(mine)
	}
}

// enter puts a job into its chat's lane; first says that the lane is new, so that somebody has to work it off. The caller holds the lock.
func (l *lanes) enter(j job) (mine *lane, first bool) {
	key := j.update.Chat
	if key == 0 {
		key = j.update.From.ID // a press in an inline message
	}
	if mine = l.chats[key]; mine == nil {
		mine, first = &lane{key: key}, true
		l.chats[key] = mine
		l.running.Add(1)
	}
	mine.queue = append(mine.queue, j)
	return mine, first
}

// begin finds a worker for a lane. The caller holds the lock.
func (l *lanes) begin(next *lane) {
	if last := len(l.resting) - 1; last >= 0 {
		l.resting[last] <- next
		l.resting = l.resting[:last]
		return
	}
	go l.work(next)
}

// work works lanes off, one after the other, until the handlers' context ends or enough others wait for the next.
func (l *lanes) work(next *lane) {
	wake := make(chan *lane, 1)
	for {
		l.run(next)
		if !l.rest(wake) {
			return
		}
		select {
		case next = <-wake:
		case <-l.ctx.Done():
			if l.leave(wake) {
				return
			}
			next = <-wake
		}
	}
}

// rest notes that a worker has nothing to do; false if it is not needed any more.
func (l *lanes) rest(wake chan *lane) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ctx.Err() != nil || len(l.resting) >= mostResting {
		return false
	}
	l.resting = append(l.resting, wake)
	return true
}

// leave takes a worker out of those that rest; false if it has been given a lane meanwhile.
func (l *lanes) leave(wake chan *lane) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := slices.Index(l.resting, wake)
	if at >= 0 {
		l.resting = slices.Delete(l.resting, at, at+1)
	}
	return at >= 0
}

// run works a lane off and ends with it.
func (l *lanes) run(lane *lane) {
	defer l.running.Done()
	for {
		j, closed, ok := l.take(lane)
		switch {
		case !ok:
			return
		case closed:
			j.done(errStopped)
		default:
			l.one(j)
		}
	}
}

// one has an update handled. Who wants to know is told as soon as it is safe, unless very many are safe and not delivered: then updates
// come in no faster than their answers go out.
func (l *lanes) one(j job) {
	told := false
	j.update.Safe = func() {
		if told || l.behind.Load() >= mostBehind {
			return
		}
		told = true
		l.behind.Add(1)
		j.done(nil)
	}
	err := l.handle(l.ctx, j.update)
	if told {
		l.behind.Add(-1)
		return
	}
	j.done(err)
}

func (l *lanes) take(lane *lane) (j job, closed, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(lane.queue) == 0 {
		delete(l.chats, lane.key)
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
