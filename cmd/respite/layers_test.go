package main

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// layer says what a part of the tree may import of the tree, and what it must never import at all.
type layer struct {
	under string // import path, with everything below it
	may   []string
	never []string
	why   string
}

var layers = []layer{
	{under: "respite/policy", may: []string{"respite/policy"}, never: outside,
		why: "relief is worked out from facts and a book alone, so that every figure can be worked out again years later"},
	{under: "respite/dialog", may: []string{"respite/dialog", "respite/policy"}, never: outside,
		why: "a step is a function of the conversation and the event, so that it can be taken again after a lost race"},
	{under: "respite/locales", may: []string{"respite/locales"}, never: outside,
		why: "the words are data and know nothing of what is said when"},
	{under: "respite/bot/telegram", may: []string{"respite/bot"},
		why: "the edge to Telegram serves the engine and knows nothing of dialogs"},
	{under: "respite/bot/store", may: []string{"respite/bot"},
		why: "the store keeps bytes; what they mean is the engine's and the desk's business"},
	{under: "respite/bot/phone", may: []string{"respite/bot/phone"},
		why: "the stand-in is Telegram to the bot, so it may share nothing with it but the wire"},
	{under: "respite/bot", may: []string{"respite/bot", "respite/dialog", "respite/policy", "respite/locales"},
		why: "the outside world imports the rooms within, and the command imports it"},
	{under: "respite/cmd", may: []string{"respite"}, why: "the command wires everything together"},
}

// outside are the ways to the world that the pure rooms must not have.
var outside = []string{"github.com/redis/", "gopkg.in/telebot", "github.com/nicksnyder/go-i18n!dialog!policy", "net/http", "os/exec", "math/rand", "crypto/rand"}

// only are libraries with one home.
var only = map[string]string{
	"gopkg.in/telebot.v3":                   "respite/bot/telegram",
	"github.com/nicksnyder/go-i18n/v2/i18n": "respite/locales",
	"cel.dev/cel-go/cel":                    "respite/policy",
}

func TestWhoMayImportWhom(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "respite/...").Output()
	require.NoError(t, err)
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		l, ok := layerOf(words[0])
		require.True(t, ok, "package %s belongs to no layer", words[0])
		seen[l.under] = true
		for _, imported := range words[1:] {
			if strings.HasPrefix(imported, "respite/") {
				require.True(t, below(imported, l.may...), "%s imports %s, but %s", words[0], imported, l.why)
			}
			for _, n := range l.never {
				require.False(t, forbidden(imported, n, words[0]), "%s imports %s, but %s", words[0], imported, l.why)
			}
			if home, ok := only[imported]; ok {
				require.True(t, below(words[0], home), "%s imports %s, which lives in %s only", words[0], imported, home)
			}
		}
	}
	for _, l := range layers {
		require.True(t, seen[l.under], "there is no package under %s any more: mend this table", l.under)
	}
}

// TestPureRoomsHaveNoClock finds calls of the wall clock in the rooms that must not have one.
func TestPureRoomsHaveNoClock(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}} {{end}}`, "respite/dialog/...", "respite/policy/...").Output()
	require.NoError(t, err)
	files := strings.Fields(string(out))
	require.Greater(t, len(files), 20)
	found, err := exec.Command("grep", append([]string{"-lE", `time\.(Now|Since|Until|After|Tick|Sleep|NewTimer)\(`}, files...)...).Output()
	if err == nil {
		require.Empty(t, string(found), "dialog and policy take the time from events and arguments")
	}
}

// layerOf finds the first layer that a package is in; the special ones stand before the general.
func layerOf(pkg string) (layer, bool) {
	for _, l := range layers {
		if below(pkg, l.under) {
			return l, true
		}
	}
	return layer{}, false
}

func below(pkg string, roots ...string) bool {
	for _, r := range roots {
		if pkg == r || strings.HasPrefix(pkg, r+"/") {
			return true
		}
	}
	return false
}

// forbidden says whether an import is one that must not be; "path!dialog!policy" holds for packages of those rooms only.
func forbidden(imported, rule, pkg string) bool {
	path, rooms, some := strings.Cut(rule, "!")
	if !strings.HasPrefix(imported, path) {
		return false
	}
	if !some {
		return true
	}
	for room := range strings.SplitSeq(rooms, "!") {
		if below(pkg, "respite/"+room) {
			return true
		}
	}
	return false
}
