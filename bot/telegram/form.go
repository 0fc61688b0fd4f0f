package telegram

import (
	"bytes"
	"mime/multipart"
	"strconv"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"respite/bot"
)

// form collects the parameters of one call. It is written either as a JSON object or, with a file, as multipart/form-data. Forms are lent:
// what a call is written with is as large as its message and needed no longer than the call takes.
type form struct {
	fields []field
	values []byte // numbers, lists and objects of fields, one behind the other
	body   []byte // what encode wrote
}

type field struct {
	name string
	text string
	json []byte // in place of text
}

// bytes is the value as it is sent.
func (p *field) bytes() []byte {
	if p.json != nil {
		return p.json
	}
	return []byte(p.text)
}

var forms = sync.Pool{New: func() any { return new(form) }}

// largestForm is how large a form may be that is kept for another call. Most are far smaller.
const largestForm = 32 << 10

func newForm() *form { return forms.Get().(*form) }

// release ends the use of the form and of what encode gave.
func (f *form) release() {
	if cap(f.values)+cap(f.body) > largestForm {
		return
	}
	clear(f.fields)
	f.fields, f.values, f.body = f.fields[:0], f.values[:0], f.body[:0]
	forms.Put(f)
}

func (f *form) text(name, value string) {
	if value != "" {
		f.fields = append(f.fields, field{name: name, text: value})
	}
}

func (f *form) number(name string, value int64) {
	if value != 0 {
		f.json(name, strconv.AppendInt(f.values, value, 10))
	}
}

func (f *form) flag(name string, value bool) {
	if value {
		f.json(name, f.open("true"))
	}
}

// open begins a value of its own behind the others; json adds it when it is whole.
func (f *form) open(with string) []byte { return append(f.values, with...) }

// json adds a value that was appended to the values.
func (f *form) json(name string, values []byte) {
	from := len(f.values)
	f.values = values
	f.fields = append(f.fields, field{name: name, json: values[from:len(values):len(values)]})
}

func (f *form) list(name string, values []string) {
	b := f.open("[")
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = quote(b, v)
	}
	f.json(name, append(b, ']'))
}

// keyboard adds buttons that carry data. telebot's InlineButton is not used for this: it writes an empty
// switch_inline_query_current_chat beside the data of every button, so that what the button is depends on the order in which
// the server looks, and it marshals each button twice.
func (f *form) keyboard(rows [][]bot.Button) {
	if len(rows) == 0 {
		return
	}
	b := f.open(`{"inline_keyboard":[`)
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
	f.json("reply_markup", append(b, "]}"...))
}

// reply quotes a message. If that message is gone meanwhile, what is said matters more than what it answers. telebot ignores
// its own ReplyParams.
func (f *form) reply(message int) {
	if message != 0 {
		b := strconv.AppendInt(f.open(`{"message_id":`), int64(message), 10)
		f.json("reply_parameters", append(b, `,"allow_sending_without_reply":true}`...))
	}
}

// mentions makes links of names that wake the people behind them, whether or not they have a user name.
func (f *form) mentions(all []bot.Mention) {
	if len(all) == 0 {
		return
	}
	b := f.open("[")
	for i, m := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"type":"text_mention","offset":`+strconv.Itoa(m.Offset)+`,"length":`+strconv.Itoa(m.Length)+
			`,"user":{"id":`+strconv.FormatInt(m.User, 10)+`,"is_bot":false,"first_name":"-"}}`...)
	}
	f.json("entities", append(b, ']'))
}

// reaction is the bot's one reaction to a message.
func (f *form) reaction(emoji string) {
	b := quote(f.open(`[{"type":"emoji","emoji":`), emoji)
	f.json("reaction", append(b, "}]"...))
}

// thread names a forum topic. The topic General has the number 1 in links, but a message to number 1 is refused: it goes there
// if no topic is named.
func (f *form) thread(id int) {
	if id != 1 {
		f.number("message_thread_id", int64(id))
	}
}

// encode writes the form as JSON. What it gives holds until release.
func (f *form) encode() []byte {
	b := f.body[:0]
	b = append(b, '{')
	for i, p := range f.fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(quote(b, p.name), ':')
		if p.json != nil {
			b = append(b, p.json...)
		} else {
			b = quote(b, p.text)
		}
	}
	b = append(b, '}')
	f.body = b
	return b
}

// upload writes the form together with a file.
func (f *form) upload(name string, file *bot.FileOut) (contentType string, body []byte, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range f.fields {
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
