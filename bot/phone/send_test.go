package phone_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

// started is a fixture with one borrower who has started the bot.
func started(t *testing.T) (*fixture, *phone.Person) {
	t.Helper()
	f := newFixture(t, phone.Options{})
	p := f.Person(11, "Mei", "zh-hans")
	p.Start()
	return f, p
}

func TestCallsComeInEveryForm(t *testing.T) {
	f, p := started(t)
	query := url.Values{"chat_id": {"11"}, "text": {"by query"}}
	for _, send := range []func() (*http.Response, error){
		func() (*http.Response, error) { return http.Get(f.url("sendMessage") + "?" + query.Encode()) },
		func() (*http.Response, error) {
			return http.PostForm(f.url("SENDMESSAGE"), url.Values{"chat_id": {"11"}, "text": {"by form"}})
		},
		func() (*http.Response, error) {
			return http.Post(f.url("sendMessage"), "application/json; charset=utf-8", strings.NewReader(`{"chat_id":11,"text":"by json","reply_markup":null}`))
		},
		func() (*http.Response, error) {
			body := "--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n11\r\n--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nby parts\r\n--x--\r\n"
			return http.Post(f.url("sendMessage"), "multipart/form-data; boundary=x", strings.NewReader(body))
		},
	} {
		resp, err := send()
		require.NoError(t, err)
		r, err := read(resp)
		require.NoError(t, err)
		require.True(t, r.OK, r.Description)
	}
	require.Equal(t, "> /start\n< by query\n< by form\n< by json\n< by parts\n", p.Transcript())
}

func TestTokensAndMethods(t *testing.T) {
	f, _ := started(t)
	for path, want := range map[string]struct {
		code int
		text string
	}{
		"/bot123:wrong/getMe":           {401, "Unauthorized"},
		"/bot" + f.Token() + "/sendPoo": {404, "Not Found"},
		"/bot" + f.Token() + "/":        {404, "Not Found"},
		"/file/bot123:wrong/photos/x":   {401, "Unauthorized"},
		"/file/bot" + f.Token() + "/x":  {404, "Not Found"},
	} {
		resp, err := http.Get(f.http.URL + path)
		require.NoError(t, err)
		r, err := read(resp)
		require.NoError(t, err)
		require.False(t, r.OK)
		require.Equal(t, want.code, r.Code, path)
		require.Equal(t, want.code, r.Status, path)
		require.Equal(t, want.text, r.Description, path)
	}
	f.refused(400, "Bad Request: can't parse reply markup JSON object", "sendMessage", fields{"chat_id": 11, "text": "x", "reply_markup": "{"})

	var me struct {
		ID       int64
		Username string
		IsBot    bool `json:"is_bot"`
		ReadAll  bool `json:"can_read_all_group_messages"`
	}
	f.allowed("getMe", nil).into(t, &me)
	require.Equal(t, int64(7000000001), me.ID)
	require.True(t, me.IsBot)
	require.False(t, me.ReadAll)
}

func TestWhomTheBotMayWriteTo(t *testing.T) {
	f, p := started(t)
	f.Person(12, "Li", "zh-hant")
	send := func(chat any) fields { return fields{"chat_id": chat, "text": "hello"} }
	f.refused(400, "Bad Request: chat_id is empty", "sendMessage", fields{"text": "hello"})
	f.refused(400, "Bad Request: chat not found", "sendMessage", send(99))
	f.refused(400, "Bad Request: chat not found", "sendMessage", send("@nobody"))
	f.refused(403, "Forbidden: bot can't initiate conversation with a user", "sendMessage", send(12))

	p.Block()
	f.refused(403, "Forbidden: bot was blocked by the user", "sendMessage", send(11))
	f.refused(403, "Forbidden: bot was blocked by the user", "sendChatAction", fields{"chat_id": 11, "action": "typing"})
	require.Panics(t, func() { p.Say("I have blocked you") })
	p.Unblock()
	f.allowed("sendMessage", send(11))
	p.Deactivate()
	f.refused(403, "Forbidden: user is deactivated", "sendMessage", send(11))
}

func TestWhatAMessageHolds(t *testing.T) {
	f, _ := started(t)
	text := func(s string) fields { return fields{"chat_id": 11, "text": s} }
	f.refused(400, "Bad Request: message text is empty", "sendMessage", text(""))
	f.refused(400, "Bad Request: text must be non-empty", "sendMessage", text(" \n "))
	f.allowed("sendMessage", text(strings.Repeat("字", 4096)))
	f.refused(400, "Bad Request: message is too long", "sendMessage", text(strings.Repeat("字", 4097)))
	f.allowed("sendMessage", text(strings.Repeat("😀", 2048)))
	f.refused(400, "Bad Request: message is too long", "sendMessage", text(strings.Repeat("😀", 2048)+"x"))

	buttons := func(label, data string) fields {
		return fields{"chat_id": 11, "text": "x", "reply_markup": keyboard([]fields{key(label, data)})}
	}
	f.allowed("sendMessage", buttons("ok", strings.Repeat("x", 64)))
	f.refused(400, "Bad Request: BUTTON_DATA_INVALID", "sendMessage", buttons("ok", strings.Repeat("x", 65)))
	f.refused(400, "Bad Request: BUTTON_DATA_INVALID", "sendMessage", buttons("ok", strings.Repeat("字", 22)))
	f.refused(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard", "sendMessage", buttons("ok", ""))
}

func TestHTML(t *testing.T) {
	f, p := started(t)
	html := func(s string) fields { return fields{"chat_id": 11, "text": s, "parse_mode": "HTML"} }
	f.allowed("sendMessage", html(`你好 <b>😀 &lt;b&gt;</b> <a href="https://example.org/?a=1&amp;b=2">link</a>`))
	m := p.Last()
	require.Equal(t, "你好 😀 <b> link", m.Text)
	require.Len(t, m.Entities, 2)
	require.Equal(t, "bold", m.Entities[0].Type)
	require.Equal(t, 3, m.Entities[0].Offset)
	require.Equal(t, 6, m.Entities[0].Length, "in UTF-16 units")
	require.Equal(t, "https://example.org/?a=1&b=2", m.Entities[1].URL)

	f.refused(400, `Bad Request: can't parse entities: Unsupported start tag "p" at byte offset 0`, "sendMessage", html("<p>x</p>"))
	f.refused(400, `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`, "sendMessage", html("<b>x"))
	f.refused(400, `Bad Request: can't parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`, "sendMessage", html("<b>x</i>"))
	f.refused(400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 1", "sendMessage", html("x</b>"))
	f.refused(400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 2", "sendMessage", html("3 < 4"))
	f.refused(400, "Bad Request: unsupported parse_mode", "sendMessage", fields{"chat_id": 11, "text": "x", "parse_mode": "Markdown"})
}

func TestRepliesAndCopies(t *testing.T) {
	f, p := started(t)
	asked := f.allowed("sendMessage", fields{"chat_id": 11, "text": "question", "reply_markup": keyboard([]fields{key("a", "a")})}).messageID(t)
	f.allowed("sendMessage", fields{"chat_id": 11, "text": "again", "reply_parameters": fields{"message_id": asked}})
	require.Equal(t, asked, p.Last().ReplyTo)
	f.refused(400, "Bad Request: message to be replied not found", "sendMessage", fields{"chat_id": 11, "text": "x", "reply_to_message_id": 999})
	f.allowed("sendMessage", fields{"chat_id": 11, "text": "x", "reply_to_message_id": 999, "allow_sending_without_reply": true})

	f.allowed("copyMessage", fields{"chat_id": 11, "from_chat_id": 11, "message_id": asked})
	require.Equal(t, "question", p.Last().Text)
	require.Empty(t, p.Last().Buttons, "a copy has no keyboard but the one it is given")
	require.Empty(t, p.Last().Forward)
	f.allowed("forwardMessage", fields{"chat_id": 11, "from_chat_id": 11, "message_id": 1})
	require.Equal(t, "Mei", p.Last().Forward)
	f.refused(400, "Bad Request: message to copy not found", "copyMessage", fields{"chat_id": 11, "from_chat_id": 11, "message_id": 999})
	f.refused(400, "Bad Request: message to forward not found", "forwardMessage", fields{"chat_id": 11, "from_chat_id": 11, "message_id": 999})
}

func TestTypingLastsFiveSecondsOrUntilTheNextMessage(t *testing.T) {
	f, p := started(t)
	typing := fields{"chat_id": 11, "action": "typing"}
	f.allowed("sendChatAction", typing)
	require.Equal(t, "typing", p.Typing())
	f.advance(5e9)
	require.Empty(t, p.Typing())
	f.allowed("sendChatAction", typing)
	f.allowed("sendMessage", fields{"chat_id": 11, "text": "here"})
	require.Empty(t, p.Typing())
	f.refused(400, "Bad Request: wrong parameter action in request", "sendChatAction", fields{"chat_id": 11, "action": "dancing"})
}

func TestAClosedServerIsABadGateway(t *testing.T) {
	f, _ := started(t)
	f.Close()
	resp, err := http.Get(f.url("getMe"))
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, 502, resp.StatusCode)
	require.Contains(t, string(body), "<html>")
}
