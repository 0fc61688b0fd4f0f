// Package money holds amounts in whole fen and rates as exact decimals, with rounding that is always stated.
package money

import (
	"fmt"
	"strconv"
	"strings"
)

// Fen is an amount of money in whole fen, the hundredth part of a yuan. All money in Respite is of this type; there are
// no floats and no second currency. As JSON it is a plain integer.
type Fen int64

// Yuan returns n whole yuan.
func Yuan(n int64) Fen { return Fen(n * 100) }

// Parse reads yuan as a plain decimal with at most two places: "1234", "1234.5", "-0.05". It takes no sign but a leading
// minus, no grouping and no currency: reading what people type is not its business.
func Parse(s string) (Fen, error) {
	n, err := parseDecimal(s, 2)
	if err != nil {
		return 0, fmt.Errorf("amount %q %w", s, err)
	}
	return Fen(n), nil
}

// String returns yuan with two places, "1234.50", for people who debug; what borrowers read is written by package locales.
func (f Fen) String() string { return formatDecimal(int64(f), 2, 2) }

// parseDecimal reads a plain decimal as a whole number of units of 10^-places.
func parseDecimal(s string, places int) (int64, error) {
	digits, negative := strings.CutPrefix(s, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if whole == "" || point && fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return 0, fmt.Errorf("is not a plain decimal")
	}
	if len(fraction) > places {
		return 0, fmt.Errorf("has more than %d decimal places", places)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", places-len(fraction)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("is too large")
	}
	if negative {
		n = -n
	}
	return n, nil
}

// formatDecimal writes a number of units of 10^-places with at least so many places and no needless zeros after them.
func formatDecimal(n int64, places, least int) string {
	sign := ""
	u := uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	digits := strconv.FormatUint(u, 10)
	if pad := places + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	whole, fraction := digits[:len(digits)-places], digits[len(digits)-places:]
	for len(fraction) > least && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	if fraction == "" {
		return sign + whole
	}
	return sign + whole + "." + fraction
}
