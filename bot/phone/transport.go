package phone

import (
	"bytes"
	"errors"
	"io"
	"net/http"
)

// Transport carries HTTP requests to the Server without a socket, so that it also works inside a testing/synctest bubble. Any
// host will do. A connection that a Fault cuts is io.ErrUnexpectedEOF. Answers are whole: it is not for event streams.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ server *Server }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r = r.Clone(r.Context())
		r.Body = http.NoBody
	}
	defer func() { _ = r.Body.Close() }()
	done := make(chan *recorder, 1)
	go func() {
		w := &recorder{header: make(http.Header), code: http.StatusOK}
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
					panic(p)
				}
				w.aborted = true
			}
			done <- w
		}()
		t.server.ServeHTTP(w, r.Clone(r.Context()))
	}()
	select {
	case w := <-done:
		return w.response(r)
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// recorder keeps what a handler answers.
type recorder struct {
	header  http.Header
	code    int
	body    bytes.Buffer
	aborted bool
}

func (w *recorder) Header() http.Header         { return w.header }
func (w *recorder) WriteHeader(code int)        { w.code = code }
func (w *recorder) Write(b []byte) (int, error) { return w.body.Write(b) }

func (w *recorder) response(r *http.Request) (*http.Response, error) {
	body := io.Reader(&w.body)
	if w.aborted {
		if w.body.Len() == 0 {
			return nil, io.ErrUnexpectedEOF
		}
		body = io.MultiReader(body, brokenReader{})
	}
	return &http.Response{
		StatusCode: w.code, Status: http.StatusText(w.code), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.header, Body: io.NopCloser(body), ContentLength: -1, Request: r,
	}, nil
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
