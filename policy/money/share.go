package money

import (
	"fmt"
	"math/bits"
)

// Share returns f*num/den rounded half up (四舍五入), halves away from zero for a negative f. The product is kept in 128 bits,
// so nothing is lost before the one rounding. It panics if num is negative, den is not positive, or the result does not fit:
// bounds on amounts and rates are checked where they come in.
func (f Fen) Share(num, den int64) Fen {
	if f < 0 {
		return -(-f).Share(num, den)
	}
	quotient, remainder := mulDiv(f, num, den)
	if remainder >= uint64(den)-remainder {
		quotient++
	}
	return quotient
}

// ShareDown is Share rounded down, towards zero.
func (f Fen) ShareDown(num, den int64) Fen {
	if f < 0 {
		return -(-f).ShareDown(num, den)
	}
	quotient, _ := mulDiv(f, num, den)
	return quotient
}

// DivUp returns f/n rounded up, for an f that is not negative and an n above 0.
func (f Fen) DivUp(n int) Fen { return (f + Fen(n) - 1) / Fen(n) }

func mulDiv(f Fen, num, den int64) (Fen, uint64) {
	if num < 0 || den <= 0 {
		panic(fmt.Sprintf("money: share %d/%d", num, den))
	}
	hi, lo := bits.Mul64(uint64(f), uint64(num))
	if hi >= uint64(den) {
		panic(fmt.Sprintf("money: share %d/%d is too large", num, den))
	}
	quotient, remainder := bits.Div64(hi, lo, uint64(den))
	if quotient > 1<<62 {
		panic(fmt.Sprintf("money: share %d/%d is too large", num, den))
	}
	return Fen(quotient), remainder
}
