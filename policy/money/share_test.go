package money

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestShareRoundsHalfUp(t *testing.T) {
	for _, c := range []struct {
		f        Fen
		num, den int64
		want     Fen
	}{
		{5, 1, 2, 3}, {-5, 1, 2, -3}, {5, 1, 10, 1}, {4, 1, 10, 0}, {10, 1, 3, 3}, {20, 1, 3, 7}, {0, 7, 3, 0}, {7, 0, 3, 0},
		{1e15, 1e9, 1e9, 1e15}, {7, 5, 1, 35},
	} {
		require.Equal(t, c.want, c.f.Share(c.num, c.den), "%v*%d/%d", c.f, c.num, c.den)
	}
	require.Equal(t, Fen(-2), Fen(-5).ShareDown(1, 2))
}

// The same in whole numbers of any size, where nothing can be lost.
func TestShareIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Int64Range(-1e15, 1e15).Draw(t, "f")
		num := rapid.Int64Range(0, 1e16).Draw(t, "num")
		den := rapid.Int64Range(max(1, num/1000), 1e16).Draw(t, "den")
		product := new(big.Int).Mul(big.NewInt(f), big.NewInt(num))
		down := new(big.Int).Quo(product, big.NewInt(den))
		half := new(big.Int).Add(new(big.Int).Lsh(new(big.Int).Abs(product), 1), big.NewInt(den))
		half.Quo(half, big.NewInt(2*den))
		if f < 0 {
			half.Neg(half)
		}
		require.Equal(t, down.Int64(), int64(Fen(f).ShareDown(num, den)))
		require.Equal(t, half.Int64(), int64(Fen(f).Share(num, den)))
	})
}

func TestShareRefusesNonsense(t *testing.T) {
	require.Panics(t, func() { Fen(1).Share(-1, 1) })
	require.Panics(t, func() { Fen(1).Share(1, 0) })
	require.Panics(t, func() { Fen(1e18).Share(1e18, 1) })
	require.Panics(t, func() { Fen(1e18).Share(9, 1) })
}

func TestDivUp(t *testing.T) {
	require.Equal(t, Fen(4), Fen(10).DivUp(3))
	require.Equal(t, Fen(3), Fen(9).DivUp(3))
	require.Equal(t, Fen(0), Fen(0).DivUp(3))
}
