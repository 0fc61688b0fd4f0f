package schedule

import (
	"math"
	"math/big"

	"respite/policy/money"
)

// payment returns the payment, rounded half up, that brings the principal down to target in n instalments, each paying the
// interest that ran before it. With G the growth until the first instalment, q that of a month, i = q-1 and m = n-1:
//
//	payment = (principal*G*q^m - target) * i / (q^m*q - 1)
//
// The rates are ratios of whole numbers, so this is one too, and it is rounded as if worked out without any other rounding: a
// float says which fen is nearest, unless the payment lies so close to half a fen that only whole numbers can tell.
func (l *loan) payment(target money.Fen, n int) money.Fen {
	if n == 1 {
		return l.left.Principal + l.interest() - target
	}
	about, off := l.roughly(target, n)
	if whole := math.Floor(about); about-off-whole > 0.5 {
		return money.Fen(whole) + 1
	} else if about+off-whole < 0.5 {
		return money.Fen(whole)
	}
	return l.exactly(target, n)
}

// roughly returns the payment, not rounded, and by how much at most it may be off. Both terms are written so that nothing cancels:
// principal*G*i/(q - q^-m) and target*i/(q^n - 1). Each is off by some ten units in the last place of a float64; a hundred are allowed for.
func (l *loan) roughly(target money.Fen, n int) (about, off float64) {
	i := float64(l.rate) / float64(12*money.Whole)
	force := math.Log1p(i)
	growth := 1 + float64(l.rate)*float64(l.next)/(aYear*float64(money.Whole))
	pays := float64(l.left.Principal) * growth * i / (i - math.Expm1(-float64(n-1)*force))
	stays := float64(target) * i / math.Expm1(float64(n)*force)
	return pays - stays, (pays + stays) * 100 * 0x1p-52
}

// exactly is payment in whole numbers.
func (l *loan) exactly(target money.Fen, n int) money.Fen {
	whole := int64(money.Whole)
	unit := gcd(12*whole, int64(l.rate))
	den, i := 12*whole/unit, int64(l.rate)/unit
	num := den + i
	m := big.NewInt(int64(n - 1))
	growth := new(big.Int).Exp(big.NewInt(num), m, nil)
	base := new(big.Int).Exp(big.NewInt(den), m, nil)

	h := aYear * whole
	above := new(big.Int).Mul(big.NewInt(int64(l.left.Principal)), big.NewInt(h+int64(l.rate)*l.next))
	above.Mul(above, growth)
	residue := new(big.Int).Mul(big.NewInt(int64(target)), big.NewInt(h))
	above.Sub(above, residue.Mul(residue, base))
	above.Mul(above, big.NewInt(i))

	below := growth.Mul(growth, big.NewInt(num))
	below.Sub(below, base.Mul(base, big.NewInt(den)))
	below.Mul(below, big.NewInt(h))
	return money.Fen(roundHalfUp(above, below).Int64())
}

func roundHalfUp(above, below *big.Int) *big.Int {
	above.Add(above.Lsh(above, 1), below)
	return above.Quo(above, below.Lsh(below, 1))
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
