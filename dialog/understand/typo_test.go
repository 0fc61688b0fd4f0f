package understand

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
)

// What comes out of mending is not mended further: no right form is a slip, and none makes one together with what stands beside it.
func TestMendedFormsAreSettled(t *testing.T) {
	typos := normal(t).typos
	var lists typoLists
	require.NoError(t, yaml.Load(typosFile, &lists))
	require.NotEmpty(t, lists.Listed)
	for _, right := range lists.Listed {
		require.Equal(t, right, string(typos.mend([]rune(right))))
	}
	for wrong := range lists.Listed {
		if isLetter([]rune(wrong)[0]) {
			continue // whole words only
		}
		for _, right := range lists.Listed {
			require.NotContains(t, right, wrong)
			require.False(t, overlap([]rune(wrong), []rune(right)), "%q can come out of mending to %q", wrong, right)
		}
	}
}

// Entries are all Latin letters, or have none: the test above knows by its first letter of which kind one is.
func TestTyposAreOfOneScript(t *testing.T) {
	var lists typoLists
	require.NoError(t, yaml.Load(typosFile, &lists))
	for wrong := range lists.Listed {
		latin := strings.ContainsFunc(wrong, isLetter)
		require.Equal(t, latin, !strings.ContainsFunc(wrong, func(r rune) bool { return !isLetter(r) }), wrong)
	}
}

// overlap says whether an end of one is a beginning of the other.
func overlap(a, b []rune) bool {
	for n := 1; n < min(len(a), len(b)); n++ {
		if slices.Equal(a[len(a)-n:], b[:n]) || slices.Equal(b[len(b)-n:], a[:n]) {
			return true
		}
	}
	return false
}
