package policy

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestShippedBookLoads(t *testing.T) {
	_, err := Default()
	if faults, ok := err.(*Faults); ok {
		t.Fatal("\n" + faults.Show())
	}
	require.NoError(t, err)
}
