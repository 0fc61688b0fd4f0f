package bot

import (
	"context"
	"fmt"
	"time"
)

// Outgoing is one call to Telegram as plain data: what the outbox keeps and a Messenger carries out. Which fields
// count depends on Op.
type Outgoing struct {
	Op      Op         `json:"o"`
	Class   Class      `json:"c,omitempty"`
	Chat    int64      `json:"h,omitempty"`
	Thread  int        `json:"t,omitempty"` // forum topic, 0 for none
	Message int        `json:"m,omitempty"` // the message to edit, copy, delete or pin
	From    int64      `json:"f,omitempty"` // OpCopy: the chat to copy from
	ReplyTo int        `json:"r,omitempty"`
	Text    string     `json:"x,omitempty"` // text, caption, toast or topic title; at most 4096 UTF-16 units, captions 1024
	Buttons [][]Button `json:"b,omitempty"` // inline keyboard, row by row; nil takes an edited message's keyboard away
	File    *FileOut   `json:"d,omitempty"`
	Query   string     `json:"q,omitempty"` // OpToast: the callback query to answer
	Silent  bool       `json:"s,omitempty"` // no sound
	Mention []Mention  `json:"l,omitempty"` // OpSend: names in Text that wake the people behind them
}

// Mention is somebody's name in a text. Offset and Length are UTF-16 units.
type Mention struct {
	User   int64 `json:"u"`
	Offset int   `json:"o"`
	Length int   `json:"n"`
}

// Op is the kind of call.
type Op string

// The calls that Respite makes for a conversation.
const (
	OpSend        Op = "send"    // sendMessage
	OpEdit        Op = "edit"    // editMessageText with its keyboard
	OpButtons     Op = "buttons" // editMessageReplyMarkup
	OpToast       Op = "toast"   // answerCallbackQuery, Text may be empty
	OpFile        Op = "file"    // sendPhoto, sendDocument, sendVoice...
	OpCopy        Op = "copy"    // copyMessage
	OpDelete      Op = "delete"  // deleteMessage
	OpPin         Op = "pin"     // pinChatMessage
	OpTyping      Op = "typing"  // sendChatAction
	OpLeave       Op = "leave"   // leaveChat
	OpTopic       Op = "topic"   // createForumTopic, Text is the title; Sent.Thread is the new topic
	OpRenameTopic Op = "rename"  // editForumTopic
	OpCloseTopic  Op = "close"   // closeForumTopic
	OpReopenTopic Op = "reopen"  // reopenForumTopic
	OpReact       Op = "react"   // setMessageReaction, Text is the emoji
)

// Class says who waits for a message: answers go before what agents read, and reminders after both; what only keeps a view up to date
// goes last.
type Class uint8

// Classes in the order in which they share the send budget.
const (
	Answer Class = iota
	Agent
	Reminder
	Idle
)

// Button is one key of an inline keyboard.
type Button struct {
	Label string `json:"l"`
	Data  string `json:"d"` // at most 64 bytes
}

// FileOut is a file to send: either one that Telegram has (ID) or bytes with a name.
type FileOut struct {
	Kind  FileKind `json:"k"`
	ID    string   `json:"i,omitempty"`
	Name  string   `json:"n,omitempty"`
	Bytes []byte   `json:"b,omitempty"`
}

// Sent is what Telegram answered to a call that it carried out.
type Sent struct {
	Message int // id of the new message
	Thread  int // id of the new topic
}

// Messenger carries out calls. An error is always a *Failure.
type Messenger interface {
	Do(ctx context.Context, out Outgoing) (Sent, error)
}

// Failure is why a call was not carried out, sorted by what can be done about it.
type Failure struct {
	Kind  FailureKind
	After time.Duration // TooMany: how long Telegram wants to be left alone
	Chat  int64         // Moved: the new id of the group
	Op    Op
	Err   error
}

// FailureKind sorts failures by what can be done about them.
type FailureKind string

// Kinds of failure.
const (
	TooMany     FailureKind = "too_many"     // 429: again after After
	Unavailable FailureKind = "unavailable"  // 5xx, a page that is not JSON, no connection: not carried out, try again
	Uncertain   FailureKind = "uncertain"    // the call went out and no answer came: it may have been carried out
	Gone        FailureKind = "gone"         // 403: blocked, kicked, deactivated, chat not found
	NoTopic     FailureKind = "no_topic"     // the forum topic does not exist any more
	ClosedTopic FailureKind = "closed_topic" // the forum topic is closed
	Moved       FailureKind = "moved"        // the group became a supergroup: use Chat
	Unchanged   FailureKind = "unchanged"    // the edit changes nothing, or the callback query is too old: as good as done
	NoMessage   FailureKind = "no_message"   // the message to edit, copy or answer is not there
	Refused     FailureKind = "refused"      // any other 400: trying again cannot help
	NoRights    FailureKind = "no_rights"    // the bot may not do this in the group
	BadToken    FailureKind = "bad_token"    // 401 or 404 on every call
	Rival       FailureKind = "rival"        // 409: another instance polls with this token, or a webhook is set
)

// Error says which call failed and why.
func (f *Failure) Error() string { return fmt.Sprintf("telegram %s: %s: %v", f.Op, f.Kind, f.Err) }

// Unwrap gives the cause.
func (f *Failure) Unwrap() error { return f.Err }
