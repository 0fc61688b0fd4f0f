package understand

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/dialog/understand/phrase"
)

// Words belong into the lexicons, where a translator finds them: no Chinese word stands in a string of the code.
func TestWordsAreInTheLexicons(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == gotoken.STRING {
				require.False(t, strings.ContainsFunc(lit.Value, isHan), "%s: %s", name, lit.Value)
			}
			return true
		})
	}
}

// Every sense has a word in one of the languages: one without could never be found.
func TestSensesHaveWords(t *testing.T) {
	found := make(map[string]bool)
	for _, lang := range []string{"zh", "en"} {
		text, err := figureFiles.ReadFile("lexicon/figures." + lang + ".yaml")
		require.NoError(t, err)
		entries, err := phrase.Outline(string(text))
		require.NoError(t, err)
		for _, e := range entries {
			found[e.Section] = true
		}
	}
	for name := range senses {
		require.True(t, found[name], name)
	}
}
