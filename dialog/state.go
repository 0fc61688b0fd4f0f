package dialog

import "respite/policy"

// State is where a conversation stands.
type State string

// The states of a conversation. Their values are kept in records.
const (
	Fresh      State = ""           // nothing was said yet
	Consenting State = "consent"    // asked whether answers may be kept
	AskOwed    State = "owed"       // asked how much is overdue
	AskLate    State = "late"       // asked since when
	AskWhy     State = "why"        // asked what happened
	AskMore    State = "more"       // asked for a further fact that can change the result
	Confirming State = "confirm"    // an answer waits for a yes
	Details    State = "details"    // asked whether health and finance details may be kept
	Correcting State = "correct"    // the answers so far are shown, to be changed
	Offering   State = "offers"     // what is possible is shown
	Looking    State = "offer"      // one offer is shown in full
	Disclosing State = "disclosure" // what agreeing means is shown
	Signing    State = "signing"    // asked for the separate yes
	Reviewing  State = "review"     // an agent decides
	Running    State = "running"    // the plan runs
	Settled    State = "settled"    // the plan is paid off
	Closed     State = "closed"     // the borrower stopped
	Onward     State = "onward"     // not a place: the table's choice of what comes next
	Earlier    State = "earlier"    // not a place: the question of an answer that is to be given again
)

// row is one state: what is said on entering it and where each input leads.
type row struct {
	state State
	enter func(*turn)              // asks what this state asks
	typed func(*turn, string) bool // takes a typed answer; false: not understood
	says  string                   // what typed takes, for the diagram
	leads []State                  // where a typed answer can lead
	press []edge
}

// edge is one button of a state. A button's verb means the same wherever it stands.
type edge struct {
	verb Verb
	do   func(*turn, string)
	to   []State // empty: the state stays
}

// Verb is what a button does; its data is "turn.verb.argument".
type Verb string

// Verbs of the borrower's buttons. They stand in messages that are years old, so they never change their meaning.
const (
	agree    Verb = "agree"
	yes      Verb = "yes"
	no       Verb = "no"
	change   Verb = "change"
	pick     Verb = "pick" // pick.<value>: an answer to the question at hand
	skip     Verb = "skip"
	back     Verb = "back"
	fix      Verb = "fix" // fix.<fact>
	keep     Verb = "keep"
	show     Verb = "show" // show.<offer>
	choose   Verb = "take" // take.<offer>
	review   Verb = "review"
	exact    Verb = "exact"
	try      Verb = "try"
	why      Verb = "why"
	read     Verb = "read"
	sign     Verb = "sign"
	withdraw Verb = "withdraw"

	resume   Verb = "resume"
	over     Verb = "over"
	human    Verb = "human"
	robot    Verb = "bot"
	help     Verb = "help" // help.<topic>
	language Verb = "lang" // lang.<tag>
	facts    Verb = "facts"
	terms    Verb = "plan"
	paid     Verb = "paid" // paid.<instalment>, or paid.<instalment>-<fen>
	cannot   Verb = "cant" // cant.<instalment>
	way      Verb = "way"  // way.<change>: shows what it leads to
	agreeWay Verb = "ways" // ways.<change>
	renew    Verb = "renew"
	dispute  Verb = "dispute"
	mute     Verb = "mute"
	unmute   Verb = "unmute"
	remind   Verb = "remind" // remind.<hour, level or pause>
	diary    Verb = "diary"
	faster   Verb = "faster" // faster.<fen a month>
	budget   Verb = "month"
	privacy  Verb = "privacy"
	forget   Verb = "forget"
)

// table is the machine. README's diagram is drawn from it and Step obeys it: a state can only be reached over an edge
// that stands here.
func table() []row {
	question := []edge{{pick, (*turn).picked, []State{Onward, Details}}, {skip, (*turn).skipped, []State{Onward}}, {back, (*turn).goBack, []State{Earlier}}}
	return []row{
		{state: Consenting, enter: (*turn).askConsent, typed: (*turn).typedConsent, says: "yes", leads: []State{Onward, Closed},
			press: []edge{{agree, (*turn).consent, []State{Onward}}, {no, (*turn).decline, []State{Closed}}}},
		{state: AskOwed, enter: (*turn).ask, typed: (*turn).answer, says: "an amount", leads: []State{Confirming, Details, Onward}, press: question},
		{state: AskLate, enter: (*turn).ask, typed: (*turn).answer, says: "days or a date", leads: []State{Confirming, Details, Onward}, press: question},
		{state: AskWhy, enter: (*turn).ask, typed: (*turn).answer, says: "what happened", leads: []State{Confirming, Details, Onward}, press: question},
		{state: AskMore, enter: (*turn).ask, typed: (*turn).answer, says: "an answer", leads: []State{Confirming, Details, Onward}, press: question},
		{state: Confirming, enter: (*turn).askSure, typed: (*turn).typedSure, says: "yes, no or a better answer", leads: []State{Confirming, Details, Onward, Earlier},
			press: []edge{{yes, (*turn).sure, []State{Details, Onward}}, {no, (*turn).unsure, []State{Earlier}}, {change, (*turn).unsure, []State{Earlier}}}},
		{state: Details, enter: (*turn).askDetails, typed: (*turn).typedDetails, says: "yes or no", leads: []State{Onward},
			press: []edge{{agree, (*turn).allowDetails, []State{Onward}}, {no, (*turn).refuseDetails, []State{Onward}}}},
		{state: Correcting, enter: (*turn).askWhich, typed: (*turn).typedWhich, says: "which one", leads: []State{Confirming, Details, Onward, Earlier},
			press: []edge{{fix, (*turn).fix, []State{Earlier}}, {keep, (*turn).keepAll, []State{Onward}}}},
		{state: Offering, enter: (*turn).showOffers, typed: (*turn).proposed, says: "a number or a proposal", leads: []State{Offering, Looking},
			press: []edge{{show, (*turn).look, []State{Looking}}, {review, (*turn).askReview, nil}, {exact, (*turn).askExact, []State{Details, AskMore}}, {back, (*turn).goBack, []State{Earlier}}}},
		{state: Looking, enter: (*turn).showOffer, typed: (*turn).proposed, says: "a proposal", leads: []State{Offering, Looking},
			press: []edge{{choose, (*turn).take, []State{Disclosing}}, {back, (*turn).toOffers, []State{Offering}}, {show, (*turn).look, []State{Looking}}, {try, (*turn).tryOut, []State{Looking, Offering}}}},
		{state: Disclosing, enter: (*turn).disclose, typed: (*turn).typedRead, says: "yes or no", leads: []State{Signing, Offering},
			press: []edge{{read, (*turn).haveRead, []State{Signing}}, {back, (*turn).toOffers, []State{Offering}}}},
		{state: Signing, enter: (*turn).askSign, typed: (*turn).typedSign, says: "yes or no", leads: []State{Running, Reviewing, Offering},
			press: []edge{{sign, (*turn).signed, []State{Running, Reviewing, Offering}}, {back, (*turn).toOffers, []State{Offering}}}},
		{state: Reviewing, enter: (*turn).showStatus, press: []edge{{withdraw, (*turn).takeBack, []State{Offering}}}},
		{state: Running, enter: (*turn).showPlan, typed: (*turn).typedRunning, says: "what was paid"},
		{state: Settled, enter: (*turn).showPlan},
		{state: Closed, enter: (*turn).askResume},
	}
}

// fork is one way out of Onward: the first whose condition holds is taken.
type fork struct {
	to   State
	when string // for the diagram
	if_  func(*turn) bool
}

// forks is how the machine chooses what comes next after an answer.
func forks() []fork {
	missing := func(id policy.FactID) func(*turn) bool { return func(t *turn) bool { return !t.c.Facts.has(id) } }
	return []fork{

		{Running, "a plan runs", (*turn).bound},
		{Reviewing, "an agent is to decide", func(t *turn) bool { return t.c.Request != nil }},
		{Details, "what was said in passing is about health, and that was not agreed to yet", (*turn).wantsHeld},
		{AskOwed, "amount not known", missing(policy.Owed)},
		{AskLate, "days late not known", missing(policy.DaysLate)},
		{AskWhy, "hardship not known", missing(policy.Hardship)},
		{Details, "the next question is about health or finances, and that was not agreed to yet", (*turn).wantsDetails},
		{AskMore, "an answer can still change the result", (*turn).wantsMore},
		{Offering, "all is known that matters", func(*turn) bool { return true }},
	}
}
