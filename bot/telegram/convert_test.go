package telegram

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

func TestConvert(t *testing.T) {
	const (
		li      = `"from":{"id":5000000001,"is_bot":false,"first_name":"Li","last_name":"Na","username":"lina","language_code":"zh-hans"}`
		private = `"chat":{"id":5000000001,"first_name":"Li","type":"private"}`
		group   = `"chat":{"id":-1001234567890123,"title":"Agents","is_forum":true,"type":"supergroup"}`
		plain   = `"chat":{"id":-4001,"title":"Agents","type":"group","all_members_are_administrators":true}`
		head    = `"message_id":17,"date":1763790000`
		size    = `"file_unique_id":"u1","file_size":2048`
		self    = `{"user":{"id":4242,"is_bot":true,"first_name":"Respite"},"status":`
		other   = `{"user":{"id":6000000001,"is_bot":false,"first_name":"Wang"},"status":`
	)
	user := bot.User{ID: 5000000001, Language: "zh-hans", Name: "Li Na"}
	when := time.Unix(1763790000, 0).UTC()
	said := bot.Update{ID: 9, Chat: 5000000001, Private: true, From: user, Message: 17, At: when}
	inGroup := bot.Update{ID: 9, Chat: -1001234567890123, From: user, Message: 17, At: when}
	change := bot.Update{ID: 9, Chat: -1001234567890123, From: user, At: when}
	with := func(u bot.Update, change func(*bot.Update)) bot.Update {
		change(&u)
		return u
	}
	kind := func(u bot.Update, k bot.UpdateKind) bot.Update { u.Kind = k; return u }
	file := func(f bot.File) bot.Update {
		return with(said, func(u *bot.Update) { u.Kind, u.File = bot.Attached, &f })
	}
	for _, c := range []struct {
		name, body string
		want       bot.Update
	}{
		{"text", `"message":{` + head + `,` + li + `,` + private + `,"text":"\u6211\u6b20\u4e86\u4e24\u4e07\u4e94 \ud83d\ude14",` +
			`"entities":[{"type":"bold","offset":0,"length":2}]}`,
			with(said, func(u *bot.Update) { u.Kind, u.Text = bot.Typed, "我欠了两万五 😔" })},
		{"command", `"message":{` + head + `,` + li + `,` + private + `,"text":"/START","entities":[{"type":"bot_command","offset":0,"length":6}]}`,
			with(said, func(u *bot.Update) { u.Kind, u.Text = bot.Typed, "/START" })},
		{"reply", `"message":{` + head + `,` + li + `,` + private + `,"text":"yes","reply_to_message":{"message_id":12,"date":1,` + private + `,"text":"?"}}`,
			with(said, func(u *bot.Update) { u.Kind, u.Text, u.ReplyTo = bot.Typed, "yes", 12 })},
		{"edit", `"edited_message":{` + head + `,"edit_date":1763790060,` + li + `,` + private + `,"text":"20000"}`,
			with(said, func(u *bot.Update) { u.Kind, u.Text, u.At = bot.Edited, "20000", when.Add(time.Minute) })},
		{"edited caption", `"edited_message":{` + head + `,"edit_date":1763790060,` + li + `,` + private + `,"caption":"payslip","photo":[{"file_id":"p",` + size + `}]}`,
			with(said, func(u *bot.Update) { u.Kind, u.Text, u.At = bot.Edited, "payslip", when.Add(time.Minute) })},
		{"live location moves", `"edited_message":{` + head + `,"edit_date":1763790060,` + li + `,` + private + `,"location":{"latitude":1.5,"longitude":2.5}}`,
			with(said, func(u *bot.Update) { u.Kind, u.At = bot.Service, when.Add(time.Minute) })},

		{"photo in an album", `"message":{` + head + `,` + li + `,` + private + `,"media_group_id":"137","caption":"payslips",` +
			`"photo":[{"file_id":"small","file_unique_id":"s","file_size":10,"width":90,"height":60},{"file_id":"large",` + size + `,"width":900,"height":600}]}`,
			with(file(bot.File{Kind: bot.Photo, ID: "large", Unique: "u1", Size: 2048}), func(u *bot.Update) { u.Text, u.Album = "payslips", "137" })},
		{"photo without sizes", `"message":{` + head + `,` + li + `,` + private + `,"photo":[]}`, kind(said, bot.Service)},
		{"document", `"message":{` + head + `,` + li + `,` + private + `,"document":{"file_name":"\u6536\u5165.pdf","mime_type":"application/pdf",` +
			`"thumbnail":{"file_id":"t"},"file_id":"d",` + size + `}}`,
			file(bot.File{Kind: bot.Document, ID: "d", Unique: "u1", Name: "收入.pdf", Size: 2048})},
		{"large document", `"message":{` + head + `,` + li + `,` + private + `,"document":{"file_id":"d","file_unique_id":"u1","file_size":4000000000}}`,
			file(bot.File{Kind: bot.Document, ID: "d", Unique: "u1", Size: 4000000000})},
		{"voice", `"message":{` + head + `,` + li + `,` + private + `,"voice":{"duration":3,"mime_type":"audio/ogg","file_id":"v",` + size + `}}`,
			file(bot.File{Kind: bot.Voice, ID: "v", Unique: "u1", Size: 2048})},
		{"audio", `"message":{` + head + `,` + li + `,` + private + `,"audio":{"duration":3,"file_name":"a.mp3","title":"T","file_id":"a",` + size + `}}`,
			file(bot.File{Kind: bot.Audio, ID: "a", Unique: "u1", Name: "a.mp3", Size: 2048})},
		{"video", `"message":{` + head + `,` + li + `,` + private + `,"video":{"duration":3,"width":1,"height":1,"cover":[{"file_id":"c"}],"file_id":"w",` + size + `}}`,
			file(bot.File{Kind: bot.Video, ID: "w", Unique: "u1", Size: 2048})},
		{"animation", `"message":{` + head + `,` + li + `,` + private + `,"animation":{"duration":3,"file_name":"s.mp4","file_id":"g",` + size + `},` +
			`"document":{"file_name":"s.mp4","file_id":"g",` + size + `}}`,
			file(bot.File{Kind: bot.Animation, ID: "g", Unique: "u1", Name: "s.mp4", Size: 2048})},
		{"video note", `"message":{` + head + `,` + li + `,` + private + `,"video_note":{"length":240,"duration":3,"file_id":"n",` + size + `}}`,
			file(bot.File{Kind: bot.VideoNote, ID: "n", Unique: "u1", Size: 2048})},

		{"sticker", `"message":{` + head + `,` + li + `,` + private + `,"sticker":{"width":512,"emoji":"x","type":"regular","file_id":"s"}}`, kind(said, bot.OtherMedia)},
		{"contact", `"message":{` + head + `,` + li + `,` + private + `,"contact":{"phone_number":"+1","first_name":"A","vcard":"x"}}`, kind(said, bot.OtherMedia)},
		{"location", `"message":{` + head + `,` + li + `,` + private + `,"location":{"latitude":39.9,"longitude":116.4}}`, kind(said, bot.OtherMedia)},
		{"venue", `"message":{` + head + `,` + li + `,` + private + `,"venue":{"location":{},"title":"x"},"location":{"latitude":1,"longitude":1}}`, kind(said, bot.OtherMedia)},
		{"poll", `"message":{` + head + `,` + li + `,` + private + `,"poll":{"id":"1","question":"?","options":[]}}`, kind(said, bot.OtherMedia)},
		{"dice", `"message":{` + head + `,` + li + `,` + private + `,"dice":{"emoji":"x","value":6}}`, kind(said, bot.OtherMedia)},
		{"checklist", `"message":{` + head + `,` + li + `,` + private + `,"checklist":{"title":"x","tasks":[]}}`, kind(said, bot.OtherMedia)},

		{"topic", `"message":{` + head + `,"message_thread_id":5,"is_topic_message":true,` + li + `,` + group + `,"text":"hello",` +
			`"reply_to_message":{"message_id":5,"message_thread_id":5,"date":1,` + group + `,"forum_topic_created":{"name":"Case","icon_color":1}}}`,
			with(inGroup, func(u *bot.Update) { u.Kind, u.Text, u.Thread = bot.Typed, "hello", 5 })},
		{"reply in a topic", `"message":{` + head + `,"message_thread_id":5,"is_topic_message":true,` + li + `,` + group + `,"text":"hello",` +
			`"reply_to_message":{"message_id":11,"message_thread_id":5,"date":1,` + group + `,"text":"x"}}`,
			with(inGroup, func(u *bot.Update) { u.Kind, u.Text, u.Thread, u.ReplyTo = bot.Typed, "hello", 5, 11 })},
		{"chain of replies in General", `"message":{` + head + `,"message_thread_id":11,` + li + `,` + group + `,"text":"hello",` +
			`"reply_to_message":{"message_id":11,"date":1,` + group + `,"text":"x"}}`,
			with(inGroup, func(u *bot.Update) { u.Kind, u.Text, u.ReplyTo = bot.Typed, "hello", 11 })},
		{"anonymous administrator", `"message":{` + head + `,"author_signature":"Agent Zhao","from":{"id":1087968824,"is_bot":true,"first_name":"Group"},` +
			`"sender_chat":{"id":-1001234567890123,"title":"Agents","type":"supergroup"},` + group + `,"text":"approve"}`,
			with(inGroup, func(u *bot.Update) {
				u.Kind, u.Text, u.From = bot.Typed, "approve", bot.User{ID: -1001234567890123, Name: "Agent Zhao"}
			})},
		{"channel in the group", `"message":{` + head + `,"is_automatic_forward":true,"from":{"id":777000,"first_name":"Telegram"},` +
			`"sender_chat":{"id":-100999,"title":"News","type":"channel"},` + group + `,"text":"news"}`,
			with(inGroup, func(u *bot.Update) {
				u.Kind, u.Text, u.From = bot.Typed, "news", bot.User{ID: -100999, Name: "News", Bot: true}
			})},
		{"topic created", `"message":{` + head + `,"message_thread_id":17,"is_topic_message":true,` + li + `,` + group + `,"forum_topic_created":{"name":"x","icon_color":1}}`,
			with(inGroup, func(u *bot.Update) { u.Kind, u.Thread = bot.Service, 17 })},
		{"pinned", `"message":{` + head + `,` + li + `,` + group + `,"pinned_message":{"message_id":3,"date":1,` + group + `,"text":"a pinned text"}}`,
			kind(inGroup, bot.Service)},
		{"title changed", `"message":{` + head + `,` + li + `,` + group + `,"new_chat_title":"x"}`, kind(inGroup, bot.Service)},
		{"somebody joined", `"message":{` + head + `,` + li + `,` + group + `,"new_chat_members":[{"id":6000000001,"first_name":"Wang"}]}`, kind(inGroup, bot.Service)},
		{"somebody left", `"message":{` + head + `,` + li + `,` + plain + `,"left_chat_member":{"id":6000000001,"is_bot":false,"first_name":"Wang"}}`,
			with(inGroup, func(u *bot.Update) {
				u.Kind, u.Chat, u.From = bot.Departed, -4001, bot.User{ID: 6000000001, Name: "Wang"}
			})},
		{"a bot left", `"message":{` + head + `,` + li + `,` + plain + `,"left_chat_member":{"id":4242,"is_bot":true,"first_name":"Respite"}}`,
			with(inGroup, func(u *bot.Update) { u.Kind, u.Chat = bot.Service, -4001 })},
		{"migrated", `"message":{` + head + `,` + li + `,` + plain + `,"migrate_to_chat_id":-1001234567890123}`,
			with(inGroup, func(u *bot.Update) { u.Kind, u.Chat, u.NewChat = bot.Migrated, -4001, -1001234567890123 })},
		{"migrated, the other end", `"message":{` + head + `,` + li + `,` + group + `,"migrate_from_chat_id":-4001}`, kind(inGroup, bot.Service)},

		{"press", `"callback_query":{"id":"7000000000000000001",` + li + `,"message":{"message_id":17,"from":{"id":4242,"is_bot":true,"first_name":"R"},` +
			private + `,"date":1763790000,"text":"?","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}},"chat_instance":"1","data":"h:unemployment"}`,
			with(said, func(u *bot.Update) {
				u.Kind, u.At, u.Press = bot.Pressed, time.Time{}, bot.Press{Query: "7000000000000000001", Data: "h:unemployment"}
			})},
		{"press in a topic", `"callback_query":{"id":"7",` + li + `,"message":{"message_id":17,"message_thread_id":5,"is_topic_message":true,` + group +
			`,"date":1763790000,"text":"?","reply_to_message":{"message_id":5,"date":1,` + group + `,"forum_topic_created":{}}},"chat_instance":"1","data":"ok"}`,
			with(inGroup, func(u *bot.Update) {
				u.Kind, u.At, u.Thread, u.Press = bot.Pressed, time.Time{}, 5, bot.Press{Query: "7", Data: "ok"}
			})},
		{"press on a message too old to read", `"callback_query":{"id":"7",` + li + `,"message":{"message_id":17,"date":0,` + private + `},"chat_instance":"1","data":"ok"}`,
			with(said, func(u *bot.Update) {
				u.Kind, u.At, u.Press = bot.Pressed, time.Time{}, bot.Press{Query: "7", Data: "ok"}
			})},
		{"press in an inline message", `"callback_query":{"id":"7",` + li + `,"inline_message_id":"AAA","chat_instance":"1","data":"ok"}`,
			bot.Update{ID: 9, Kind: bot.Pressed, From: user, Press: bot.Press{Query: "7", Data: "ok"}}},

		{"blocked", `"my_chat_member":{` + private + `,` + li + `,"date":1763790000,"old_chat_member":` + self + `"member"},"new_chat_member":` + self + `"kicked","until_date":0}}`,
			with(change, func(u *bot.Update) { u.Kind, u.Chat, u.Private = bot.Blocked, 5000000001, true })},
		{"unblocked", `"my_chat_member":{` + private + `,` + li + `,"date":1763790000,"old_chat_member":` + self + `"kicked","until_date":0},"new_chat_member":` + self + `"member"}}`,
			with(change, func(u *bot.Update) { u.Kind, u.Chat, u.Private = bot.Unblocked, 5000000001, true })},
		{"added", `"my_chat_member":{` + group + `,` + li + `,"date":1763790000,"old_chat_member":` + self + `"left"},"new_chat_member":` + self + `"member"}}`,
			kind(change, bot.Joined)},
		{"made administrator", `"my_chat_member":{` + group + `,` + li + `,"date":1763790000,"old_chat_member":` + self + `"member"},` +
			`"new_chat_member":` + self + `"administrator","can_be_edited":false,"can_manage_topics":true}}`, kind(change, bot.Joined)},
		{"removed", `"my_chat_member":{` + group + `,` + li + `,"date":1763790000,"old_chat_member":` + self + `"member"},"new_chat_member":` + self + `"kicked","until_date":0}}`,
			kind(change, bot.Left)},
		{"agent left", `"chat_member":{` + group + `,` + li + `,"date":1763790000,"old_chat_member":` + other + `"administrator"},"new_chat_member":` + other + `"left"}}`,
			with(change, func(u *bot.Update) { u.Kind, u.From = bot.Departed, bot.User{ID: 6000000001, Name: "Wang"} })},
		{"agent restricted but inside", `"chat_member":{` + group + `,` + li + `,"date":1763790000,"old_chat_member":` + other + `"member"},` +
			`"new_chat_member":` + other + `"restricted","is_member":true,"until_date":0}}`, kind(change, bot.Service)},
		{"agent restricted and out", `"chat_member":{` + group + `,` + li + `,"date":1763790000,"old_chat_member":` + other + `"restricted","is_member":true},` +
			`"new_chat_member":` + other + `"restricted","is_member":false,"until_date":0}}`,
			with(change, func(u *bot.Update) { u.Kind, u.From = bot.Departed, bot.User{ID: 6000000001, Name: "Wang"} })},
		{"agent promoted", `"chat_member":{` + group + `,` + li + `,"date":1763790000,"old_chat_member":` + other + `"member"},"new_chat_member":` + other + `"administrator"}}`,
			kind(change, bot.Service)},

		{"nothing known", `"message_reaction":{"chat":{"id":1},"message_id":3}`, bot.Update{ID: 9, Kind: bot.Service}},
		{"strange field where nobody looks", `"message":{` + head + `,` + li + `,` + private + `,"text":"hi","giveaway":7,"entities":"x","quote":[1]}`,
			with(said, func(u *bot.Update) { u.Kind, u.Text = bot.Typed, "hi" })},
		{"half of an emoji", `"message":{` + head + `,` + li + `,` + private + `,"text":"a\ud83d"}`,
			with(said, func(u *bot.Update) { u.Kind, u.Text = bot.Typed, "a\ufffd" })},
		{"strange field where somebody looks", `"message":{` + head + `,` + li + `,` + private + `,"text":{"deep":"hi"}}`,
			bot.Update{ID: 9, Kind: bot.Unreadable}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := decode([]byte(`{"update_id":9,` + c.body + `}`))
			require.Equal(t, c.want, got)
			require.Equal(t, c.want.Kind == bot.Unreadable, err != nil)
			if err != nil {
				require.NotContains(t, err.Error(), "hi")
			}
		})
	}
}

func TestDecodeOfWhatIsNoUpdate(t *testing.T) {
	for _, raw := range []string{``, `{`, `null`, `[]`, `"x"`, `{}`, `{"update_id":"9"}`, `{"update_id":9`, `{"message":{}}`, `{"update_id":9}x`} {
		u, err := decode([]byte(raw))
		require.Error(t, err, raw)
		require.Zero(t, u.ID, raw)
	}
}

func TestDecodeFindsTheIDWhereverItIs(t *testing.T) {
	for _, raw := range []string{`{"update_id":9}`, `{ "update_id" : 9 }`, `{"message":{"text":{}},"update_id":9}`,
		`{"update_id":9,"message":[]}`} {
		u, _ := decode([]byte(raw))
		require.EqualValues(t, 9, u.ID, raw)
	}
}

func TestUserNames(t *testing.T) {
	for _, c := range []struct{ json, want string }{
		{`{"id":1,"first_name":"Li","last_name":"Na","username":"l"}`, "Li Na"},
		{`{"id":1,"first_name":"Li"}`, "Li"},
		{`{"id":1,"first_name":"","username":"l"}`, "l"},
	} {
		u, err := decode([]byte(`{"update_id":9,"message":{"message_id":1,"chat":{"id":1,"type":"private"},"date":1,"text":"x","from":` + c.json + `}}`))
		require.NoError(t, err)
		require.Equal(t, c.want, u.From.Name)
	}
}

// FuzzDecode holds that whatever Telegram, or somebody in its place, sends, decoding ends without a panic and with an id, an
// error, or both.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(typedJSON))
	f.Add([]byte(pressedJSON))
	f.Add([]byte(`{"update_id":9,"message":{"photo":[null]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		u, err := decode(raw)
		if u.ID == 0 && err == nil {
			t.Errorf("neither an update nor an error")
		}
		if (u.Kind == bot.Unreadable) != (err != nil && u.ID != 0) {
			t.Errorf("kind %q with error %v", u.Kind, err)
		}
	})
}
