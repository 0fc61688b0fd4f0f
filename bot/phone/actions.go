package phone

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// deed is what the page asks for: somebody does something in a chat.
type deed struct {
	Chat   int64  `json:"chat"` // 0: the private chat
	As     int64  `json:"as"`   // who does it
	Thread int    `json:"thread"`
	ID     int    `json:"id"` // a message
	Reply  int    `json:"reply"`
	Text   string `json:"text"`
	Data   string `json:"data"`
	Do     string `json:"do"`
}

// deeds are what people can do in the page. The lock is held; an error is shown to whoever holds the phone.
var deeds = map[string]func(*Server, *chat, *person, deed) (any, error){
	"say": func(s *Server, c *chat, who *person, d deed) (any, error) {
		return done(s.say(c, who, d.Thread, d.Reply, d.Text))
	},
	"start": func(s *Server, c *chat, who *person, _ deed) (any, error) {
		s.setBlocked(who, false)
		return done(s.say(c, who, 0, 0, "/start"))
	},
	"edit": func(s *Server, c *chat, who *person, d deed) (any, error) {
		return nil, s.editOwn(c, who, d.ID, d.Text)
	},
	"delete": func(s *Server, c *chat, who *person, d deed) (any, error) {
		return nil, s.deleteOwn(c, who, d.ID)
	},
	"press": func(s *Server, c *chat, who *person, d deed) (any, error) {
		q, err := s.pressOn(c, who, d.ID, d.Data)
		if err != nil {
			return nil, err
		}
		return map[string]string{"press": q.id}, nil
	},
	"give": (*Server).give,
	"block": func(s *Server, _ *chat, who *person, d deed) (any, error) {
		s.setBlocked(who, d.Do == "on")
		return nil, nil
	},
	"topic": (*Server).changeTopic,
	"bot":   (*Server).changeBot,
}

func done(_ *message, err error) (any, error) { return nil, err }

// give posts what needs no file.
func (s *Server) give(c *chat, who *person, d deed) (any, error) {
	var m *media
	switch d.Do {
	case "sticker":
		m = s.sticker()
	case "voice":
		m = &media{file: s.keep(voiceFile.file())}
	case "contact":
		m = who.contact()
	case "location":
		m = somewhere()
	default:
		return nil, fmt.Errorf("there is nothing like %q to send", d.Do)
	}
	return done(s.write(c, who, &message{media: m, thread: d.Thread}))
}

func (s *Server) changeTopic(c *chat, who *person, d deed) (any, error) {
	if !c.member(who.id).admin() {
		return nil, fmt.Errorf("%s is no administrator", who.name)
	}
	if d.Do == "create" {
		if !c.forum || d.Text == "" {
			return nil, errors.New("there can be no such topic")
		}
		return map[string]int{"thread": s.openTopic(c, &who.user, d.Text, topicColor).id}, nil
	}
	t := c.topic(d.Thread)
	if t == nil || t.deleted {
		return nil, fmt.Errorf("there is no topic %d", d.Thread)
	}
	switch d.Do {
	case "close", "reopen":
		return s.setClosed(c, t, &who.user, d.Do == "close")
	case "delete":
		s.dropTopic(c, t)
		return nil, nil
	}
	return nil, fmt.Errorf("nothing like %q can be done to a topic", d.Do)
}

func (s *Server) changeBot(c *chat, who *person, d deed) (any, error) {
	if c.kind == private || !c.member(who.id).admin() {
		return nil, fmt.Errorf("%s is no administrator", who.name)
	}
	switch d.Do {
	case "promote":
		s.change(c, &who.user, &s.bot, member{status: statusAdmin, rights: AllRights})
	case "demote", "add":
		s.change(c, &who.user, &s.bot, member{status: statusMember})
	case "remove":
		s.change(c, &who.user, &s.bot, member{status: statusKicked})
		s.post(c, &message{from: &who.user, leftMember: &s.bot})
	default:
		return nil, fmt.Errorf("nothing like %q can be done to the bot", d.Do)
	}
	return nil, nil
}

// routeActions serves what the page does. Another site cannot make a browser call it.
func (s *Server) routeActions(mux *http.ServeMux) {
	guard := http.NewCrossOriginProtection()
	post := func(name string, h http.HandlerFunc) { mux.Handle("POST /phone/api/"+name, guard.Handler(h)) }
	for name, do := range deeds {
		post(name, func(w http.ResponseWriter, r *http.Request) {
			var d deed
			if !readAction(w, r, &d) {
				return
			}
			result, err := s.perform(d, do)
			answerAction(w, result, err)
		})
	}
	post("person", s.servePerson)
	post("files", s.serveFiles)
	post("clock", s.serveClock)
	mux.HandleFunc("GET /phone/api/answer/{press}", s.serveAnswer)
}

func (s *Server) perform(d deed, do func(*Server, *chat, *person, deed) (any, error)) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, who, err := s.actor(d.Chat, d.As)
	if err != nil {
		return nil, err
	}
	defer s.touch()
	return do(s, c, who, d)
}

func (s *Server) actor(chat, as int64) (*chat, *person, error) {
	who := s.people[as]
	if who == nil {
		return nil, nil, fmt.Errorf("there is no person %d", as)
	}
	if chat == 0 || chat == as {
		return s.privateChat(who), who, nil
	}
	c := s.chats[chat]
	if c == nil || c.kind == private {
		return nil, nil, fmt.Errorf("there is no group %d", chat)
	}
	if !c.member(who.id).in() {
		return nil, nil, fmt.Errorf("%s is no member of the group", who.name)
	}
	return c, who, nil
}

// servePerson brings in a new borrower.
func (s *Server) servePerson(w http.ResponseWriter, r *http.Request) {
	var in struct{ Name, Lang string }
	if !readAction(w, r, &in) {
		return
	}
	if in.Name == "" || units(in.Name) > maxTopicName {
		answerAction(w, nil, errors.New("there is no such name"))
		return
	}
	s.mu.Lock()
	id := int64(1001)
	for s.chats[id] != nil {
		id++
	}
	s.mu.Unlock()
	answerAction(w, map[string]int64{"id": s.Person(id, in.Name, in.Lang).ID()}, nil)
}

// maxFiles is how many files an album has.
const maxFiles = 10

// serveFiles sends files, one or as an album.
func (s *Server) serveFiles(w http.ResponseWriter, r *http.Request) {
	p, err := readParams(w, r)
	if err != nil {
		answerAction(w, nil, err)
		return
	}
	var files []File
	for i := range maxFiles {
		up, ok := p.uploads[fmt.Sprintf("file%d", i)]
		if !ok {
			break
		}
		files = append(files, up.sent(FileKind(p.text("kind"))))
	}
	if len(files) == 0 {
		answerAction(w, nil, errors.New("there is no file"))
		return
	}
	files[0].Caption = p.text("caption")
	answerAction(w, nil, s.sendAll(p, files))
}

func (s *Server) sendAll(p params, files []File) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, who, err := s.actor(p.int64("chat"), p.int64("as"))
	if err != nil {
		return err
	}
	album := ""
	if len(files) > 1 {
		album = s.newAlbum()
	}
	for _, f := range files {
		if _, err := s.sendFile(c, who, p.int("thread"), f, album); err != nil {
			return err
		}
	}
	return nil
}

// sent is the upload as a person sends it: what is no picture that can be shown goes as a document.
func (up upload) sent(kind FileKind) File {
	f := File{Kind: Document, Name: up.name, Bytes: up.data}
	if _, _, err := picture(up.data); kind == Photo && err == nil {
		f.Kind = Photo
	}
	return f
}

// patience is how long a phone waits for the answer to a press.
const patience = 20 * time.Second

func (s *Server) serveAnswer(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	defer context.AfterFunc(s.done, cancel)()
	toast, err := s.Answer(ctx, r.PathValue("press"))
	if err != nil {
		err = errors.New("the bot has not answered")
	}
	answerAction(w, toast, err)
}

// serveClock moves the clock, by seconds or to the next alarm.
func (s *Server) serveClock(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Seconds int64 `json:"seconds"`
		Alarm   bool  `json:"alarm"`
	}
	if !readAction(w, r, &in) {
		return
	}
	by := time.Duration(in.Seconds) * time.Second
	if in.Alarm && s.opt.NextAlarm != nil {
		next, ok := s.opt.NextAlarm(r.Context())
		if !ok {
			answerAction(w, nil, errors.New("no alarm is set"))
			return
		}
		by = max(next.Sub(s.opt.Now()), 0)
	}
	const furthest = 366 * 24 * time.Hour
	if s.opt.Advance == nil || by < 0 || by > furthest {
		answerAction(w, nil, errors.New("the clock cannot be moved there"))
		return
	}
	s.opt.Advance(by)
	s.mu.Lock()
	s.moves++
	s.touch()
	s.mu.Unlock()
	answerAction(w, map[string]time.Time{"now": s.opt.Now().In(s.opt.Zone)}, nil)
}

// serveAlarm tells when the next alarm rings, or null.
func (s *Server) serveAlarm(w http.ResponseWriter, r *http.Request) {
	var alarm *time.Time
	if s.opt.NextAlarm != nil {
		if at, ok := s.opt.NextAlarm(r.Context()); ok {
			at = at.In(s.opt.Zone)
			alarm = &at
		}
	}
	answerAction(w, map[string]*time.Time{"at": alarm}, nil)
}

func readAction(w http.ResponseWriter, r *http.Request, v any) bool {
	const maxAction = 1 << 20
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxAction)).Decode(v); err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": "this is not what the page sends"})
		return false
	}
	return true
}

func answerAction(w http.ResponseWriter, result any, err error) {
	if err != nil {
		writeJSON(w, http.StatusConflict, map[string]string{"error": err.Error()})
		return
	}
	if result == nil {
		result = struct{}{}
	}
	writeJSON(w, http.StatusOK, result)
}
