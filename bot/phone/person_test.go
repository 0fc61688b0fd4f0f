package phone_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

func TestALongTextIsCut(t *testing.T) {
	f, p := started(t)
	f.drain()
	p.Say(strings.Repeat("😀", 3000))
	list := f.drain()
	require.Len(t, list, 2)
	require.Len(t, []rune(list[0].Message.Text), 2048)
	require.Len(t, []rune(list[1].Message.Text), 952)
}

func TestEditingWhatOneSaid(t *testing.T) {
	f, p := started(t)
	id := p.Say("two thousand")
	f.drain()
	p.Edit(id, "2000")
	require.Equal(t, "2000", f.drain()[0].Edited.Text)
	p.Edit(id, "2000")
	require.Empty(t, f.drain(), "an edit that changes nothing is none")
	bots := f.allowed("sendMessage", hello(11)).messageID(t)
	require.Panics(t, func() { p.Edit(bots, "I said so") })
	f.advance(49 * time.Hour)
	require.Panics(t, func() { p.Edit(id, "too late") })
}

func TestBlockingIsTold(t *testing.T) {
	f, p := started(t)
	f.drain()
	p.Block()
	p.Start()
	list := f.drain()
	require.Len(t, list, 3)
	require.Equal(t, "kicked", list[0].Mine.New.Status)
	require.Equal(t, "member", list[1].Mine.New.Status)
	require.Equal(t, "/start", list[2].Message.Text)
}

func TestWaitingShowsTheChatWhenItIsInVain(t *testing.T) {
	f, p := started(t)
	f.allowed("sendMessage", fields{"chat_id": 11, "text": "Hello.\nWhat is it?", "reply_markup": keyboard([]fields{key("A", "a"), key("B", "b")}, []fields{key("C", "c")})})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := p.WaitFor(ctx, "goodbye")
	require.ErrorIs(t, err, context.Canceled)
	require.Contains(t, err.Error(), "> /start\n< Hello.\n  What is it?\n  [A] [B]\n  [C]\n")
}

func TestMessageIDsAreSharedButNotBySupergroups(t *testing.T) {
	f := newFixture(t, phone.Options{})
	one, two := f.Person(11, "Mei", ""), f.Person(12, "Li", "")
	require.Equal(t, 1, one.Say("a"))
	require.Equal(t, 2, two.Say("b"))
	g := f.Group(deskID, "Agents", false)
	g.Join(11)
	require.Equal(t, 2, g.SayIn(0, 11, "c"), "1 is the message that made the group")
}
