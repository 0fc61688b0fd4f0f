package telegram

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"

	telebot "gopkg.in/telebot.v3"

	"respite/bot"
)

// Profile is what Telegram shows of the bot before and beside the conversation.
type Profile struct {
	// Languages holds an introduction for each language code. Telegram takes codes of two letters only, so that both ways of
	// writing Chinese share "zh"; "" is for everybody else.
	Languages map[string]Introduction
	Agents    int64     // the agents' group; 0: none
	Commands  []Command // menu in the agents' group
}

// Introduction is the bot's profile in one language.
type Introduction struct {
	Commands    []Command // menu in private chats
	Description string    // shown in an empty chat, at most 512 characters
	Short       string    // shown on the profile and in shared links, at most 120 characters
}

// Command is one line of the menu.
type Command struct {
	Name string // without the slash: 1 to 32 of a-z, 0-9 and _
	Help string // 1 to 256 characters
}

var (
	commandShape  = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	languageShape = regexp.MustCompile(`^([a-z]{2})?$`)
)

// Introduce sets the menu and the descriptions where they differ from what is set: Telegram allows few such changes an hour. It
// stops at the first failure, always a *bot.Failure; called again it goes on from there.
func (c *Client) Introduce(ctx context.Context, p Profile) error {
	if err := p.check(); err != nil {
		return &bot.Failure{Kind: bot.Refused, Op: "introduce", Err: err}
	}
	for _, language := range slices.Sorted(maps.Keys(p.Languages)) {
		in := p.Languages[language]
		scope := telebot.CommandScope{Type: telebot.CommandScopeAllPrivateChats}
		if err := c.setCommands(ctx, scope, language, in.Commands); err != nil {
			return err
		}
		if err := c.describe(ctx, language, in); err != nil {
			return err
		}
	}
	if p.Agents == 0 {
		return nil
	}
	return c.setCommands(ctx, telebot.CommandScope{Type: telebot.CommandScopeChat, ChatID: p.Agents}, "", p.Commands)
}

func (c *Client) setCommands(ctx context.Context, scope telebot.CommandScope, language string, want []Command) error {
	if len(want) == 0 {
		return nil
	}
	list := make([]telebot.Command, len(want))
	for i, command := range want {
		list[i] = telebot.Command{Text: command.Name, Description: command.Help}
	}
	return c.library(ctx, func(b *telebot.Bot) error {
		is, err := b.Commands(scope, language)
		if err != nil || slices.Equal(is, list) {
			return err
		}
		return b.SetCommands(list, scope, language)
	})
}

func (c *Client) describe(ctx context.Context, language string, in Introduction) error {
	return c.library(ctx, func(b *telebot.Bot) error {
		is, err := b.MyDescription(language)
		if err != nil {
			return err
		}
		if is.Description != in.Description {
			if err := b.SetMyDescription(in.Description, language); err != nil {
				return err
			}
		}
		is, err = b.MyShortDescription(language)
		if err != nil || is.ShortDescription == in.Short {
			return err
		}
		return b.SetMyShortDescription(in.Short, language)
	})
}

func (p *Profile) check() error {
	for language, in := range p.Languages {
		if !languageShape.MatchString(language) {
			return fmt.Errorf("language %q is not a code of two letters", language)
		}
		if err := atMost("description", len([]rune(in.Description)), 512); err != nil {
			return err
		}
		if err := atMost("short description", len([]rune(in.Short)), 120); err != nil {
			return err
		}
		if err := checkCommands(in.Commands); err != nil {
			return err
		}
	}
	return checkCommands(p.Commands)
}

func checkCommands(list []Command) error {
	for _, command := range list {
		if !commandShape.MatchString(command.Name) {
			return fmt.Errorf("command %q: not 1 to 32 of a-z, 0-9 and _", command.Name)
		}
		if n := len([]rune(command.Help)); n < 1 || n > 256 {
			return fmt.Errorf("command %q: help of %d characters, from 1 to 256 are possible", command.Name, n)
		}
	}
	return atMost("menu", len(list), 100)
}
