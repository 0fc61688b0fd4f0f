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
	raw         []byte // in place of value
	json        bool   // the value is JSON already; else it is a string
}

// bytes is the value as it is sent.
func (p *field) bytes() []byte {
	if p.raw != nil {
		return p.raw
	}
	return []byte(p.value)
}

func (f *form) text(name, value string) {
	if value != "" {
		*f = append(*f, field{name: name, value: value})
	}
}

func (f *form) number(name string, value int64) {
	if value != 0 {
		*f = append(*f, field{name: name, value: strconv.FormatInt(value, 10), json: true})
	}
}

func (f *form) flag(name string, value bool) {
	if value {
		*f = append(*f, field{name: name, value: "true", json: true})
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
	*f = append(*f, field{name: name, raw: append(b, ']'), json: true})
}

// keyboard adds buttons that carry data. telebot's InlineButton is not used for this: it writes an empty
// switch_inline_query_current_chat beside the data of every button, so that what the button is depends on the order in which
// the server looks, and it marshals each button twice.
func (f *form) keyboard(rows [][]bot.Button) {
	if len(rows) == 0 {
		return
	}
	size := 64
	for _, row := range rows {
		for _, button := range row {
			size += len(button.Label) + len(button.Data) + 40
		}
	}
	b := append(make([]byte, 0, size), `{"inline_keyboard":[`...)
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
	*f = append(*f, field{name: "reply_markup", raw: append(b, "]}"...), json: true})
}

// reply quotes a message. If that message is gone meanwhile, what is said matters more than what it answers. telebot ignores
// its own ReplyParams.
func (f *form) reply(message int) {
	if message != 0 {
		value := `{"message_id":` + strconv.Itoa(message) + `,"allow_sending_without_reply":true}`
		*f = append(*f, field{name: "reply_parameters", value: value, json: true})
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
	*f = append(*f, field{name: "entities", raw: append(b, ']'), json: true})
}

// reaction is the bot's one reaction to a message.
func (f *form) reaction(emoji string) {
	b := quote([]byte(`[{"type":"emoji","emoji":`), emoji)
	*f = append(*f, field{name: "reaction", raw: append(b, "}]"...), json: true})
}

// thread names a forum topic. The topic General has the number 1 in links, but a message to number 1 is refused: it goes there
// if no topic is named.
func (f *form) thread(id int) {
	if id != 1 {
		f.number("message_thread_id", int64(id))
	}
}

func (f form) encode() []byte {
	size := 2
	for i := range f {
		size += len(f[i].name) + len(f[i].value) + len(f[i].raw) + 8
		if !f[i].json {
			size += len(f[i].value) / 16 // line ends and quotation marks take two bytes
		}
	}
	b := append(make([]byte, 0, size), '{')
	for i, p := range f {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(quote(b, p.name), ':')
		switch {
		case p.raw != nil:
			b = append(b, p.raw...)
		case p.json:
			b = append(b, p.value...)
		default:
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
		part, err := w.CreateFormField(p.name)
		if err != nil {
			return "", nil, err
		}
		if _, err := part.Write(p.bytes()); err != nil {
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
