package trial_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy"
	"respite/policy/trial"
)

func TestShippedCases(t *testing.T) {
	b, err := policy.Default()
	require.NoError(t, err)
	r := trial.Run(b)
	var out strings.Builder
	require.NoError(t, r.Write(&out, false))
	require.Zero(t, r.Failed(), out.String())
	require.Empty(t, r.Blind, out.String())
}
