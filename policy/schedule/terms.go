// Package schedule turns the terms of a repayment plan into its instalments, to the fen.
package schedule

import (
	"respite/policy/day"
	"respite/policy/money"
)

// Parts is an amount by what it is made of.
type Parts struct {
	Principal money.Fen `json:"p,omitempty"`
	Interest  money.Fen `json:"i,omitempty"`
	Fees      money.Fen `json:"f,omitempty"` // fees, costs and penalty interest
}

// Sum returns the whole amount.
func (p Parts) Sum() money.Fen { return p.Principal + p.Interest + p.Fees }

// Method is how the amount is spread over the instalments.
type Method string

// Methods of repayment.
const (
	Lump           Method = "lump"            // one payment on First
	EqualPayment   Method = "equal_payment"   // every instalment the same (等额本息 when interest runs)
	EqualPrincipal Method = "equal_principal" // the same principal each time, interest on what is left (等额本金)
	Reduced        Method = "reduced"         // Cut.Count lower payments, what they leave over later instalments
)

// Terms are everything that a schedule follows from. They are kept in the case, so an old case needs no book to know its
// schedule: the JSON names are for years.
type Terms struct {
	Start   day.Date  `json:"s"`           // the figures hold as of this day
	Owed    Parts     `json:"o"`           // what is owed on Start
	Waived  Parts     `json:"w"`           // what of it is given up
	Down    money.Fen `json:"d,omitempty"` // paid on Start, before the instalments
	Method  Method    `json:"m"`
	Rate    string    `json:"r,omitempty"` // annual rate that runs on the unpaid principal, a decimal ("0.12"); empty: none runs
	Count   int       `json:"n"`           // number of instalments, the down payment not counted
	First   day.Date  `json:"f"`           // due date of the first instalment
	PayDay  int       `json:"y,omitempty"` // day of the month of the later ones, 31 is the last day; 0: as First's
	Working bool      `json:"b,omitempty"` // a due date on a day off moves to the next working day
	Order   Order     `json:"q,omitempty"` // how a payment is allocated to what is due; empty: DefaultOrder
	Cut     Cut       `json:"c,omitzero"`  // for Reduced
}

// Cut says how the lower payments of a Reduced plan run. There are two readings of "the remainder is spread over the next m
// bills":
//
//   - the shortfall: the ordinary bills go on, and the next m carry besides what the lower payments fell short by. Over is m, and
//     Count of the terms is how many ordinary bills the debt has;
//   - the balance: all that is left is paid by the next m. Over is 0, and Count of the terms is Cut.Count + m.
type Cut struct {
	Count  int       `json:"n"`           // instalments that are reduced, from the first
	Amount money.Fen `json:"a"`           // amount of each
	Over   int       `json:"o,omitempty"` // instalments after them that make up the shortfall; 0: all that are left share all that is left
}

// Instalment is one payment of a schedule. Its parts add up to Amount.
type Instalment struct {
	N      int // from 1; 0 is the down payment
	Due    day.Date
	Parts  Parts
	Amount money.Fen
	Left   money.Fen // what is still to be paid after it
}

// Schedule is what terms come to.
type Schedule struct {
	Instalments []Instalment
	Total       money.Fen // all that is paid
	Waived      money.Fen // what of the debt is given up
	Running     money.Fen // interest that runs during the plan
	Annual      string    // annualised cost (IRR) in percent to two decimals, "0.00" where nothing runs; empty if there is none
	Provisional bool      // a due date was moved by a year whose public holidays are not announced
}
