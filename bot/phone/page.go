package phone

import (
	"embed"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
)

// The page with the phones. It needs nothing from anywhere else.
//
//go:embed page
var pageFiles embed.FS

// pagePolicy lets the page load nothing but what the Server gives it.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/", s.serveAPI)
	mux.HandleFunc("GET /{$}", servePage)
	mux.HandleFunc("GET /phone/page/{name}", servePage)
	mux.HandleFunc("GET /phone/api/events", s.serveEvents)
	mux.HandleFunc("GET /phone/api/alarm", s.serveAlarm)
	mux.HandleFunc("GET /phone/api/file/{id}", s.serveAttachment)
	s.routeActions(mux)
	return mux
}

func servePage(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if name == "" {
		name = "index.html"
	}
	body, err := fs.ReadFile(pageFiles, "page/"+name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(name))
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write(body) // the client may be gone
}

// contentType does not ask the machine's own tables: they may know less.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}

// shownInPage are the types of file that a browser may show in place; all others are downloaded.
var shownInPage = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

func (s *Server) serveAttachment(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.files[r.PathValue("id")]
	s.mu.Unlock()
	if f == nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	if slices.Contains(shownInPage, f.mime) {
		h.Set("Content-Type", f.mime)
	} else {
		name := strings.TrimLeft(f.name, ".")
		if name == "" {
			name = string(f.kind)
		}
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	}
	_, _ = w.Write(f.data) // the client may be gone
}
