package money

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Fen{
		"0": 0, "0.05": 5, "-0.05": -5, "1234": 123400, "1234.5": 123450, "1234.50": 123450, "007": 700,
		"92233720368547758.07": math.MaxInt64,
	} {
		got, err := Parse(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                     `amount "" is not a plain decimal`,
		"-":                    `amount "-" is not a plain decimal`,
		".5":                   `amount ".5" is not a plain decimal`,
		"5.":                   `amount "5." is not a plain decimal`,
		"+5":                   `amount "+5" is not a plain decimal`,
		"--5":                  `amount "--5" is not a plain decimal`,
		"1,000":                `amount "1,000" is not a plain decimal`,
		"1e3":                  `amount "1e3" is not a plain decimal`,
		"1.2.3":                `amount "1.2.3" is not a plain decimal`,
		"５":                    `amount "５" is not a plain decimal`,
		"0.005":                `amount "0.005" has more than 2 decimal places`,
		"92233720368547758.08": `amount "92233720368547758.08" is too large`,
	} {
		_, err := Parse(text)
		require.EqualError(t, err, want)
	}
}

func TestStringReadsBack(t *testing.T) {
	require.Equal(t, "-0.05", Fen(-5).String())
	require.Equal(t, "1234.50", Fen(123450).String())
	require.Equal(t, "1234.00", Yuan(1234).String())
	require.Equal(t, "-92233720368547758.08", Fen(math.MinInt64).String())
	rapid.Check(t, func(t *rapid.T) {
		f := Fen(rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "fen"))
		got, err := Parse(f.String())
		require.NoError(t, err)
		require.Equal(t, f, got)
		_, decimals, _ := strings.Cut(f.String(), ".")
		require.Len(t, decimals, 2)
	})
}

func TestFenIsAPlainIntegerAsJSON(t *testing.T) {
	text, err := json.Marshal(map[string]Fen{"a": 123450})
	require.NoError(t, err)
	require.JSONEq(t, `{"a":123450}`, string(text))
	var f Fen
	require.NoError(t, json.Unmarshal([]byte("-5"), &f))
	require.Equal(t, Fen(-5), f)
	require.Error(t, json.Unmarshal([]byte(`"1.50"`), &f))
}

func TestRate(t *testing.T) {
	for text, want := range map[string]Rate{"0": 0, "0.12": 120_000_000, "1": Whole, "0.000000001": 1, "0.1825": 182_500_000} {
		got, err := ParseRate(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
		require.Equal(t, text, got.String())
	}
	for _, text := range []string{"", "-0.1", "0.0000000001", "12%", "1e-3", "9999999999999"} {
		_, err := ParseRate(text)
		require.ErrorContains(t, err, "rate "+strconv.Quote(text))
	}
}

func TestRateIsItsDecimalAsText(t *testing.T) {
	text, err := json.Marshal([]Rate{120_000_000, 0})
	require.NoError(t, err)
	require.JSONEq(t, `["0.12","0"]`, string(text))
	var back []Rate
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, []Rate{120_000_000, 0}, back)
	require.Error(t, json.Unmarshal([]byte(`["x"]`), &back))
}
