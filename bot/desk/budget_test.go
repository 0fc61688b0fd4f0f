package desk_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"respite/bot"
	"respite/bot/budget"
	"respite/bot/desk"
	"respite/bot/phone"
	"respite/bot/store"
	"respite/bot/telegram"
)

// counter stands between a desk and Telegram. Every so many calls the instance is killed: the call is carried out, and nobody learns of it.
type counter struct {
	bot.Messenger
	every, calls int
}

var errKilled = errors.New("killed")

// Do carries a call out.
func (c *counter) Do(ctx context.Context, out bot.Outgoing) (bot.Sent, error) {
	sent, err := c.Messenger.Do(ctx, out)
	if err == nil {
		if c.calls++; c.every != 0 && c.calls%c.every == 0 {
			return bot.Sent{}, errKilled
		}
	}
	return sent, err
}

// crowd is borrowers who write three messages each while the group takes twenty calls a minute.
type crowd struct {
	borrowers int64
	now       time.Time
	redis     *miniredis.Miniredis
	group     *phone.Group
	counter   *counter
	desks     [2]func() *desk.Desk // instances; each call is a new life
	waiting   map[int64][]bot.Parcel
	links     map[int64][]byte
	deaths    int
}

func newCrowd(t *testing.T, borrowers int64, every int) *crowd {
	t.Helper()
	c := &crowd{borrowers: borrowers, now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), redis: miniredis.RunT(t), waiting: map[int64][]bot.Parcel{}, links: map[int64][]byte{}}
	c.redis.SetTime(c.now)
	clock := func() time.Time { return c.now }
	standIn := phone.New(phone.Options{Now: clock, Limits: phone.TelegramLimits})
	server := httptest.NewServer(standIn)
	t.Cleanup(func() { standIn.Close(); server.Close() })
	client, err := telegram.New(telegram.Options{Token: phone.DefaultToken, URL: server.URL})
	require.NoError(t, err)
	kept, err := store.Open(t.Context(), "redis://"+c.redis.Addr(), store.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = kept.Close() })
	standIn.Person(agent, "Zhou", "en")
	c.group = standIn.Group(group, "agents", true)
	c.counter = &counter{Messenger: client, every: every}
	for i := range c.desks {
		send := budget.New(c.counter, kept.Client(), phone.DefaultToken, budget.Limits{PerSecond: 300, PerChat: 1}) // no time passes within a round
		c.desks[i] = func() *desk.Desk {
			return desk.New(desk.Options{Send: send, Index: kept.Desk(), Group: group, Clock: clock, Log: zerolog.Nop()})
		}
	}
	for chat := range borrowers {
		c.waiting[chat] = []bot.Parcel{card("case", "waiting")}
		for i := range 3 {
			c.waiting[chat] = append(c.waiting[chat], bot.Parcel{Seq: int64(i + 2), Desk: bot.DeskWords, Out: bot.Outgoing{Op: bot.OpSend, Text: fmt.Sprintf("%d says %d", chat, i)}})
		}
		c.waiting[chat] = append(c.waiting[chat], card("case", "waiting, with words"))
	}
	return c
}

// round has every waiting case tried once, by one instance or the other, and says when to look again.
func (c *crowd) round(t *testing.T, lives *[2]*desk.Desk) (rest time.Duration) {
	t.Helper()
	for chat := range c.borrowers {
		if c.waiting[chat] == nil {
			continue
		}
		which := int(chat) % len(lives)
		if lives[which] == nil {
			lives[which] = c.desks[which]()
		}
		filed, err := lives[which].Deliver(t.Context(), chat, c.links[chat], c.waiting[chat])
		if errors.Is(err, errKilled) { // what was done is not struck off, and a new link is not kept
			lives[which] = nil
			c.deaths++
			continue
		}
		if filed.Link != nil {
			c.links[chat] = filed.Link
		}
		if c.waiting[chat] = left(c.waiting[chat], filed.Done); c.waiting[chat] == nil {
			delete(c.waiting, chat)
		}
		if f, ok := errors.AsType[*bot.Failure](err); ok {
			require.Equal(t, bot.TooMany, f.Kind)
			require.ErrorContains(t, f, "budget", "the desk waits by itself; Telegram never refuses")
			rest = 20 * time.Second
			continue
		}
		require.NoError(t, err)
	}
	return rest
}

// TestAHundredBorrowersAtOnce has two instances share what the group takes: each case's words arrive as one message, in order, and
// Telegram never has to say no; also if an instance is killed again and again in the middle of it.
func TestAHundredBorrowersAtOnce(t *testing.T) {
	for name, at := range map[string]struct {
		borrowers int64
		every     int
	}{"undisturbed": {100, 0}, "killed": {25, 10}} {
		t.Run(name, func(t *testing.T) {
			c := newCrowd(t, at.borrowers, at.every)
			began := c.now
			var lives [2]*desk.Desk
			for len(c.waiting) > 0 {
				c.now = c.now.Add(c.round(t, &lives))
				c.redis.SetTime(c.now)
			}
			if at.every != 0 {
				require.Positive(t, c.deaths)
			}
			require.Less(t, c.now.Sub(began), 25*time.Minute, "three calls for each case, and a card, at 15 a minute and a few at once")
			twice := 0
			for chat := range c.borrowers {
				found := 0
				for _, m := range c.group.Messages(0) {
					if m.Text == fmt.Sprintf("%d says 0\n\n%d says 1\n\n%d says 2", chat, chat, chat) {
						found++
					}
				}
				require.GreaterOrEqual(t, found, 1, "borrower %d", chat)
				twice += found - 1
			}
			require.LessOrEqual(t, twice, c.deaths, "once more at most for each death")
			require.LessOrEqual(t, len(c.group.Topics()), int(c.borrowers)+1+c.deaths)
		})
	}
}

// left are the parcels that were not dealt with.
func left(parcels []bot.Parcel, done []int) (rest []bot.Parcel) {
	dealt := map[int]bool{}
	for _, i := range done {
		dealt[i] = true
	}
	for i, p := range parcels {
		if !dealt[i] {
			rest = append(rest, p)
		}
	}
	return rest
}

func TestACardThatShowsTheSameIsNotEdited(t *testing.T) {
	o := newOffice(t, group, true)
	o.deliver(t, card("first", "open"))
	o.deliver(t, card("first", "open"))
	for _, m := range o.group.Messages(o.topic(t).ID) {
		if strings.Contains(m.Text, "first") {
			require.Zero(t, m.Edits)
		}
	}
}

func TestAStrangerIsNotAdmitted(t *testing.T) {
	o := newOffice(t, group, true)
	s, err := o.Admit(t.Context(), bot.User{ID: agent, Name: "Zhou"})
	require.NoError(t, err)
	require.Equal(t, bot.Standing{Inside: true, Decides: true}, s)
	s, err = o.Admit(t.Context(), bot.User{ID: borrower, Name: "Ann"})
	require.NoError(t, err)
	require.Equal(t, bot.Standing{}, s)
	require.Len(t, o.Colleagues(), 1)

	held, err := o.Dismiss(t.Context(), agent)
	require.NoError(t, err)
	require.Empty(t, held)
	s, err = o.Admit(t.Context(), bot.User{ID: agent, Name: "Zhou"})
	require.NoError(t, err)
	require.False(t, s.Inside, "at once, not when Telegram's answer is forgotten")
}

func TestWhoMayDecide(t *testing.T) {
	for setting, may := range map[string]bool{"all": true, "admins": true, "900,5": true, "5": false} {
		who, err := desk.ParseDeciders(setting)
		require.NoError(t, err)
		o := newOffice(t, group, true)
		o.Deciders = who
		s, err := o.Admit(t.Context(), bot.User{ID: agent, Name: "Zhou"})
		require.NoError(t, err)
		require.Equal(t, may, s.Decides, setting)
	}
	_, err := desk.ParseDeciders("some")
	require.ErrorContains(t, err, `"some"`)
}
