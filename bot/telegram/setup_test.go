package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"respite/bot"
)

func TestMe(t *testing.T) {
	f := newFake()
	f.results["getMe"] = `{"id":4242,"is_bot":true,"first_name":"Respite","username":"respite_bot","can_join_groups":true,"can_read_all_group_messages":true}`
	me, err := f.client(t, nil).Me(t.Context())
	require.NoError(t, err)
	require.Equal(t, Self{User: bot.User{ID: 4242, Name: "Respite", Bot: true}, Username: "respite_bot", SeesGroups: true}, me)
}

func TestMember(t *testing.T) {
	for _, c := range []struct {
		json string
		want Member
	}{
		{`{"user":{"id":6},"status":"creator","is_anonymous":false}`, Member{Status: "creator", Inside: true, Admin: true, Topics: true, Pins: true}},
		{`{"user":{"id":6},"status":"administrator","can_manage_topics":true,"can_pin_messages":false}`,
			Member{Status: "administrator", Inside: true, Admin: true, Topics: true}},
		{`{"user":{"id":6},"status":"member"}`, Member{Status: "member", Inside: true}},
		{`{"user":{"id":6},"status":"restricted","is_member":true,"until_date":0}`, Member{Status: "restricted", Inside: true}},
		{`{"user":{"id":6},"status":"left"}`, Member{Status: "left"}},
	} {
		f := newFake()
		f.results["getChatMember"] = c.json
		got, err := f.client(t, nil).Member(t.Context(), -1001234567890123, 6000000001)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
		require.Equal(t, map[string]any{"chat_id": "-1001234567890123", "user_id": "6000000001"}, f.calls[0].params)
	}
}

func TestSetWebhook(t *testing.T) {
	f := newFake()
	require.NoError(t, f.client(t, nil).SetWebhook(t.Context(), "https://bot.example/telegram", hookSecret, 40))
	require.Equal(t, "setWebhook", f.calls[0].method)
	require.Equal(t, map[string]any{"url": "https://bot.example/telegram", "secret_token": hookSecret, "max_connections": "40",
		"allowed_updates": `["message","edited_message","callback_query","my_chat_member","chat_member"]`}, f.calls[0].params)
}

// TestLibraryFailsLikeEverythingElse holds that what telebot gets wrong by itself is mended below it: a page that is not JSON is
// no success, errors are sorted and without the token, and a call ends with its context.
func TestLibraryFailsLikeEverythingElse(t *testing.T) {
	f := newFake()
	c := f.client(t, nil)
	for _, x := range []struct {
		answer scripted
		want   bot.FailureKind
	}{
		{scripted{status: 502, body: "<html>502 Bad Gateway</html>"}, bot.Unavailable},
		{scripted{status: 200, body: `{"ok":true,"result":{"st`}, bot.Uncertain},
		{scripted{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5","parameters":{"retry_after":5}}`}, bot.TooMany},
		{*refused(401, "Unauthorized"), bot.BadToken},
		{*refused(400, "Bad Request: chat not found"), bot.Gone},
		{scripted{status: 200, body: `{"ok":true,"result":"of another form"}`}, bot.Uncertain},
		{scripted{err: fmt.Errorf("dial %s", testToken)}, bot.Unavailable},
	} {
		f.answer = func(string, int) *scripted { return &x.answer }
		_, err := c.Member(t.Context(), 1, 2)
		failure := failureOf(t, err)
		require.Equal(t, x.want, failure.Kind)
		require.Equal(t, bot.Op("getChatMember"), failure.Op)
		if x.want == bot.TooMany {
			require.Equal(t, 5*time.Second, failure.After)
		}
	}
	f.answer = func(string, int) *scripted { return &scripted{status: 502, body: "<html>"} }
	require.Equal(t, bot.Unavailable, failureOf(t, c.RemoveWebhook(t.Context())).Kind)

	synctest.Test(t, func(t *testing.T) {
		hangs := roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		c, err := New(Options{Token: testToken, Transport: hangs})
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		begin := time.Now()
		failureOf(t, c.RemoveWebhook(ctx))
		require.Equal(t, 3*time.Second, time.Since(begin))
		failureOf(t, c.RemoveWebhook(t.Context()))
		require.Equal(t, 3*time.Second+callTimeout, time.Since(begin), "no call hangs for ever")
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestIntroduceSetsOnlyWhatDiffers(t *testing.T) {
	profile := Profile{
		Languages: map[string]Introduction{
			"":   {Commands: []Command{{"start", "Start"}, {"help", "Questions"}}, Description: "A bot.", Short: "Relief"},
			"zh": {Commands: []Command{{"start", "开始"}}, Description: "机器人", Short: "喘息"},
		},
		Agents:   -100777,
		Commands: []Command{{"case", "The case of this topic"}},
	}
	set := map[string]string{} // what Telegram has, by method, scope and language
	f := newFake()
	key := func(what string, p map[string]any) string {
		return fmt.Sprint(what, "|", p["scope"], "|", p["language_code"])
	}
	f.answer = func(method string, _ int) *scripted {
		p := f.calls[len(f.calls)-1].params
		if what, ok := strings.CutPrefix(method, "set"); ok {
			value := map[string]any{"MyCommands": p["commands"], "MyDescription": p["description"], "MyShortDescription": p["short_description"]}[what]
			if what == "MyCommands" {
				set[key(what, p)] = jsonOf(t, value)
			} else {
				set[key(what, p)] = jsonOf(t, map[string]any{"description": value, "short_description": value})
			}
			return nil
		}
		what := strings.TrimPrefix(method, "get")
		result, ok := set[key(what, p)]
		if !ok {
			result = map[bool]string{true: "[]", false: "{}"}[what == "MyCommands"]
		}
		return &scripted{status: 200, body: `{"ok":true,"result":` + result + `}`}
	}
	c := f.client(t, nil)
	require.NoError(t, c.Introduce(t.Context(), profile))
	require.Len(t, set, 7, "menu and two descriptions in two languages, and the agents' menu")
	require.JSONEq(t, `[{"command":"start","description":"开始"}]`, set["MyCommands|map[type:all_private_chats]|zh"])
	require.JSONEq(t, `[{"command":"case","description":"The case of this topic"}]`, set["MyCommands|map[chat_id:-100777 type:chat]|<nil>"])
	require.Contains(t, set["MyShortDescription|<nil>|zh"], "喘息")

	f.calls = nil
	require.NoError(t, c.Introduce(t.Context(), profile))
	for _, call := range f.calls {
		require.True(t, strings.HasPrefix(call.method, "get"), "%s although nothing differs", call.method)
	}
	f.calls = nil
	zh := profile.Languages["zh"]
	zh.Short = "喘息机器人"
	profile.Languages["zh"] = zh
	require.NoError(t, c.Introduce(t.Context(), profile))
	require.Len(t, f.called("setMyShortDescription"), 1)
	require.Empty(t, f.called("setMyCommands"))
}

func TestIntroduceRefusesWhatTelegramWould(t *testing.T) {
	for name, p := range map[string]Profile{
		"language":    {Languages: map[string]Introduction{"zh-hant": {}}},
		"command":     {Languages: map[string]Introduction{"": {Commands: []Command{{"/Start", "x"}}}}},
		"help":        {Commands: []Command{{"start", ""}}},
		"description": {Languages: map[string]Introduction{"": {Description: strings.Repeat("x", 513)}}},
		"short":       {Languages: map[string]Introduction{"": {Short: strings.Repeat("喘", 121)}}},
	} {
		f := newFake()
		require.Equal(t, bot.Refused, failureOf(t, f.client(t, nil).Introduce(t.Context(), p)).Kind, name)
		require.Empty(t, f.calls)
	}
}

func TestDownload(t *testing.T) {
	content := strings.Repeat("x", 1000)
	path := "documents/收入 1.pdf"
	size := 1000
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/bot" + testToken + "/getFile":
			_, _ = fmt.Fprintf(w, `{"ok":true,"result":{"file_id":"f","file_unique_id":"u","file_size":%d,"file_path":%q}}`, size, path)
		case "/file/bot" + testToken + "/documents/收入 1.pdf":
			_, _ = io.WriteString(w, content)
		default:
			http.Error(w, "no such file", http.StatusNotFound)
		}
	}))
	defer s.Close()
	c := clientOf(t, s.URL)
	got, err := c.Download(t.Context(), "f", 0)
	require.NoError(t, err)
	require.Equal(t, content, string(got))
	_, err = c.Download(t.Context(), "f", 999)
	require.Equal(t, bot.Refused, failureOf(t, err).Kind)
	size = 0 // the size is optional in Telegram's answer
	_, err = c.Download(t.Context(), "f", 999)
	require.Equal(t, bot.Refused, failureOf(t, err).Kind)
	path = "documents/gone.pdf"
	_, err = c.Download(t.Context(), "f", 0)
	require.Equal(t, bot.Unavailable, failureOf(t, err).Kind)
}

func TestDownloadFromAServerWithFilesOnItsOwnDisk(t *testing.T) {
	f := newFake()
	f.results["getFile"] = `{"file_id":"f","file_path":"/var/lib/telegram-bot-api/4242/documents/file_1.pdf"}`
	_, err := f.client(t, nil).Download(t.Context(), "f", 0)
	require.Equal(t, bot.Refused, failureOf(t, err).Kind)
}

func TestWaitReadySaysOnceThatItWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, notes := newFake(), &noteBook{}
		f.results["getMe"] = `{"id":4242,"is_bot":true,"first_name":"Respite"}`
		f.answer = func(_ string, n int) *scripted {
			if n <= 20 {
				return &scripted{err: errors.New("dial tcp: connection refused")}
			}
			return nil
		}
		c := f.client(t, notes)
		require.Error(t, c.Ready(t.Context()), "not asked before, so it asks")
		begin := time.Now()
		me, err := c.WaitReady(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, 4242, me.ID)
		require.Equal(t, 1, notes.count(Unreachable))
		require.Equal(t, 1, notes.count(Reachable))
		require.Greater(t, time.Since(begin), 2*time.Minute, "with pauses that grow")
		require.Less(t, time.Since(begin), 10*time.Minute)
		require.NoError(t, c.Ready(t.Context()))
	})
}

func TestWaitReadyGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.answer = func(string, int) *scripted { return refused(401, "Unauthorized") }
		_, err := f.client(t, nil).WaitReady(t.Context())
		require.Equal(t, bot.BadToken, failureOf(t, err).Kind)

		f.answer = func(string, int) *scripted { return refused(500, "Internal Server Error") }
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err = f.client(t, nil).WaitReady(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

func TestReadyAsksNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.results["getMe"] = `{"id":4242,"is_bot":true,"first_name":"Respite"}`
		c := f.client(t, nil)
		for range 600 { // behind a webhook, asked every second for ten minutes
			require.NoError(t, c.Ready(t.Context()))
			time.Sleep(time.Second)
		}
		require.LessOrEqual(t, len(f.called("getMe")), 11)
		require.GreaterOrEqual(t, len(f.called("getMe")), 9)

		f.answer = func(string, int) *scripted { return refused(401, "Unauthorized") }
		time.Sleep(successCounts)
		for range 60 {
			require.Error(t, c.Ready(t.Context()))
			time.Sleep(time.Second)
		}
		require.LessOrEqual(t, len(f.called("getMe")), 24, "a failure is not asked for every second")
	})
}
