package telegram

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	telebot "gopkg.in/telebot.v3"

	"respite/bot"
)

// verdict is what every method of the Bot API answers beside its result.
type verdict struct {
	OK          bool   `json:"ok"`
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter float64 `json:"retry_after"` // seconds
		MigrateTo  int64   `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// nothing is the result of a method that only says true.
type nothing struct{}

// UnmarshalJSONFrom skips the value: editMessageText answers a message or true.
func (*nothing) UnmarshalJSONFrom(d *jsontext.Decoder) error { return d.SkipValue() }

// glance knows the answer that nearly all of these calls get.
func (*nothing) glance(body []byte) bool { return string(body) == `{"ok":true,"result":true}` }

// described sorts Telegram's descriptions. They are the only thing that tells these errors apart: the code is 400 or 403 for
// all of them, and which of the two changes with the server's version. The first row whose fragment occurs in the description,
// whatever the case of the letters, decides. telebot's names are used where it has one; the rest is from the server's source
// (tdlib/telegram-bot-api, Client.cpp) and the errors of Telegram's own API that it hands through in capitals.
var described = []struct {
	fragment string
	kind     bot.FailureKind
}{
	{telebot.ErrMessageNotModified.Description, bot.Unchanged},
	{"query is too old", bot.Unchanged},
	{"QUERY_ID_INVALID", bot.Unchanged},
	{"TOPIC_NOT_MODIFIED", bot.Unchanged},

	{"message thread not found", bot.NoTopic},
	{"TOPIC_DELETED", bot.NoTopic},
	{"TOPIC_ID_INVALID", bot.NoTopic},
	{"TOPIC_CLOSED", bot.ClosedTopic},

	{"message to edit not found", bot.NoMessage},
	{telebot.ErrNotFoundToDelete.Description, bot.NoMessage},
	{telebot.ErrNotFoundToForward.Description, bot.NoMessage},
	{"message to copy not found", bot.NoMessage},
	{"message to pin not found", bot.NoMessage},
	{"message to react not found", bot.NoMessage},
	{"message to be replied not found", bot.NoMessage},
	{"replied message not found", bot.NoMessage},
	{telebot.ErrNotFoundToReply.Description, bot.NoMessage},
	{"MESSAGE_ID_INVALID", bot.NoMessage},
	{"there is no text in the message to edit", bot.NoMessage},
	{telebot.ErrCantEditMessage.Description, bot.NoMessage},
	{telebot.ErrNoRightsToDelete.Description, bot.NoMessage}, // "message can't be deleted": older than 48 hours

	{"not enough rights", bot.NoRights},
	{"have no rights", bot.NoRights},
	{"need administrator rights", bot.NoRights},
	{"CHAT_ADMIN_REQUIRED", bot.NoRights},
	{"CHAT_WRITE_FORBIDDEN", bot.NoRights},
	{"CHAT_RESTRICTED", bot.NoRights},
	{"CHAT_SEND_", bot.NoRights}, // CHAT_SEND_PHOTOS_FORBIDDEN and its like
	{"RIGHT_FORBIDDEN", bot.NoRights},
	{"chat is not a forum", bot.NoRights}, // topics were turned off
	{"FORUM_MISSING", bot.NoRights},
	{"supergroup chats only", bot.NoRights},
	{"supergroup and channel chats only", bot.NoRights},

	{telebot.ErrChatNotFound.Description, bot.Gone},
	{"user not found", bot.Gone},
	{"member not found", bot.Gone},
	{"PARTICIPANT_ID_INVALID", bot.Gone},
	{"PEER_ID_INVALID", bot.Gone},
	{"USER_ID_INVALID", bot.Gone},
	{"CHAT_ID_INVALID", bot.Gone},
	{"CHANNEL_PRIVATE", bot.Gone},
	{"USER_IS_BLOCKED", bot.Gone},
	{"INPUT_USER_DEACTIVATED", bot.Gone},
	{"chat was deleted", bot.Gone},
	{"group is deactivated", bot.Gone},
}

// coded sorts what no description sorts. Codes of 500 and above that are not here are Unavailable, others Refused.
var coded = map[int]bot.FailureKind{
	http.StatusUnauthorized:    bot.BadToken,
	http.StatusForbidden:       bot.Gone,
	http.StatusNotFound:        bot.BadToken, // every method is known to the server, so it is the token that is not
	http.StatusConflict:        bot.Rival,
	http.StatusTooManyRequests: bot.TooMany,
	http.StatusGatewayTimeout:  bot.Uncertain, // the gateway had handed the call on
}

const (
	unspecifiedPause = 3 * time.Second      // for a 429 that names no time
	longestPause     = 365 * 24 * time.Hour // no 429 means more, and a Duration holds no more than 292 years
)

// glancer is a result that knows the usual answer at a glance, without having it decoded; false if it is another.
type glancer interface{ glance(body []byte) bool }

// classify gives the result of a call, or why there is none. It is the only place that sorts Telegram's answers.
func classify[T any](got response, options ...json.Options) (T, *bot.Failure) {
	var a struct {
		verdict
		Result T `json:"result"`
	}
	if quick, ok := any(&a.Result).(glancer); ok && quick.glance(got.body) {
		return a.Result, nil
	}
	err := json.Unmarshal(got.body, &a, append(options, lenient)...)
	if err == nil && a.OK {
		return a.Result, nil
	}
	var none T
	var v verdict
	if json.Unmarshal(got.body, &v, lenient) != nil || !v.OK && v.Code == 0 {
		return none, classifyPage(got)
	}
	if v.OK {
		return none, &bot.Failure{Kind: bot.Uncertain, Err: errors.New("the result is not of the expected form")}
	}
	return none, v.failure(got.header)
}

func (v *verdict) failure(header http.Header) *bot.Failure {
	f := &bot.Failure{Kind: kindOf(v.Code, v.Description), Err: fmt.Errorf("%s (%d)", clip(v.Description), v.Code)}
	if f.Kind == bot.TooMany {
		f.After = pause(v.Parameters.RetryAfter, header)
	}
	if v.Parameters.MigrateTo != 0 {
		f.Kind, f.Chat = bot.Moved, v.Parameters.MigrateTo
	}
	return f
}

func kindOf(code int, description string) bot.FailureKind {
	if code == http.StatusBadRequest || code == http.StatusForbidden {
		text := strings.ToLower(description)
		for _, d := range described {
			if strings.Contains(text, strings.ToLower(d.fragment)) {
				return d.kind
			}
		}
	}
	if kind, ok := coded[code]; ok {
		return kind
	}
	if code >= 500 {
		return bot.Unavailable
	}
	return bot.Refused
}

// classifyPage sorts an answer that is not of the Bot API: a gateway's error page, or an answer cut short. telebot takes such
// an answer for a success of every method that returns nothing of interest.
func classifyPage(got response) *bot.Failure {
	f := &bot.Failure{Kind: bot.Unavailable, Err: fmt.Errorf("an answer that is not of the Bot API (%d)", got.status)}
	switch got.status {
	case http.StatusOK:
		if bytes.HasPrefix(bytes.TrimSpace(got.body), []byte("{")) {
			f.Kind, f.Err = bot.Uncertain, errors.New("the answer was cut short")
		}
	case http.StatusRequestEntityTooLarge:
		f.Kind = bot.Refused
	case http.StatusTooManyRequests:
		f.Kind, f.After = bot.TooMany, pause(0, got.header)
	case http.StatusGatewayTimeout:
		f.Kind = bot.Uncertain
	}
	return f
}

// pause is how long a 429 asks to be left alone: the body's seconds, else the header's.
func pause(seconds float64, header http.Header) time.Duration {
	if seconds <= 0 {
		n, _ := strconv.Atoi(header.Get("Retry-After")) // it may be a date, which no Bot API server sends
		seconds = float64(n)
	}
	if seconds <= 0 {
		return unspecifiedPause
	}
	return time.Duration(min(seconds, longestPause.Seconds()) * float64(time.Second))
}

func clip(text string) string {
	const most = 200
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "..."
	}
	return text
}
