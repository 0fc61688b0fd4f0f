package telegram

import (
	"errors"
	"time"

	"respite/bot"
)

// calm is how long there must be no conflict for it to be over: two pollers take turns in throwing each other out.
const calm = time.Minute

// trouble decides how long to wait after a failed getUpdates and says once what is wrong.
type trouble struct {
	client      *Client
	network     backoff
	rivals      backoff
	unreachable bool
	conflict    time.Time // the last one; zero if there was none or it is over
}

func newTrouble(c *Client) *trouble {
	return &trouble{
		client:  c,
		network: backoff{least: 250 * time.Millisecond, most: 30 * time.Second},
		rivals:  backoff{least: time.Second, most: 10 * time.Second},
	}
}

// met gives the pause after a failure; fatal if waiting cannot help.
func (t *trouble) met(err error) (pause time.Duration, fatal bool) {
	f, _ := errors.AsType[*bot.Failure](err)
	switch {
	case f == nil:
		return t.network.next(), false
	case f.Kind == bot.BadToken:
		return 0, true
	case f.Kind == bot.TooMany:
		return f.After, false
	case f.Kind == bot.Rival:
		if t.conflict.IsZero() {
			t.client.observe(Note{Kind: RivalPolls, Err: err})
		}
		t.conflict = time.Now()
		return t.rivals.next(), false
	}
	if !t.unreachable {
		t.unreachable = true
		t.client.observe(Note{Kind: Unreachable, Err: err})
	}
	return t.network.next(), false
}

// over is told of each success.
func (t *trouble) over() {
	t.network.reset()
	if t.unreachable {
		t.unreachable = false
		t.client.observe(Note{Kind: Reachable})
	}
	if !t.conflict.IsZero() && time.Since(t.conflict) > calm {
		t.conflict = time.Time{}
		t.rivals.reset()
		t.client.observe(Note{Kind: RivalGone})
	}
}
