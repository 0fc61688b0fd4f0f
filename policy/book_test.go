package policy

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// shipped loads the book as shipped.
func shipped(t testing.TB) *Book {
	t.Helper()
	b, err := Default()
	var faults *Faults
	if errors.As(err, &faults) {
		t.Fatal("\n" + faults.Show())
	}
	require.NoError(t, err)
	return b
}
