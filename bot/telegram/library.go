package telegram

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"path"

	telebot "gopkg.in/telebot.v3"

	"respite/bot"
)

// library lends a telebot.Bot for one call. All that is not done for every update goes through it.
//
// By itself telebot leaves its calls without a context, hands out errors that hold the token, and takes an answer that is not
// JSON for a success. Below it lies a guard, so that its calls end with ctx and fail with the same *bot.Failure as all others.
func (c *Client) library(ctx context.Context, use func(*telebot.Bot) error) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	g := &guard{client: c, ctx: ctx}
	b, err := telebot.NewBot(telebot.Settings{
		URL: c.api, Token: c.token, Updates: 1, Client: &http.Client{Transport: g},
		Offline: true, // or NewBot would call getMe and fail without Telegram
	})
	if err == nil {
		err = use(b)
	}
	if err == nil {
		return nil
	}
	if f, ok := errors.AsType[*bot.Failure](err); ok {
		return f
	}
	return &bot.Failure{Kind: bot.Uncertain, Op: g.op, Err: errors.New("the result is not of the expected form")}
}

// guard is the transport of a lent telebot.Bot.
type guard struct {
	client *Client
	ctx    context.Context // telebot's own requests have none
	op     bot.Op          // the last method called
}

// RoundTrip lets only answers through that say ok; any other outcome is a *bot.Failure.
func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	g.op = bot.Op(path.Base(req.URL.Path))
	var sent progress
	var answer bytes.Buffer
	got, err := g.client.exchange(g.op, req.WithContext(sent.follow(g.ctx)), &sent, &answer)
	if err != nil {
		return nil, err
	}
	if _, failure := classify[nothing](got); failure != nil {
		failure.Op = g.op
		return nil, failure
	}
	return &http.Response{StatusCode: got.status, Header: got.header, Request: req,
		Body: io.NopCloser(bytes.NewReader(got.body))}, nil
}
