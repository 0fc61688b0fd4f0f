package phone

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// byLanguage is a text of the bot's profile in each two-letter language code; "" is the one for all others.
type byLanguage map[string]string

// get finds the text for a person's language.
func (b byLanguage) get(lang string) string {
	return cmp.Or(b[twoLetters(lang)], b[""])
}

func twoLetters(lang string) string {
	head, _, _ := strings.Cut(strings.ToLower(lang), "-")
	return head
}

// A profile's texts are limited to so many UTF-16 units.
var profileLimits = map[string]int{"name": 64, "description": 512, "short_description": 120}

type botCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// commandScope is for whom a list of commands is. Ids are text or number in JSON, and absent where the type needs none.
type commandScope struct {
	Type   string `json:"type"`
	ChatID int64  `json:"chat_id"`
	UserID int64  `json:"user_id"`
}

type commandKey struct {
	scope commandScope
	lang  string
}

type profile struct {
	texts    map[string]byLanguage
	commands map[commandKey][]botCommand
}

func newProfile(name string) profile {
	return profile{
		texts:    map[string]byLanguage{"name": {"": name}, "description": {}, "short_description": {}},
		commands: make(map[commandKey][]botCommand),
	}
}

var languageCode = regexp.MustCompile(`^([a-z]{2})?$`)

// language reads language_code: Telegram takes two letters here, though people's own codes may be longer ("zh-hans").
func language(p params) (string, error) {
	lang := p.text("language_code")
	if !languageCode.MatchString(lang) {
		return "", badRequest("invalid language code specified")
	}
	return lang, nil
}

func setProfile(name string) method {
	return func(s *Server, p params) (any, error) {
		lang, err := language(p)
		if err != nil {
			return nil, err
		}
		if units(p.text(name)) > profileLimits[name] {
			return nil, badRequest("BOT_INFO_TOO_LONG")
		}
		s.profile.texts[name][lang] = p.text(name)
		s.touch()
		return true, nil
	}
}

func getProfile(name string) method {
	return func(s *Server, p params) (any, error) {
		lang, err := language(p)
		if err != nil {
			return nil, err
		}
		return map[string]string{name: s.profile.texts[name].get(lang)}, nil
	}
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func commandKeyOf(p params) (commandKey, error) {
	key := commandKey{scope: commandScope{Type: "default"}}
	if err := p.object("scope", &key.scope); err != nil {
		return key, badRequest("can't parse BotCommandScope: %v", "wrong scope")
	}
	lang, err := language(p)
	key.lang = lang
	switch key.scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
	case "chat", "chat_administrators", "chat_member":
		if key.scope.ChatID == 0 {
			return key, badRequest("can't parse BotCommandScope: chat_id is empty")
		}
	default:
		return key, badRequest("can't parse BotCommandScope: unsupported type specified")
	}
	return key, err
}

func (s *Server) setMyCommands(p params) (any, error) {
	key, err := commandKeyOf(p)
	if err != nil {
		return nil, err
	}
	if key.scope.ChatID != 0 && s.chats[key.scope.ChatID] == nil {
		return nil, errChatNotFound
	}
	var list []botCommand
	if err := p.object("commands", &list); err != nil {
		return nil, err
	}
	if len(list) > 100 {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for i, c := range list {
		list[i].Command = strings.TrimPrefix(c.Command, "/")
		switch {
		case !commandName.MatchString(list[i].Command):
			return nil, badRequest("BOT_COMMAND_INVALID")
		case c.Description == "", units(c.Description) > 256:
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.profile.commands[key] = list
	s.touch()
	return true, nil
}

func (s *Server) getMyCommands(p params) (any, error) {
	key, err := commandKeyOf(p)
	if err != nil {
		return nil, err
	}
	if list := s.profile.commands[key]; list != nil {
		return list, nil
	}
	return []botCommand{}, nil
}

func (s *Server) deleteMyCommands(p params) (any, error) {
	key, err := commandKeyOf(p)
	if err != nil {
		return nil, err
	}
	delete(s.profile.commands, key)
	s.touch()
	return true, nil
}

// commandsIn lists the commands that a person sees in a chat: the narrowest scope wins, and within it the person's language.
func (s *Server) commandsIn(c *chat, who *person) []botCommand {
	for _, scope := range scopes(c, who) {
		for _, lang := range []string{twoLetters(who.lang), ""} {
			if list := s.profile.commands[commandKey{scope, lang}]; len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// scopes are those that hold for a person in a chat, the narrowest first.
func scopes(c *chat, who *person) []commandScope {
	if c.kind == private {
		return []commandScope{{Type: "chat", ChatID: c.id}, {Type: "all_private_chats"}, {Type: "default"}}
	}
	list := []commandScope{
		{Type: "chat_member", ChatID: c.id, UserID: who.id},
		{Type: "chat_administrators", ChatID: c.id},
		{Type: "chat", ChatID: c.id},
		{Type: "all_chat_administrators"},
		{Type: "all_group_chats"},
		{Type: "default"},
	}
	if c.member(who.id).admin() {
		return list
	}
	return slices.DeleteFunc(list, func(s commandScope) bool { return strings.HasSuffix(s.Type, "administrators") })
}

func commandNames(list []botCommand) []string {
	var names []string
	for _, c := range list {
		names = append(names, c.Command)
	}
	return names
}
