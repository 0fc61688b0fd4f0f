package phone_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"respite/bot/phone"
)

func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	for x := range w {
		img.SetGray(x, h/2, color.Gray{Y: uint8(x)})
	}
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, img))
	return out.Bytes()
}

// fileID is the id of the file in the newest update.
func (f *fixture) fileID(message int) string {
	f.t.Helper()
	m := f.updates(fields{"offset": -1})[0].Message
	require.Equal(f.t, message, m.ID)
	if m.Document != nil {
		return m.Document.FileID
	}
	return m.Photo[len(m.Photo)-1].FileID
}

func (f *fixture) download(id string) []byte {
	f.t.Helper()
	var file struct {
		Path string `json:"file_path"`
		Size int    `json:"file_size"`
	}
	f.allowed("getFile", fields{"file_id": id}).into(f.t, &file)
	resp, err := http.Get(f.http.URL + "/file/bot" + f.Token() + "/" + file.Path)
	require.NoError(f.t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(f.t, err)
	require.NoError(f.t, resp.Body.Close())
	require.Equal(f.t, 200, resp.StatusCode)
	require.Len(f.t, body, file.Size)
	return body
}

// upload sends a file in a multipart body.
func (f *fixture) upload(method, field, name string, data []byte, p map[string]string) reply {
	f.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile(field, name)
	require.NoError(f.t, err)
	_, err = part.Write(data)
	require.NoError(f.t, err)
	for k, v := range p {
		require.NoError(f.t, w.WriteField(k, v))
	}
	require.NoError(f.t, w.Close())
	resp, err := http.Post(f.url(method), w.FormDataContentType(), &body)
	require.NoError(f.t, err)
	r, err := read(resp)
	require.NoError(f.t, err)
	return r
}

func TestFilesFromABorrower(t *testing.T) {
	f, p := started(t)
	f.drain()
	photo := picture(t, 400, 200)
	p.Send(phone.File{Kind: phone.Photo, Bytes: photo, Caption: "payslip"})
	p.Send(phone.File{Name: "statement.pdf", Bytes: []byte("%PDF-1.4")})
	p.Send(phone.File{Name: "again.pdf", Bytes: []byte("%PDF-1.4")})
	p.Voice()
	p.Sticker()
	p.Contact()
	p.Location()
	list := f.drain()
	require.Equal(t, "payslip", list[0].Message.Caption)
	sizes := list[0].Message.Photo
	require.Len(t, sizes, 2)
	require.Equal(t, 90, sizes[0].Width)
	require.Equal(t, 400, sizes[1].Width)
	require.Equal(t, photo, f.download(sizes[1].FileID))
	small, _, err := image.DecodeConfig(bytes.NewReader(f.download(sizes[0].FileID)))
	require.NoError(t, err)
	require.Equal(t, 45, small.Height)

	require.Equal(t, "statement.pdf", list[1].Message.Document.Name)
	require.Equal(t, "application/pdf", list[1].Message.Document.MIME)
	require.NotEqual(t, list[1].Message.Document.FileID, list[2].Message.Document.FileID)
	require.Equal(t, 3, list[3].Message.Voice.Duration)
	require.NotEmpty(t, list[4].Message.Sticker.Emoji)
	require.NotNil(t, list[5].Message.Contact)
	require.NotNil(t, list[6].Message.Location)

	p.Send(phone.File{Name: "工资 条.p d f", Bytes: []byte("%PDF-1.4")})
	require.Equal(t, []byte("%PDF-1.4"), f.download(f.drain()[0].Message.Document.FileID), "a strange name makes no strange path")
	p.Send(phone.File{Name: "film.mp4", Bytes: []byte("x"), Size: 20<<20 + 1})
	f.refused(400, "Bad Request: file is too big", "getFile", fields{"file_id": f.drain()[0].Message.Document.FileID})
	f.refused(400, "Bad Request: invalid file_id", "getFile", fields{"file_id": "nonsense"})
}

func TestAlbums(t *testing.T) {
	f, p := started(t)
	f.drain()
	ids := p.Album(phone.File{Kind: phone.Photo, Bytes: picture(t, 9, 9), Caption: "both"}, phone.File{Kind: phone.Photo, Bytes: picture(t, 8, 8)})
	require.Len(t, ids, 2)
	list := f.drain()
	require.NotEmpty(t, list[0].Message.Album)
	require.Equal(t, list[0].Message.Album, list[1].Message.Album)

	item := fields{"type": "photo", "media": list[0].Message.Photo[0].FileID}
	var sent []struct{ ID int }
	f.allowed("sendMediaGroup", fields{"chat_id": 11, "media": []fields{item, item}}).into(t, &sent)
	require.Len(t, sent, 2)
	f.refused(400, "Bad Request: media group must include 2-10 items", "sendMediaGroup", fields{"chat_id": 11, "media": []fields{item}})
}

func TestFilesFromTheBot(t *testing.T) {
	f, p := started(t)
	to := map[string]string{"chat_id": "11", "caption": "your plan"}
	r := f.upload("sendDocument", "document", "plan.pdf", []byte("%PDF-1.4"), to)
	id := r.messageID(t)
	var sent struct {
		Document struct {
			FileID string `json:"file_id"`
		}
	}
	r.into(t, &sent)
	require.Equal(t, "plan.pdf", p.Last().File.Name)
	require.Equal(t, []byte("%PDF-1.4"), p.Last().File.Bytes)

	f.allowed("sendDocument", fields{"chat_id": 11, "document": sent.Document.FileID})
	require.Equal(t, "plan.pdf", p.Last().File.Name, "sent again by its id")
	f.refused(400, "Bad Request: can't use file of type Document as Photo", "sendPhoto", fields{"chat_id": 11, "photo": sent.Document.FileID})
	f.refused(400, "Bad Request: wrong file identifier/HTTP URL specified", "sendDocument", fields{"chat_id": 11, "document": "nonsense"})
	f.refused(400, "Bad Request: there is no document in the request", "sendDocument", fields{"chat_id": 11})

	attached := f.upload("sendPhoto", "file0", "p.png", picture(t, 20, 20), map[string]string{"chat_id": "11", "photo": "attach://file0"})
	require.True(t, attached.OK, attached.Description)
	require.Equal(t, "photo", p.Last().File.Kind)
	require.Equal(t, "Bad Request: IMAGE_PROCESS_FAILED", f.upload("sendPhoto", "photo", "p.png", []byte("no picture"), to).Description)
	require.Equal(t, "Bad Request: PHOTO_INVALID_DIMENSIONS", f.upload("sendPhoto", "photo", "p.png", picture(t, 210, 10), to).Description)
	require.Equal(t, "Bad Request: file must be non-empty", f.upload("sendVoice", "voice", "v.ogg", nil, to).Description)

	f.refused(400, "Bad Request: there is no text in the message to edit", "editMessageText", fields{"chat_id": 11, "message_id": id, "text": "x"})
	f.allowed("editMessageCaption", fields{"chat_id": 11, "message_id": id, "caption": "your new plan"})
	long := make([]rune, 1025)
	for i := range long {
		long[i] = '字'
	}
	f.refused(400, "Bad Request: message caption is too long", "editMessageCaption", fields{"chat_id": 11, "message_id": id, "caption": string(long)})

	f.allowed("copyMessage", fields{"chat_id": 11, "from_chat_id": 11, "message_id": id})
	require.Equal(t, "your new plan", p.Last().Text)
	require.Equal(t, "plan.pdf", p.Last().File.Name)
}
