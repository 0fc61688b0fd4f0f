package telegram

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

func TestDo(t *testing.T) {
	buttons := [][]bot.Button{{{Label: `Yes "really"`, Data: "y:1"}, {Label: "否", Data: "n:1"}}, {{Label: "Back", Data: "b"}}}
	keyboard := `{"inline_keyboard":[[{"text":"Yes \"really\"","callback_data":"y:1"},{"text":"否","callback_data":"n:1"}],` +
		`[{"text":"Back","callback_data":"b"}]]}`
	for _, c := range []struct {
		name   string
		out    bot.Outgoing
		method string
		body   string
		want   bot.Sent
	}{
		{"send", bot.Outgoing{Op: bot.OpSend, Chat: 7, Text: "line\n<b>&", Buttons: buttons}, "sendMessage",
			`{"chat_id":7,"text":"line\n<b>&","reply_markup":` + keyboard + `}`,
			bot.Sent{Message: 31}},
		{"send to a topic", bot.Outgoing{Op: bot.OpSend, Chat: -1001234567890123, Thread: 5, ReplyTo: 9, Text: "x", Silent: true}, "sendMessage",
			`{"chat_id":-1001234567890123,"message_thread_id":5,"reply_parameters":{"message_id":9,"allow_sending_without_reply":true},` +
				`"disable_notification":true,"text":"x"}`, bot.Sent{Message: 31}},
		{"send to General", bot.Outgoing{Op: bot.OpSend, Chat: -5, Thread: 1, Text: "x"}, "sendMessage",
			`{"chat_id":-5,"text":"x"}`, bot.Sent{Message: 31}},
		{"edit", bot.Outgoing{Op: bot.OpEdit, Chat: 7, Message: 3, Text: "new"}, "editMessageText",
			`{"chat_id":7,"message_id":3,"text":"new"}`, bot.Sent{}},
		{"text with a link", bot.Outgoing{Op: bot.OpSend, Chat: 7, Text: "Read this: example.com"}, "sendMessage",
			`{"chat_id":7,"text":"Read this: example.com","link_preview_options":{"is_disabled":true}}`, bot.Sent{Message: 31}},
		{"edit to a link", bot.Outgoing{Op: bot.OpEdit, Chat: 7, Message: 3, Text: "http://example"}, "editMessageText",
			`{"chat_id":7,"message_id":3,"text":"http://example","link_preview_options":{"is_disabled":true}}`, bot.Sent{}},
		{"dots, no link", bot.Outgoing{Op: bot.OpSend, Chat: 7, Text: "1. This.\nNow: that."}, "sendMessage",
			`{"chat_id":7,"text":"1. This.\nNow: that."}`, bot.Sent{Message: 31}},
		{"buttons", bot.Outgoing{Op: bot.OpButtons, Chat: 7, Message: 3, Buttons: buttons}, "editMessageReplyMarkup",
			`{"chat_id":7,"message_id":3,"reply_markup":` + keyboard + `}`, bot.Sent{}},
		{"buttons away", bot.Outgoing{Op: bot.OpButtons, Chat: 7, Message: 3}, "editMessageReplyMarkup",
			`{"chat_id":7,"message_id":3}`, bot.Sent{}},
		{"toast", bot.Outgoing{Op: bot.OpToast, Chat: 7, Query: "70", Text: "done"}, "answerCallbackQuery",
			`{"callback_query_id":"70","text":"done"}`, bot.Sent{}},
		{"silent toast", bot.Outgoing{Op: bot.OpToast, Query: "70"}, "answerCallbackQuery", `{"callback_query_id":"70"}`, bot.Sent{}},
		{"file by id", bot.Outgoing{Op: bot.OpFile, Chat: 7, Thread: 5, Text: "a photo", Buttons: buttons,
			File: &bot.FileOut{Kind: bot.Photo, ID: "AgAC"}}, "sendPhoto",
			`{"chat_id":7,"message_thread_id":5,"caption":"a photo","reply_markup":` + keyboard + `,"photo":"AgAC"}`, bot.Sent{Message: 31}},
		{"copy", bot.Outgoing{Op: bot.OpCopy, Chat: -5, Thread: 6, From: 7, Message: 3, ReplyTo: 2}, "copyMessage",
			`{"chat_id":-5,"message_thread_id":6,"reply_parameters":{"message_id":2,"allow_sending_without_reply":true},` +
				`"from_chat_id":7,"message_id":3}`, bot.Sent{Message: 31}},
		{"delete", bot.Outgoing{Op: bot.OpDelete, Chat: 7, Message: 3}, "deleteMessage", `{"chat_id":7,"message_id":3}`, bot.Sent{}},
		{"pin", bot.Outgoing{Op: bot.OpPin, Chat: 7, Message: 3, Silent: true}, "pinChatMessage",
			`{"chat_id":7,"message_id":3,"disable_notification":true}`, bot.Sent{}},
		{"typing", bot.Outgoing{Op: bot.OpTyping, Chat: 7, Thread: 1}, "sendChatAction",
			`{"chat_id":7,"message_thread_id":1,"action":"typing"}`, bot.Sent{}},
		{"leave", bot.Outgoing{Op: bot.OpLeave, Chat: -5}, "leaveChat", `{"chat_id":-5}`, bot.Sent{}},
		{"topic", bot.Outgoing{Op: bot.OpTopic, Chat: -5, Text: "Case 1"}, "createForumTopic",
			`{"chat_id":-5,"name":"Case 1"}`, bot.Sent{Thread: 77}},
		{"rename", bot.Outgoing{Op: bot.OpRenameTopic, Chat: -5, Thread: 6, Text: "Case 1, done"}, "editForumTopic",
			`{"chat_id":-5,"message_thread_id":6,"name":"Case 1, done"}`, bot.Sent{}},
		{"close", bot.Outgoing{Op: bot.OpCloseTopic, Chat: -5, Thread: 6}, "closeForumTopic", `{"chat_id":-5,"message_thread_id":6}`, bot.Sent{}},
		{"reopen", bot.Outgoing{Op: bot.OpReopenTopic, Chat: -5, Thread: 6}, "reopenForumTopic", `{"chat_id":-5,"message_thread_id":6}`, bot.Sent{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFake()
			for _, method := range []string{"sendMessage", "sendPhoto", "copyMessage"} {
				f.results[method] = `{"message_id":31,"message_thread_id":5}`
			}
			f.results["createForumTopic"] = `{"message_thread_id":77,"name":"Case 1","icon_color":1}`
			got, err := f.client(t, nil).Do(t.Context(), c.out)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
			require.Len(t, f.calls, 1)
			require.Equal(t, c.method, f.calls[0].method)
			params, err := json.Marshal(f.calls[0].params)
			require.NoError(t, err)
			require.JSONEq(t, c.body, string(params))
		})
	}
}

func TestUpload(t *testing.T) {
	for kind, method := range map[bot.FileKind]string{bot.Photo: "sendPhoto", bot.Document: "sendDocument", bot.Voice: "sendVoice",
		bot.Audio: "sendAudio", bot.Video: "sendVideo", bot.Animation: "sendAnimation"} {
		t.Run(method, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasSuffix(r.URL.Path, "/"+method) {
					t.Errorf("called %d bytes of path", len(r.URL.Path))
				}
				file, head, err := r.FormFile(string(kind))
				if err != nil {
					t.Error(err)
					return
				}
				data, err := io.ReadAll(file)
				if err != nil || string(data) != "%PDF-1.7" || head.Filename != `plan "A" 还款.pdf` {
					t.Errorf("got %q named %q, %v", data, head.Filename, err)
				}
				if r.FormValue("caption") != "your plan" || r.FormValue("chat_id") != "7" || r.FormValue("message_thread_id") != "" ||
					r.FormValue("reply_markup") != `{"inline_keyboard":[[{"text":"OK","callback_data":"ok"}]]}` {
					t.Errorf("got %v", r.MultipartForm.Value)
				}
				_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":5}}`)
			}))
			defer s.Close()
			got, err := clientOf(t, s.URL).Do(t.Context(), bot.Outgoing{Op: bot.OpFile, Chat: 7, Text: "your plan",
				Buttons: [][]bot.Button{{{Label: "OK", Data: "ok"}}},
				File:    &bot.FileOut{Kind: kind, Name: `plan "A" 还款.pdf`, Bytes: []byte("%PDF-1.7")}})
			require.NoError(t, err)
			require.Equal(t, bot.Sent{Message: 5}, got)
		})
	}
}

func TestLimits(t *testing.T) {
	button := func(label, data string) [][]bot.Button { return [][]bot.Button{{{Label: label, Data: data}}} }
	for _, c := range []struct {
		name string
		out  bot.Outgoing
		ok   bool
	}{
		{"longest text", bot.Outgoing{Op: bot.OpSend, Chat: 1, Text: strings.Repeat("欠", 4096)}, true},
		{"text too long", bot.Outgoing{Op: bot.OpSend, Chat: 1, Text: strings.Repeat("欠", 4097)}, false},
		{"longest text of emoji", bot.Outgoing{Op: bot.OpEdit, Chat: 1, Message: 1, Text: strings.Repeat("😀", 2048)}, true},
		{"emoji count twice", bot.Outgoing{Op: bot.OpEdit, Chat: 1, Message: 1, Text: strings.Repeat("😀", 2049)}, false},
		{"no text", bot.Outgoing{Op: bot.OpSend, Chat: 1, Text: " \n"}, false},
		{"longest data", bot.Outgoing{Op: bot.OpSend, Chat: 1, Text: "x", Buttons: button("a", strings.Repeat("x", 64))}, true},
		{"data too long", bot.Outgoing{Op: bot.OpSend, Chat: 1, Text: "x", Buttons: button("a", strings.Repeat("x", 65))}, false},
		{"data too long in Chinese", bot.Outgoing{Op: bot.OpButtons, Chat: 1, Message: 1, Buttons: button("a", strings.Repeat("欠", 22))}, false},
		{"no data", bot.Outgoing{Op: bot.OpSend, Chat: 1, Text: "x", Buttons: button("a", "")}, false},
		{"no label", bot.Outgoing{Op: bot.OpSend, Chat: 1, Text: "x", Buttons: button("", "a")}, false},
		{"longest caption", bot.Outgoing{Op: bot.OpFile, Chat: 1, Text: strings.Repeat("x", 1024), File: &bot.FileOut{Kind: bot.Photo, ID: "a"}}, true},
		{"caption too long", bot.Outgoing{Op: bot.OpFile, Chat: 1, Text: strings.Repeat("x", 1025), File: &bot.FileOut{Kind: bot.Photo, ID: "a"}}, false},
		{"caption of a video note", bot.Outgoing{Op: bot.OpFile, Chat: 1, Text: "x", File: &bot.FileOut{Kind: bot.VideoNote, ID: "a"}}, false},
		{"no file", bot.Outgoing{Op: bot.OpFile, Chat: 1}, false},
		{"empty file", bot.Outgoing{Op: bot.OpFile, Chat: 1, File: &bot.FileOut{Kind: bot.Photo}}, false},
		{"unknown file", bot.Outgoing{Op: bot.OpFile, Chat: 1, File: &bot.FileOut{Kind: "scroll", ID: "a"}}, false},
		{"photo too large", bot.Outgoing{Op: bot.OpFile, Chat: 1, File: &bot.FileOut{Kind: bot.Photo, Bytes: make([]byte, 10<<20+1)}}, false},
		{"toast too long", bot.Outgoing{Op: bot.OpToast, Query: "1", Text: strings.Repeat("x", 201)}, false},
		{"title too long", bot.Outgoing{Op: bot.OpTopic, Chat: 1, Text: strings.Repeat("x", 129)}, false},
		{"no title", bot.Outgoing{Op: bot.OpRenameTopic, Chat: 1}, false},
		{"unknown call", bot.Outgoing{Op: "dance", Chat: 1}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFake()
			f.results["sendMessage"], f.results["sendPhoto"] = `{"message_id":1}`, `{"message_id":1}`
			_, err := f.client(t, nil).Do(t.Context(), c.out)
			if c.ok {
				require.NoError(t, err)
				return
			}
			require.Equal(t, bot.Refused, failureOf(t, err).Kind)
			require.Empty(t, f.calls, "it must not cost a call")
			if len(c.out.Text) > 1 {
				require.NotContains(t, err.Error(), c.out.Text, "a borrower's words must not get into a log")
			}
		})
	}
}

func TestTextThatIsNotUTF8IsSentRepaired(t *testing.T) {
	f := newFake()
	f.results["sendMessage"] = `{"message_id":1}`
	_, err := f.client(t, nil).Do(t.Context(), bot.Outgoing{Op: bot.OpSend, Chat: 1, Text: "a\xffb"})
	require.NoError(t, err)
	require.Equal(t, "a\ufffdb", f.calls[0].params["text"])
}
