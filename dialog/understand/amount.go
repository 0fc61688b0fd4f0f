package understand

// Part is which of a borrower's figures a question asks for.
type Part string

// Parts.
const (
	PartOwed      Part = "owed" // what is owed now
	PartLimit     Part = "limit"
	PartPrincipal Part = "principal"
	PartInterest  Part = "interest"
	PartFees      Part = "fees"
	PartIncome    Part = "income"
	PartExpense   Part = "expense"
)

// Amount reads the answer to "how much is overdue?".
func (t *Text) Amount() Amount { return t.AmountOf(PartOwed) }

// AmountOf reads the answer to a question for one figure of money. A bare number is an answer in yuan. Of several figures the one
// that the question asks for is chosen; Why says what is doubtful about it:
//
//	approximate  about, over, under, some
//	range        one of two; Fen is the upper
//	vague        几千, "thousands"; Fen is the least it can be
//	unclear      the number can be read in another way
//	foreign      in the currency that is given, not converted
//	zero, negative, absurd
//	several      of several figures that may be meant, the likeliest, or all of them together
//	sum          principal, interest and fees that were named apart, together
//	product      what so many instalments of so much make
//	principal, minimum, interest, monthly...
//	             only another figure than the one asked for was named, and this is it; Unknown where nothing of the answer can
//	             follow from it: what was borrowed, a limit, what has been paid, comes in, falls due each month or is offered
//	denied       the only figure is said not to be it; Unknown
func (t *Text) AmountOf(part Part) Amount {
	a, _ := t.amount(part)
	return a
}

// amount is AmountOf; it also says whether the text itself says that the figure is the one asked for.
func (t *Text) amount(part Part) (a Amount, said bool) {
	e := t.estimate(wants[part])
	if len(e.sums) == 0 {
		return e.nothing()
	}
	e.roles()
	e.grown()
	e.former()
	e.doubts(guesses)
	return e.choose()
}

// nothing answers where there is no figure: some say that they owe nothing.
func (e *estimate) nothing() (Amount, bool) {
	if e.any(isNone) {
		return Amount{Status: Confirm, Why: "zero"}, true
	}
	return Amount{Status: Unknown}, false
}

// wants says which roles answer the question for a part, the best first.
var wants = map[Part][]sense{
	PartOwed:      {isOverdue, isOwedNow, isOwed, isUnpaid, isTotal},
	PartLimit:     {isLimit},
	PartPrincipal: {isPrincipal, isBorrowed},
	PartInterest:  {isInterest},
	PartFees:      {isFee},
	PartIncome:    {isIncome, isMonthly},
	PartExpense:   {isExpense, isMonthly},
}

// estimate finds the figure that is asked for among those of a text.
type estimate struct {
	text   []rune
	tokens []token
	senses senseSet // of all the tokens
	sums   []sum
	want   []sense
}

func newEstimate(text []rune, tokens []token, want []sense) estimate {
	return estimate{text: text, tokens: tokens, senses: sensesOf(tokens), sums: sums(tokens), want: want}
}

// any says whether a word of the text has one of the senses.
func (e *estimate) any(senses ...sense) bool {
	set := setOf(senses...)
	return e.senses.meets(&set)
}
