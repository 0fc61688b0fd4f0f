package policy

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"

	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// Message keys of a Counter, with the Args that each has. Amount and Left are Money, Count is a Count.
const (
	// What binds, when there is a plan but it is not what was proposed.
	boundMost     = "negotiate.count_most"   // Count, Amount: at most Count instalments, so at least Amount a month
	boundLeast    = "negotiate.count_least"  // Count: at least Count instalments
	boundSmallest = "negotiate.smallest"     // Amount, Count: no instalment below Amount, so at most Count of them
	boundLonger   = "negotiate.longer"       // Amount, Count: at no more than Amount a month it takes Count months
	boundFirst    = "negotiate.first_latest" // Count: the first payment may be at most Count days away
	boundDown     = "negotiate.down_least"   // Amount: at least Amount at once
	boundOnce     = "negotiate.once"         // Amount: this way is a single payment of Amount
	boundCutLeast = "negotiate.cut_least"    // Amount: the reduced payments may not be below Amount
	boundCutCount = "negotiate.cut_count"    // Count: at most Count payments may be reduced
	boundCutLater = "negotiate.cut_later"    // Count, Amount: only Count payments may be so low, later ones are up to Amount
	boundLeft     = "negotiate.left_over"    // Amount, Count: that is more than the Amount left over each month; Count instalments keep within it

	// Why there is no plan.
	beyondLeft   = "negotiate.beyond_left"  // Amount, Left: even the longest plan takes Amount a month, and Left is left over
	beyondOnce   = "negotiate.beyond_once"  // Amount: the single payment of Amount, all or down, is more than there is at hand
	nothingOpen  = "negotiate.nothing_open" // no programme that applies has such a plan
	nothingKnown = "negotiate.owed_unknown" // it is not known how much is owed
)

// A wish is something that a proposal may ask for. Wishes stand in the order in which a borrower can give way least: what can be
// paid a month first, how many months it takes last.
type wish int

const (
	wishMonthly wish = iota // in fen
	wishDown                // in fen
	wishStart               // in days
	wishMonths
	wishes
)

// meeting is a plan's nearest answer to a proposal.
type meeting struct {
	offer  Offer
	missed [wishes]int64 // by how much each wish was not met
	bounds [wishes]bound // why
	fails  bound         // there is no offer
	need   money.Fen     // of fails: what would have to be paid
}

// bound is a message that says which bound binds.
type bound struct {
	key    string
	amount money.Fen
	count  int
	left   Left
}

// Negotiate answers a proposal: with a plan that is what was proposed, or with the nearest one that the book allows and the bound
// that binds. Nearest is the smallest change for the borrower: first in what is paid a month, then at once, then in the day of
// the first payment, then in the number of months; of equals, the cheapest, then the soonest done. A number of months alone
// says that an equal part can be paid a month. Only programmes that apply are looked at, or the one that the proposal names if it
// may apply. No plan asks for more a month than is left over.
//
// It keeps nothing: every round is answered from the facts and the proposal alone, and no offer goes away for having tried
// another.
func (b *Book) Negotiate(f Facts, today day.Date, p Proposal) Counter {
	k := b.know(f)
	q, ok := b.quote(k, today)
	if !ok {
		return Counter{Key: nothingKnown, Args: map[string]Value{}}
	}
	// What the borrower says now counts more than what the form said.
	q.hand.Fen = max(q.hand.Fen, p.Down)
	best := meeting{fails: bound{key: nothingOpen}}
	for i, finding := range b.judge(k).Findings {
		named := p.Programme == finding.Programme
		if finding.Verdict == Ineligible || !named && (p.Programme != "" || finding.Verdict == Undecided) {
			continue
		}
		for n := range b.programmes[i].Plans {
			for _, m := range q.meet(b.programmes[i], &b.programmes[i].Plans[n], p) {
				m.offer.Agent = m.offer.Agent || finding.Human != ""
				if m.better(&best) {
					best = m
				}
			}
		}
	}
	return best.counter()
}

// better says whether a borrower would rather have m than o.
func (m *meeting) better(o *meeting) bool {
	fits, fitted := m.fails.key == "", o.fails.key == ""
	if !fits && !fitted {
		return o.need == 0 || m.need < o.need
	}
	if !fits || !fitted {
		return fits
	}
	return cmp.Or(
		slices.Compare(m.missed[:], o.missed[:]),
		cmp.Compare(m.offer.Schedule.Total, o.offer.Schedule.Total),
		cmp.Compare(m.offer.Last, o.offer.Last),
	) < 0
}

// miss notes that a wish is not met, by how much, and what binds.
func (m *meeting) miss(w wish, by int64, why bound) {
	m.missed[w] += by
	m.bounds[w] = why
}

// counter is the meeting as an answer. Of several bounds it names the one on the wish that can give way least.
func (m *meeting) counter() Counter {
	if m.fails.key != "" {
		return Counter{Key: m.fails.key, Args: m.fails.args()}
	}
	c := Counter{Offer: m.offer, Fits: true, Accepted: true}
	for w := wishes - 1; w >= 0; w-- {
		if why := m.bounds[w]; why.key != "" {
			c.Accepted, c.Key, c.Args = false, why.key, why.args()
		}
	}
	return c
}

func (b bound) args() map[string]Value {
	args := map[string]Value{}
	if b.amount != 0 {
		args["Amount"] = Value{Kind: Money, N: int64(b.amount)}
	}
	if b.count != 0 {
		args["Count"] = Value{Kind: Count, N: int64(b.count)}
	}
	if b.left.Known {
		args["Left"] = Value{Kind: Money, N: int64(b.left.Fen)}
	}
	return args
}

// ownID names the offer of terms that are on no list.
func ownID(t schedule.Terms) string {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%+v", t) // a hash takes every write
	return fmt.Sprintf("own.%016x", h.Sum64())
}
