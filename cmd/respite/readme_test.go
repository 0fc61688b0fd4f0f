package main

import (
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot/desk"
	"respite/dialog"
)

var update = flag.Bool("update", false, "write the diagram into README.md")

const readme = "../../README.md"

func TestGraphInTheReadmeIsCurrent(t *testing.T) {
	data, err := os.ReadFile(readme)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(data), "<!-- graph -->\n")
	require.True(t, ok, "README.md has the mark of the diagram")
	_, after, ok := strings.Cut(rest, "<!-- /graph -->")
	require.True(t, ok)
	want := before + "<!-- graph -->\n```mermaid\n" + dialog.Graph() + "```\n<!-- /graph -->" + after
	if *update {
		require.NoError(t, os.WriteFile(readme, []byte(want), 0o600))
		return
	}
	require.Equal(t, want, string(data), "the diagram differs; write it with: go test ./cmd/respite -run TestGraph -update")
}

// TestReadmeNamesEverySetting keeps the table of settings whole.
func TestReadmeNamesEverySetting(t *testing.T) {
	data, err := os.ReadFile(readme)
	require.NoError(t, err)
	for _, name := range settingNames() {
		require.Contains(t, string(data), name)
	}
}

// TestReadmeNamesEveryCommandOfTheDesk keeps the tables of commands whole.
func TestReadmeNamesEveryCommandOfTheDesk(t *testing.T) {
	data, err := os.ReadFile(readme)
	require.NoError(t, err)
	for _, name := range desk.Commands() {
		require.Contains(t, string(data), "/"+name)
	}
}

// TestComposePassesEverySetting keeps a setting in .env from having no effect.
func TestComposePassesEverySetting(t *testing.T) {
	data, err := os.ReadFile("../../docker-compose.yml")
	require.NoError(t, err)
	for _, name := range settingNames() {
		require.Contains(t, string(data), "      "+name+": ")
	}
}

// settingNames lists the variables of all settings.
func settingNames() []string {
	var names []string
	var list func(reflect.Type)
	list = func(s reflect.Type) {
		for i := range s.NumField() {
			if f := s.Field(i); f.Anonymous {
				list(f.Type)
			} else if name, ok := f.Tag.Lookup("var"); ok {
				names = append(names, name)
			}
		}
	}
	list(reflect.TypeFor[settings]())
	return names
}
