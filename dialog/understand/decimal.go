package understand

import (
	"math/bits"
	"strconv"
	"strings"

	"respite/policy/money"
)

// decimal is an exact number m/10^e. It is never negative. One that does not fit is over: its value is lost.
type decimal struct {
	m    int64
	e    uint8
	over bool
}

const (
	maxPlaces = 18
	maxInt64  = 1<<63 - 1
)

func whole(n int64) decimal { return decimal{m: n} }

func (d decimal) zero() bool { return d.m == 0 && !d.over }

// plus returns d+o for numbers of one sign.
func (d decimal) plus(o decimal) decimal {
	switch {
	case d.over || o.over:
		return decimal{over: true}
	case o.m == 0:
		return d
	case d.e < o.e:
		d = d.places(o.e)
	case d.e > o.e:
		o = o.places(d.e)
	}
	if d.over || o.over || d.m > maxInt64-o.m {
		return decimal{over: true}
	}
	d.m += o.m
	return d
}

// places returns d written with e decimal places, e no fewer than it has.
func (d decimal) places(e uint8) decimal {
	for d.e < e && !d.over {
		d = d.raw(10)
		d.e++
	}
	return d
}

// times returns d*n, n positive.
func (d decimal) times(n int64) decimal {
	for d.e > 0 && n%10 == 0 {
		d.e--
		n /= 10
	}
	return d.raw(n)
}

func (d decimal) raw(n int64) decimal {
	hi, lo := bits.Mul64(uint64(d.m), uint64(n))
	if d.over || hi != 0 || lo > maxInt64 {
		return decimal{over: true}
	}
	d.m = int64(lo)
	return d
}

// tenth returns d/10^n.
func (d decimal) tenth(n int) decimal {
	if int(d.e)+n > maxPlaces {
		return decimal{over: true}
	}
	d.e += uint8(n)
	return d.short()
}

// parts returns d/n to fifteen places, for a whole number d and n above zero.
func (d decimal) parts(n int64) decimal {
	hi, lo := bits.Mul64(uint64(d.m), uint64(1_000_000_000_000_000))
	if d.over || d.e != 0 || n <= 0 || hi >= uint64(n) {
		return decimal{over: true}
	}
	q, rest := bits.Div64(hi, lo, uint64(n))
	if rest*2 >= uint64(n) {
		q++
	}
	if q > maxInt64 {
		return decimal{over: true}
	}
	return decimal{m: int64(q), e: 15}.short()
}

// short returns d without zeros at the end of its fraction.
func (d decimal) short() decimal {
	for d.e > 0 && d.m%10 == 0 {
		d.e--
		d.m /= 10
	}
	return d
}

// int returns d if it is a whole number below a thousand million.
func (d decimal) int() (int, bool) {
	d = d.short()
	return int(d.m), d.e == 0 && !d.over && d.m < 1_000_000_000
}

// floor returns the whole part of d, or a great number if d has more than nine digits before the point.
func (d decimal) floor() int {
	m := d.m
	for range d.e {
		m /= 10
	}
	if d.over || m > 999_999_999 {
		return 999_999_999
	}
	return int(m)
}

// less says whether d < o, for numbers that are not over.
func (d decimal) less(o decimal) bool {
	e := max(d.e, o.e)
	return d.places(e).m < o.places(e).m
}

// fen returns d yuan in fen, rounded half up, whether that is exact, and whether it fits.
func (d decimal) fen() (f money.Fen, exact, fits bool) {
	d = d.short()
	if d.e <= 2 {
		d = d.places(2)
		return money.Fen(d.m), true, !d.over
	}
	half := int64(5)
	unit := int64(10)
	for range d.e - 3 {
		half *= 10
		unit *= 10
	}
	if d.over || d.m > maxInt64-half {
		return 0, false, false
	}
	return money.Fen((d.m + half) / unit), false, true
}

// String writes d in digits, without an exponent.
func (d decimal) String() string {
	if d.over {
		return "over"
	}
	d = d.short()
	s := strconv.FormatInt(d.m, 10)
	if d.e == 0 {
		return s
	}
	if missing := int(d.e) + 1 - len(s); missing > 0 {
		s = strings.Repeat("0", missing) + s
	}
	return s[:len(s)-int(d.e)] + "." + s[len(s)-int(d.e):]
}
