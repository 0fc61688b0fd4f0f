package phone_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

const notModified = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"

func TestEdits(t *testing.T) {
	f, p := started(t)
	buttons := keyboard([]fields{key("Yes", "y"), key("No", "n")})
	id := f.allowed("sendMessage", fields{"chat_id": 11, "text": "sure?", "reply_markup": buttons}).messageID(t)
	edit := func(text string, markup any) fields {
		return fields{"chat_id": 11, "message_id": id, "text": text, "reply_markup": markup}
	}
	f.refused(400, notModified, "editMessageText", edit("sure?", buttons))
	f.allowed("editMessageText", edit("really sure?", buttons))
	require.Equal(t, 1, p.Last().Edits)
	require.Equal(t, []string{"Yes", "No"}, p.Last().Labels())

	f.allowed("editMessageText", edit("really sure?", nil))
	require.Empty(t, p.Last().Labels(), "an edit without a keyboard takes it away")
	require.Equal(t, 1, p.Last().Edits, "another keyboard does not make a message edited")
	f.refused(400, notModified, "editMessageReplyMarkup", fields{"chat_id": 11, "message_id": id})
	f.allowed("editMessageReplyMarkup", fields{"chat_id": 11, "message_id": id, "reply_markup": buttons})
	require.Equal(t, []string{"Yes", "No"}, p.Last().Labels())

	f.refused(400, "Bad Request: message to edit not found", "editMessageText", fields{"chat_id": 11, "message_id": 999, "text": "x"})
	f.refused(400, "Bad Request: message identifier is not specified", "editMessageText", fields{"chat_id": 11, "text": "x"})
	f.refused(400, "Bad Request: message text is empty", "editMessageText", edit("", nil))
	f.refused(400, "Bad Request: there is no caption in the message to edit", "editMessageCaption", fields{"chat_id": 11, "message_id": id, "caption": "x"})

	own := p.Say("mine")
	f.refused(400, "Bad Request: message can't be edited", "editMessageText", fields{"chat_id": 11, "message_id": own, "text": "x"})
	p.Delete(id)
	f.refused(400, "Bad Request: message to edit not found", "editMessageText", edit("x", nil))
}

func TestDeletingTakesLessThanTwoDays(t *testing.T) {
	f, p := started(t)
	send := func() int { return f.allowed("sendMessage", fields{"chat_id": 11, "text": "x"}).messageID(t) }
	theirs, ours, late := p.Say("mine"), send(), send()
	f.allowed("deleteMessage", fields{"chat_id": 11, "message_id": theirs})
	f.allowed("deleteMessage", fields{"chat_id": 11, "message_id": ours})
	f.refused(400, "Bad Request: message to delete not found", "deleteMessage", fields{"chat_id": 11, "message_id": ours})
	f.advance(48*time.Hour + time.Second)
	f.refused(400, "Bad Request: message can't be deleted for everyone", "deleteMessage", fields{"chat_id": 11, "message_id": late})
}

func TestPinsAndReactions(t *testing.T) {
	f, p := started(t)
	said := p.Say("hello")
	f.allowed("pinChatMessage", fields{"chat_id": 11, "message_id": said})
	all := p.Messages()
	require.True(t, all[1].Pinned)
	require.Equal(t, "pinned", all[2].Service)
	f.allowed("unpinChatMessage", fields{"chat_id": 11})
	require.False(t, p.Messages()[1].Pinned)
	f.refused(400, "Bad Request: message to pin not found", "pinChatMessage", fields{"chat_id": 11, "message_id": 999})

	f.allowed("setMessageReaction", fields{"chat_id": 11, "message_id": said, "reaction": []fields{{"type": "emoji", "emoji": "👍"}}})
	require.Equal(t, "👍", p.Messages()[1].Reaction)
	f.refused(400, "Bad Request: REACTION_INVALID", "setMessageReaction", fields{"chat_id": 11, "message_id": said, "reaction": []fields{{"type": "emoji", "emoji": "🧨"}}})
}

func TestPresses(t *testing.T) {
	f, p := started(t)
	id := f.allowed("sendMessage", fields{"chat_id": 11, "text": "sure?", "reply_markup": keyboard([]fields{key("Yes", "y")})}).messageID(t)
	require.Panics(t, func() { p.Press("Maybe") })
	first, second := p.Press("Yes"), p.PressData("y")
	require.NotEqual(t, first, second, "a double press is two queries")
	answer := func(id, text string) fields { return fields{"callback_query_id": id, "text": text, "show_alert": true} }
	f.allowed("answerCallbackQuery", answer(first, "good"))
	toast, err := f.Answer(t.Context(), first)
	require.NoError(t, err)
	require.Equal(t, phone.Toast{Text: "good", Alert: true}, toast)

	const tooOld = "Bad Request: query is too old and response timeout expired or query ID is invalid"
	f.refused(400, tooOld, "answerCallbackQuery", answer("12345", ""))
	f.advance(31 * time.Second)
	f.refused(400, tooOld, "answerCallbackQuery", answer(second, ""))

	p.Delete(id)
	p.PressStale(id, "y")
	var updates []struct {
		Query struct {
			Message struct {
				ID   int `json:"message_id"`
				Date *int64
			}
			Data string
		} `json:"callback_query"`
	}
	f.allowed("getUpdates", fields{"offset": -1}).into(t, &updates)
	require.Equal(t, "y", updates[0].Query.Data)
	require.Equal(t, id, updates[0].Query.Message.ID)
	require.Zero(t, *updates[0].Query.Message.Date, "a message that is gone has the date 0")
}
