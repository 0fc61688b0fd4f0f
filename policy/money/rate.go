package money

import "fmt"

// Rate is a share or a rate for a span of time as an exact decimal, counted in billionths: 0.12 is 12 percent. Which span
// is said where it is used, and a share has none. As text and as JSON it is the decimal, "0.12".
type Rate int64

// Whole is a share of one, all of an amount.
const Whole Rate = 1_000_000_000

const places = 9

// ParseRate reads a plain decimal with at most nine places that is not negative, "0.12" or "0.0005".
func ParseRate(s string) (Rate, error) {
	n, err := parseDecimal(s, places)
	if err != nil {
		return 0, fmt.Errorf("rate %q %w", s, err)
	}
	if n < 0 {
		return 0, fmt.Errorf("rate %q is negative", s)
	}
	return Rate(n), nil
}

// String returns the decimal without needless zeros, "0.12".
func (r Rate) String() string { return formatDecimal(int64(r), places, 0) }

// MarshalText writes the decimal.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what ParseRate reads.
func (r *Rate) UnmarshalText(b []byte) error {
	v, err := ParseRate(string(b))
	if err != nil {
		return err
	}
	*r = v
	return nil
}
