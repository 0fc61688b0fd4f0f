package bot

import "time"

// Update is one thing that Telegram handed out, in Respite's words. Whatever Telegram library stands at the edge, only its
// adapter knows it.
type Update struct {
	ID      int64 // Telegram's update id
	Kind    UpdateKind
	Chat    int64
	Private bool // a chat with one person
	Thread  int  // forum topic inside a group, 0 for none
	From    User
	Message int       // id of the message that was sent, edited or pressed
	At      time.Time // when it was sent, by Telegram's clock; zero for Pressed, of which Telegram does not say when
	Text    string    // text or caption
	File    *File     // for Attachment
	Album   string    // Telegram's media_group_id
	ReplyTo int       // id of the message that this one answers
	Press   Press     // for Pressed
	NewChat int64     // for Migrated: the supergroup's id
	Safe    func()    // to be called once what the update led to is safe, though not yet delivered; nil: nobody waits for that. It need not be called
}

// UpdateKind says what happened.
type UpdateKind string

// The kinds of update that the bot acts on. Unreadable is an update that could not be decoded: it is counted and confirmed.
const (
	Typed      UpdateKind = "typed"      // a text message
	Edited     UpdateKind = "edited"     // an earlier text message has a new text
	Pressed    UpdateKind = "pressed"    // an inline button
	Attached   UpdateKind = "attached"   // photo, document, voice, audio, video...: File says which
	OtherMedia UpdateKind = "other"      // sticker, contact, location, poll, dice...
	Blocked    UpdateKind = "blocked"    // the borrower blocked the bot
	Unblocked  UpdateKind = "unblocked"  // and let it back in
	Joined     UpdateKind = "joined"     // the bot was added to a group, or its rights there changed
	Left       UpdateKind = "left"       // the bot was removed from a group
	Departed   UpdateKind = "departed"   // somebody else left a group or was removed from it: From is who
	Migrated   UpdateKind = "migrated"   // the group became a supergroup with another id
	Service    UpdateKind = "service"    // topic created, pinned, title changed...: nothing to do
	Unreadable UpdateKind = "unreadable" // not understood by the adapter
)

// User is who caused an update. The name is for the agents' eyes only and never goes into a log.
type User struct {
	ID       int64
	Language string // IETF tag as Telegram reports it, may be empty
	Name     string
	Bot      bool
}

// Press is an inline button that was pressed.
type Press struct {
	Query string // callback query id, to be answered within seconds
	Data  string // what the button carries, at most 64 bytes
}

// File is an attachment kept on Telegram's side.
type File struct {
	Kind   FileKind
	ID     string // file_id: to send it again
	Unique string // file_unique_id: the same for the same file
	Name   string
	Size   int64 // bytes
}

// FileKind is the way a file is shown.
type FileKind string

// Kinds of file that can be received and sent. A file can only be sent again by its id as the kind that it was received as.
const (
	Photo     FileKind = "photo"
	Document  FileKind = "document"
	Voice     FileKind = "voice"
	Audio     FileKind = "audio"
	Video     FileKind = "video"
	Animation FileKind = "animation"  // a film without sound: a recording of a screen often comes as one
	VideoNote FileKind = "video_note" // a round film; takes no caption
)
