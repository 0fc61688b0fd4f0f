package phone_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

func TestFloodLimits(t *testing.T) {
	f := newFixture(t, phone.Options{Limits: phone.TelegramLimits})
	for id := range int64(40) {
		f.Person(id+1, "Mei", "zh-hans").Start()
	}
	group := f.Group(-1001, "Agents", false)
	send := func(chat int64) reply { return f.call("sendMessage", fields{"chat_id": chat, "text": "hello"}) }

	for range 5 {
		require.True(t, send(1).OK, "a short burst passes")
	}
	r := send(1)
	require.Equal(t, 429, r.Code)
	require.Equal(t, "Too Many Requests: retry after 5", r.Description)
	require.Equal(t, 5, r.Parameters.RetryAfter)
	require.Equal(t, 429, f.call("editMessageText", fields{"chat_id": 1, "message_id": 2, "text": "x"}).Code, "edits share the budget")
	require.True(t, f.call("sendChatAction", fields{"chat_id": 1, "action": "typing"}).OK)

	for id := range int64(25) {
		require.True(t, send(id+2).OK)
	}
	require.Equal(t, 1, send(40).Parameters.RetryAfter, "thirty a second over all chats")
	f.advance(time.Second)
	require.True(t, send(40).OK)

	f.advance(time.Minute)
	for range 20 {
		f.advance(time.Second)
		require.True(t, send(group.ID()).OK)
	}
	require.Equal(t, 41, send(group.ID()).Parameters.RetryAfter, "twenty a minute into a group")
	f.advance(41 * time.Second)
	require.True(t, send(group.ID()).OK)
}

func TestAnAlbumCountsAsItsItems(t *testing.T) {
	f := newFixture(t, phone.Options{Limits: phone.Limits{ChatPerSecond: 1, ChatBurst: 3}})
	p := f.Person(11, "Mei", "zh-hans")
	p.Start()
	f.updates(nil)
	id := p.Send(phone.File{Name: "a.pdf", Bytes: []byte("a")})
	file := f.fileID(id)
	item := fields{"type": "document", "media": file}
	f.allowed("sendMediaGroup", fields{"chat_id": 11, "media": []fields{item, item, item}})
	require.Equal(t, 429, f.call("sendMessage", fields{"chat_id": 11, "text": "x"}).Code)
}
