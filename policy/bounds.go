package policy

import (
	"respite/policy/money"
	"respite/policy/schedule"
)

// highest returns the highest instalment of a schedule. The down payment is none.
func highest(s schedule.Schedule) money.Fen {
	var most money.Fen
	for _, i := range s.Instalments {
		if i.N > 0 {
			most = max(most, i.Amount)
		}
	}
	return most
}

// lowest returns the lowest instalment of a schedule but the last, which takes the rounding, unless it is the only one. The
// down payment is none.
func lowest(s schedule.Schedule) money.Fen {
	paid := s.Instalments
	if paid[0].N == 0 {
		paid = paid[1:]
	}
	least := paid[0].Amount
	for _, i := range paid[:max(1, len(paid)-1)] {
		least = min(least, i.Amount)
	}
	return least
}
