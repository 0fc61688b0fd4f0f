package dialog

import (
	"strconv"

	"respite/policy/money"
)

// advice is what the budget of the month closes with, one line each month.
var advice = []string{"fund", "debts", "records"}

// showBudget says what is due this month and what is left over, with one line of advice.
func (t *turn) showBudget() {
	if t.c.Plan == nil {
		t.again(T("plan.none"))
		return
	}
	due := dueIn(t.ledger(), t.today)
	body := []Text{T("budget.due", "Amount", due)}
	switch left := t.judge().Left; {
	case !left.Known:
		body = append(body, T("budget.unknown"))
	case left.Fen >= due:
		body = append(body, T("budget.left", "Amount", left.Fen-due))
	default:
		body = append(body, T("budget.short", "Amount", due-left.Fen))
	}
	_, month, _ := t.today.Date()
	body = append(body, T("advice."+advice[int(month)%len(advice)]))
	t.edit([][]Key{{lasting(label(terms), terms, ""), lasting(label(human), human, "")}}, body...)
}

// extras are the amounts more a month that can be tried at a press.
var extras = []money.Fen{money.Yuan(100), money.Yuan(200), money.Yuan(500), money.Yuan(1000)}

// whatIfMore says when the plan would end and what it would save if more were paid each month.
func (t *turn) whatIfMore(arg string) {
	if t.c.Plan == nil {
		t.again(T("plan.none"))
		return
	}
	v, err := strconv.ParseInt(arg, 10, 64)
	if err != nil {
		v = 0
	}
	t.showMore(money.Fen(v))
}

// asksMore takes the same in words: if I pay 200 more a month.
func (t *turn) asksMore(text string) {
	extra, _ := t.says(text).More()
	t.showMore(extra)
}

// showMore says what extra a month would do, and offers other amounts. Without one it asks.
func (t *turn) showMore(extra money.Fen) {
	body := []Text{T("faster.ask")}
	if extra > 0 && extra <= money.Yuan(1_000_000) {
		body = t.sooner(extra)
	}
	var keys []Key
	for _, e := range extras {
		keys = append(keys, lasting(T("button.faster_by", "Amount", e), faster, strconv.FormatInt(int64(e), 10)))
	}
	t.edit(append(columns(2, keys...), []Key{lasting(label(terms), terms, "")}), body...)
}

func (t *turn) sooner(extra money.Fen) []Text {
	l, p := t.ledger(), t.c.Plan
	s, saves, ok := l.Faster(p.Terms, t.schedule().Running, extra, t.book().Calendar(), t.today)
	if !ok {
		return []Text{T("faster.same", "Extra", extra)}
	}
	last := due(s)
	body := []Text{T("faster.ends", "Extra", extra, "Last", last, "Before", l.Last())}
	if saves > 0 {
		return append(body, T("faster.saves", "Amount", saves))
	}
	return append(body, T("faster.no_interest"))
}
