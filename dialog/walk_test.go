package dialog

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"respite/dialog/understand"
	"respite/policy"
	"respite/policy/day"
)

// sayings are what borrowers type in a walk: answers, wishes, corrections and nonsense.
var sayings = []string{"3500", "两万五", "10 days", "三个礼拜", "I lost my job", "我妈住院了", "just forgot", "yes", "不是", "/start", "/help", "/plan", "/status",
	"/human", "/cancel", "/language", "/privacy", "/export", "/forget", "/nonsense", "转人工", "back", "刚才金额说错了，是4500", "会影响征信吗", "别再提醒了", "每月最多还500",
	"我还了", "还不上了", "投诉", "不想活了", "asdfgh", "0", "1", "2", "", " ", "999999999999", "欠8600，逾期20天，失业了", "10/11", "about 3k", "催收威胁我家人"}

// walk is a conversation of random steps.
type walk struct {
	m       *Machine
	c       Conversation
	now     time.Time
	id      int64
	buttons []string
	desk    []string
	office  Desk
}

// TestNoWalkGoesAstray takes random steps and holds each to what is always true.
func TestNoWalkGoesAstray(t *testing.T) {
	book, err := policy.Default()
	require.NoError(t, err)
	reader, err := understand.New()
	require.NoError(t, err)
	zone := time.FixedZone("CST", 8*3600)
	m := New(Settings{Operator: "o", Zone: zone, Quiet: Quiet{21 * 60, 8 * 60}, Languages: []string{"zh-Hans", "zh-Hant", "en"}, Agents: true}, oneBook{book}, reader,
		func(Text) []string { return nil })
	rapid.Check(t, func(rt *rapid.T) {
		w := &walk{m: m, office: Desk{Hours: Hours{9 * 60, 18 * 60, rapid.Bool().Draw(rt, "daily")}, Waiting: 3}, now: time.Date(2026, 11, 23, 10, 0, 0, 0, zone)}
		if rapid.Bool().Draw(rt, "a plan runs") {
			w.agree(rt)
		}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			w.step(rt)
		}
	})
}

// oneBook finds the same book for every case.
type oneBook struct{ book *policy.Book }

func (o oneBook) Book(string) Book { return o.book }

// agree walks straight to a running plan.
func (w *walk) agree(rt *rapid.T) {
	for _, ev := range []Event{{Kind: Typed, Text: "/start"}, {Kind: Typed, Text: "yes"}, {Kind: Typed, Text: "3500"}, {Kind: Typed, Text: "10 days"},
		{Kind: Typed, Text: "my hours were cut"}, {Kind: Typed, Text: "no"}, {Kind: Pressed, Press: "skip"}, {Kind: Pressed, Press: "show.deferral.m6"},
		{Kind: Pressed, Press: "take.deferral.m6"}, {Kind: Typed, Text: "yes"}, {Kind: Typed, Text: "yes"}, {Kind: AgentPress, Press: "approve."}} {
		w.id++
		ev.ID, ev.At, ev.Message, ev.Language, ev.Agent, ev.Group, ev.Decides, ev.By = w.id, w.now, int(w.id), "en", "a", -1, true, 7
		if ev.Kind == Pressed {
			ev.Press = strconv.FormatInt(int64(w.c.Turn), 36) + "." + ev.Press
		}
		w.c, _ = w.m.Step(w.c, ev)
	}
	require.NotNil(rt, w.c.Plan, "the straight way leads to a plan, not to %q", w.c.State)
}

// event draws what happens next; a press is drawn often, for it gets furthest.
func (w *walk) event(rt *rapid.T) Event {
	w.id++
	ev := Event{ID: w.id, At: w.now, Message: int(w.id), Language: "en", Agent: "a", Group: -1, By: int64(rapid.IntRange(1, 3).Draw(rt, "agent")),
		Decides: rapid.Bool().Draw(rt, "decides"), Desk: w.office, Colleagues: []Colleague{{1, "Kim"}, {2, "Zhou"}, {3, "Ann"}}}
	switch n := rapid.IntRange(0, 19).Draw(rt, "kind"); {
	case n < 10 && len(w.buttons) > 0:
		ev.Kind, ev.Query, ev.Press = Pressed, "q", rapid.SampledFrom(w.buttons).Draw(rt, "button")
	case n < 12 && len(w.desk) > 0:
		ev.Kind, ev.Query, ev.Press = AgentPress, "q", rapid.SampledFrom(w.desk).Draw(rt, "desk button")
	case n == 12:
		ev.Kind = Rang
		w.now = w.now.AddDate(0, 0, rapid.IntRange(0, 40).Draw(rt, "days"))
		ev.At = w.now
	case n == 13:
		ev.Kind = rapid.SampledFrom([]EventKind{Attached, Odd, Blocked, Unblocked, AgentWrote, AgentSent, AgentEdit, AgentLeft, DeskLost, CardLost, ClockSet, Stumbled}).Draw(rt, "other")
		ev.Text = rapid.SampledFrom([]string{"", "hello", "// aside"}).Draw(rt, "words")
	case n == 15:
		ev.Kind = AgentAsked
		ev.Press = rapid.SampledFrom([]string{"claim", "release", "transfer", "watch", "close", "reopen", "mute", "change", "approve", "decline", "more", "case", "no such"}).Draw(rt, "command")
		ev.Text = rapid.SampledFrom([]string{"", "1", "Kim", "500 a month", "200 months", "every month 1", "x"}).Draw(rt, "arguments")
	case n == 14:
		ev.Kind, ev.Message, ev.Text = Edited, rapid.IntRange(1, int(w.id)).Draw(rt, "edited"), rapid.SampledFrom(sayings).Draw(rt, "new text")
	default:
		ev.Kind, ev.Text = Typed, rapid.SampledFrom(sayings).Draw(rt, "text")
	}
	return ev
}

func (w *walk) step(rt *rapid.T) {
	ev := w.event(rt)
	next, effects := w.m.Step(w.c, ev)
	what := fmt.Sprintf("%s %q%q in %q led to %q", ev.Kind, ev.Text, ev.Press, w.c.State, next.State)
	sameNext, sameEffects := w.m.Step(w.c, ev)
	require.Equal(rt, next, sameNext, "a lost race steps again: %s", what)
	require.Equal(rt, effects, sameEffects, what)
	data, err := Encode(next)
	require.NoError(rt, err, what)
	kept, err := Decode(data)
	require.NoError(rt, err, what)
	again, err := Encode(kept)
	require.NoError(rt, err, what)
	require.Equal(rt, string(data), string(again), what)
	require.True(rt, allowed(w.c.State, next.State), what)
	if next.State != Fresh {
		require.GreaterOrEqual(rt, next.Turn, w.c.Turn, what)
	}
	if ev.Kind == Rang {
		require.True(rt, next.Next().IsZero() || next.Next().After(ev.At), "%s, and an alarm goes on ringing: %v", what, next.Alarms)
	}
	w.hold(rt, ev, next, effects, what)
	w.c = kept
	if next.State != Fresh {
		question := &turn{m: w.m, c: &next, e: Event{Kind: Typed, At: ev.At, Desk: w.office}, today: day.At(ev.At.In(w.m.Zone))}
		require.True(rt, slices.ContainsFunc(question.keys(), func(k Key) bool { _, v, _ := parse(k.Data); return v == human }),
			"a person is one tap away in %q", next.State)
	}
}

// hold checks the effects: a borrower who says something is answered, presses get one toast, buttons fit.
func (w *walk) hold(rt *rapid.T, ev Event, next Conversation, effects []Effect, what string) {
	toasts, answers := 0, 0
	for _, e := range effects {
		switch e.Do {
		case Toast:
			toasts++
			answers += len(e.Body)
		case Say, Edit, Send, Copy, Words:
			answers++
		}
		if e.Do == Card {
			w.desk = nil
		}
		for _, row := range e.Rows {
			require.NotEmpty(rt, row, what)
			for _, k := range row {
				require.LessOrEqual(rt, len(k.Data), 64, what)
				if e.Do == Card || e.Do == Tell {
					w.desk = append(w.desk, k.Data)
				} else {
					w.buttons = append(w.buttons, k.Data)
				}
			}
		}
	}
	switch ev.Kind {
	case Pressed, AgentPress:
		require.Equal(rt, 1, toasts, what)
	case Typed:
		require.Positive(rt, answers, what)
	}
	if ev.Kind == Pressed {
		require.Positive(rt, answers, what)
	}
	if next.Plan != nil {
		require.NotEmpty(rt, next.Plan.Terms.Count, what)
	}
	if ev.Press == ".forget.yes" {
		require.Equal(rt, Conversation{Shape: Shape, Language: next.Language}, next, what)
	}
}

// allowed says whether one event may lead from one state to another: over the table, or by what works from everywhere.
func allowed(from, to State) bool {
	if from == Fresh {
		return to == Fresh || to == Consenting
	}
	if to == Fresh || to == Consenting || to == Closed || to == Correcting || reachable(from)[to] {
		return true
	}
	if reachableOver(Onward)[to] || reachableOver(Earlier)[to] { // resuming, starting over, correcting
		return true
	}
	// Corrected by an edit, decided by an agent, and what can be paid was said before there were offers.
	return to == Confirming || to == Offering || to == Looking || to == Settled
}

// reachableOver lists where a choice of the table can lead.
func reachableOver(pseudo State) map[State]bool {
	to := map[State]bool{}
	if pseudo == Onward {
		for _, f := range forks() {
			to[f.to] = true
		}
		return to
	}
	for _, s := range []State{AskOwed, AskLate, AskWhy, AskMore} {
		to[s] = true
	}
	return to
}
