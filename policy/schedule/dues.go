package schedule

import "respite/policy/money"

// A due is what falls due with one instalment.
type due struct {
	Parts
	left Parts // what is unpaid of the debt once it is paid, without the interest that is still to run
}

// spread spreads what is to be paid over the instalments, of which dues is for one each.
func (t Terms) spread(payable Parts, dues []due) error {
	rate, err := t.rate()
	if err != nil {
		return err
	}
	l := loan{rate: rate, left: payable}
	l.start(t)
	switch {
	case t.Method == Reduced:
		err = l.reduced(dues, t.Cut, t.Order)
	case t.Method == EqualPrincipal && l.bears():
		l.equalPrincipal(dues)
	default:
		l.level(dues, Parts{})
	}
	if err != nil {
		return err
	}
	for i := range dues {
		if d := &dues[i]; d.Principal < 0 || d.Sum() <= 0 {
			return ErrTooSmall
		}
	}
	return nil
}

// level pays the loan down to target in instalments of the same amount; the last one takes the rounding. They are empty if there
// is not a fen for each.
func (l *loan) level(dues []due, target Parts) {
	if l.bears() {
		l.annuity(dues, target)
		return
	}
	from, n := l.left, len(dues)
	total, other := from.Sum()-target.Sum(), from.other()-target.other()
	if total < money.Fen(n) {
		clear(dues)
		return
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
}

// reduced pays lower amounts first. What they fall short by is due with the cut.Over instalments after them, after which the
// plan is where it would have been without the cut; or with all that are left.
func (l *loan) reduced(dues []due, cut Cut, order Order) error {
	ordinary := *l
	before := l.left
	ordinary.level(dues, Parts{})
	switch full := dues[0].Sum(); {
	case full == 0:
		return ErrTooSmall
	case cut.Amount >= full:
		return ErrNotReduced
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
	end := len(dues)
	if cut.Over > 0 {
		end = cut.Count + cut.Over
	}
	l.level(dues[cut.Count:end], dues[end-1].left)
	return nil
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
