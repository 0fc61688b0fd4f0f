package schedule

import "respite/policy/money"

// A due is what falls due with one instalment.
type due struct {
	Parts
	left Parts // what is unpaid of the debt once it is paid, without the interest that is still to run
}

// dues spreads what is to be paid over the instalments.
func (t Terms) dues(payable Parts) ([]due, error) {
	rate, err := t.rate()
	if err != nil {
		return nil, err
	}
	l := loan{rate: rate, left: payable}
	l.start(t)
	var dues []due
	switch {
	case t.Method == Reduced:
		dues, err = l.reduced(t.Count, t.Cut, t.Order)
	case t.Method == EqualPrincipal && l.bears():
		dues = l.equalPrincipal(t.Count)
	default:
		dues = l.level(Parts{}, t.Count)
	}
	if err != nil {
		return nil, err
	}
	for _, d := range dues {
		if d.Principal < 0 || d.Sum() <= 0 {
			return nil, ErrTooSmall
		}
	}
	return dues, nil
}

// level pays the loan down to target in n instalments of the same amount; the last one takes the rounding. They are empty if there
// is not a fen for each.
func (l *loan) level(target Parts, n int) []due {
	if l.bears() {
		return l.annuity(target, n)
	}
	from := l.left
	total, other := from.Sum()-target.Sum(), from.other()-target.other()
	dues := make([]due, n)
	if total < money.Fen(n) {
		return dues
	}
	each := even(total, n)
	var paid money.Fen
	for k := range dues {
		amount := each
		if k == n-1 {
			amount = total - paid
		}
		paid += amount
		// Rounding the sums down, not each share, keeps every share between nothing and the amount.
		share := other.ShareDown(int64(paid), int64(total)) - (from.other() - l.left.other())
		dues[k] = l.pay(amount-share, share, from, target)
	}
	return dues
}

// reduced pays lower amounts first. What they fall short by is due with the cut.Over instalments after them, after which the
// plan is where it would have been without the cut; or with all that are left.
func (l *loan) reduced(n int, cut Cut, order Order) ([]due, error) {
	ordinary := *l
	before := l.left
	dues := ordinary.level(Parts{}, n)
	switch full := dues[0].Sum(); {
	case full == 0:
		return nil, ErrTooSmall
	case cut.Amount >= full:
		return nil, ErrNotReduced
	}
	for k := range dues[:cut.Count] {
		bill := before.Sub(dues[k].left)
		before = dues[k].left
		running := l.run()
		bill.Interest += running
		l.left.Interest += running
		paid := Allocate(cut.Amount, bill, order)
		l.left = l.left.Sub(paid)
		dues[k] = due{Parts: paid, left: l.left}
	}
	end := n
	if cut.Over > 0 {
		end = cut.Count + cut.Over
	}
	copy(dues[cut.Count:end], l.level(dues[end-1].left, end-cut.Count))
	return dues, nil
}

// even returns the amount of each but the last of n parts of total: rounded half up, or down if that would leave nothing for
// the last.
func even(total money.Fen, n int) money.Fen {
	each := total.Share(1, int64(n))
	if each*money.Fen(n-1) >= total {
		each = total / money.Fen(n)
	}
	return each
}
