package phone

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	_ "image/gif"  // pictures that can be sent as photos
	_ "image/jpeg" // the same
	_ "image/png"  // the same
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// FileKind is the way in which a file is sent and shown.
type FileKind string

// Kinds of file.
const (
	Photo    FileKind = "photo"
	Document FileKind = "document"
	Voice    FileKind = "voice"
	Audio    FileKind = "audio"
	Video    FileKind = "video"
)

// File is a file that a person sends.
type File struct {
	Kind     FileKind
	Name     string
	MIME     string // empty: guessed from Name
	Bytes    []byte
	Size     int // bytes that Telegram is told; 0: len(Bytes). A larger one plays a file that is too big to download
	Duration int // seconds: voice, audio, video
	Caption  string
}

// Largest files, in bytes, that a bot can download and upload.
const (
	maxDownload = 20 << 20
	maxSend     = 50 << 20
	maxPhoto    = 10 << 20
)

// file is what Telegram keeps of a file under one file_id.
type file struct {
	id, unique string
	kind       FileKind
	name, mime string
	data       []byte
	size       int
	duration   int
	width      int
	height     int
}

// media is what a message carries besides its text.
type media struct {
	file     *file
	thumb    *file // photos come in two sizes
	sticker  string
	contact  *wireContact
	location *wireLocation
}

func (m *media) wire(w *wireMessage) {
	switch {
	case m.contact != nil:
		w.Contact = m.contact
	case m.location != nil:
		w.Location = m.location
	case m.sticker != "":
		w.Sticker = &wireSticker{FileID: m.file.id, UniqueID: m.file.unique, Type: "regular", Width: 512, Height: 512, Emoji: m.sticker}
	case m.file.kind == Photo:
		for _, f := range []*file{m.thumb, m.file} {
			if f != nil {
				w.Photo = append(w.Photo, wirePhoto{FileID: f.id, UniqueID: f.unique, Width: f.width, Height: f.height, Size: f.size})
			}
		}
	default:
		m.wireDocument(w)
	}
}

func (m *media) wireDocument(w *wireMessage) {
	f := m.file
	d := &wireDocument{FileID: f.id, UniqueID: f.unique, Name: f.name, MIME: f.mime, Duration: f.duration, Size: f.size}
	switch f.kind {
	case Voice:
		d.Name = ""
		w.Voice = d
	case Audio:
		w.Audio = d
	case Video:
		d.Width, d.Height = f.width, f.height
		w.Video = d
	default:
		w.Document = d
	}
}

var idPrefix = map[FileKind]string{Photo: "AgACAgIAAx", Document: "BQACAgIAAx", Voice: "AwACAgIAAx", Audio: "CQACAgIAAx", Video: "BAACAgIAAx"}

// keep stores a file under a new id. Files with the same content share their unique id.
func (s *Server) keep(f file) *file {
	sum := sha256.Sum256(f.data)
	f.unique = "AQAD" + base64.RawURLEncoding.EncodeToString(sum[:9])
	f.id = fmt.Sprintf("%skBAAIB%04dZ%s", idPrefix[f.kind], s.next(), base64.RawURLEncoding.EncodeToString(sum[9:24]))
	if f.mime == "" {
		f.mime = mime.TypeByExtension(path.Ext(f.name))
	}
	if f.mime == "" {
		f.mime = http.DetectContentType(f.data)
	}
	if f.size == 0 {
		f.size = len(f.data)
	}
	s.files[f.id] = &f
	return &f
}

// keepMedia stores a file as a message carries it. A photo that is no picture is refused.
func (s *Server) keepMedia(f file) (*media, error) {
	if f.kind != Photo {
		return &media{file: s.keep(f)}, nil
	}
	config, format, err := picture(f.data)
	if err != nil {
		return nil, err
	}
	f.width, f.height, f.mime, f.name = config.Width, config.Height, "image/"+format, ""
	m := &media{file: s.keep(f)}
	if small, ok := thumbnail(f); ok {
		m.thumb = s.keep(small)
	}
	return m, nil
}

// Telegram takes photos whose sides add up to this many pixels at the most, the longer one at most so many times the shorter.
const (
	maxSides = 10_000
	maxRatio = 20
)

func picture(data []byte) (image.Config, string, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	w, h := config.Width, config.Height
	switch {
	case err != nil:
		return config, "", errNoImage
	case w+h > maxSides, w > maxRatio*h, h > maxRatio*w:
		return config, "", errDimensions
	}
	return config, format, nil
}

// fileOf finds the file of a send call: uploaded with it, or one that Telegram has.
func (s *Server) fileOf(p params, field string, kind FileKind) (*media, error) {
	if up, ok := p.uploads[field]; ok {
		return s.uploaded(p, up, kind)
	}
	value := p.text(field)
	if name, attached := strings.CutPrefix(value, "attach://"); attached {
		up, ok := p.uploads[name]
		if !ok {
			return nil, badRequest("can't find attached file %q", name)
		}
		return s.uploaded(p, up, kind)
	}
	if value == "" {
		return nil, badRequest("there is no %s in the request", kind)
	}
	known := s.files[value]
	switch {
	case known == nil:
		return nil, errWrongFile
	case known.kind != kind:
		return nil, badRequest("can't use file of type %s as %s", title(known.kind), title(kind))
	}
	return &media{file: known, thumb: s.thumbOf(known)}, nil
}

func (s *Server) uploaded(p params, up upload, kind FileKind) (*media, error) {
	switch {
	case len(up.data) == 0:
		return nil, badRequest("file must be non-empty")
	case len(up.data) > maxSend, kind == Photo && len(up.data) > maxPhoto:
		return nil, errTooLarge
	}
	typ := up.mime
	if typ == "application/octet-stream" {
		typ = ""
	}
	return s.keepMedia(file{kind: kind, name: up.name, mime: typ, data: up.data, duration: p.int("duration"), width: p.int("width"), height: p.int("height")})
}

func (s *Server) thumbOf(f *file) *file {
	for _, c := range s.chats {
		for _, m := range c.messages {
			if m.media != nil && m.media.file == f {
				return m.media.thumb
			}
		}
	}
	return nil
}

func title(k FileKind) string { return strings.ToUpper(string(k[:1])) + string(k[1:]) }

func sendFile(kind FileKind) method {
	return func(s *Server, p params) (any, error) {
		text, entities, err := captionText(p)
		if err != nil {
			return nil, err
		}
		c, m, err := s.draft(p)
		if err != nil {
			return nil, err
		}
		if m.media, err = s.fileOf(p, string(kind), kind); err != nil {
			return nil, err
		}
		m.text, m.entities = text, entities
		return s.post(c, m).wire(true), nil
	}
}

func (s *Server) newAlbum() string { return strconv.FormatInt(13_000_000_000_000_000+s.next(), 10) }

type albumItem struct {
	Type     FileKind `json:"type"`
	Media    string   `json:"media"`
	Caption  string   `json:"caption"`
	Entities []Entity `json:"caption_entities"`
	Mode     string   `json:"parse_mode"`
}

// item are the parameters of one item, so that it reads like a single send.
func (a albumItem) params(p params) (params, error) {
	entities, err := json.Marshal(a.Entities)
	return params{uploads: p.uploads, values: map[string]string{
		"media": a.Media, "caption": a.Caption, "parse_mode": a.Mode, "caption_entities": string(entities),
	}}, err
}

func (s *Server) sendMediaGroup(p params) (any, error) {
	c, first, err := s.draft(p)
	if err != nil {
		return nil, err
	}
	var items []albumItem
	if err := p.object("media", &items); err != nil {
		return nil, err
	}
	if len(items) < 2 || len(items) > 10 {
		return nil, badRequest("media group must include 2-10 items")
	}
	album := s.newAlbum()
	var messages []*message
	for _, item := range items {
		m := *first
		m.keyboard, m.album = nil, album
		one, err := item.params(p)
		if err != nil {
			return nil, err
		}
		if m.text, m.entities, err = captionText(one); err != nil {
			return nil, err
		}
		if m.media, err = s.fileOf(one, "media", item.Type); err != nil {
			return nil, err
		}
		messages = append(messages, &m)
	}
	var sent []*wireMessage
	for _, m := range messages {
		sent = append(sent, s.post(c, m).wire(true))
	}
	return sent, nil
}

func (s *Server) getFile(p params) (any, error) {
	f := s.files[p.text("file_id")]
	switch {
	case p.text("file_id") == "":
		return nil, badRequest("file_id not specified")
	case f == nil:
		return nil, errFileID
	case f.size > maxDownload:
		return nil, errFileTooBig
	}
	return wireFile{FileID: f.id, UniqueID: f.unique, Size: f.size, Path: f.path()}, nil
}

// path is where the file can be fetched: a folder for its kind, and its id for a name.
func (f *file) path() string { return string(f.kind) + "s/" + f.id + extension.FindString(f.name) }

var extension = regexp.MustCompile(`\.[A-Za-z0-9]{1,8}$`)

func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, where string) {
	name := path.Base(where)
	s.mu.Lock()
	f := s.files[strings.TrimSuffix(name, path.Ext(name))]
	s.mu.Unlock()
	if f == nil || r.Method != http.MethodGet || f.size > maxDownload {
		writeError(w, errNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(len(f.data)))
	_, _ = w.Write(f.data) // the client may be gone
}
