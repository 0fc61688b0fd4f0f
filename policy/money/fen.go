// Package money holds amounts in whole fen and annual rates as exact decimals.
package money

// Fen is an amount of money in whole fen, the hundredth part of a yuan. All money in Respite is of this type; there are
// no floats and no second currency.
type Fen int64

// Yuan returns n whole yuan.
func Yuan(n int64) Fen { return Fen(n * 100) }
