package locales

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sources is what the Go code outside this package says of keys.
type sources struct {
	literals map[string]bool // every string literal
	said     map[string]bool // the literals given to T, which makes a text of a key
}

// readSources reads the Go files under the folders, tests left out.
func readSources(t *testing.T, folders ...string) sources {
	t.Helper()
	s := sources{map[string]bool{}, map[string]bool{}}
	for _, folder := range folders {
		err := fs.WalkDir(os.DirFS(folder), ".", func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), folder+"/"+path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, s.look)
			return nil
		})
		require.NoError(t, err)
	}
	return s
}

func (s sources) look(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BasicLit:
		if words, ok := literal(n); ok {
			s.literals[words] = true
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "T" && len(n.Args) > 0 {
			if key, ok := literal(n.Args[0]); ok {
				s.said[key] = true
			}
		}
	}
	return true
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	words, err := strconv.Unquote(l.Value)
	return words, err == nil
}

// bookWords returns the words of the policy book as shipped: its ids of facts and choices take part in keys.
func bookWords(t *testing.T) map[string]bool {
	t.Helper()
	words := map[string]bool{}
	err := fs.WalkDir(os.DirFS("../policy/book"), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		data, err := os.ReadFile("../policy/book/" + path)
		for _, w := range regexp.MustCompile(`[a-z][a-z0-9_]*`).FindAllString(string(data), -1) {
			words[w] = true
		}
		return err
	})
	require.NoError(t, err)
	return words
}

// A key is used if the code has it as it is, or has its beginning and knows the rest by name: "ask." and "owed",
// "offers.once" and "_waived".
func TestNoKeyWithoutAUser(t *testing.T) {
	s, book := readSources(t, ".", "../cmd", "../dialog", "../bot", "../policy"), bookWords(t)
	var unused []string
	for _, key := range loaded(t).Keys() {
		if !s.literals[key] && !s.makes(key, book) {
			unused = append(unused, key)
		}
	}
	require.Empty(t, unused, "%s", strings.Join(unused, "\n"))
}

func (s sources) makes(key string, book map[string]bool) bool {
	known := func(rest string) bool {
		for part := range strings.SplitSeq(rest, ".") {
			if !s.literals[part] && !book[part] {
				return false
			}
		}
		return true
	}
	for at := 1; at < len(key); at++ {
		head, rest := key[:at], key[at:]
		if s.literals[head] && (s.literals[rest] || strings.ContainsAny(head[at-1:], "._") && known(rest)) {
			return true
		}
	}
	return false
}

func TestEveryKeyThatTheDialogSaysIsThere(t *testing.T) {
	said := readSources(t, "../dialog").said
	require.NotEmpty(t, said)
	s := loaded(t).In(English)
	var missing []string
	for key := range said {
		if !s.Has(key) {
			missing = append(missing, key)
		}
	}
	slices.Sort(missing)
	require.Empty(t, missing, "%s", strings.Join(missing, "\n"))
}
