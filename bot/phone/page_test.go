package phone_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

func (f *fixture) get(path string) (*http.Response, string) {
	f.t.Helper()
	resp, err := http.Get(f.http.URL + path)
	require.NoError(f.t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(f.t, err)
	require.NoError(f.t, resp.Body.Close())
	return resp, string(body)
}

// act does what the page does, and returns the status and what it is told.
func (f *fixture) act(name, body string, headers ...string) (int, string) {
	f.t.Helper()
	req, err := http.NewRequestWithContext(f.t.Context(), http.MethodPost, f.http.URL+"/phone/api/"+name, strings.NewReader(body))
	require.NoError(f.t, err)
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(f.t, err)
	said, err := io.ReadAll(resp.Body)
	require.NoError(f.t, err)
	require.NoError(f.t, resp.Body.Close())
	return resp.StatusCode, string(said)
}

func TestThePageNeedsNothingFromElsewhere(t *testing.T) {
	f := newFixture(t, phone.Options{})
	resp, body := f.get("/")
	require.Equal(t, 200, resp.StatusCode)
	require.Contains(t, resp.Header.Get("Content-Security-Policy"), "default-src 'none'")
	require.Contains(t, body, "/phone/page/app.js")
	files, err := os.ReadDir("page")
	require.NoError(t, err)
	require.Greater(t, len(files), 8)
	for _, file := range files {
		resp, body := f.get("/phone/page/" + file.Name())
		require.Equal(t, 200, resp.StatusCode, file.Name())
		require.NotEqual(t, "application/octet-stream", resp.Header.Get("Content-Type"), file.Name())
		body = strings.ReplaceAll(body, "http://www.w3.org/2000/svg", "")
		require.NotRegexp(t, `(?i)https?://[a-z0-9]`, body, file.Name())
	}
	resp, _ = f.get("/phone/page/nothing.js")
	require.Equal(t, 404, resp.StatusCode)
}

func TestThePageHasItsWordsInThreeLanguages(t *testing.T) {
	table, err := os.ReadFile("page/words.js")
	require.NoError(t, err)
	entries := regexp.MustCompile(`(?ms)^  (\w+): \[(.*?)\],$`).FindAllStringSubmatch(string(table), -1)
	known := make(map[string]bool)
	for _, e := range entries {
		known[e[1]] = true
		require.Len(t, regexp.MustCompile(`"[^"]+"`).FindAllString(e[2], -1), 3, e[1])
	}
	require.Greater(t, len(known), 60)
	used := regexp.MustCompile(`\bt\("(\w+)"|data-word="(\w+)"`)
	files, err := filepath.Glob("page/*")
	require.NoError(t, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, use := range used.FindAllStringSubmatch(string(text), -1) {
			require.True(t, known[use[1]+use[2]], "%s uses %q, which has no words", name, use[1]+use[2])
		}
	}
}

func TestOtherSitesCannotActThroughAVisitor(t *testing.T) {
	f, p := started(t)
	status, _ := f.act("say", `{"as":11,"text":"not me"}`, "Sec-Fetch-Site", "cross-site")
	require.Equal(t, 403, status)
	status, _ = f.act("say", `{"as":11,"text":"not me"}`, "Origin", "https://example.org")
	require.Equal(t, 403, status)
	status, _ = f.act("say", `{"as":11,"text":"me"}`, "Sec-Fetch-Site", "same-origin")
	require.Equal(t, 200, status)
	require.Equal(t, "> /start\n> me\n", p.Transcript())
}

func TestWhatThePageIsRefused(t *testing.T) {
	f, g := desk(t, phone.Options{})
	for deed, want := range map[[2]string]string{
		{"say", `{"as":99,"text":"x"}`}:                                       "there is no person 99",
		{"say", `{"as":21,"text":" "}`}:                                       "there is nothing to say",
		{"say", `{"as":21,"chat":-5,"text":"x"}`}:                             "there is no group -5",
		{"press", `{"as":21,"id":7,"data":"x"}`}:                              "there is no message 7",
		{"give", `{"as":21,"do":"dance"}`}:                                    `there is nothing like "dance" to send`,
		{"topic", `{"as":22,"chat":-1001000000001,"do":"create","text":"x"}`}: "Bob is no administrator",
		{"topic", `{"as":21,"chat":-1001000000001,"do":"close","thread":9}`}:  "there is no topic 9",
		{"bot", `{"as":21,"do":"remove"}`}:                                    "Ann is no administrator",
		{"clock", `{"seconds":3600}`}:                                         "the clock cannot be moved there",
		{"person", `{"name":""}`}:                                             "there is no such name",
	} {
		status, said := f.act(deed[0], deed[1])
		require.Equal(t, 409, status, deed)
		var answer struct{ Error string }
		require.NoError(t, json.Unmarshal([]byte(said), &answer))
		require.Equal(t, want, answer.Error, deed)
	}
	status, _ := f.act("say", "nonsense")
	require.Equal(t, 400, status)
	require.Empty(t, g.Messages(0))
}

func TestAgentsActThroughThePage(t *testing.T) {
	f, g := desk(t, phone.Options{})
	status, said := f.act("topic", `{"as":21,"chat":-1001000000001,"do":"create","text":"Lounge"}`)
	require.Equal(t, 200, status, said)
	require.Equal(t, "Lounge", g.Topics()[1].Name)
	for _, do := range []string{"demote", "promote", "remove", "add"} {
		status, said = f.act("bot", `{"as":21,"chat":-1001000000001,"do":"`+do+`"}`)
		require.Equal(t, 200, status, said)
	}
	var standings []string
	for _, u := range f.drain() {
		if u.Mine != nil {
			standings = append(standings, u.Mine.New.Status)
		}
	}
	require.Equal(t, []string{"member", "administrator", "kicked", "member"}, standings)
}

func TestFilesAreShownOnlyWhenTheyArePictures(t *testing.T) {
	f, p := started(t)
	p.Send(phone.File{Name: "evil.html", Bytes: []byte("<script>alert(1)</script>")})
	p.Send(phone.File{Kind: phone.Photo, Bytes: picture(t, 9, 9)})
	all := p.Messages()
	resp, _ := f.get("/phone/api/file/" + all[1].File.ID)
	require.Equal(t, "application/octet-stream", resp.Header.Get("Content-Type"))
	require.Equal(t, "attachment; filename=evil.html", resp.Header.Get("Content-Disposition"))
	require.Equal(t, "nosniff", resp.Header.Get("X-Content-Type-Options"))
	resp, _ = f.get("/phone/api/file/" + all[2].File.ID)
	require.Equal(t, "image/png", resp.Header.Get("Content-Type"))
	resp, _ = f.get("/phone/api/file/nothing")
	require.Equal(t, 404, resp.StatusCode)
}

// events reads a page's event stream.
type events struct {
	t     *testing.T
	lines *bufio.Scanner
}

func (f *fixture) events() events {
	f.t.Helper()
	resp, err := http.Get(f.http.URL + "/phone/api/events")
	require.NoError(f.t, err)
	f.t.Cleanup(func() { require.NoError(f.t, resp.Body.Close()) })
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	return events{f.t, lines}
}

// next is the next event of a kind.
func (e events) next(kind string, v any) {
	e.t.Helper()
	for e.lines.Scan() {
		if e.lines.Text() != "event: "+kind {
			continue
		}
		require.True(e.t, e.lines.Scan())
		data, found := strings.CutPrefix(e.lines.Text(), "data: ")
		require.True(e.t, found)
		require.NoError(e.t, json.Unmarshal([]byte(data), v))
		return
	}
	e.t.Fatalf("the stream ended before a %s event: %v", kind, e.lines.Err())
}

type chatEvent struct {
	ID       int64
	IDs      []int
	Messages []phone.Message
	Doing    *struct{ Kind string }
}

func TestThePageIsToldOnlyWhatChanged(t *testing.T) {
	f, p := started(t)
	stream := f.events()
	var world struct {
		People []struct {
			ID      int64
			Started bool
		}
	}
	stream.next("world", &world)
	require.True(t, world.People[0].Started)
	var chat chatEvent
	stream.next("chat", &chat)
	require.Len(t, chat.Messages, 1)

	id := f.allowed("sendMessage", hello(11)).messageID(t)
	chat = chatEvent{}
	stream.next("chat", &chat)
	require.Equal(t, []int{1, id}, chat.IDs)
	require.Len(t, chat.Messages, 1, "only the new message travels")
	require.Equal(t, "hello", chat.Messages[0].Text)

	f.allowed("sendChatAction", fields{"chat_id": 11, "action": "typing"})
	chat = chatEvent{}
	stream.next("chat", &chat)
	require.Equal(t, "typing", chat.Doing.Kind)
	require.Empty(t, chat.Messages)

	p.Delete(id)
	chat = chatEvent{}
	stream.next("chat", &chat)
	require.Equal(t, []int{1}, chat.IDs)
	f.Close()
	for stream.lines.Scan() { // it ends with the server
	}
	require.NoError(t, stream.lines.Err())
}
