package phone

import (
	"fmt"
	"net/http"
)

// apiError is a refusal in Telegram's words. The texts are those of the Bot API server and the library below it
// (github.com/tdlib/telegram-bot-api, github.com/tdlib/td) and, in capitals, of Telegram's servers behind them.
type apiError struct {
	Code        int
	Description string
	RetryAfter  int   // seconds
	MigrateTo   int64 // the id of the supergroup that a group has become
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.Code, e.Description) }

func badRequest(format string, args ...any) *apiError {
	return &apiError{Code: http.StatusBadRequest, Description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(text string) *apiError {
	return &apiError{Code: http.StatusForbidden, Description: "Forbidden: " + text}
}

func conflict(text string) *apiError {
	return &apiError{Code: http.StatusConflict, Description: "Conflict: " + text}
}

func tooMany(seconds int) *apiError {
	return &apiError{Code: http.StatusTooManyRequests, Description: fmt.Sprintf("Too Many Requests: retry after %d", seconds), RetryAfter: seconds}
}

func migrated(to int64) *apiError {
	e := badRequest("group chat was upgraded to a supergroup chat")
	e.MigrateTo = to
	return e
}

var (
	errUnauthorized = &apiError{Code: http.StatusUnauthorized, Description: "Unauthorized"}
	errNotFound     = &apiError{Code: http.StatusNotFound, Description: "Not Found"}
	errInternal     = &apiError{Code: http.StatusInternalServerError, Description: "Internal Server Error"}
	errTooLarge     = &apiError{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"}

	errOtherPoller  = conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
	errSetWebhook   = conflict("terminated by setWebhook request")
	errWebhookIsSet = conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")

	errBlocked     = forbidden("bot was blocked by the user")
	errDeactivated = forbidden("user is deactivated")
	errNoInitiate  = forbidden("bot can't initiate conversation with a user")

	errChatEmpty    = badRequest("chat_id is empty")
	errChatNotFound = badRequest("chat not found")
	errNotModified  = badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	errCantEdit     = badRequest("message can't be edited")
	errCantDelete   = badRequest("message can't be deleted for everyone")
	errTextEmpty    = badRequest("message text is empty")
	errTextBlank    = badRequest("text must be non-empty")
	errTextTooLong  = badRequest("message is too long")
	errCaptionLong  = badRequest("message caption is too long")
	errButtonData   = badRequest("BUTTON_DATA_INVALID")
	errQueryTooOld  = badRequest("query is too old and response timeout expired or query ID is invalid")
	errNoThread     = badRequest("message thread not found")
	errTopicDeleted = badRequest("TOPIC_DELETED")
	errTopicClosed  = badRequest("TOPIC_CLOSED")
	errTopicSame    = badRequest("TOPIC_NOT_MODIFIED")
	errTopicID      = badRequest("TOPIC_ID_INVALID")
	errNoForum      = badRequest("the chat is not a forum")
	errMayNotCreate = badRequest("not enough rights to create a topic")
	errMayNotEdit   = badRequest("not enough rights to edit the topic")
	errMayNotDelete = badRequest("not enough rights to delete the topic")
	errMayNotPin    = badRequest("not enough rights to manage pinned messages in the chat")
	errFileTooBig   = badRequest("file is too big")
	errFileID       = badRequest("invalid file_id")
	errWrongFile    = badRequest("wrong file identifier/HTTP URL specified")
	errNoImage      = badRequest("IMAGE_PROCESS_FAILED")
	errDimensions   = badRequest("PHOTO_INVALID_DIMENSIONS")
)
