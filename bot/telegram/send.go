package telegram

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	telebot "gopkg.in/telebot.v3"

	"respite/bot"
)

// methods are the Bot API's names of the calls. OpFile depends on the kind of file.
var methods = map[bot.Op]string{
	bot.OpSend:        "sendMessage",
	bot.OpEdit:        "editMessageText",
	bot.OpButtons:     "editMessageReplyMarkup",
	bot.OpToast:       "answerCallbackQuery",
	bot.OpCopy:        "copyMessage",
	bot.OpDelete:      "deleteMessage",
	bot.OpPin:         "pinChatMessage",
	bot.OpTyping:      "sendChatAction",
	bot.OpLeave:       "leaveChat",
	bot.OpTopic:       "createForumTopic",
	bot.OpRenameTopic: "editForumTopic",
	bot.OpCloseTopic:  "closeForumTopic",
	bot.OpReopenTopic: "reopenForumTopic",
	bot.OpReact:       "setMessageReaction",
}

// shape is how a kind of file is sent.
type shape struct {
	method, param string
	upload        int  // most bytes of an upload
	mute          bool // takes no caption
}

var shapes = map[bot.FileKind]shape{
	bot.Photo:     {method: "sendPhoto", param: "photo", upload: maxPhoto},
	bot.Document:  {method: "sendDocument", param: "document", upload: maxUpload},
	bot.Voice:     {method: "sendVoice", param: "voice", upload: maxUpload},
	bot.Audio:     {method: "sendAudio", param: "audio", upload: maxUpload},
	bot.Video:     {method: "sendVideo", param: "video", upload: maxUpload},
	bot.Animation: {method: "sendAnimation", param: "animation", upload: maxUpload},
	bot.VideoNote: {method: "sendVideoNote", param: "video_note", upload: maxUpload, mute: true},
}

// sent is the part of a result that callers want: of a message, of a message id, of a topic.
type sent struct {
	Message int `json:"message_id"`
	Thread  int `json:"message_thread_id"`
}

// glance takes a message's id from where Telegram puts it: nothing else of a message is of interest.
func (s *sent) glance(body []byte) bool {
	rest, ok := bytes.CutPrefix(body, []byte(`{"ok":true,"result":{"message_id":`))
	end := bytes.IndexByte(rest, ',')
	if !ok || end < 0 || !bytes.HasSuffix(rest, []byte("}}")) {
		return false
	}
	n, err := strconv.Atoi(string(rest[:end]))
	if err == nil {
		s.Message = n
	}
	return err == nil
}

// Do carries out one call. What Telegram would refuse for its form is refused here, without a call.
func (c *Client) Do(ctx context.Context, out bot.Outgoing) (bot.Sent, error) {
	if err := check(out); err != nil {
		return bot.Sent{}, &bot.Failure{Kind: bot.Refused, Op: out.Op, Err: err}
	}
	if out.Op == bot.OpFile {
		return c.sendFile(ctx, out)
	}
	method, ok := methods[out.Op]
	if !ok {
		return bot.Sent{}, &bot.Failure{Kind: bot.Refused, Op: out.Op, Err: fmt.Errorf("unknown call %q", out.Op)}
	}
	f := newForm()
	defer f.release()
	arguments(f, out)
	r := request{op: out.Op, method: method, contentType: jsonType, body: f.encode(), limit: callTimeout}
	switch out.Op {
	case bot.OpSend, bot.OpCopy:
		got, err := post[sent](ctx, c, r)
		return bot.Sent{Message: got.Message}, err
	case bot.OpTopic:
		got, err := post[sent](ctx, c, r)
		return bot.Sent{Thread: got.Thread}, err
	default:
		_, err := post[nothing](ctx, c, r)
		return bot.Sent{}, err
	}
}

// arguments fills in what the method of out takes.
func arguments(f *form, out bot.Outgoing) {
	if out.Op == bot.OpToast {
		f.text("callback_query_id", out.Query)
		f.text("text", out.Text)
		return
	}
	f.number("chat_id", out.Chat)
	switch out.Op {
	case bot.OpSend:
		addressed(f, out)
		f.text("text", out.Text)
		f.mentions(out.Mention)
		plain(f, out.Text)
		f.keyboard(out.Buttons)
	case bot.OpEdit:
		f.number("message_id", int64(out.Message))
		f.text("text", out.Text)
		plain(f, out.Text)
		f.keyboard(out.Buttons)
	case bot.OpButtons:
		f.number("message_id", int64(out.Message))
		f.keyboard(out.Buttons)
	case bot.OpCopy:
		addressed(f, out)
		f.number("from_chat_id", out.From)
		f.number("message_id", int64(out.Message))
		f.keyboard(out.Buttons)
	case bot.OpDelete:
		f.number("message_id", int64(out.Message))
	case bot.OpPin:
		f.number("message_id", int64(out.Message))
		f.flag("disable_notification", out.Silent)
	case bot.OpTyping:
		f.number("message_thread_id", int64(out.Thread))
		f.text("action", string(telebot.Typing))
	case bot.OpTopic:
		f.text("name", out.Text)
	case bot.OpRenameTopic:
		f.number("message_thread_id", int64(out.Thread))
		f.text("name", out.Text)
	case bot.OpReact:
		f.number("message_id", int64(out.Message))
		f.reaction(out.Text)
	case bot.OpCloseTopic, bot.OpReopenTopic:
		f.number("message_thread_id", int64(out.Thread))
	}
}

// addressed says where in the chat a new message goes. telebot's Context sends to General whatever topic it came from.
func addressed(f *form, out bot.Outgoing) {
	f.thread(out.Thread)
	f.reply(out.ReplyTo)
	f.flag("disable_notification", out.Silent)
}

// plain keeps links in a text from being shown with a preview of somebody's page. Most texts hold none: Telegram takes nothing for a link
// that has no dot between two letters or digits.
func plain(f *form, text string) {
	if mayLink(text) {
		f.json("link_preview_options", f.open(`{"is_disabled":true}`))
	}
}

// mayLink says whether there is a dot or a colon with no space behind it.
func mayLink(text string) bool {
	for i := 0; ; i++ {
		at := strings.IndexAny(text[i:], ".:")
		if i += at; at < 0 || i == len(text)-1 {
			return false
		}
		if next := text[i+1]; next > ' ' {
			return true
		}
	}
}

func (c *Client) sendFile(ctx context.Context, out bot.Outgoing) (bot.Sent, error) {
	shape := shapes[out.File.Kind]
	f := newForm()
	defer f.release()
	f.number("chat_id", out.Chat)
	addressed(f, out)
	f.text("caption", out.Text)
	f.keyboard(out.Buttons)
	r := request{op: out.Op, method: shape.method, contentType: jsonType, limit: callTimeout}
	if out.File.ID != "" {
		f.text(shape.param, out.File.ID)
		r.body = f.encode()
	} else {
		file := *out.File
		file.Name = cmp.Or(file.Name, shape.param)
		var err error
		if r.contentType, r.body, err = f.upload(shape.param, &file); err != nil {
			return bot.Sent{}, &bot.Failure{Kind: bot.Refused, Op: out.Op, Err: errors.New("the file cannot be written into a form")}
		}
		r.limit = uploadTimeout
	}
	got, err := post[sent](ctx, c, r)
	return bot.Sent{Message: got.Message}, err
}
