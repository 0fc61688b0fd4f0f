package telegram

import (
	"context"

	telebot "gopkg.in/telebot.v3"

	"respite/bot"
)

// Self is the bot's own account.
type Self struct {
	bot.User
	Username   string
	SeesGroups bool // reads all messages of its groups; else only those of groups where it is an administrator
}

// Me asks who the bot is: the simplest call that shows that Telegram answers and takes the token.
func (c *Client) Me(ctx context.Context) (Self, error) {
	got, err := post[telebot.User](ctx, c, request{op: "getMe", method: "getMe", contentType: jsonType, body: []byte("{}"), limit: callTimeout})
	if ctx.Err() == nil {
		c.health.asked(err)
	}
	if err != nil {
		return Self{}, err
	}
	return Self{User: user(&got), Username: got.Username, SeesGroups: got.CanReadMessages}, nil
}

// Member is what somebody is in a group.
type Member struct {
	Status string // Telegram's word: creator, administrator, member, restricted, left or kicked
	Inside bool
	Admin  bool // creator or administrator
	Topics bool // may make, rename, close and reopen topics of others
	Pins   bool // may pin messages
}

// Member asks what a user is in a group. A user who never was there is either left or a failure of kind bot.Gone.
func (c *Client) Member(ctx context.Context, chat, who int64) (Member, error) {
	var got *telebot.ChatMember
	err := c.library(ctx, func(b *telebot.Bot) (err error) {
		got, err = b.ChatMemberOf(telebot.ChatID(chat), telebot.ChatID(who))
		return err
	})
	if err != nil {
		return Member{}, err
	}
	m := member{Status: got.Role, Inside: got.Member}
	creator := got.Role == telebot.Creator
	return Member{
		Status: string(got.Role),
		Inside: m.inside(),
		Admin:  creator || got.Role == telebot.Administrator,
		Topics: creator || got.CanManageTopics,
		Pins:   creator || got.CanPinMessages,
	}, nil
}

// SetWebhook asks Telegram to deliver updates to an https address, at most connections at once (1 to 100), with secret in a
// header. Updates that wait are kept.
func (c *Client) SetWebhook(ctx context.Context, address, secret string, connections int) error {
	return c.library(ctx, func(b *telebot.Bot) error {
		return b.SetWebhook(&telebot.Webhook{
			Endpoint:       &telebot.WebhookEndpoint{PublicURL: address},
			SecretToken:    secret,
			MaxConnections: connections,
			AllowedUpdates: allowedUpdates,
		})
	})
}

// RemoveWebhook ends the delivery of updates. Those that wait are kept for polling.
func (c *Client) RemoveWebhook(ctx context.Context) error {
	return c.library(ctx, func(b *telebot.Bot) error { return b.RemoveWebhook(false) })
}
