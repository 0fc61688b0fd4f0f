package desk_test

import (
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
	"respite/bot/desk"
	"respite/bot/phone"
	"respite/bot/store"
	"respite/bot/telegram"
)

// TestAHundredBorrowersAtOnce has a hundred borrowers write three messages each while the group takes twenty calls a minute: each
// case's words arrive as one message, in order, and Telegram never has to say no.
func TestAHundredBorrowersAtOnce(t *testing.T) {
	const borrowers = 100
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	standIn := phone.New(phone.Options{Now: clock, Limits: phone.TelegramLimits})
	server := httptest.NewServer(standIn)
	t.Cleanup(func() { standIn.Close(); server.Close() })
	client, err := telegram.New(telegram.Options{Token: phone.DefaultToken, URL: server.URL})
	require.NoError(t, err)
	kept, err := store.Open(t.Context(), "redis://"+miniredis.RunT(t).Addr(), store.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = kept.Close() })
	standIn.Person(agent, "Zhou", "en")
	g := standIn.Group(group, "agents", true)
	d := desk.New(desk.Options{Send: client, Index: kept.Desk(), Group: group, Clock: clock, Log: zerolog.Nop()})

	waiting, links := map[int64][]bot.Parcel{}, map[int64][]byte{}
	for chat := range int64(borrowers) {
		waiting[chat] = []bot.Parcel{card("case", "waiting")}
		for i := range 3 {
			waiting[chat] = append(waiting[chat], bot.Parcel{Seq: int64(i + 2), Desk: bot.DeskWords, Out: bot.Outgoing{Op: bot.OpSend, Text: fmt.Sprintf("%d says %d", chat, i)}})
		}
		waiting[chat] = append(waiting[chat], card("case", "waiting, with words"))
	}
	began := now
	for len(waiting) > 0 {
		rest := time.Minute
		for chat := range int64(borrowers) {
			if waiting[chat] == nil {
				continue
			}
			filed, err := d.Deliver(t.Context(), chat, links[chat], waiting[chat])
			if filed.Link != nil {
				links[chat] = filed.Link
			}
			if waiting[chat] = left(waiting[chat], filed.Done); waiting[chat] == nil {
				delete(waiting, chat)
			}
			var f *bot.Failure
			if errors.As(err, &f) {
				require.Equal(t, bot.TooMany, f.Kind)
				require.ErrorContains(t, f, "budget", "the desk waits by itself; Telegram never refuses")
				rest = min(rest, f.After)
				continue
			}
			require.NoError(t, err)
		}
		now = now.Add(rest)
	}
	require.Less(t, now.Sub(began), 20*time.Minute, "three calls for each case, at 18 a minute")
	for chat := range borrowers {
		found := 0
		for _, m := range g.Messages(0) {
			if m.Text == fmt.Sprintf("%d says 0\n\n%d says 1\n\n%d says 2", chat, chat, chat) {
				found++
			}
		}
		require.Equal(t, 1, found, "borrower %d", chat)
	}
	require.Len(t, g.Topics(), borrowers+1)
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
