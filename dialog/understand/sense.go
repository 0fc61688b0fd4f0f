package understand

// sense is what a word says about a figure near it, or of which figure it is a part.
type sense uint8

// Senses. "N" stands for the value of a word: 万 is scale 10000.
const (
	noSense      sense = iota
	isDigit            // one Chinese digit: N
	isScale            // a Chinese power of ten: N
	isTens             // N, to which digits below ten can be added
	isOnes             // an English number word below twenty: N
	isOh               // a digit zero where digits are spelled one by one
	isPower            // an English power of ten, or a dozen: N
	isShortPower       // a power of ten in one letter, of money only: N
	isOrdinal          // N
	isSuffix           // th, st...
	isPoint            // the Chinese decimal point
	isDot              // the English decimal point
	isAnd
	isArticle // a, an
	isAll     // a whole one of the unit that follows
	isFew     // English for about N
	isVague   // Chinese for some digit
	isMore    // a little above the number
	isHalf
	isQuarter
	isParts // of N equal ones
	isOutOf
	isPartsOf // the Chinese line of a fraction
	isNegative
	isNth        // makes the number that follows a place in a row
	isDash       // a hyphen
	isWhole      // "exactly", after an amount
	isPlain      // no figure, though it begins like one
	isCounting   // a digit that only counts, and is no name of a day or month
	isPossessive // of what came before
	isParticle   // says nothing; alone, it is no token

	isYuan     // a unit of one yuan
	isEndYuan  // a slip for 块, if nothing follows
	isJiao     // a tenth of a yuan
	isFen      // a hundredth of a yuan
	isMoney    // says that the figure is yuan, or money at all
	isCurrency // another currency, by its code
	isMyriad   // N, after a number

	isOverdue   // what is late
	isNotDue    // what falls due later
	isElsewhere // what is owed is owed to others
	isGrown     // what came before has grown into what follows
	isOwedNow   // what is owed now
	isOwed      // what is owed
	isUnpaid    // what has not been paid
	isTotal     // a sum of what was named
	isPrincipal
	isInterest
	isFee
	isBorrowed  // what was borrowed once
	isSpent     // what was charged to a card once
	isOnce      // what follows was so once
	isLimit     // the credit limit
	isPaid      // what was paid already
	isUnmade    // a payment named next was not made
	isOfThat    // the figure before is a part of the one before it
	isMonthly   // what is paid in each period
	isMinimum   // the least that a card asks for
	isIncome    // what somebody has, earns or is owed
	isExpense   // what something else costs
	isOffer     // what somebody could pay
	isDown      // what somebody could pay at once
	isNone      // nothing is owed
	isLender    // whom it is owed to
	isIncluding // what follows is a part of what came before
	isIncluded  // what came before is a part of what it is said of
	isApart     // what follows comes on top
	isExcluding // what follows is not counted
	isTimes
	isCard   // a short number that follows is the card's
	isAmend  // what follows is right, what came before is not
	isWrong  // what follows is wrong
	isUntrue // the figure before it, which somebody else named, is not so
	isNo     // alone, takes back what came before
	isAsking // makes what came before a question

	isFormerly  // the figure right after it was so once, and is not now
	isStill     // so it still was then
	isRest      // what follows is left, if something was paid
	isWholeOf   // a part of what follows is told of
	isOff       // what was paid was paid of what follows
	isEarlier   // what was paid with it was paid in an earlier turn
	isAt        // N: by which of the words for a place a debt is named
	isConverted // what follows is what came before in other money
	isOnly      // what follows is all that there is
	isCopula    // the figure before is, or was, what follows
	isWithin    // what follows is a part of the figure before
	isSingle    // one of what comes each month
	isQuestion  // right after a figure: is it that?
	isElse      // after what is wrong: one of the two is right

	isAbout   // approximately
	isNearly  // the same, of a figure that follows only
	isOver    // more than
	isUnder   // less than
	isRange   // up to
	isBetween // a range follows
	isListing // 、 or a slash, between alternatives
	isDegree  // before a word without a meaning says nothing of figures, but how far what that says is so

	isDays   // N days
	isMonths // N months
	isHours  // parts of a day: N hours
	isNight
	isStanding // one of it, though no number stands with it
	isMeasure  // one of the unit that follows
	isPeriod   // one period of about N days, by its name
	isEither   // between two that may both be meant
	isFurther  // makes a length one that is asked for
	isThe
	isOf
	isCounter // a unit that makes a number neither money nor time
	isInstalments
	isSplit      // into so many instalments as follow something is cut
	isInAll      // what has so many instalments, or is so long, as came before
	isAltogether // so many instalments as came before are all
	isDayMark    // makes a number a day of the month
	isMonthMark  // makes a number a month of the year
	isYearMark   // makes a number a year
	isDayOrDays  // makes a number a day of the month, or a length of time
	isDay        // N days from today
	isNow        // now
	isWeek       // N weeks from this week
	isMonth      // N months from this month
	isYear       // N years from this year
	isRepublic   // the year that follows is counted from 1912
	isRelative   // last, this, next: N
	isJustPast   // the last one, however few days ago
	isBeforeLast // the one before the last
	isWeekday    // N, Monday is 1
	isSunday     // after a week: its Sunday
	isMonthName  // N
	isMaybeMonth // a month, or a word of another kind
	isPart       // of a month or year: the day of the month N
	isMonthPart  // a part of the month whose number is before it
	isMonthStart
	isMonthEnd
	isYearStart
	isYearEnd
	isFestival // month*100 + day
	isOneDay   // a festival that is of one day only
	isThatDay  // makes a festival the one day of it
	isMoving   // a festival of the lunar calendar, by its name
	isLunar    // a day of the lunar calendar
	isAgo
	isBefore // counted back from what follows
	isLater
	isGone // the day beside it lies behind
	isIn   // in N days
	isOn   // on the day that follows
	isSince
	isLate
	isDue
	isBill // what is written out before it falls due
	isNotLate
	isNotYet    // with what is due: not late
	isLeft      // so much time is left
	isEvent     // what happened then is not the arrears
	isMissed    // instalments that were missed
	isLess      // what follows is missing from what came before
	isDone      // it is over
	isForgotten // how many follows, and is not known
	isPaidUp    // instalments that were paid
	isEvery     // the day that follows comes every month
	isPayOn     // makes a number after "every month" the day on which something is paid
	isBegin     // a plan begins
	isOwes      // a number without a unit near it is money
	isCode      // the number that follows is a name, not a figure
	isPhone     // so too, and is that of a telephone, which may have blanks in it
	isAge
	isAged  // the number that follows may be somebody's age
	isTally // how many there are of something
	isPercent

	isEach     // so often comes what happens in the length that follows
	isCall     // what somebody who collects does so many times: calls, messages, visits
	isHound    // what somebody who collects does in the length before
	isHounding // for so long, or since then, somebody who collects has been at it
)

// senseSet is a set of senses, with a bit for every value that a sense can have: no place in it is out of bounds.
type senseSet [4]uint64

func setOf(senses ...sense) (set senseSet) {
	for _, s := range senses {
		set.add(s)
	}
	return set
}

func (t *senseSet) add(s sense) { t[s>>6] |= 1 << (s & 63) }

func (t *senseSet) has(s sense) bool { return t[s>>6]&(1<<(s&63)) != 0 }

// join adds the senses of o.
func (t *senseSet) join(o *senseSet) {
	t[0] |= o[0]
	t[1] |= o[1]
	t[2] |= o[2]
	t[3] |= o[3]
}

// meets says whether the sets have a sense in common.
func (t *senseSet) meets(o *senseSet) bool {
	return t[0]&o[0]|t[1]&o[1]|t[2]&o[2]|t[3]&o[3] != 0
}

// within says whether o has all senses of the set.
func (t *senseSet) within(o *senseSet) bool {
	return t[0]&^o[0]|t[1]&^o[1]|t[2]&^o[2]|t[3]&^o[3] == 0
}

// use says for which question a sense is looked for.
type use uint8

const (
	forMoney use = 1 << iota
	forTime
	forBoth = forMoney | forTime
)

// senses are the names that the lexicon files may use.
var senses = map[string]struct {
	sense sense
	use   use
}{
	"digit": {isDigit, forBoth}, "scale": {isScale, forBoth}, "tens": {isTens, forBoth}, "ones": {isOnes, forBoth},
	"oh": {isOh, forBoth}, "power": {isPower, forBoth}, "letter": {isShortPower, forMoney}, "ordinal": {isOrdinal, forBoth},
	"suffix": {isSuffix, forBoth}, "point": {isPoint, forBoth}, "dot": {isDot, forBoth}, "and": {isAnd, forBoth},
	"article": {isArticle, forBoth}, "all": {isAll, forTime}, "few": {isFew, forBoth}, "vague": {isVague, forBoth},
	"more": {isMore, forBoth}, "half": {isHalf, forBoth}, "quarter": {isQuarter, forBoth}, "negative": {isNegative, forBoth},
	"nth": {isNth, forBoth}, "parts": {isParts, forBoth}, "out_of": {isOutOf, forBoth}, "parts_of": {isPartsOf, forBoth},
	"dash": {isDash, forBoth}, "whole": {isWhole, forMoney}, "plain": {isPlain, forBoth},
	"counting": {isCounting, forTime}, "possessive": {isPossessive, forBoth}, "particle": {isParticle, forBoth},

	"yuan": {isYuan, forBoth}, "end_yuan": {isEndYuan, forMoney}, "jiao": {isJiao, forBoth}, "fen": {isFen, forMoney},
	"money": {isMoney, forBoth}, "currency": {isCurrency, forBoth}, "myriad": {isMyriad, forMoney},

	"overdue": {isOverdue, forMoney}, "not_due": {isNotDue, forMoney}, "grown": {isGrown, forMoney}, "elsewhere": {isElsewhere, forMoney}, "unmade": {isUnmade, forMoney},
	"of_that": {isOfThat, forMoney}, "owed_now": {isOwedNow, forMoney}, "owed": {isOwed, forMoney}, "unpaid": {isUnpaid, forMoney},
	"total": {isTotal, forMoney}, "principal": {isPrincipal, forMoney}, "interest": {isInterest, forMoney}, "fee": {isFee, forMoney},
	"borrowed": {isBorrowed, forMoney}, "spent": {isSpent, forMoney}, "once": {isOnce, forMoney}, "limit": {isLimit, forMoney},
	"paid": {isPaid, forMoney}, "monthly": {isMonthly, forMoney}, "minimum": {isMinimum, forMoney}, "income": {isIncome, forMoney},
	"expense": {isExpense, forMoney}, "offer": {isOffer, forMoney}, "including": {isIncluding, forMoney}, "included": {isIncluded, forMoney}, "down": {isDown, forMoney},
	"none": {isNone, forMoney}, "lender": {isLender, forMoney}, "apart": {isApart, forMoney}, "excluding": {isExcluding, forMoney},
	"times": {isTimes, forMoney}, "card": {isCard, forMoney}, "amend": {isAmend, forBoth}, "wrong": {isWrong, forBoth}, "untrue": {isUntrue, forMoney},
	"no": {isNo, forBoth}, "asking": {isAsking, forBoth},

	"formerly": {isFormerly, forMoney}, "still": {isStill, forMoney}, "rest": {isRest, forMoney}, "whole_of": {isWholeOf, forBoth},
	"off": {isOff, forMoney}, "earlier": {isEarlier, forMoney}, "at": {isAt, forMoney}, "converted": {isConverted, forMoney},
	"only": {isOnly, forMoney}, "else": {isElse, forMoney}, "copula": {isCopula, forMoney}, "within": {isWithin, forMoney}, "single": {isSingle, forMoney},
	"question": {isQuestion, forMoney},

	"about": {isAbout, forBoth}, "about_money": {isAbout, forMoney}, "nearly": {isNearly, forBoth}, "nearly_money": {isNearly, forMoney}, "over": {isOver, forBoth}, "over_money": {isOver, forMoney},
	"under": {isUnder, forBoth}, "range": {isRange, forBoth}, "between": {isBetween, forBoth}, "between_money": {isBetween, forMoney}, "listing": {isListing, forBoth},
	"degree": {isDegree, forBoth},

	"days": {isDays, forBoth}, "months": {isMonths, forBoth}, "hours": {isHours, forBoth}, "night": {isNight, forTime},
	"the": {isThe, forTime}, "of": {isOf, forBoth}, "counter": {isCounter, forBoth}, "instalments": {isInstalments, forBoth},
	"day_mark": {isDayMark, forBoth}, "day": {isDay, forBoth}, "now": {isNow, forTime}, "week": {isWeek, forBoth},
	"month": {isMonth, forBoth}, "year": {isYear, forBoth}, "relative": {isRelative, forTime}, "one_day": {isOneDay, forTime},
	"weekday": {isWeekday, forBoth}, "month_name": {isMonthName, forBoth}, "part": {isPart, forTime},
	"month_start": {isMonthStart, forTime}, "month_end": {isMonthEnd, forTime}, "year_start": {isYearStart, forTime},
	"year_end": {isYearEnd, forTime}, "festival": {isFestival, forBoth}, "moving": {isMoving, forTime}, "lunar": {isLunar, forTime},
	"ago": {isAgo, forTime}, "later": {isLater, forTime}, "in": {isIn, forBoth}, "since": {isSince, forBoth}, "late": {isLate, forTime},
	"due": {isDue, forTime}, "not_late": {isNotLate, forTime}, "left": {isLeft, forTime}, "event": {isEvent, forTime},
	"missed": {isMissed, forTime}, "less": {isLess, forTime}, "done": {isDone, forTime}, "forgotten": {isForgotten, forBoth},
	"paid_up": {isPaidUp, forTime}, "not_yet": {isNotYet, forTime}, "every": {isEvery, forTime}, "begin": {isBegin, forTime},
	"owes": {isOwes, forTime}, "code": {isCode, forBoth}, "phone": {isPhone, forBoth}, "age": {isAge, forBoth}, "aged": {isAged, forBoth},
	"tally": {isTally, forMoney}, "percent": {isPercent, forBoth},

	"each": {isEach, forTime}, "call": {isCall, forTime}, "hound": {isHound, forTime}, "hounding": {isHounding, forTime}, "gone": {isGone, forTime}, "further": {isFurther, forTime},
	"bill": {isBill, forTime}, "pay_on": {isPayOn, forTime}, "that_day": {isThatDay, forTime}, "split": {isSplit, forTime},
	"in_all": {isInAll, forTime}, "altogether": {isAltogether, forTime}, "period": {isPeriod, forTime}, "month_mark": {isMonthMark, forTime}, "year_mark": {isYearMark, forTime},
	"day_or_days": {isDayOrDays, forTime}, "sunday": {isSunday, forTime}, "month_part": {isMonthPart, forTime},
	"maybe_month": {isMaybeMonth, forTime}, "republic": {isRepublic, forTime}, "just_past": {isJustPast, forTime},
	"before_last": {isBeforeLast, forTime}, "before": {isBefore, forTime}, "on": {isOn, forTime},
	"measure": {isMeasure, forTime}, "standing": {isStanding, forTime}, "either": {isEither, forTime},
}
