package dialog

import (
	"slices"

	"respite/dialog/understand"
)

// Topics are the questions that borrowers really ask, in the order of the menu.
var Topics = []string{"credit_record", "which_arrears", "how_long", "prepare", "try_again", "agencies", "hardship_proof", "interest_runs",
	"collectors", "cost", "bot_or_human", "safe"}

// showHelp shows the questions, or the answer to one, in the same message, so that the dialog above stays in sight.
func (t *turn) showHelp(topic string) {
	if slices.Contains(Topics, topic) {
		t.edit([][]Key{{lasting(label(help), help, "")}, {lasting(label(resume), resume, ""), lasting(label(human), human, "")}}, T("help.q."+topic), T("help.a."+topic))
		return
	}
	var keys []Key
	for _, id := range Topics {
		keys = append(keys, lasting(T("help.q."+id), help, id))
	}
	rows := append(columns(2, keys...), []Key{lasting(label(resume), resume, ""), lasting(label(human), human, "")})
	t.edit(rows, T("help.intro"))
}

// question answers a typed question if it is one of the known ones, and asks again what was being asked.
func (t *turn) question(text string) {
	switch topic := t.says(text).Topic(); {
	case topic == understand.PayMore && t.bound():
		t.asksMore(text)
	case !slices.Contains(Topics, topic) || t.c.State == Fresh:
		t.showHelp("")
	case topic == "how_long" && t.c.Request != nil:
		t.again() // names the days between which the answer is due
	default:
		t.again(T("help.a." + topic))
	}
}
