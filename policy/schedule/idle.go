package schedule

import "respite/policy/money"

// Idle returns what would be owed after so many days in which nothing is paid: what is owed, and on its principal and interest the
// daily penalty rate for each day, rounded half up once. The penalty bears no penalty, so it is the least that can be said.
func Idle(owed Parts, daily money.Rate, days int) money.Fen {
	return owed.Sum() + (owed.Principal+owed.Interest).Share(int64(daily)*int64(max(days, 0)), int64(money.Whole))
}
