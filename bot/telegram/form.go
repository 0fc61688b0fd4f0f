package telegram

import (
	"bytes"
	"mime/multipart"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"respite/bot"
)

// form collects the parameters of one call. It is written either as a JSON object or, with a file, as multipart/form-data.
type form []field

type field struct {
	name, value string
	json        bool // value is JSON already; else it is a string
}

func (f *form) text(name, value string) {
	if value != "" {
		*f = append(*f, field{name: name, value: value})
	}
}

func (f *form) number(name string, value int64) {
	if value != 0 {
		*f = append(*f, field{name, strconv.FormatInt(value, 10), true})
	}
}

func (f *form) flag(name string, value bool) {
	if value {
		*f = append(*f, field{name, "true", true})
	}
}

func (f *form) list(name string, values []string) {
	b := []byte{'['}
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = quote(b, v)
	}
	*f = append(*f, field{name, string(append(b, ']')), true})
}

// keyboard adds buttons that carry data. telebot's InlineButton is not used for this: it writes an empty
// switch_inline_query_current_chat beside the data of every button, so that what the button is depends on the order in which
// the server looks, and it marshals each button twice.
func (f *form) keyboard(rows [][]bot.Button) {
	if len(rows) == 0 {
		return
	}
	b := []byte(`{"inline_keyboard":[`)
	for i, row := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, button := range row {
			if j > 0 {
				b = append(b, ',')
			}
			b = quote(append(b, `{"text":`...), button.Label)
			b = append(quote(append(b, `,"callback_data":`...), button.Data), '}')
		}
		b = append(b, ']')
	}
	*f = append(*f, field{"reply_markup", string(append(b, "]}"...)), true})
}

// reply quotes a message. If that message is gone meanwhile, what is said matters more than what it answers. telebot ignores
// its own ReplyParams.
func (f *form) reply(message int) {
	if message != 0 {
		value := `{"message_id":` + strconv.Itoa(message) + `,"allow_sending_without_reply":true}`
		*f = append(*f, field{"reply_parameters", value, true})
	}
}

// mentions makes links of names that wake the people behind them, whether or not they have a user name.
func (f *form) mentions(all []bot.Mention) {
	if len(all) == 0 {
		return
	}
	b := []byte{'['}
	for i, m := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"type":"text_mention","offset":`+strconv.Itoa(m.Offset)+`,"length":`+strconv.Itoa(m.Length)+
			`,"user":{"id":`+strconv.FormatInt(m.User, 10)+`,"is_bot":false,"first_name":"-"}}`...)
	}
	*f = append(*f, field{"entities", string(append(b, ']')), true})
}

// reaction is the bot's one reaction to a message.
func (f *form) reaction(emoji string) {
	b := quote([]byte(`[{"type":"emoji","emoji":`), emoji)
	*f = append(*f, field{"reaction", string(append(b, "}]"...)), true})
}

// thread names a forum topic. The topic General has the number 1 in links, but a message to number 1 is refused: it goes there
// if no topic is named.
func (f *form) thread(id int) {
	if id != 1 {
		f.number("message_thread_id", int64(id))
	}
}

func (f form) encode() []byte {
	b := make([]byte, 1, 512)
	b[0] = '{'
	for i, p := range f {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(quote(b, p.name), ':')
		if p.json {
			b = append(b, p.value...)
		} else {
			b = quote(b, p.value)
		}
	}
	return append(b, '}')
}

// upload writes the form together with a file.
func (f form) upload(name string, file *bot.FileOut) (contentType string, body []byte, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range f {
		if err := w.WriteField(p.name, p.value); err != nil {
			return "", nil, err
		}
	}
	part, err := w.CreateFormFile(name, file.Name)
	if err != nil {
		return "", nil, err
	}
	if _, err := part.Write(file.Bytes); err != nil {
		return "", nil, err
	}
	if err := w.Close(); err != nil {
		return "", nil, err
	}
	return w.FormDataContentType(), b.Bytes(), nil
}

// quote appends s as a JSON string. What is not UTF-8 becomes the replacement character, as Telegram would make it.
func quote(b []byte, s string) []byte {
	b, _ = jsontext.AppendQuote(b, s) // the error says that something was replaced
	return b
}
