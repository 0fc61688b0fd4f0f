package phone_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

func TestWhatAgentsDoInATopic(t *testing.T) {
	f, g := desk(t, phone.Options{})
	thread := f.topic(g, "Case 1")
	file := g.SendIn(thread, bob, phone.File{Name: "letter.pdf", Bytes: []byte("%PDF")})
	album := g.AlbumIn(thread, bob, phone.File{Kind: phone.Photo, Bytes: picture(t, 9, 9)}, phone.File{Kind: phone.Photo, Bytes: picture(t, 8, 8)})
	said := g.SayIn(thread, bob, "// a note")
	g.Edit(said, bob, "// a better note")
	require.Panics(t, func() { g.Edit(said, ann, "not hers") })
	g.Delete(said, ann)
	require.Panics(t, func() { g.Delete(file, 99) })
	list := f.drain()
	require.Len(t, list, 5, "a deletion is not told")
	require.Equal(t, "letter.pdf", list[0].Message.Document.Name)
	require.Equal(t, list[1].Message.Album, list[2].Message.Album)
	require.Equal(t, album[1], list[2].Message.ID)
	require.Equal(t, thread, list[2].Message.Thread)
	require.Equal(t, "// a better note", list[4].Edited.Text)
	require.Len(t, g.Messages(thread), 4)

	g.CloseTopic(thread, ann)
	g.ReopenTopic(thread, ann)
	list = f.drain()
	require.NotNil(t, list[0].Message.Closed)
	require.NotNil(t, list[1].Message.Reopened)
	require.Panics(t, func() { g.ReopenTopic(thread, ann) })
	require.Panics(t, func() { g.SayIn(999, ann, "nowhere") })
}

func TestWaitingForTheBotInATopic(t *testing.T) {
	f, g := desk(t, phone.Options{})
	thread := f.topic(g, "Case 1")
	f.allowed("sendMessage", in(g, thread, "card"))
	f.allowed("sendMessage", in(g, thread, "more"))
	m, err := g.WaitFor(t.Context(), thread, "car")
	require.NoError(t, err)
	require.Equal(t, "card", m.Text)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = g.WaitFor(ctx, 1, "card")
	require.ErrorIs(t, err, context.Canceled)
}

func TestCommandsInTheGroup(t *testing.T) {
	f, g := desk(t, phone.Options{})
	list := []fields{{"command": "case", "description": "Show the case"}}
	f.allowed("setMyCommands", fields{"commands": list, "scope": fields{"type": "chat", "chat_id": g.ID()}})
	stream := f.events()
	var world struct {
		Groups []struct {
			Bot     string
			Members []struct{ Name string }
			Topics  []phone.Topic
		}
	}
	stream.next("world", &world)
	require.Equal(t, "administrator", world.Groups[0].Bot)
	require.Len(t, world.Groups[0].Members, 2)
	require.Len(t, world.Groups[0].Topics, 1)
	require.Equal(t, []string{"case"}, g.Commands(bob))
	require.Empty(t, f.Person(bob, "", "").Commands(), "not in his private chat")

	var n int
	f.allowed("getChatMemberCount", fields{"chat_id": g.ID()}).into(t, &n)
	require.Equal(t, 3, n)
}

func TestALanguageIsChanged(t *testing.T) {
	f, p := started(t)
	f.allowed("setMyDescription", fields{"description": "一个机器人。", "language_code": "zh"})
	require.Equal(t, "一个机器人。", f.Profile("zh-hans").Description)
	p.SetLanguage("en")
	p.Say("hello")
	require.Equal(t, "en", f.updates(fields{"offset": -1})[0].Message.From.Language)
}
