// Package policy works out what relief a written book of programmes allows in a case, and what each way would cost. It is
// pure: no clock, no store, no language.
package policy

import (
	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// FactID names something that can be known of a case.
type FactID string

// Facts of the book as shipped that Respite's dialog knows by name. A book may declare others.
const (
	Owed        FactID = "owed"
	DaysLate    FactID = "days_late"
	Hardship    FactID = "hardship"
	CreditLimit FactID = "credit_limit"
	Principal   FactID = "principal"
	Interest    FactID = "interest"
	Fees        FactID = "fees"
)

// Kind is the type of a fact's value.
type Kind string

// Kinds of fact.
const (
	Money  Kind = "money"  // fen
	Count  Kind = "count"  // a whole number: days, months, people
	YesNo  Kind = "yesno"  // true or false
	Choice Kind = "choice" // one of the declared choices
	Set    Kind = "set"    // any of the declared choices
	Group  Kind = "group"  // of a Declaration only: several facts that are asked for as one question, its Members

	// Skipped is the kind of an answer that was refused: the fact stays unknown and is not asked for again. A skipped group
	// skips all its members.
	Skipped Kind = "skipped"
)

// Unit is what a Count counts. Only values of one unit compare.
type Unit string

// Value is the value of a fact. The zero Value is "not known".
type Value struct {
	Kind  Kind
	N     int64    // Money: fen. Count: the number. YesNo: 1 or 0
	Names []string // Choice: one. Set: any number, sorted as declared
}

// Facts is what is known of a case. A fact that is not in it is unknown.
type Facts map[FactID]Value

// Declaration is a fact as the book declares it: what the dialog needs to ask for it.
type Declaration struct {
	ID        FactID
	Kind      Kind
	Unit      Unit     // of Count: days, months, people or times
	Min, Max  int64    // range of Money (fen) and Count, both ends in
	Choices   []string // for Choice and Set
	Sensitive string   // "finance" or "health": needs the separate consent first; empty: does not
	Group     FactID   // the group that the fact is a member of; empty: none
	Members   []FactID // of a Group, in the order of the form
}

// Verdict is what the book says of a programme with the facts that are known.
type Verdict string

// Verdicts.
const (
	Eligible   Verdict = "eligible"
	Ineligible Verdict = "ineligible"
	Undecided  Verdict = "undecided"
)

// Assessment is the book's answer to what is known on a day.
type Assessment struct {
	Book     string // hash of the book
	Findings []Finding
	Next     FactID // the unknown fact or group whose answer would decide most; empty: no question can change anything
	Left     Left   // what is left over each month
	Unfit    bool   // Left is known and no plan keeps within it: say so and hand over
}

// Left is what is left over each month after the protected cost of living and other debts.
type Left struct {
	Known bool
	Fen   money.Fen // may be negative
}

// Finding is the verdict on one programme.
type Finding struct {
	Programme string
	Verdict   Verdict
	Outcomes  []Outcome // every condition, in the book's order
	Needs     []FactID  // Undecided: the facts it hangs on, a group for its members
	Offers    []Offer   // Eligible: the plans that keep within what is left over; of others, see Negotiate

	// Human is not empty if a person has to decide: the message key that says why. It is always set if the verdict is
	// Ineligible: nothing is refused by the machine alone, a person can look at it again.
	Human string
}

// Outcome is what became of one condition.
type Outcome struct {
	ID      string
	Verdict Verdict          // Eligible: it holds. Ineligible: it does not. Undecided: it hangs on Needs
	Key     string           // message key of the reason, in words for the borrower
	Args    map[string]Value // every fact that is known, shared by all outcomes: not to be changed
	Facts   []FactID         // the facts that the condition is about
	Needs   []FactID
	Source  string // where the condition's thresholds come from, as the book names it
}

// Offer is one concrete plan.
type Offer struct {
	ID        string // unique within an assessment, at most 32 bytes of ASCII
	Programme string
	Terms     schedule.Terms
	Schedule  schedule.Schedule
	Estimate  bool      // principal, interest or fees are not known: figures may change
	Wants     []FactID  // the facts that would make an estimate exact
	Agent     bool      // a person has to approve it
	Idle      money.Fen // what would be owed on the last due date if nothing were paid, under the product's penalty, or the typical one's
	Last      day.Date
	Short     money.Fen // how much more a sum due at once is than what is left over until then; 0 if that, or the money at hand, is not known
}

// Promise is the span of days within which a decision is due.
type Promise struct {
	First       day.Date // first answer
	From, Until day.Date // decision
	Provisional bool     // reaches into a year whose public holidays are not announced
}

// Proposal is what a borrower says is possible. Zero fields were not said. If it names a programme that lowers the first payments,
// Monthly and Months speak of those alone.
type Proposal struct {
	Programme string    // keep to this programme; empty: any
	Monthly   money.Fen // at most this much a month
	Down      money.Fen // this much at once
	Months    int
	Start     day.Date // first payment not before
}

// Counter is the book's answer to a proposal.
type Counter struct {
	Accepted bool
	Offer    Offer  // the proposal as a plan, or the nearest plan inside the bounds; no instalments: none fits
	Fits     bool   // there is an Offer
	Key      string // message key that says which bound binds, or why nothing fits: see negotiate.go; empty if accepted
	Args     map[string]Value
}

// The Book's methods, on *Book:
//
//	Load(files fs.FS, o Options) (*Book, error)              all faults at once; *Faults
//	(*Book) Hash() string
//	(*Book) Fact(id FactID) (Declaration, bool)
//	(*Book) Programme(id string) (Programme, bool)           documents, sources, review times...; not to be changed
//	(*Book) Words(lang string) map[string]string             message key -> text, every language the book speaks
//	(*Book) Assess(f Facts, today day.Date) Assessment
//	(*Book) Judge(f Facts) Assessment                        the same without offers
//	(*Book) Negotiate(f Facts, today day.Date, p Proposal) Counter
//	(*Book) WhatIf(f Facts, today day.Date, o Offer, change Proposal) WhatIf
//	(*Book) Promise(programme string, from day.Date) Promise
//	(*Book) Calendar() *day.Calendar
//
// and (schedule.Terms) Schedule(cal *day.Calendar) (schedule.Schedule, error).
