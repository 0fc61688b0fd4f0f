package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"respite/bot"
	"respite/dialog"
	"respite/locales"
)

// caseCommands are those that belong to a case's conversation; see package dialog.
var caseCommands = []string{"claim", "release", "transfer", "watch", "approve", "decline", "more", "change", "paid", "case", "close", "reopen", "mute"}

// Commands are the names of all commands of the group, for its menu.
func Commands() []string {
	return append(slices.Clone(caseCommands), "find", "export", "r", "hours", "away", "help")
}

// Command carries out a command that is not a case's own. A wrong one is answered with help.
func (d *Desk) Command(ctx context.Context, c bot.Command) (bot.Outcome, error) {
	if err := d.back(ctx, c); err != nil {
		return bot.Outcome{}, err
	}
	switch c.Name {
	case "find":
		return d.done(ctx, c, d.find)
	case "export":
		return d.export(ctx, c)
	case "hours":
		return d.done(ctx, c, d.hours)
	case "away":
		return d.away(ctx, c)
	case "r":
		return d.reply(ctx, c)
	case "case":
		if c.Chat == 0 || c.Text != "" {
			return d.done(ctx, c, d.find)
		}
	}
	switch {
	case !slices.Contains(caseCommands, c.Name):
		return d.answer(ctx, c, d.say("desk.help", nil))
	case c.Chat == 0:
		return d.answer(ctx, c, d.say("desk.in_topic", nil))
	}
	return bot.Outcome{}, nil
}

// back notes that an agent who was away does something again.
func (d *Desk) back(ctx context.Context, c bot.Command) error {
	if c.Name != "claim" {
		return nil
	}
	return d.index.SetAway(ctx, d.Options.Group, c.Update.From.ID, "")
}

// done answers with what a command says.
func (d *Desk) done(ctx context.Context, c bot.Command, do func(context.Context, bot.Command) (string, error)) (bot.Outcome, error) {
	text, err := do(ctx, c)
	if err != nil {
		return bot.Outcome{}, err
	}
	return d.answer(ctx, c, text)
}

// answer says something where the command was given. That the group cannot be reached is no reason to try the command again.
func (d *Desk) answer(ctx context.Context, c bot.Command, text string) (bot.Outcome, error) {
	return d.put(ctx, c, bot.Outgoing{Op: bot.OpSend, Text: text})
}

func (d *Desk) put(ctx context.Context, c bot.Command, out bot.Outgoing) (bot.Outcome, error) {
	out.Chat, out.Thread, out.ReplyTo, out.Class = d.Group(), c.Update.Thread, c.Update.Message, bot.Agent
	if _, err := d.send.Do(ctx, out); err != nil {
		d.log.Warn().Err(err).Str("command", c.Name).Msg("an agent's command could not be answered")
	}
	return bot.Outcome{Done: true}, nil
}

// find says where a case is.
func (d *Desk) find(ctx context.Context, c bot.Command) (string, error) {
	number, _ := strconv.ParseInt(strings.TrimPrefix(c.Text, "#"), 10, 64)
	if number <= 0 {
		return d.say("desk.help_find", nil), nil
	}
	chat, ok, err := d.index.CaseChat(ctx, number)
	if err != nil {
		return "", err
	}
	var l link
	if ok {
		kept, err := d.Load(ctx, chat)
		if err != nil {
			return "", err
		}
		if kept.Link != nil {
			if err := json.Unmarshal(kept.Link, &l); err != nil {
				return "", fmt.Errorf("desk link: %w", err)
			}
		}
	}
	if l.Thread == 0 && l.Card == 0 {
		return d.say("desk.no_case", map[string]any{"Case": number}), nil
	}
	return d.say("desk.found", map[string]any{"Case": number, "Where": d.place(l)}), nil
}

// place is a link to a case's topic or card. Only supergroups have such links.
func (d *Desk) place(l link) string {
	group, super := strings.CutPrefix(strconv.FormatInt(d.Group(), 10), "-100")
	switch {
	case !super:
		return "#" + strconv.FormatInt(l.Case, 10)
	case l.Thread != 0:
		return fmt.Sprintf("https://t.me/c/%s/%d", group, l.Thread)
	}
	return fmt.Sprintf("https://t.me/c/%s/%d", group, l.Card)
}

// export sends a case's transcript as a file.
func (d *Desk) export(ctx context.Context, c bot.Command) (bot.Outcome, error) {
	if c.Chat == 0 {
		return d.answer(ctx, c, d.say("desk.in_topic", nil))
	}
	all, err := d.committed(ctx, c.Chat)
	if err != nil {
		return bot.Outcome{}, err
	}
	if all == nil {
		return d.answer(ctx, c, d.say("desk.export_none", nil))
	}
	return d.put(ctx, c, bot.Outgoing{Op: bot.OpFile, File: &bot.FileOut{Kind: bot.Document, Name: "transcript.txt", Bytes: []byte(d.written(all))}})
}

// hours shows or sets when agents are there.
func (d *Desk) hours(ctx context.Context, c bot.Command) (string, error) {
	if c.Text != "" {
		h, wrong := dialog.ParseHours(c.Text)
		if wrong != nil {
			return d.say("desk.help_hours", nil), nil //nolint:nilerr // what is wrong with the hours is said to the agent
		}
		if err := d.index.SetHours(ctx, d.Options.Group, h.String()); err != nil {
			return "", err
		}
	}
	if _, err := d.look(ctx); err != nil {
		return "", err
	}
	return d.say("desk.hours", map[string]any{"Hours": d.Standing().Hours.String()}), nil
}

// away gives back the cases of an agent who goes away.
func (d *Desk) away(ctx context.Context, c bot.Command) (bot.Outcome, error) {
	who := c.Update.From
	if err := d.index.SetAway(ctx, d.Options.Group, who.ID, who.Name); err != nil {
		return bot.Outcome{}, err
	}
	chats, err := d.heldBy(ctx, who.ID)
	if err != nil {
		return bot.Outcome{}, err
	}
	out, err := d.answer(ctx, c, d.say("desk.away", map[string]any{"Agent": who.Name, "Count": len(chats)}))
	out.Leave = chats
	return out, err
}

// reply manages the replies from the store, or finds the one to be sent.
func (d *Desk) reply(ctx context.Context, c bot.Command) (bot.Outcome, error) {
	word, rest, _ := strings.Cut(c.Text, " ")
	switch word {
	case "":
		return d.done(ctx, c, d.listCanned)
	case "add":
		return d.done(ctx, c, func(ctx context.Context, _ bot.Command) (string, error) { return d.addCanned(ctx, rest) })
	case "drop":
		return d.done(ctx, c, func(ctx context.Context, _ bot.Command) (string, error) {
			return d.dropCanned(ctx, strings.TrimSpace(rest))
		})
	}
	found, err := d.canned(ctx, word)
	switch {
	case err != nil:
		return bot.Outcome{}, err
	case len(found) == 0:
		return d.answer(ctx, c, d.say("desk.canned_none", nil))
	case c.Chat == 0:
		return d.answer(ctx, c, d.say("desk.in_topic", nil))
	}
	return bot.Outcome{Canned: found}, nil
}

// canned is a reply by language.
func (d *Desk) canned(ctx context.Context, name string) (map[string]string, error) {
	all, err := d.index.Canned(ctx, d.Options.Group)
	found := map[string]string{}
	for field, text := range all {
		if language, n, _ := strings.Cut(field, " "); n == name {
			found[language] = text
		}
	}
	return found, err
}

func (d *Desk) listCanned(ctx context.Context, _ bot.Command) (string, error) {
	all, err := d.index.Canned(ctx, d.Options.Group)
	if err != nil {
		return "", err
	}
	names := map[string]bool{}
	for field := range all {
		_, name, _ := strings.Cut(field, " ")
		names[name] = true
	}
	if len(names) == 0 {
		return d.say("desk.help_canned", nil), nil
	}
	return d.say("desk.canned", map[string]any{"Names": strings.Join(slices.Sorted(maps.Keys(names)), " ")}), nil
}

// addCanned keeps a reply: its name, its language and its text.
func (d *Desk) addCanned(ctx context.Context, text string) (string, error) {
	name, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	tag, words, _ := strings.Cut(strings.TrimSpace(rest), " ")
	words = strings.TrimSpace(words)
	known := slices.Contains(locales.Tags(), tag)
	if name == "" || name == "add" || name == "drop" || !known || words == "" {
		return d.say("desk.help_canned", nil), nil
	}
	err := d.index.SetCanned(ctx, d.Options.Group, tag, name, words)
	return d.say("desk.canned_kept", map[string]any{"Name": name}), err
}

func (d *Desk) dropCanned(ctx context.Context, name string) (string, error) {
	found, err := d.canned(ctx, name)
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return d.say("desk.canned_none", nil), nil
	}
	for tag := range found {
		if err := d.index.SetCanned(ctx, d.Options.Group, tag, name, ""); err != nil {
			return "", err
		}
	}
	return d.say("desk.canned_dropped", map[string]any{"Name": name}), nil
}
