package phrase

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
)

// The shipped lexicons are YAML, and say to any reader of YAML what they say here.
func TestOutlineIsYAML(t *testing.T) {
	names, err := filepath.Glob("../lexicon/*.*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	read := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, yamlOutline(t, text), plainOutline(t, string(text)), name)
		read++
	}
	require.GreaterOrEqual(t, read, 12)
}

// plainOutline gives what a file says under each section and name.
func plainOutline(t *testing.T, text string) map[string]map[string]string {
	entries, err := Outline(text)
	require.NoError(t, err)
	out := make(map[string]map[string]string)
	for _, e := range entries {
		if out[e.Section] == nil {
			out[e.Section] = make(map[string]string)
		}
		out[e.Section][e.Name] = leftAligned(e.Value)
		if line := strings.Split(text, "\n")[e.At-1]; e.Value != "" {
			require.Contains(t, line, strings.TrimSpace(strings.SplitN(e.Value, "\n", 2)[0]), e.At)
		}
	}
	return out
}

// yamlOutline gives the same by the package that reads all of YAML.
func yamlOutline(t *testing.T, text []byte) map[string]map[string]string {
	var sections map[string]yaml.Node
	require.NoError(t, yaml.Load(text, &sections))
	out := make(map[string]map[string]string)
	for section, node := range sections {
		out[section] = make(map[string]string)
		if node.Kind == yaml.ScalarNode {
			out[section][""] = leftAligned(node.Value)
			continue
		}
		var names map[string]yaml.Node
		require.NoError(t, node.Decode(&names))
		for name, value := range names {
			out[section][name] = leftAligned(value.Value)
		}
	}
	return out
}

// leftAligned returns the lines of a text without the blanks around them, nor blank lines at its ends.
func leftAligned(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
