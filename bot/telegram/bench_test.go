package telegram

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	telebot "gopkg.in/telebot.v3"

	"respite/bot"
)

// benchServer answers every call like sendMessage, at the least cost that net/http allows.
func benchServer(b *testing.B) *httptest.Server {
	answer := []byte(`{"ok":true,"result":{"message_id":1234,"from":{"id":4242,"is_bot":true,"first_name":"Respite","username":"respite_bot"},` +
		`"chat":{"id":1000000001,"first_name":"User","type":"private"},"date":1763790000,"text":"How much is overdue?"}}`)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header()["Content-Type"] = []string{"application/json"}
		_, _ = w.Write(answer)
	}))
	b.Cleanup(s.Close)
	return s
}

// BenchmarkSend compares one sendMessage over loopback, the server's share included, with telebot's own way of doing it.
func BenchmarkSend(b *testing.B) {
	s := benchServer(b)
	out := bot.Outgoing{Op: bot.OpSend, Chat: 1000000001, Text: "How much is overdue?",
		Buttons: [][]bot.Button{{{Label: "Less than 10,000", Data: "a:1:12"}}, {{Label: "More", Data: "a:2:12"}}}}
	b.Run("client", func(b *testing.B) {
		c, err := New(Options{Token: "4242:bench", URL: s.URL})
		require.NoError(b, err)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := c.Do(context.Background(), out); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("telebot", func(b *testing.B) {
		api, err := url.Parse(s.URL)
		require.NoError(b, err)
		t, err := telebot.NewBot(telebot.Settings{Token: "4242:bench", URL: s.URL, Offline: true,
			Client: &http.Client{Transport: NewTransport(api)}})
		require.NoError(b, err)
		markup := &telebot.ReplyMarkup{InlineKeyboard: [][]telebot.InlineButton{
			{{Text: "Less than 10,000", Data: "a:1:12"}}, {{Text: "More", Data: "a:2:12"}}}}
		b.ReportAllocs()
		for b.Loop() {
			if _, err := t.Send(telebot.ChatID(out.Chat), out.Text, markup); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkDecode compares the decoding and conversion of one update with telebot's decoding of it.
func BenchmarkDecode(b *testing.B) {
	for name, raw := range map[string]string{"message": typedJSON, "press": pressedJSON} {
		b.Run(name+"/client", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := decode([]byte(raw)); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/telebot", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var u telebot.Update
				if err := json.Unmarshal([]byte(raw), &u); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

const typedJSON = `{"update_id":100001,"message":{"message_id":1234,"from":{"id":1000000001,"is_bot":false,"first_name":"User","last_name":"Li",` +
	`"username":"someone","language_code":"zh-hans"},"chat":{"id":1000000001,"first_name":"User","last_name":"Li","username":"someone",` +
	`"type":"private"},"date":1763790000,"text":"\u6211\u6b20\u4e86\u4e24\u4e07\u4e94"}}`

const pressedJSON = `{"update_id":100002,"callback_query":{"id":"7000000001","from":{"id":1000000001,"is_bot":false,"first_name":"User",` +
	`"language_code":"en"},"message":{"message_id":1234,"from":{"id":4242,"is_bot":true,"first_name":"Bot","username":"bot"},` +
	`"chat":{"id":1000000001,"first_name":"User","type":"private"},"date":1763790000,"text":"What happened?",` +
	`"reply_markup":{"inline_keyboard":[[{"text":"Lost my job","callback_data":"h:unemployment:12"}],` +
	`[{"text":"Illness","callback_data":"h:own_illness:12"}],[{"text":"Income fell","callback_data":"h:income_drop:12"}]]}},` +
	`"chat_instance":"-1000000001","data":"h:unemployment:12"}}`
