package dialog

import (
	"time"

	"respite/dialog/understand"
	"respite/policy"
	"respite/policy/day"
)

// Book is what the dialog asks of a policy book; *policy.Book is one.
type Book interface {
	Hash() string
	Fact(policy.FactID) (policy.Declaration, bool)
	Programme(id string) (policy.Programme, bool)
	Assess(policy.Facts, day.Date) policy.Assessment
	Judge(policy.Facts) policy.Assessment // Assess without offers
	Negotiate(policy.Facts, day.Date, policy.Proposal) policy.Counter
	WhatIf(policy.Facts, day.Date, policy.Offer, policy.Proposal) policy.WhatIf
	Promise(programme string, from day.Date) policy.Promise
	Calendar() *day.Calendar
	Aftercare() policy.Aftercare
}

// Books finds the book under which a case was assessed.
type Books interface {
	// Book returns the book with that hash, or the present one if the hash is empty or not known any more.
	Book(hash string) Book
}

// Settings are what the operator decides about the conversation.
type Settings struct {
	Operator  string         // who runs the bot, as borrowers know it
	Zone      *time.Location // the borrowers' time zone
	Quiet     Quiet
	Languages []string // tags of the languages that can be chosen, in the order of the menu
	Lines     Lines
	LinesIn   map[string]Lines // by language, where they differ; what is empty there is as in Lines
	Agents    bool             // there is an agents' group: a person can be reached

	FirstAnswer time.Duration // by when an agent answers, while agents are there; zero: 24 hours
	Lease       time.Duration // how long a claimed case stays with an agent who does nothing; zero: two hours
}

// Lines are the numbers to call in danger.
type Lines struct{ Comfort, Ambulance, Police string }

// Machine steps conversations. It keeps nothing between steps and is safe for concurrent use.
type Machine struct {
	Settings
	Books  Books
	Read   *understand.Reader
	Labels func(Text) []string // a button's caption in every language, so that typing it works as well as pressing

	rows  map[State]row
	forks []fork
	any   map[Verb]func(*turn, string)
	deeds map[Verb]deed
}

// New makes a machine. All arguments are needed.
func New(s Settings, books Books, reader *understand.Reader, labels func(Text) []string) *Machine {
	if s.FirstAnswer == 0 {
		s.FirstAnswer = 24 * time.Hour
	}
	if s.Lease == 0 {
		s.Lease = 2 * time.Hour
	}
	m := &Machine{Settings: s, Books: books, Read: reader, Labels: labels, rows: map[State]row{}, forks: forks(), any: anywhere(), deeds: deeds()}
	for _, r := range table() {
		m.rows[r.state] = r
	}
	return m
}

// usualEffects is how many effects most steps have room for.
const usualEffects = 4

// Step decides what an event leads to. The conversation that is passed in is left as it was.
func (m *Machine) Step(c Conversation, e Event) (Conversation, []Effect) {
	c = c.clone()
	c.Shape = Shape
	t := &turn{m: m, c: &c, e: e, today: day.At(e.At.In(m.Zone)), out: make([]Effect, 0, usualEffects)}
	if !c.Chosen && e.Language != "" {
		c.Language = e.Language
	}
	t.happen()
	return c, t.out
}

// happen hands the event to what takes care of its kind.
func (t *turn) happen() {
	switch t.e.Kind {
	case Typed:
		t.typed(t.e.Text)
	case Edited:
		t.edited(t.e.Text)
	case Pressed:
		t.pressed()
	case Attached:
		t.attached()
	case Spoken:
		t.odd(T("odd.spoken"))
	case Odd:
		t.odd(T("odd.kind"))
	case Blocked, Unblocked:
		t.blocked(t.e.Kind == Blocked)
	case Rang:
		t.rang()
	case AgentWrote, AgentSent:
		t.agentSpoke()
	case AgentEdit:
		t.agentEdited()
	case AgentPress:
		t.agentPressed()
	case AgentAsked:
		t.agentAsked()
	case AgentLeft:
		t.agentLeft()
	case Arrived:
		t.arrived()
	case ClockSet:
		t.clockSet()
	case DeskLost:
		t.deskLost()
	case CardLost:
		t.card(false)
	case Stumbled:
		t.again(T("error.stumbled"))
	}
}

// pressed takes a button. Every press is answered with a toast first, so that the button stops spinning.
func (t *turn) pressed() {
	turn, verb, arg := parse(t.e.Press)
	toast := len(t.out)
	t.emit(Effect{Do: Toast, Query: t.e.Query})
	switch {
	case t.c.State == Fresh && verb == forget: // pressed twice
		t.out[toast].Body = []Text{T("forget.done")}
		return
	case t.c.State == Fresh && verb != language && verb != human:
		t.begin()
		return
	}
	if turn == "" {
		if do, ok := t.m.any[verb]; ok {
			do(t, arg)
			return
		}
	}
	if t.current(turn) {
		if do := t.edge(verb); do != nil {
			t.c.Misses = 0
			do(t, arg)
			return
		}
	}
	t.out[toast].Body = []Text{T("toast.stale", "Now", T("now."+t.asking()))}
}

// edge finds what a verb does in the present state.
func (t *turn) edge(v Verb) func(*turn, string) {
	r, _ := t.row()
	for _, e := range r.press {
		if e.verb == v {
			return e.do
		}
	}
	return nil
}

// asking names the question at hand for keys such as "now.owed".
func (t *turn) asking() string {
	if t.c.State == Fresh {
		return string(Consenting)
	}
	return string(t.c.State)
}

// odd takes stickers, contacts, locations, voice messages and the like: a kind word and the question again.
func (t *turn) odd(word Text) {
	switch {
	case t.talking():
		t.relay()
	case t.c.State == Fresh:
		t.begin()
	default:
		t.again(word)
	}
}

// blocked notes that the borrower cannot be reached, or can again.
func (t *turn) blocked(now bool) {
	if t.c.Blocked == now || t.c.State == Fresh {
		return
	}
	t.c.Blocked = now
	t.remindNext()
	if t.c.Case == nil && t.c.Plan == nil {
		return
	}
	if now {
		t.note("blocked by the borrower")
		t.open("blocked")
		t.tell(T("desk.blocked"))
		return
	}
	t.note("reachable again")
	t.untag("blocked")
	t.tell(T("desk.unblocked"))
}
