package chaos_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

// leaver is somebody who blocks the bot while it answers, and lets it back in. What it says meanwhile is refused with 403 and gone.
type leaver struct {
	*phone.Person
	world *world
	rand  *rand.Rand
	said  int
}

func (l *leaver) write(ctx context.Context) {
	for ctx.Err() == nil {
		l.say(fmt.Sprintf("word%d", l.said))
		l.rest(ctx)
		l.Block()
		l.rest(ctx)
		l.Unblock()
	}
}

func (l *leaver) say(text string) {
	l.said++
	l.Say(text)
}

// rest is about as long as an answer takes.
func (l *leaver) rest(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(l.rand.IntN(60)) * time.Millisecond):
	}
}

// check wants the chat to go on after all that, and nothing to have been said out of order or twice.
func (l *leaver) check(kills int) {
	t := l.world.t
	l.say("the last")
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	_, err := l.Wait(ctx, func(all []phone.Message) bool {
		last := all[len(all)-1]
		return last.Bot && strings.Contains(last.Text, "b the last")
	})
	require.NoError(t, err)
	before, doubled := 0, 0
	for _, m := range l.Messages() {
		if !m.Bot {
			continue
		}
		turn, part := 0, ""
		_, err := fmt.Sscanf(m.Text, "%d%1s", &turn, &part)
		require.NoError(t, err, m.Text)
		place := 2 * turn
		if part == "b" {
			place++
		}
		require.GreaterOrEqual(t, place, before, "in order:\n%s", l.Transcript())
		if place == before {
			doubled++
		}
		before = place
	}
	require.LessOrEqual(t, doubled, kills)
}
