package phone

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// maxUpload is the largest request, in bytes: files of 50 MB with what is around them.
const maxUpload = 51 << 20

// params are the parameters of a call as text, however they came: query, form, multipart or JSON. Lists and objects are
// JSON text, as they are in a form.
type params struct {
	values  map[string]string
	uploads map[string]upload
}

type upload struct {
	name, mime string
	data       []byte
}

func readParams(w http.ResponseWriter, r *http.Request) (params, error) {
	p := params{values: make(map[string]string), uploads: make(map[string]upload)}
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		kind = ""
	}
	for name, values := range r.URL.Query() {
		p.values[name] = values[0]
	}
	switch kind {
	case "application/json":
		err = p.readJSON(r.Body)
	case "multipart/form-data":
		err = p.readMultipart(r)
	case "application/x-www-form-urlencoded":
		if err = r.ParseForm(); err == nil {
			for name, values := range r.PostForm {
				p.values[name] = values[0]
			}
		}
	default:
		err = nil
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return p, errTooLarge
	}
	return p, err
}

func (p *params) readJSON(body io.Reader) error {
	raw, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	var fields map[string]json.RawMessage
	if len(bytes.TrimSpace(raw)) > 0 && json.Unmarshal(raw, &fields) != nil {
		return badRequest("can't parse JSON object")
	}
	for name, field := range fields {
		var text string
		switch {
		case string(field) == "null":
			continue
		case json.Unmarshal(field, &text) == nil:
			p.values[name] = text
		default:
			p.values[name] = string(field)
		}
	}
	return nil
}

func (p *params) readMultipart(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return badRequest("can't parse multipart body")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() == "" {
			p.values[part.FormName()] = string(data)
			continue
		}
		p.uploads[part.FormName()] = upload{name: part.FileName(), mime: part.Header.Get("Content-Type"), data: data}
	}
}

func (p params) text(name string) string { return p.values[name] }
func (p params) int64(name string) int64 { return toInt64(p.values[name]) }
func (p params) int(name string) int     { return int(toInt64(p.values[name])) }

func (p params) bool(name string) bool {
	v := strings.ToLower(p.values[name])
	return v == "true" || v == "yes" || v == "1"
}

// object decodes a parameter that is JSON; an absent one or null leaves v as it is.
func (p params) object(name string, v any) error {
	text := p.values[name]
	if text == "" || text == "null" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return badRequest("can't parse %s JSON object", strings.ReplaceAll(name, "_", " "))
	}
	return nil
}

// toInt64 reads a number as Telegram does: what is not one is 0.
func toInt64(text string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
