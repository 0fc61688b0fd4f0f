package phone_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

func TestCommandsByScopeAndLanguage(t *testing.T) {
	f, p := started(t)
	set := func(scope any, lang string, names ...string) {
		t.Helper()
		var list []fields
		for _, n := range names {
			list = append(list, fields{"command": n, "description": n})
		}
		f.allowed("setMyCommands", fields{"commands": list, "scope": scope, "language_code": lang})
	}
	require.Empty(t, p.Commands())
	set(nil, "", "help")
	set(fields{"type": "all_private_chats"}, "", "help", "plan")
	require.Equal(t, []string{"help", "plan"}, p.Commands())
	set(fields{"type": "all_private_chats"}, "zh", "help", "plan", "status")
	require.Equal(t, []string{"help", "plan", "status"}, p.Commands(), "zh is for zh-hans")
	require.Equal(t, []string{"help", "plan"}, f.Person(12, "Tom", "en").Commands())
	set(fields{"type": "chat", "chat_id": 11}, "", "start")
	require.Equal(t, []string{"start"}, p.Commands())
	f.allowed("deleteMyCommands", fields{"scope": fields{"type": "chat", "chat_id": 11}})
	require.Equal(t, []string{"help", "plan", "status"}, p.Commands())

	var list []struct{ Command string }
	f.allowed("getMyCommands", fields{"language_code": "zh"}).into(t, &list)
	require.Empty(t, list)
	f.refused(400, "Bad Request: invalid language code specified", "setMyCommands", fields{"commands": []fields{}, "language_code": "zh-hans"})
	f.refused(400, "Bad Request: BOT_COMMAND_INVALID", "setMyCommands", fields{"commands": []fields{{"command": "取消", "description": "x"}}})
	f.refused(400, "Bad Request: chat not found", "setMyCommands", fields{"commands": []fields{}, "scope": fields{"type": "chat", "chat_id": 99}})
}

func TestProfileByLanguage(t *testing.T) {
	f, _ := started(t)
	f.allowed("setMyName", fields{"name": "喘息", "language_code": "zh"})
	f.allowed("setMyDescription", fields{"description": "A bot."})
	f.allowed("setMyShortDescription", fields{"short_description": "一个机器人。", "language_code": "zh"})
	require.Equal(t, phone.Profile{Name: "喘息", Description: "A bot.", ShortDescription: "一个机器人。"}, f.Profile("zh-hant"))
	require.Equal(t, phone.Profile{Name: "Respite", Description: "A bot."}, f.Profile("en"))
	f.refused(400, "Bad Request: BOT_INFO_TOO_LONG", "setMyShortDescription", fields{"short_description": strings.Repeat("x", 121)})
}
