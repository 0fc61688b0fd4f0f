package phone_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

const (
	ann    = int64(21)
	bob    = int64(22)
	deskID = int64(-1001000000001)
)

// desk is a forum with two agents, one of them an administrator.
func desk(t *testing.T, opt phone.Options) (*fixture, *phone.Group) {
	t.Helper()
	f := newFixture(t, opt)
	f.Person(ann, "Ann", "en")
	f.Person(bob, "Bob", "en")
	g := f.Group(deskID, "Agents", true)
	g.Promote(ann)
	g.Join(bob)
	f.drain()
	return f, g
}

func (f *fixture) topic(g *phone.Group, name string) int {
	f.t.Helper()
	var made struct {
		Thread int `json:"message_thread_id"`
		Name   string
	}
	f.allowed("createForumTopic", fields{"chat_id": g.ID(), "name": name}).into(f.t, &made)
	require.Equal(f.t, name, made.Name)
	return made.Thread
}

func in(g *phone.Group, thread int, text string) fields {
	return fields{"chat_id": g.ID(), "message_thread_id": thread, "text": text}
}

func TestTopics(t *testing.T) {
	f, g := desk(t, phone.Options{})
	thread := f.topic(g, "Case 1")
	id := f.allowed("sendMessage", in(g, thread, "card")).messageID(t)
	g.SayIn(thread, bob, "mine")
	g.ReplyTo(id, ann, "no, mine")
	g.SayIn(1, bob, "in general")

	list := f.drain()
	require.Len(t, list, 3)
	require.Equal(t, thread, list[0].Message.Thread)
	require.Equal(t, thread, list[0].Message.ReplyTo.ID, "what answers nothing answers the message that opened the topic")
	require.Equal(t, "Case 1", list[0].Message.ReplyTo.Created.Name)
	require.Equal(t, id, list[1].Message.ReplyTo.ID)
	require.Equal(t, thread, list[1].Message.Thread)
	require.Zero(t, list[2].Message.Thread)
	require.Len(t, g.Messages(thread), 4)
	require.Len(t, g.Messages(1), 1)
	require.Equal(t, []phone.Topic{{ID: 1}, {ID: thread, Name: "Case 1"}}, g.Topics())

	edit := func(name string) fields {
		return fields{"chat_id": g.ID(), "message_thread_id": thread, "name": name}
	}
	f.allowed("editForumTopic", edit("Case 1, held"))
	f.refused(400, "Bad Request: TOPIC_NOT_MODIFIED", "editForumTopic", edit("Case 1, held"))
	f.refused(400, "Bad Request: message thread not found", "sendMessage", in(g, 999, "x"))
	f.refused(400, "Bad Request: message thread not found", "sendMessage", in(g, 1, "General has no thread id"))
	f.refused(400, "Bad Request: TOPIC_ID_INVALID", "closeForumTopic", fields{"chat_id": g.ID(), "message_thread_id": 999})

	plain := f.Group(-1001000000002, "No topics", false)
	f.refused(400, "Bad Request: the chat is not a forum", "createForumTopic", fields{"chat_id": plain.ID(), "name": "x"})
}

func TestADeletedTopic(t *testing.T) {
	f, g := desk(t, phone.Options{})
	thread := f.topic(g, "Case 1")
	card := f.allowed("sendMessage", in(g, thread, "card")).messageID(t)
	g.DeleteTopic(thread)
	require.Empty(t, f.drain(), "nobody tells the bot")
	f.refused(400, "Bad Request: message thread not found", "sendMessage", in(g, thread, "x"))
	f.refused(400, "Bad Request: message to edit not found", "editMessageText", fields{"chat_id": g.ID(), "message_id": card, "text": "x"})
	f.refused(400, "Bad Request: TOPIC_ID_INVALID", "editForumTopic", fields{"chat_id": g.ID(), "message_thread_id": thread, "name": "x"})
	f.allowed("sendChatAction", fields{"chat_id": g.ID(), "message_thread_id": thread, "action": "typing"})

	thread = f.topic(g, "Case 1 again")
	g.DeleteTopicUnnoticed(thread)
	f.refused(400, "Bad Request: TOPIC_DELETED", "sendMessage", in(g, thread, "x"))
	f.refused(400, "Bad Request: message thread not found", "sendMessage", in(g, thread, "x"))
}

func TestAClosedTopic(t *testing.T) {
	f, g := desk(t, phone.Options{})
	thread := f.topic(g, "Case 1")
	this := fields{"chat_id": g.ID(), "message_thread_id": thread}
	said := g.SayIn(thread, bob, "hello")
	f.drain()
	g.CloseTopic(thread, ann)
	require.NotNil(t, f.drain()[0].Message.Closed)
	f.refused(400, "Bad Request: TOPIC_CLOSED", "sendMessage", in(g, thread, "x"))
	f.refused(400, "Bad Request: TOPIC_NOT_MODIFIED", "closeForumTopic", this)
	f.refused(400, "Bad Request: TOPIC_CLOSED", "sendMessage", fields{"chat_id": g.ID(), "text": "x", "reply_to_message_id": said})
	require.Panics(t, func() { g.SayIn(thread, bob, "closed to members") })
	require.Panics(t, func() { g.ReplyTo(said, bob, "closed to their answers, too") })
	g.SayIn(thread, ann, "open to administrators")
	f.allowed("reopenForumTopic", this)
	f.refused(400, "Bad Request: TOPIC_NOT_MODIFIED", "reopenForumTopic", this)
	f.allowed("sendMessage", in(g, thread, "x"))
	f.allowed("deleteForumTopic", this)
	require.Len(t, g.Topics(), 1)

	f, g = desk(t, phone.Options{AdminsWriteClosed: true})
	thread = f.topic(g, "Case 1")
	f.allowed("closeForumTopic", fields{"chat_id": g.ID(), "message_thread_id": thread})
	f.allowed("sendMessage", in(g, thread, "x"))
}

func TestADemotedBot(t *testing.T) {
	f, g := desk(t, phone.Options{})
	own := f.topic(g, "Case 1")
	theirs := g.CreateTopic(ann, "Lounge")
	said := g.SayIn(own, bob, "hello")
	f.drain()
	g.DemoteBot(ann)
	mine := f.drain()[0].Mine
	require.Equal(t, "administrator", mine.Old.Status)
	require.Equal(t, "member", mine.New.Status)
	require.Equal(t, ann, mine.From.ID)

	edit := func(thread int, name string) fields {
		return fields{"chat_id": g.ID(), "message_thread_id": thread, "name": name}
	}
	f.refused(400, "Bad Request: not enough rights to create a topic", "createForumTopic", fields{"chat_id": g.ID(), "name": "Case 2"})
	f.refused(400, "Bad Request: not enough rights to edit the topic", "editForumTopic", edit(theirs, "x"))
	f.allowed("editForumTopic", edit(own, "a topic of one's own can be edited"))
	f.refused(400, "Bad Request: not enough rights to delete the topic", "deleteForumTopic", edit(own, ""))
	f.refused(400, "Bad Request: not enough rights to manage pinned messages in the chat", "pinChatMessage", fields{"chat_id": g.ID(), "message_id": said})
	f.refused(400, "Bad Request: message can't be deleted for everyone", "deleteMessage", fields{"chat_id": g.ID(), "message_id": said})

	g.SayIn(own, bob, "group privacy hides this")
	card := f.allowed("sendMessage", in(g, own, "card")).messageID(t)
	g.ReplyTo(card, bob, "but not an answer")
	g.SayIn(own, bob, "/help nor a command")
	list := f.drain()
	require.Len(t, list, 2)
	require.Equal(t, "but not an answer", list[0].Message.Text)

	g.PromoteBot(ann, phone.Rights{ManageTopics: true})
	require.True(t, f.drain()[0].Mine.New.ManageTopics)
	f.topic(g, "Case 2")
	f.refused(400, "Bad Request: not enough rights to manage pinned messages in the chat", "pinChatMessage", fields{"chat_id": g.ID(), "message_id": said})
}

func TestWhoIsInTheGroup(t *testing.T) {
	f, g := desk(t, phone.Options{})
	f.Person(23, "Eve", "en")
	status := func(user int64) string {
		var m struct{ Status string }
		f.allowed("getChatMember", fields{"chat_id": g.ID(), "user_id": user}).into(t, &m)
		return m.Status
	}
	require.Equal(t, "administrator", status(ann))
	require.Equal(t, "member", status(bob))
	require.Equal(t, "left", status(23))
	require.Equal(t, "administrator", status(7000000001))
	f.refused(400, "Bad Request: PARTICIPANT_ID_INVALID", "getChatMember", fields{"chat_id": g.ID(), "user_id": 99})
	var admins []struct{ User struct{ ID int64 } }
	f.allowed("getChatAdministrators", fields{"chat_id": g.ID()}).into(t, &admins)
	require.Len(t, admins, 1, "bots are left out")
	require.Equal(t, ann, admins[0].User.ID)

	f.updates(fields{"allowed_updates": []string{"message", "chat_member"}})
	g.Leave(bob)
	require.Equal(t, "left", f.drain()[0].Theirs.New.Status)
	require.Equal(t, "left", status(bob))
	require.Panics(t, func() { g.SayIn(0, bob, "still here?") })

	var chat struct {
		Type    string
		Title   string
		IsForum bool `json:"is_forum"`
	}
	f.allowed("getChat", fields{"chat_id": g.ID()}).into(t, &chat)
	require.Equal(t, "supergroup", chat.Type)
	require.True(t, chat.IsForum)
}

func TestTheBotComesAndGoes(t *testing.T) {
	f, g := desk(t, phone.Options{})
	g.RemoveBot(ann)
	require.Equal(t, "kicked", f.drain()[0].Mine.New.Status)
	f.refused(403, "Forbidden: bot was kicked from the supergroup chat", "sendMessage", hello(g.ID()))
	f.refused(403, "Forbidden: bot was kicked from the supergroup chat", "getChatMember", fields{"chat_id": g.ID(), "user_id": ann})
	g.SayIn(0, ann, "/start and it does not hear this")
	require.Empty(t, f.drain())

	old := f.Group(-41, "Old agents", false)
	old.Join(ann)
	old.RemoveBot(ann)
	f.refused(403, "Forbidden: bot was kicked from the group chat", "sendMessage", hello(-41))

	strange := f.StrangeGroup(-42, "Strangers")
	f.drain()
	f.refused(403, "Forbidden: bot is not a member of the group chat", "sendMessage", hello(-42))
	strange.AddBot(ann)
	list := f.drain()
	require.Equal(t, "member", list[0].Mine.New.Status)
	require.Equal(t, int64(-42), list[0].Mine.Chat.ID)
	f.allowed("sendMessage", hello(-42))
	f.allowed("leaveChat", fields{"chat_id": -42})
	f.refused(403, "Forbidden: bot is not a member of the group chat", "sendMessage", hello(-42))
}

func TestAGroupBecomesASupergroup(t *testing.T) {
	f := newFixture(t, phone.Options{})
	f.Person(ann, "Ann", "en")
	g := f.Group(-41, "Agents", false)
	g.Join(ann)
	f.allowed("sendMessage", hello(-41))
	f.drain()
	g.Upgrade(ann, deskID)
	require.Equal(t, deskID, g.ID())
	list := f.drain()
	require.Equal(t, deskID, list[0].Message.MigrateTo)
	require.Equal(t, int64(-41), list[1].Message.MigrateFrom)
	r := f.refused(400, "Bad Request: group chat was upgraded to a supergroup chat", "sendMessage", hello(-41))
	require.Equal(t, deskID, r.Parameters.MigrateTo)
	f.allowed("sendMessage", hello(deskID))
	g.TurnTopics(true)
	f.topic(g, "Case 1")
	require.Panics(t, func() { g.Upgrade(ann, deskID-1) })
}

func TestChainsOfRepliesLookLikeThreads(t *testing.T) {
	f, g := desk(t, phone.Options{})
	root := f.allowed("sendMessage", hello(g.ID())).messageID(t)
	g.ReplyTo(g.ReplyTo(root, ann, "one"), bob, "two")
	list := f.drain()
	require.Equal(t, root, list[0].Message.Thread)
	require.Equal(t, root, list[1].Message.Thread)
	f.refused(400, "Bad Request: message thread not found", "sendMessage", in(g, root, "not a topic"))
	require.Len(t, g.Messages(1), 3, "to people they are in General")
}

func TestPressingInTheGroup(t *testing.T) {
	f, g := desk(t, phone.Options{})
	thread := f.topic(g, "Case 1")
	p := in(g, thread, "card")
	p["reply_markup"] = keyboard([]fields{key("Claim", "claim")})
	id := f.allowed("sendMessage", p).messageID(t)
	g.Press(ann, "Claim")
	g.PressOn(id, bob, "Claim")
	list := f.drain()
	require.Len(t, list, 2)
	require.Equal(t, "claim", list[1].Query.Data)
	require.Panics(t, func() { g.PressOn(id, bob, "Release") })
}
