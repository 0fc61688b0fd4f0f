package policy

import (
	"testing"

	"github.com/stretchr/testify/require"

	"respite/policy/money"
)

func BenchmarkNegotiate(b *testing.B) {
	book, err := Default()
	require.NoError(b, err)
	facts := owing(14850).spare(450)
	facts[DaysLate] = Value{Kind: Count, N: 20}
	facts[Hardship] = Value{Kind: Set, Names: []string{"unemployment"}}
	b.ReportAllocs()
	for b.Loop() {
		if c := book.Negotiate(facts, today, Proposal{Monthly: money.Yuan(300)}); !c.Fits {
			b.Fatal(c.Key)
		}
	}
}
