package dialog

import (
	"time"

	"respite/policy/money"
)

// Event is one thing that happened to a conversation. It carries its own time; Step knows no other clock.
type Event struct {
	ID       int64 // Telegram's update id; 0 for events from within
	At       time.Time
	Kind     EventKind
	Text     string // what was typed, or a caption
	Message  int    // id of the message that was typed, edited, pressed or attached
	Press    string // what the pressed button carries
	Query    string // the press, to be answered with a toast
	Language string // tag of the language that the borrower's Telegram is set to
	Agent    string // the agent's name, for events from the agents' group
	Group    int64  // the agents' group, for events from there
	By       int64  // the agent's Telegram id, for events from the agents' group
	Decides  bool   // the agent may decide on requests
	ReplyTo  int    // id of the message that this one answers, 0 for none
	Album    string // of attachments that were sent together
	Desk     Desk   // how the agents' desk stands

	Colleagues []Colleague       // agents to whom a case can be handed, for events from the agents' group
	Canned     map[string]string // AgentWrote: a reply from the store by language, in place of Text

	Chat   int64     // the chat: reminders of many chats are spread over the day by it
	Ref    string    // Arrived: the lender's id of the payment
	Amount money.Fen // Arrived
}

// EventKind says what happened.
type EventKind string

// Kinds of event.
const (
	Typed      EventKind = "typed"       // the borrower wrote a message
	Edited     EventKind = "edited"      // and changed it
	Pressed    EventKind = "pressed"     // the borrower pressed a button
	Attached   EventKind = "attached"    // photo, document, film or recording
	Spoken     EventKind = "spoken"      // voice message or round film: a person can listen to it, the bot cannot
	Odd        EventKind = "odd"         // sticker, contact, location...
	Blocked    EventKind = "blocked"     // the borrower blocked the bot
	Unblocked  EventKind = "unblocked"   // and let it back in
	Rang       EventKind = "rang"        // an alarm is due
	AgentWrote EventKind = "agent_wrote" // an agent wrote in the case's topic
	AgentSent  EventKind = "agent_sent"  // an agent sent a file there
	AgentPress EventKind = "agent_press" // an agent pressed a button there
	AgentEdit  EventKind = "agent_edit"  // an agent changed a message there
	AgentAsked EventKind = "agent_asked" // an agent gave a command there: Press is its name, Text its arguments
	AgentLeft  EventKind = "agent_left"  // the agent By is not a member of the group any more, or went away
	Arrived    EventKind = "arrived"     // the lender says that money has arrived
	DeskLost   EventKind = "desk_lost"   // the agents' group cannot be reached
	CardLost   EventKind = "card_lost"   // the case stands in a new topic without its card
	ClockSet   EventKind = "clock_set"   // the clock was set back: what was planned by the later time is planned anew
	Stumbled   EventKind = "stumbled"    // an earlier event could not be worked on and was set aside
)
