package policy

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the expected texts in testdata")

// small is the small book of testdata with some of its files replaced.
func small(t testing.TB, replaced map[string]string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := filepath.Glob("testdata/small/*.yaml")
	require.NoError(t, err)
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		files[filepath.Base(name)] = &fstest.MapFile{Data: text}
	}
	for name, text := range replaced {
		if delete(files, name); text != "" {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return files
}

func TestSmallBookLoads(t *testing.T) {
	b, err := Load(small(t, nil), Options{Languages: []string{"en"}})
	require.NoError(t, err)
	require.Len(t, b.Programmes(), 1)
}

// Each archive holds files that replace those of the small book (an empty one takes it away), and under "want" all that is
// then wrong with it, as lint shows it.
func TestFaultyBooks(t *testing.T) {
	archives, err := filepath.Glob("testdata/faulty/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			replaced, want := map[string]string{}, ""
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
				} else {
					replaced[f.Name] = string(f.Data)
				}
			}
			_, err = Load(small(t, replaced), Options{})
			var faults *Faults
			require.True(t, errors.As(err, &faults), "the book is refused: %v", err)
			if *update {
				for i := range archive.Files {
					if archive.Files[i].Name == "want" {
						archive.Files[i].Data = []byte(faults.Show())
					}
				}
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o600))
				return
			}
			require.Equal(t, want, faults.Show())
		})
	}
}
