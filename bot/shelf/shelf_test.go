package shelf_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"respite/bot/shelf"
	"respite/locales"
	"respite/policy"
)

// folder is a copy of the book as shipped that a test may change.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, policy.Shipped()))
	return dir
}

func open(t *testing.T, dir string) (*shelf.Shelf, *bytes.Buffer) {
	t.Helper()
	words, err := locales.Load()
	require.NoError(t, err)
	log := &bytes.Buffer{}
	s, err := shelf.Open(dir, words, zerolog.New(log))
	require.NoError(t, err)
	return s, log
}

// change replaces words in a file of the folder.
func change(t *testing.T, dir, file, from, to string) {
	t.Helper()
	path := filepath.Join(dir, file)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(data), from)
	require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(string(data), from, to)), 0o600))
}

func TestANewBookIsLoadedAndTheOldOneStaysForItsCases(t *testing.T) {
	dir := folder(t)
	s, _ := open(t, dir)
	old := s.Book("").Hash()
	change(t, dir, "settle-principal.yaml", "name: Pay the principal at once", "name: Settle now")
	s.Reload()
	require.NotEqual(t, old, s.Book("").Hash())
	require.Equal(t, old, s.Book(old).Hash(), "cases under the old book find it")
	require.Equal(t, s.Book("").Hash(), s.Book("unknown").Hash())
	said, err := s.Words().In(locales.English).Say("programme.settle-principal.name", nil)
	require.NoError(t, err)
	require.Equal(t, "Settle now", said)
}

func TestABookWithFaultsIsRefusedAndTheOldOneStays(t *testing.T) {
	dir := folder(t)
	s, log := open(t, dir)
	old := s.Book("").Hash()
	change(t, dir, "settle-principal.yaml", "days_late <= days(14)", "days_late <= yuan(14)")
	s.Reload()
	require.Equal(t, old, s.Book("").Hash())
	require.Contains(t, log.String(), "settle-principal.yaml:")
	require.Contains(t, log.String(), "the old one stays")
}

func TestAFolderThatCannotBeReadEndsTheStart(t *testing.T) {
	words, err := locales.Load()
	require.NoError(t, err)
	_, err = shelf.Open(t.TempDir(), words, zerolog.Nop())
	require.Error(t, err)
}
