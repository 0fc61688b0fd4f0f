package telegram

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

func TestClassifyDescriptions(t *testing.T) {
	for _, c := range []struct {
		code        int
		description string
		want        bot.FailureKind
	}{
		{400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message", bot.Unchanged},
		{400, "Bad Request: query is too old and response timeout expired or query ID is invalid", bot.Unchanged},
		{400, "Bad Request: TOPIC_NOT_MODIFIED", bot.Unchanged},
		{400, "Bad Request: message thread not found", bot.NoTopic},
		{400, "Bad Request: TOPIC_DELETED", bot.NoTopic},
		{400, "Bad Request: TOPIC_ID_INVALID", bot.NoTopic},
		{400, "Bad Request: TOPIC_CLOSED", bot.ClosedTopic},
		{400, "Bad Request: message to edit not found", bot.NoMessage},
		{400, "Bad Request: message to delete not found", bot.NoMessage},
		{400, "Bad Request: message to copy not found", bot.NoMessage},
		{400, "Bad Request: message to be replied not found", bot.NoMessage},
		{400, "Bad Request: message to pin not found", bot.NoMessage},
		{400, "Bad Request: MESSAGE_ID_INVALID", bot.NoMessage},
		{400, "Bad Request: message can't be edited", bot.NoMessage},
		{400, "Bad Request: message can't be deleted", bot.NoMessage},
		{400, "Bad Request: message can't be deleted for everyone", bot.NoMessage},
		{400, "Bad Request: not enough rights to create a topic", bot.NoRights},
		{400, "Bad Request: not enough rights to send text messages to the chat", bot.NoRights},
		{400, "Bad Request: not enough rights to manage pinned messages in the chat", bot.NoRights},
		{400, "Bad Request: need administrator rights in the channel chat", bot.NoRights},
		{400, "Bad Request: CHAT_ADMIN_REQUIRED", bot.NoRights},
		{403, "Forbidden: CHAT_WRITE_FORBIDDEN", bot.NoRights},
		{400, "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN", bot.NoRights},
		{400, "Bad Request: the chat is not a forum", bot.NoRights},
		{400, "Bad Request: chat not found", bot.Gone},
		{400, "Bad Request: PEER_ID_INVALID", bot.Gone},
		{400, "Bad Request: user not found", bot.Gone},
		{400, "Bad Request: member not found", bot.Gone},
		{400, "Bad Request: PARTICIPANT_ID_INVALID", bot.Gone},
		{403, "Forbidden: bot was blocked by the user", bot.Gone},
		{403, "Forbidden: user is deactivated", bot.Gone},
		{403, "Forbidden: bot was kicked from the supergroup chat", bot.Gone},
		{403, "Forbidden: bot is not a member of the supergroup chat", bot.Gone},
		{403, "Forbidden: bot can't initiate conversation with a user", bot.Gone},
		{403, "Forbidden: the group chat was deleted", bot.Gone},
		{400, "Bad Request: message is too long", bot.Refused},
		{400, "Bad Request: message text is empty", bot.Refused},
		{400, "Bad Request: BUTTON_DATA_INVALID", bot.Refused},
		{400, "Bad Request: can't parse entities: unsupported start tag", bot.Refused},
		{400, "Bad Request: wrong file identifier/HTTP URL specified", bot.Refused},
		{400, "Bad Request: file is too big", bot.Refused},
		{400, "Bad Request: message can't be copied", bot.Refused},
		{401, "Unauthorized", bot.BadToken},
		{404, "Not Found", bot.BadToken},
		{409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", bot.Rival},
		{409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", bot.Rival},
		{413, "Request Entity Too Large", bot.Refused},
		{500, "Internal Server Error", bot.Unavailable},
		{502, "Bad Gateway", bot.Unavailable},
		{504, "Gateway Timeout", bot.Uncertain},
	} {
		body := fmt.Appendf(nil, `{"ok":false,"error_code":%d,"description":%q}`, c.code, c.description)
		_, f := classify[sent](response{status: c.code, body: body})
		require.NotNil(t, f, c.description)
		require.Equal(t, c.want, f.Kind, c.description)
		require.Contains(t, f.Err.Error(), fmt.Sprint(c.code))
	}
}

func TestClassifyParameters(t *testing.T) {
	_, f := classify[sent](response{status: 429,
		body: []byte(`{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 86399","parameters":{"retry_after":86399}}`)})
	require.Equal(t, bot.TooMany, f.Kind)
	require.Equal(t, 86399*time.Second, f.After)

	_, f = classify[sent](response{status: 400, body: []byte(`{"ok":false,"error_code":400,"description":` +
		`"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001234567890123}}`)})
	require.Equal(t, bot.Moved, f.Kind)
	require.EqualValues(t, -1001234567890123, f.Chat)

	_, f = classify[sent](response{status: 429, body: []byte(`{"ok":false,"error_code":429,"description":"Too Many Requests"}`)})
	require.Equal(t, bot.TooMany, f.Kind)
	require.Equal(t, unspecifiedPause, f.After, "a 429 without a time must not become a hot loop")
}

func TestVeryLargePausesDoNotOverflow(t *testing.T) {
	for _, seconds := range []float64{1e9, 1e12, 1e300} {
		require.Equal(t, longestPause, pause(seconds, nil))
	}
	require.Equal(t, 1500*time.Millisecond, pause(1.5, nil))
	require.Equal(t, unspecifiedPause, pause(-1, http.Header{"Retry-After": {"Wed, 21 Oct 2026 07:28:00 GMT"}}))
}

func TestClassifyWhatIsNotOfTheBotAPI(t *testing.T) {
	page := "<html><head><title>502 Bad Gateway</title></head></html>"
	for _, c := range []struct {
		status int
		body   string
		want   bot.FailureKind
	}{
		{502, page, bot.Unavailable},
		{500, "", bot.Unavailable},
		{503, `{"message":"no healthy upstream"}`, bot.Unavailable},
		{504, page, bot.Uncertain},
		{200, page, bot.Unavailable}, // a proxy's page
		{200, "", bot.Unavailable},
		{200, `{"ok":true,"result":{"message_id":12,"chat":{"id":4`, bot.Uncertain},
		{200, `{"ok":true,"result":"not a message"}`, bot.Uncertain},
		{302, page, bot.Unavailable},
		{403, page, bot.Unavailable}, // a firewall's page is not a borrower who blocked the bot
		{404, page, bot.Unavailable}, // nor is a wrong address a wrong token
		{401, page, bot.Unavailable},
		{413, page, bot.Refused},
		{429, page, bot.TooMany},
	} {
		_, f := classify[sent](response{status: c.status, body: []byte(c.body)})
		require.NotNil(t, f, "%d %s", c.status, c.body)
		require.Equal(t, c.want, f.Kind, "%d %s", c.status, c.body)
	}
	_, f := classify[sent](response{status: 429, header: http.Header{"Retry-After": {"7"}}, body: []byte(page)})
	require.Equal(t, 7*time.Second, f.After)
}

func TestClassifyResults(t *testing.T) {
	got, f := classify[sent](response{status: 200, body: []byte(`{"ok":true,"result":{"message_id":77,"chat":{"id":5},"text":"a\ud83d"}}`)})
	require.Nil(t, f, "a lone surrogate in a text is no reason to lose an answer")
	require.Equal(t, sent{Message: 77}, got)
	for _, result := range []string{"true", `{"message_id":1}`, `[]`} {
		_, f := classify[nothing](response{status: 200, body: []byte(`{"ok":true,"result":` + result + `}`)})
		require.Nil(t, f, result)
	}
}
