package policy

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever stands in a file: the book loads, or is refused with faults that can be shown.
func FuzzLoad(f *testing.F) {
	names := []string{"relief.yaml", "facts.yaml", "settings.yaml", "products.yaml", "words.yaml", "relief_test.yaml"}
	for i, name := range names {
		text, err := fs.ReadFile(small(f, nil), name)
		require.NoError(f, err)
		f.Add(uint8(i), string(text))
	}
	for _, text := range []string{"---\n", "\ufeff", "%YAML 1.2\n---\n", "~", "[]", "{}", "a", "&a [*a]", "? [a]\n: b", "<<: {order: 1}", "when: !!str\n  'x'", "\x00"} {
		f.Add(uint8(0), text)
		f.Add(uint8(1), text)
	}
	f.Fuzz(func(t *testing.T, which uint8, text string) {
		if text == "" {
			return // small takes an empty file away
		}
		name := names[int(which)%len(names)]
		b, err := Load(small(t, map[string]string{name: text}), Options{Languages: []string{"en"}})
		var faults *Faults
		switch {
		case err == nil:
			b.Assess(threeFacts, monday)
		case errors.As(err, &faults):
			require.NotEmpty(t, faults.Show())
			for _, one := range faults.List {
				require.NotEmpty(t, one.File)
				require.NotEmpty(t, one.Message)
			}
		default:
			require.NoError(t, err)
		}
	})
}
