// Package dialog decides what is said next: a pure state machine over durable conversations.
package dialog

import (
	"maps"
	"slices"
	"time"

	"respite/dialog/understand"
	"respite/policy"
	"respite/policy/day"
	"respite/policy/money"
	"respite/policy/schedule"
)

// Conversation is all that Respite knows of one borrower's chat. It is kept for years: its JSON names never change their
// meaning, and record.go brings older shapes up to date. The zero Conversation is a chat that has not begun.
type Conversation struct {
	Shape    int                   `json:"V"`
	State    State                 `json:"s"`
	Language string                `json:"l"`           // tag of the language that the borrower reads
	Chosen   bool                  `json:"L,omitempty"` // the borrower chose it, so Telegram's no longer counts
	Turn     int                   `json:"t"`           // grows with every answer; a button of an older turn is stale
	Consent  int64                 `json:"a,omitempty"` // unix seconds at which keeping answers was agreed to
	Details  int64                 `json:"b,omitempty"` // unix seconds at which health and finance details were agreed to
	Refused  bool                  `json:"B,omitempty"` // health and finance details were refused
	Wants    string                `json:"H,omitempty"` // a person was asked for, with this tag, before keeping answers was agreed to
	Facts    Facts                 `json:"f,omitempty"`
	Answers  map[policy.FactID]int `json:"m,omitempty"` // message id of each typed answer, so that an edit of it corrects the fact
	Asked    []policy.FactID       `json:"k,omitempty"` // facts in the order in which they were answered, for "back"
	Asking   policy.FactID         `json:"q,omitempty"` // the fact that is being asked for
	Pending  *Pending              `json:"p,omitempty"` // an answer that waits for a yes
	Held     *Pending              `json:"e,omitempty"` // an answer about health, given in passing before keeping such was agreed to
	Story    string                `json:"w,omitempty"` // what happened, in the borrower's own words, for the agents
	Misses   int                   `json:"x,omitempty"` // misunderstandings in a row
	Book     string                `json:"h,omitempty"` // hash of the policy book under which the case is assessed
	Assessed day.Date              `json:"d,omitempty"` // the day on which it was assessed
	Offer    string                `json:"o,omitempty"` // id of the offer that is being looked at
	Custom   *Proposed             `json:"u,omitempty"` // a plan that came of the borrower's own proposal
	Means    *Means                `json:"M,omitempty"` // what can be paid, said before there were offers
	Request  *Request              `json:"r,omitempty"` // the plan that an agent is to decide on
	Plan     *Plan                 `json:"P,omitempty"`
	Case     *Case                 `json:"C,omitempty"`
	Crisis   bool                  `json:"c,omitempty"` // talk of money rests until somebody resumes it
	Silent   bool                  `json:"n,omitempty"` // the borrower wants no reminders
	Wish     Wish                  `json:"R,omitzero"`
	Renewing bool                  `json:"y,omitempty"` // another plan is looked for while one runs
	Blocked  bool                  `json:"z,omitempty"` // the borrower has blocked the bot
	Alarms   []Alarm               `json:"A,omitempty"`
}

// Pending is an answer that was read but not yet accepted.
type Pending struct {
	Fact    policy.FactID `json:"f"`
	Value   Value         `json:"v"`
	Message int           `json:"m,omitempty"`
	Story   string        `json:"s,omitempty"` // the words to be kept as the Story with it
}

// Proposed is a plan outside the list of offers, made for the borrower.
type Proposed struct {
	Programme string         `json:"g"`
	Terms     schedule.Terms `json:"t"`
	Agent     bool           `json:"a,omitempty"`
	Estimate  bool           `json:"e,omitempty"`
}

// asProposed is an offer as it is kept.
func asProposed(o policy.Offer) Proposed {
	return Proposed{Programme: o.Programme, Terms: o.Terms, Agent: o.Agent, Estimate: o.Estimate}
}

// Means is what the borrower said can be paid. What was not said is zero.
type Means struct {
	Monthly money.Fen `json:"m,omitempty"` // each month
	Down    money.Fen `json:"d,omitempty"` // at once
	Months  int       `json:"n,omitempty"`
	Start   day.Date  `json:"s,omitempty"` // the first payment not before
}

// means is what a text says can be paid.
func means(r understand.Proposal) Means { return Means{r.Monthly, r.Down, r.Months, r.Start} }

func (m Means) proposal() policy.Proposal {
	return policy.Proposal{Monthly: m.Monthly, Down: m.Down, Months: m.Months, Start: m.Start}
}

// Request is a plan that the borrower has asked for and an agent decides on.
type Request struct {
	Proposed
	At    int64    `json:"at"` // unix seconds
	From  day.Date `json:"df"` // the two days between which a decision is due
	Until day.Date `json:"du"`
	Warns bool     `json:"dw,omitempty"` // the agents were told that the decision is due soon
	Late  bool     `json:"dl,omitempty"` // Until has passed and the borrower was told
}

// Alarm is something that the conversation wants to be woken for.
type Alarm struct {
	Kind AlarmKind `json:"k"`
	At   int64     `json:"a"`           // unix seconds
	Turn int64     `json:"t,omitempty"` // RemindAlarm: it was put off until this turn among all reminders, in unix milliseconds
}

// AlarmKind says what an alarm is for. A conversation has at most one alarm of each kind.
type AlarmKind string

// Kinds of alarm.
const (
	RemindAlarm AlarmKind = "remind" // the next reminder of the plan
	ReviewAlarm AlarmKind = "review" // an agent's decision is due soon, or is late
	AnswerAlarm AlarmKind = "answer" // an agent's first answer is due soon, or is late
	LeaseAlarm  AlarmKind = "lease"  // an agent who claimed the case has done nothing for too long
)

// Next returns the earliest alarm's time; the zero time if there is none.
func (c *Conversation) Next() time.Time {
	if len(c.Alarms) == 0 {
		return time.Time{}
	}
	first := slices.MinFunc(c.Alarms, func(a, b Alarm) int { return int(a.At - b.At) })
	return time.Unix(first.At, 0)
}

// set replaces the alarm of a kind.
func (c *Conversation) set(kind AlarmKind, at time.Time) {
	c.clear(kind)
	c.Alarms = append(c.Alarms, Alarm{Kind: kind, At: at.Unix()})
}

func (c *Conversation) clear(kind AlarmKind) {
	c.Alarms = slices.DeleteFunc(c.Alarms, func(a Alarm) bool { return a.Kind == kind })
}

// clone returns a copy that shares nothing that a step may change.
func (c Conversation) clone() Conversation {
	c.Facts = maps.Clone(c.Facts)
	c.Answers = maps.Clone(c.Answers)
	c.Asked = slices.Clone(c.Asked)
	c.Alarms = slices.Clone(c.Alarms)
	c.Pending = copied(c.Pending)
	c.Held = copied(c.Held)
	c.Custom = copied(c.Custom)
	c.Means = copied(c.Means)
	c.Request = copied(c.Request)
	c.Case = c.Case.clone()
	c.Plan = c.Plan.clone()
	return c
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}
