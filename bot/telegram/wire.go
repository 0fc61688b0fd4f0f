package telegram

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"respite/bot"
)

// maxAnswer bounds what is read of an answer. A hundred updates with the longest texts stay well below it.
const maxAnswer = 16 << 20

// lenient accepts a lone surrogate in a text (a person can type one) instead of refusing the update that holds it.
var lenient = json.JoinOptions(jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))

const jsonType = "application/json"

// post runs one method and gives its result. The error is always a *bot.Failure.
//
// telebot's own Bot.Raw is not used for what happens on every update: it takes no context, starts a goroutine for each call,
// marshals through maps, and takes a page that is not JSON for a success.
func post[T any](ctx context.Context, c *Client, r request, options ...json.Options) (T, error) {
	if r.into == nil {
		r.into = answers.Get().(*bytes.Buffer)
		defer answers.Put(r.into)
	}
	var none T
	got, err := c.carry(ctx, r)
	if err != nil {
		return none, err
	}
	result, failure := classify[T](got, options...)
	if failure != nil {
		failure.Op = r.op
		return none, failure
	}
	return result, nil
}

// carry makes a call. The error is always a *bot.Failure.
func (c *Client) carry(ctx context.Context, r request) (response, error) {
	var sent progress
	if own, ok := c.transport.(*lines); ok {
		m := letter{uri: c.address(r.method).uri, contentType: r.contentType, body: r.body,
			until: time.Now().Add(r.limit), sent: &sent, answer: r.into}
		got, err := own.post(ctx, m)
		if err != nil {
			return got, c.lost(r.op, &sent, err)
		}
		return got, nil
	}
	ctx, cancel := context.WithTimeout(ctx, r.limit)
	defer cancel()
	return c.exchange(r.op, c.request(sent.follow(ctx), r), &sent, r.into)
}

// answers are buffers to lend, for answers of a few hundred bytes.
var answers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// request makes a call into an HTTP request. It has a body of its own: net/http may read it on when the call has ended.
func (c *Client) request(ctx context.Context, r request) *http.Request {
	u := c.address(r.method).url
	body := bytes.NewReader(bytes.Clone(r.body))
	req := &http.Request{Method: http.MethodPost, URL: u, Host: u.Host, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: c.json, Body: io.NopCloser(body), ContentLength: int64(len(r.body)),
	}
	if r.contentType != jsonType {
		req.Header = http.Header{"Content-Type": {r.contentType}}
	}
	return req.WithContext(ctx)
}

// address is where a method is called.
type address struct {
	url *url.URL
	uri string // its path and what follows that
}

func (c *Client) address(method string) *address {
	if known, ok := c.addresses.Load(method); ok {
		return known.(*address)
	}
	u := *c.base
	u.Path += "/bot" + c.token + "/" + method
	a := &address{&u, u.RequestURI()}
	c.addresses.Store(method, a)
	return a
}

// request is one call.
type request struct {
	op          bot.Op
	method      string
	contentType string
	body        []byte // not looked at after the call
	limit       time.Duration
	into        *bytes.Buffer // for the answer; nil: one is lent
}

// response is what came back.
type response struct {
	status int
	header http.Header
	body   []byte
}

// exchange sends a request whose progress is followed, and reads the answer, whatever it says, into a buffer, which the response then
// shares. The error is always a *bot.Failure.
func (c *Client) exchange(op bot.Op, req *http.Request, sent *progress, answer *bytes.Buffer) (response, error) {
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return response{}, c.lost(op, sent, err)
	}
	got, _, err := read(resp, answer)
	if err != nil {
		return response{}, c.lost(op, sent, err)
	}
	return got, nil
}

// read takes an answer into a buffer, which the response then shares. One that is not whole counts if it says why the call failed.
func read(resp *http.Response, answer *bytes.Buffer) (got response, whole bool, err error) {
	answer.Reset()
	if resp.ContentLength > 0 && resp.ContentLength < maxAnswer {
		answer.Grow(int(resp.ContentLength) + bytes.MinRead)
	}
	n, err := answer.ReadFrom(io.LimitReader(resp.Body, maxAnswer))
	_ = resp.Body.Close() // nothing is written through it
	whole = err == nil && n < maxAnswer
	if err != nil && resp.StatusCode == http.StatusOK {
		return got, false, err
	}
	return response{resp.StatusCode, resp.Header, answer.Bytes()}, whole, nil
}

// lost is the failure of a call that got no answer. It may have been carried out unless it never left entirely.
func (c *Client) lost(op bot.Op, sent *progress, err error) *bot.Failure {
	kind := bot.Unavailable
	if sent.mayHaveArrived() {
		kind = bot.Uncertain
	}
	return &bot.Failure{Kind: kind, Op: op, Err: c.redact(err)}
}

// redact takes the token out of an error that quotes the address.
func (c *Client) redact(err error) error {
	if text := err.Error(); strings.Contains(text, c.token) {
		return errors.New(strings.ReplaceAll(text, c.token, "<token>"))
	}
	return err
}

// progress follows how far a request got.
type progress struct {
	connected atomic.Bool // a connection was ready for it
	broken    atomic.Bool // writing it failed, so that the server cannot have all of it
}

// follow has requests with the context that it gives followed.
func (p *progress) follow(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) {
			p.connected.Store(true)
			p.broken.Store(false) // net/http starts afresh on another connection if nothing left on the first
		},
		WroteRequest: func(info httptrace.WroteRequestInfo) { p.broken.Store(info.Err != nil) },
	})
}

// mayHaveArrived is true unless it is certain that the server did not get the whole request. A request whose context ends
// while it is being written counts as arrived: the hook for the end of writing may not have run yet.
func (p *progress) mayHaveArrived() bool { return p.connected.Load() && !p.broken.Load() }
