package phone

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"time"
)

// world is what the page shows besides messages.
type world struct {
	Clock  clockView   `json:"clock"`
	Bot    botView     `json:"bot"`
	People []humanView `json:"people"`
	Groups []groupView `json:"groups"`
}

type clockView struct {
	Now      time.Time `json:"now"`
	Zone     string    `json:"zone"`
	CanMove  bool      `json:"canMove"`
	CanAlarm bool      `json:"canAlarm"`
	Moves    int       `json:"moves"` // how often it was moved
}

type botView struct {
	ID       int64  `json:"id"`
	Username string `json:"username"`
}

type humanView struct {
	ID       int64        `json:"id"`
	Name     string       `json:"name"`
	Lang     string       `json:"lang"`
	Started  bool         `json:"started"`
	Blocked  bool         `json:"blocked"`
	Commands []botCommand `json:"commands"`
	Profile  Profile      `json:"profile"`
}

type groupView struct {
	ID      int64        `json:"id"`
	Title   string       `json:"title"`
	Forum   bool         `json:"forum"`
	Topics  []Topic      `json:"topics"`
	Members []memberView `json:"members"`
	Bot     string       `json:"bot"` // the bot's standing: "administrator", "member", "kicked"...
}

type memberView struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Admin bool   `json:"admin"`

	Commands []botCommand `json:"commands"`
}

// chatView is what changed in a chat: the ids of all messages in order, and those messages that are new or different.
type chatView struct {
	ID       int64             `json:"id"`
	Doing    *doingView        `json:"doing"`
	IDs      []int             `json:"ids"`
	Messages []json.RawMessage `json:"messages"`
}

type doingView struct {
	Kind   string    `json:"kind"`
	Thread int       `json:"thread"`
	Until  time.Time `json:"until"`
}

func (s *Server) world() world {
	now := s.opt.Now().In(s.opt.Zone)
	w := world{
		Clock: clockView{
			Now: now, Zone: s.opt.Zone.String(), CanMove: s.opt.Advance != nil, CanAlarm: s.opt.NextAlarm != nil && s.opt.Advance != nil,
			Moves: s.moves,
		},
		Bot:    botView{ID: s.bot.id, Username: s.bot.username},
		People: []humanView{}, Groups: []groupView{},
	}
	for _, p := range s.order {
		c := s.privateChat(p)
		w.People = append(w.People, humanView{
			ID: p.id, Name: p.name, Lang: p.lang, Started: c.started, Blocked: c.blocked, Commands: s.commandsIn(c, p), Profile: s.profileIn(p.lang),
		})
	}
	for _, c := range s.groups {
		if c.movedTo == 0 {
			w.Groups = append(w.Groups, s.groupView(c))
		}
	}
	return w
}

func (s *Server) groupView(c *chat) groupView {
	g := groupView{ID: c.id, Title: c.title, Forum: c.forum, Topics: c.topicList(), Bot: string(c.member(s.bot.id).status), Members: []memberView{}}
	for _, p := range s.order {
		if m := c.member(p.id); m.in() {
			g.Members = append(g.Members, memberView{ID: p.id, Name: p.name, Admin: m.admin(), Commands: s.commandsIn(c, p)})
		}
	}
	return g
}

// stream is one page that follows along. It remembers what it has sent, so that only changes travel.
type stream struct {
	server *Server
	world  string
	chats  map[int64]map[int]string
	doing  map[int64]string
}

// gather is how long changes are collected before they are sent, keepAlive how often the clock is sent when nothing changes.
const (
	gather    = 15 * time.Millisecond
	keepAlive = 15 * time.Second
)

// serveEvents streams the world and the chats as server-sent events. It ends when the page goes away or the Server is closed.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	_ = out.SetWriteDeadline(time.Time{}) // where there is none to lift, there is none to fear
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	st := &stream{server: s, chats: make(map[int64]map[int]string), doing: make(map[int64]string)}
	beat := time.NewTicker(keepAlive)
	defer beat.Stop()
	for {
		events, changed, err := st.news()
		if err != nil {
			return
		}
		if _, err := w.Write(events); err != nil || out.Flush() != nil {
			return
		}
		select {
		case <-changed:
			time.Sleep(gather)
		case <-beat.C:
			st.world = ""
		case <-r.Context().Done():
			return
		case <-s.done.Done():
			return
		}
	}
}

// news gives the events for what changed since the last time, and what tells of the next change.
func (st *stream) news() ([]byte, <-chan struct{}, error) {
	s := st.server
	s.mu.Lock()
	defer s.mu.Unlock()
	out, err := st.worldNews(nil)
	for _, p := range s.order {
		if err == nil {
			out, err = st.chatNews(out, s.privateChat(p))
		}
	}
	for _, c := range s.groups {
		if err == nil && c.movedTo == 0 {
			out, err = st.chatNews(out, c)
		}
	}
	return out, s.changed, err
}

func (st *stream) worldNews(out []byte) ([]byte, error) {
	w := st.server.world()
	still := w
	still.Clock.Now = time.Time{} // the page lets its clock run on by itself
	text, err := json.Marshal(still)
	if err != nil || st.world == string(text) {
		return out, err
	}
	st.world = string(text)
	return event(out, "world", w)
}

func (st *stream) chatNews(out []byte, c *chat) ([]byte, error) {
	sent := st.chats[c.id]
	if sent == nil {
		sent = make(map[int]string)
		st.chats[c.id] = sent
	}
	v := chatView{ID: c.id, IDs: make([]int, 0, len(c.messages)), Messages: []json.RawMessage{}}
	for _, m := range c.messages {
		text, err := json.Marshal(st.server.view(m))
		if err != nil {
			return nil, err
		}
		v.IDs = append(v.IDs, m.id)
		if sent[m.id] != string(text) {
			sent[m.id] = string(text)
			v.Messages = append(v.Messages, text)
		}
	}
	gone := len(sent) > len(v.IDs)
	if gone {
		maps.DeleteFunc(sent, func(id int, _ string) bool { return c.message(id) == nil })
	}
	doing := ""
	if c.action.kind != "" {
		v.Doing = &doingView{Kind: c.action.kind, Thread: c.action.thread, Until: c.action.until}
		doing = fmt.Sprint(*v.Doing)
	}
	if !gone && len(v.Messages) == 0 && st.doing[c.id] == doing {
		return out, nil
	}
	st.doing[c.id] = doing
	return event(out, "chat", v)
}

// event adds a server-sent event: JSON has no line breaks.
func event(out []byte, name string, data any) ([]byte, error) {
	body, err := json.Marshal(data)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(out, "event: %s\ndata: %s\n\n", name, body), nil
}
