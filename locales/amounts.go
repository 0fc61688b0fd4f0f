package locales

import "strconv"

// Money writes an amount in fen for running text: whole yuan without decimals ("25,000元", "¥25,000"), anything else with
// two.
func (s *Speaker) Money(fen int64) string {
	if fen%100 == 0 {
		return s.yuan(fen, "")
	}
	return s.MoneyExact(fen)
}

// MoneyExact writes an amount in fen with two decimals, for tables and agreements ("25,000.00元", "¥25,000.00").
func (s *Speaker) MoneyExact(fen int64) string {
	cents := magnitude(fen) % 100
	return s.yuan(fen, "."+string([]byte{byte('0' + cents/10), byte('0' + cents%10)}))
}

func (s *Speaker) yuan(fen int64, decimals string) string {
	amount := s.format.money.put("Amount", grouped(magnitude(fen)/100)+decimals)
	if fen < 0 {
		return s.format.minus.put("Money", amount)
	}
	return amount
}

// grouped writes n with a comma before every three digits, as all three languages do.
func grouped(n uint64) string {
	digits := strconv.FormatUint(n, 10)
	out := make([]byte, 0, len(digits)+len(digits)/3)
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, digits[i])
	}
	return string(out)
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
