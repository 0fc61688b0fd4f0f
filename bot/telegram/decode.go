package telegram

import (
	"bytes"
	"errors"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	telebot "gopkg.in/telebot.v3"

	"respite/bot"
)

// allowedUpdates is what Telegram is asked for. It is sent every time: without a list Telegram keeps to the last one that it was
// given, whoever gave it, and chat_member only comes if it is named.
var allowedUpdates = []string{"message", "edited_message", "callback_query", "my_chat_member", "chat_member"}

// update is an update as far as Respite reads it. The leaves are telebot's types; the whole is not telebot.Update, because there
// any field of a kind that nobody here looks at makes the update unreadable when Telegram changes its type, because a
// photo without sizes makes it panic, and because it takes twice the time.
type update struct {
	ID       int64         `json:"update_id"`
	Message  *message      `json:"message"`
	Edited   *message      `json:"edited_message"`
	Callback *callback     `json:"callback_query"`
	MyMember *memberChange `json:"my_chat_member"`
	Member   *memberChange `json:"chat_member"`
}

type message struct {
	ID         int           `json:"message_id"`
	Thread     int           `json:"message_thread_id"`
	InTopic    bool          `json:"is_topic_message"`
	From       *telebot.User `json:"from"`
	SenderChat *chat         `json:"sender_chat"`
	Signature  string        `json:"author_signature"`
	Chat       chat          `json:"chat"`
	Date       int64         `json:"date"`
	EditDate   int64         `json:"edit_date"`
	Text       string        `json:"text"`
	Caption    string        `json:"caption"`
	Album      string        `json:"media_group_id"`
	ReplyTo    *quoted       `json:"reply_to_message"`
	LeftMember *telebot.User `json:"left_chat_member"`
	MigrateTo  int64         `json:"migrate_to_chat_id"`

	Photo     []attachment `json:"photo"`
	Document  *attachment  `json:"document"`
	Voice     *attachment  `json:"voice"`
	Audio     *attachment  `json:"audio"`
	Video     *attachment  `json:"video"`
	Animation *attachment  `json:"animation"`
	VideoNote *attachment  `json:"video_note"`

	Sticker   *present `json:"sticker"`
	Contact   *present `json:"contact"`
	Location  *present `json:"location"`
	Venue     *present `json:"venue"`
	Poll      *present `json:"poll"`
	Dice      *present `json:"dice"`
	Game      *present `json:"game"`
	Story     *present `json:"story"`
	PaidMedia *present `json:"paid_media"`
	Checklist *present `json:"checklist"`
}

type chat struct {
	ID    int64            `json:"id"`
	Type  telebot.ChatType `json:"type"`
	Title string           `json:"title"`
}

type quoted struct {
	ID           int      `json:"message_id"`
	TopicCreated *present `json:"forum_topic_created"`
}

// attachment is a file of any kind.
type attachment struct {
	ID     string `json:"file_id"`
	Unique string `json:"file_unique_id"`
	Size   int64  `json:"file_size"`
	Name   string `json:"file_name"`
}

// callback is a press of a button. The message is missing if the button was sent in inline mode, and has no date if it is too
// old to be read.
type callback struct {
	ID      string        `json:"id"`
	From    *telebot.User `json:"from"`
	Message *message      `json:"message"`
	Data    string        `json:"data"`
}

type memberChange struct {
	Chat chat          `json:"chat"`
	From *telebot.User `json:"from"`
	Date int64         `json:"date"`
	Old  member        `json:"old_chat_member"`
	New  member        `json:"new_chat_member"`
}

type member struct {
	User   *telebot.User        `json:"user"`
	Status telebot.MemberStatus `json:"status"`
	Inside bool                 `json:"is_member"` // counts for Restricted only
}

// present says that a field is there, whatever it holds.
type present struct{}

// UnmarshalJSONFrom skips the value.
func (*present) UnmarshalJSONFrom(d *jsontext.Decoder) error { return d.SkipValue() }

// errNoUpdate is a JSON text that is no update, so that there is nothing that could be confirmed.
var errNoUpdate = errors.New("not an update")

// decode reads one update from a JSON object. An update with an id that is otherwise not understood comes back as Unreadable
// together with the error, so that it can be counted and confirmed; without an id there is only an error.
func decode(raw []byte) (bot.Update, error) {
	var u update
	err := json.Unmarshal(raw, &u, lenient)
	if err == nil && u.ID != 0 {
		return u.convert(), nil
	}
	id := idOf(raw)
	if id == 0 || !jsontext.Value(raw).IsValid(lenient) { // cut short it may still begin with an id
		return bot.Update{}, errNoUpdate
	}
	return bot.Update{ID: id, Kind: bot.Unreadable}, errors.New("an update that is not of the expected form")
}

// idOf gives the id of an update without decoding the rest; 0 if there is none.
func idOf(raw []byte) int64 {
	if digits, ok := bytes.CutPrefix(raw, []byte(`{"update_id":`)); ok {
		if end := bytes.IndexAny(digits, ",}"); end > 0 {
			if id, err := strconv.ParseInt(string(digits[:end]), 10, 64); err == nil {
				return id
			}
		}
	}
	var u struct {
		ID int64 `json:"update_id"`
	}
	if json.Unmarshal(raw, &u, lenient) != nil {
		return 0
	}
	return u.ID
}
